"""The tables that expectations look at, cell by cell: A's thirteen answers, and the totals of A and B."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import isnan, log

import pytest

from cvsheet.figures.consolidation import aggregate
from cvsheet.judging.campaign.answers import answers_table
from cvsheet.judging.campaign.returns import pillars_table, returns_table
from cvsheet.judging.campaign.subject import AuditTable, Subject
from cvsheet.judging.campaign.totals import _signed, totals_table
from cvsheet.model.framework import Aggregation, CoherenceRule, Framework
from tests.consolidation.frameworks import as_table

from .campaigns import COHESION, FRAMEWORK, SUMS, Values, good_values, judged, returned, returns

Row = Mapping[str, object]
Spoilt = Mapping[str, Values]  # by partner and year: "A-2021"
LINES = (*SUMS, "S01.M1", "S01.M1/N", "S01.M1/S")
LEFT_OUT = object()


def subject(spoilt: Spoilt, framework: Framework = FRAMEWORK) -> Subject:
    """2021 with some answers typed otherwise: ``!`` after one comments it, and what is `LEFT_OUT` has no row."""
    changed = {}
    for name, values in spoilt.items():
        partner, year = name.split("-")
        answers = {**good_values(partner, int(year)), **values}
        said = {line: "vérifié" for line, value in answers.items() if str(value).endswith("!")}
        typed = {line: str(value).rstrip("!") for line, value in answers.items() if value is not LEFT_OUT}
        changed[year, partner] = returned(year, partner, typed, comments=said)
    assessment = judged(returns(changed), framework)
    return Subject(framework, assessment, aggregate(framework, assessment.frame), framework.campaign["2021"])


def row(table: AuditTable, **wanted: str) -> Row:
    (found,) = (one for one in table.frame.to_dict("records") if all(one[name] == wanted[name] for name in wanted))
    return {str(name): None if isinstance(value, float) and isnan(value) else value for name, value in found.items()}


def of_a(values: Values, before: Values | None = None) -> Row:
    """A's row of the table of returns."""
    return row(returns_table(subject({"A-2021": values, "A-2020": before or {}})), partenaire="A")


def of_line(line: str, framework: Framework = FRAMEWORK, **spoilt: Values) -> Row:
    """A row of the table of totals; ``A_2021={...}``."""
    return row(
        totals_table(subject({key.replace("_", "-"): one for key, one in spoilt.items()}, framework)), ligne=line
    )


def same(value: object, *lines: str) -> Values:
    return dict.fromkeys(lines, value)


def expect(found: Row, wanted: Row) -> None:
    assert {name: found[name] for name in wanted} == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({}, {"demandees": 13, "utilisables": 13, "part_utilisable": 100, "inutilisables": "", "nd": 0}),
        (
            {**same("nd", *SUMS[:2]), SUMS[2]: "ns", SUMS[3]: "", SUMS[4]: "so"},
            {"demandees": 12, "utilisables": 8, "part_utilisable": 100 * 8 / 12, "nd": 3,
             "inutilisables": "3\u00a0nd ou ns, 1\u00a0sans réponse"},
        ),
        (
            {SUMS[0]: "approximate!env. 12"},  # an ERROR sets it aside: it is not counted twice
            {"demandees": 12, "utilisables": 12, "part_utilisable": 100, "inutilisables": ""},
        ),
        ({SUMS[0]: 12.5}, {"demandees": 12, "utilisables": 12}),  # half a person: read, and set aside as well
        ({"S01.M1/N": "nd"}, {"demandees": 13, "utilisables": 12, "nd": 1}),
    ],
)  # fmt: skip
def test_what_became_of_the_answers_asked_for(values: Values, wanted: Row) -> None:
    expect(of_a(values), wanted)


@pytest.mark.parametrize(
    ("now", "before", "wanted"),
    [
        (0, 0, {"hausse_nd": 0, "nd_avant": 0, "demandees_avant": 13, "campagne_avant": "2020"}),
        (2, 1, {"hausse_nd": 100 / 13, "nd_avant": 1}),
        (1, 3, {"hausse_nd": -200 / 13, "nd_avant": 3}),
        (6, 0, {"hausse_nd": 600 / 13}),
        (7, 0, {"hausse_nd": None}),  # half is unusable: that is told by itself
    ],
)
def test_more_answers_without_figure_than_before(now: int, before: int, wanted: Row) -> None:
    expect(of_a(same("nd", *LINES[:now]), same("nd", *LINES[:before])), wanted)


HALF = {SUMS[0]: "so", **same("nd", *SUMS[1:7])}  # of twelve answers that are asked for, six


def test_a_return_of_which_just_half_is_usable_is_not_half_empty() -> None:
    expect(of_a(HALF), {"part_utilisable": 50, "hausse_nd": 50})


def test_without_a_former_return_nothing_was_withdrawn() -> None:
    assessment = judged(returns({("2020", "A"): None}))
    known = Subject(FRAMEWORK, assessment, aggregate(FRAMEWORK, assessment.frame), FRAMEWORK.campaign["2021"])
    found = row(returns_table(known), partenaire="A")
    expect(found, {"hausse_nd": None, "nd_avant": 0, "demandees_avant": 0, "campagne_avant": "2020"})


def test_a_finding_on_an_answer_explains_no_missing_line() -> None:
    expect(of_a({SUMS[0]: "nd"}), {"lignes": 13, "lignes_demandees": 13})  # nd without a comment is asked about


@pytest.mark.parametrize(
    ("gone", "lines", "missing"),
    [
        (0, 13, "aucune"),
        (1, 12, "N01.M1"),
        (5, 8, "N01.M1, N02.M1, N03.M1, N04.M1, N05.M1"),
        (6, 7, "N01.M1, N02.M1, N03.M1, N04.M1, N05.M1…"),
    ],
)
def test_the_lines_that_a_return_holds(gone: int, lines: int, missing: str) -> None:
    expect(of_a(same(LEFT_OUT, *SUMS[:gone])), {"lignes": lines, "lignes_demandees": 13, "absentes": missing})


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({"N09.M1": 371, "N10.M1": 411}, {"grands_nombres": 12, "ronds": 0, "part_ronde": 0, "cellules_rondes": ""}),
        ({"N09.M1": 370, "N10.M1": 411}, {"ronds": 1, "part_ronde": 100 / 12, "cellules_rondes": "Emploi!K13"}),
        ({"N01.M1": 30}, {"grands_nombres": 12, "ronds": 3}),
        ({"N01.M1": 29}, {"grands_nombres": 11, "ronds": 2}),
        ({"N01.M1": 20}, {"grands_nombres": 11, "ronds": 2}),
        ({"N01.M1": "100!"}, {"grands_nombres": 11, "ronds": 2}),  # explained
        ({"N01.M1": "nd"}, {"grands_nombres": 11, "ronds": 2}),
    ],
)
def test_large_numbers_that_are_round(values: Values, wanted: Row) -> None:
    expect(of_a(values), wanted)


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({}, {"totaux": 11, "repetitions": 1, "part_repetee": 100 / 11}),
        (same(97, *SUMS[:3]), {"totaux": 11, "repetitions": 3, "valeur_repetee": 97, "part_repetee": 300 / 11,
                               "cellules_repetees": "Emploi!K5, Emploi!K6, Emploi!K7"}),
        (same(10, *SUMS[:3]), {"totaux": 11, "repetitions": 3, "valeur_repetee": 10}),
        (same(9, *SUMS[:3]), {"totaux": 8, "repetitions": 1}),  # below the contract's least change
        ({**same(97, *SUMS[:3]), SUMS[0]: "97!"}, {"totaux": 10, "repetitions": 2}),
        ({"S01.M1": 97, "S01.M1/N": 97, "S01.M1/S": 0}, {"repetitions": 1}),  # categories are no totals
        (same("nd", *SUMS, "S01.M1"), {"totaux": 0, "repetitions": 0, "part_repetee": None, "valeur_repetee": 0}),
    ],
)  # fmt: skip
def test_one_figure_for_several_totals(values: Values, wanted: Row) -> None:
    expect(of_a(values), wanted)


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({}, {"totaux_saisis": 11, "zeros": 0, "part_nulle": 0, "cellules_nulles": ""}),
        (same(0, *SUMS[:2]), {"totaux_saisis": 11, "zeros": 2, "part_nulle": 200 / 11,
                              "cellules_nulles": "Emploi!K5, Emploi!K6"}),
        ({SUMS[0]: 0, SUMS[1]: 1}, {"zeros": 1}),
        ({SUMS[0]: "0!"}, {"totaux_saisis": 10, "zeros": 0}),
    ],
)  # fmt: skip
def test_totals_that_are_zero(values: Values, wanted: Row) -> None:
    expect(of_a(values), wanted)


def test_what_a_rule_makes_equal_to_another_is_not_counted_again() -> None:
    rules = (CoherenceRule("R", "N01.M1", "=", "N02.M1", "avertissement", ""),)
    framework = replace(FRAMEWORK, rules=rules)
    found = row(returns_table(subject({"A-2021": same(97, *SUMS[:2])}, framework)), partenaire="A")
    expect(found, {"totaux": 10, "repetitions": 1, "totaux_saisis": 10})


@pytest.mark.parametrize(
    ("spoilt", "wanted"),
    [
        ({}, {"demandees": 26, "utilisables": 26, "part_utilisable": 100}),
        ({"A-2021": same("nd", *SUMS[:6])}, {"demandees": 26, "utilisables": 20, "part_utilisable": 2000 / 26,
                                             "inutilisables": "6\u00a0nd ou ns"}),
        ({"A-2021": same("nd", *SUMS[:7])}, {"demandees": 13, "utilisables": 13}),  # A's return is told by itself
        ({"A-2021": HALF}, {"demandees": 25, "utilisables": 19}),  # half of it is usable: it counts
    ],
)  # fmt: skip
def test_a_pillar_over_the_returns_that_are_not_half_empty(spoilt: Spoilt, wanted: Row) -> None:
    expect(row(pillars_table(subject(spoilt)), pilier="Emploi"), wanted)


def test_a_pillar_of_one_partner() -> None:
    found = row(pillars_table(subject({"B-2021": same("so", *COHESION[:1])})), pilier="Cohésion")
    expect(found, {"demandees": 4, "utilisables": 4, "part_utilisable": 100})


@pytest.mark.parametrize(
    ("spoilt", "wanted"),
    [
        ({}, {"valeur": 124, "precedente": 121, "total_avant": 121, "variation": 300 / 121, "changement": "+2\u00a0%",
              "mouvement": "+3\u00a0%", "campagne_avant": "2020", "sources": "A et B"}),
        ({"A_2021": {"N01.M1": 45}}, {"variation": 800 / 121, "changement": "−7\u00a0%"}),
        ({"A_2021": {"N01.M1": 52}, "B_2021": {"N01.M1": 69}}, {"variation": 0, "changement": "0\u00a0%"}),
        ({"A_2021": {"N01.M1": "nd!"}}, {"precedente": None, "variation": None, "total_avant": 121}),
        ({"A_2021": {"N01.M1": "nd!"}, "B_2021": {"N01.M1": "nd!"}}, {"precedente": None, "part_manquante": None}),
        ({"A_2021": {"N01.M1": "56!"}}, {"ecart": None, "variation": None}),  # somebody comments
        ({"A_2021": {"N01.M1": 82}}, {"valeur": 150, "variation": 2900 / 121}),  # by half, and not more
        ({"A_2021": {"N01.M1": 83}}, {"ecart": None}),  # told by HIS-001
        ({"A_2021": same(0, "N01.M1"), "B_2021": same(0, "N01.M1")}, {"ecart": None, "precedente": None}),
        ({"A_2020": same(0, "N01.M1"), "B_2020": same(0, "N01.M1")}, {"ecart": None, "precedente": None}),
    ],
)  # fmt: skip
def test_a_total_beside_that_of_the_year_before(spoilt: Mapping[str, Values], wanted: Row) -> None:
    expect(of_line("N01.M1", **spoilt), wanted)


@pytest.mark.parametrize(("before", "now", "judged_still"), [(0, 0, True), (0, 1, False), (1, 0, False), (2, 3, True)])
def test_what_rises_from_nothing_is_a_strong_change_of_a_partner(before: int, now: int, judged_still: bool) -> None:
    found = of_line("N01.M1", A_2020={"N01.M1": before}, A_2021={"N01.M1": now})
    assert (found["ecart"] is not None) == judged_still


def test_a_total_of_one_is_compared_too() -> None:
    one = {f"{partner}_{year}": {"N01.M1": int(partner == "A")} for partner in "AB" for year in (2020, 2021)}
    expect(of_line("N01.M1", **one), {"precedente": 1, "variation": 0})


@pytest.mark.parametrize("year", [2020, 2021])
def test_a_balance_below_nothing_has_no_growth(year: int) -> None:
    balance = (replace(one, type="montant") if one.code == "N01.M1" else one for one in FRAMEWORK.measures)
    below = {f"A_{year}": {"N01.M1": -0.5}, f"B_{year}": {"N01.M1": 0}}
    expect(of_line("N01.M1", replace(FRAMEWORK, measures=tuple(balance)), **below), {"ecart": None, "variation": None})


def test_the_common_movement_is_the_median_growth() -> None:
    """All totals double, which the contract takes for no strong change."""
    framework = replace(FRAMEWORK, contract=replace(FRAMEWORK.contract, strong_change=100))
    doubled = {
        f"{who}_2021": {line: 2 * int(str(value)) for line, value in good_values(who, 2020).items()} for who in "AB"
    }
    expect(of_line("N01.M1", framework, **doubled), {"ecart": 0, "mouvement": "+100\u00a0%"})


def deviation(line: str, least: float, totals: Mapping[str, tuple[float, float]]) -> float:
    """By the definition: the distance to the median growth, in median deviations of which `least` is the least."""

    def middle(numbers: list[float]) -> float:
        ranked, half = sorted(numbers), len(numbers) // 2
        return ranked[half] if len(ranked) % 2 else (ranked[half - 1] + ranked[half]) / 2

    logs = {code: log(now / before) for code, (now, before) in totals.items()}
    common = middle([*logs.values()])
    return abs(logs[line] - common) / max(middle([abs(one - common) for one in logs.values()]), least)


def totals(spoilt: Mapping[str, Values]) -> Mapping[str, tuple[float, float]]:
    """Of each total, that of 2021 and of 2020."""

    def given(who: str, year: int) -> Mapping[str, float]:
        return {**good_values(who, year), **spoilt.get(f"{who}_{year}", {})}  # type: ignore[dict-item]

    lines = (*SUMS, "S01.M1", *COHESION)
    years = {year: [given(who, year) for who in "AB"] for year in (2021, 2020)}
    return {code: tuple(sum(float(one.get(code, 0)) for one in years[year]) for year in years) for code in lines}  # type: ignore[misc]


@pytest.mark.parametrize(
    "spoilt",
    [
        {"A_2021": {"N01.M1": 70}},
        {"A_2021": {"N01.M1": 45, "N02.M1": 120, "N03.M1": 90, "N04.M1": 210, "N05.M1": 290, "N06.M1": 180,
                    "N07.M1": 350, "N08.M1": 230, "N09.M1": 480}},
    ],
)  # fmt: skip
def test_how_far_a_total_is_from_the_common_movement(spoilt: Mapping[str, Values]) -> None:
    found = of_line("N01.M1", **spoilt)["ecart"]
    assert found == pytest.approx(deviation("N01.M1", 0.05, totals(spoilt)))


@pytest.mark.parametrize(("silent", "judged_still"), [(8, True), (9, False)])
def test_eight_totals_make_a_common_movement(silent: int, judged_still: bool) -> None:
    lines = (*SUMS, "S01.M1", *COHESION)[1 : 1 + silent]
    given = {name: same("nd!", *lines) for name in ("A_2021", "B_2021")}
    assert (of_line("N01.M1", **given)["ecart"] is not None) == judged_still


@pytest.mark.parametrize(
    ("spoilt", "wanted"),
    [
        ({}, {"part_manquante": 0, "partiels": ""}),
        ({"A_2020": {"N05.M1": 180}, "B_2020": {"N05.M1": 20}, "B_2021": {"N05.M1": "nd!"}},
         {"part_manquante": 10, "partiels": "B", "total_avant": 200, "partenaire": "B", "fichier": "B-2021.xlsx",
          "cellule": "K9"}),
        ({"A_2020": {"N05.M1": "ns"}, "A_2021": {"N05.M1": 30}, "B_2021": {"N05.M1": 170}},
         {"part_manquante": 15, "partiels": "A", "partenaire": "A"}),
        ({"A_2021": {"N05.M1": "so"}}, {"part_manquante": 0, "partiels": ""}),  # not asked is not missing
        ({"A_2020": {"N05.M1": 180}, "B_2020": {"N05.M1": 20.5}, "A_2021": {"N05.M1": "nd!"}},
         {"part_manquante": 100, "total_avant": 180}),  # what was set aside weighs nothing
        ({"A_2020": {"N05.M1": 0}, "A_2021": {"N05.M1": "nd!"}}, {"part_manquante": 0, "partiels": "A"}),  # no weight
    ],
)  # fmt: skip
def test_the_weight_of_who_gave_a_figure_once_only(spoilt: Mapping[str, Values], wanted: Row) -> None:
    expect(of_line("N05.M1", **spoilt), wanted)


@pytest.mark.parametrize(
    ("spoilt", "wanted"),
    [
        ({}, {"plafond": None, "modalites": None}),
        ({"B_2021": {"S01.M1": "nd!"}}, {"plafond": 68, "modalites": 140, "ventilation": "quartier", "sans_total": "B",
                                         "partenaire": "B", "cellule": "K15"}),
        ({"A_2021": {"S01.M1": "nd!"}, "B_2021": {"S01.M1": "nd!"}}, {"plafond": None}),  # no total at all
        ({"B_2021": {"S01.M1": "approximate!env. 70"}}, {"plafond": None}),  # to be corrected first
    ],
)  # fmt: skip
def test_the_most_that_categories_may_come_to(spoilt: Mapping[str, Values], wanted: Row) -> None:
    expect(of_line("S01.M1", **spoilt), wanted)


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        ((0, 100), "de 0 à 100"),
        ((0, None), "au moins 0"),
        ((None, 90), "au plus 90"),
        ((None, None), ""),
    ],
)
def test_the_bounds_of_what_is_computed(bounds: tuple[float | None, float | None], said: str) -> None:
    changed = (
        replace(one, minimum=bounds[0], maximum=bounds[1]) if one.code == "P01.M1" else one
        for one in FRAMEWORK.measures
    )
    found = of_line("P01.M1", replace(FRAMEWORK, measures=tuple(changed)))
    expect(found, {"valeur_calculee": 100 * 124 / 831, "minimum": bounds[0], "maximum": bounds[1], "bornes": said})
    assert of_line("N01.M1")["valeur_calculee"] is None


@pytest.mark.parametrize(("year", "said_before"), [(2021, True), (2020, False)])
def test_what_is_said_of_the_terms_of_a_share_is_not_said_again(year: int, said_before: bool) -> None:
    """A gives one term only (ENS-006), in this campaign or in the one before."""
    spoilt = {f"A_{year}": {"N10.M1": "nd!"}}
    assert (of_line("P01.M1", **spoilt)["valeur_calculee"] is None) == said_before
    assert (of_line("N10.M1", **spoilt)["part_manquante"] is None) == said_before
    assert of_line("N05.M1", **spoilt)["part_manquante"] == 0


@pytest.mark.parametrize(
    ("change", "shown"),
    [(0.4, "0"), (-0.4, "0"), (0.6, "+1"), (-0.6, "−1"), (1, "+1"), (-12.4, "−12"), (1234, "+1\u202f234")],
)
def test_a_change_is_shown_with_its_sign(change: float, shown: str) -> None:
    assert _signed(change) == f"{shown}\u00a0%"


def test_only_totals_that_partners_add_up_miss_a_partner() -> None:
    assert of_line("S01.M1/N", A_2021={"S01.M1/N": "nd!"})["part_manquante"] is None
    mean = (replace(one, aggregation=Aggregation.MEAN) if one.code == "N05.M1" else one for one in FRAMEWORK.measures)
    framework = replace(FRAMEWORK, measures=tuple(mean))
    assert of_line("N05.M1", framework, A_2021={"N05.M1": "nd!"})["part_manquante"] is None


def test_another_finding_on_a_term_does_not_explain_its_share() -> None:
    found = of_line("P01.M1", A_2021={"N10.M1": 2000})  # HIS-001
    assert found["valeur_calculee"] is not None


def test_neither_a_category_nor_what_may_be_negative_has_a_most() -> None:
    expect(of_line("S01.M1/N", B_2021={"S01.M1/N": "nd!"}), {"plafond": None, "modalites": None})
    spoilt: Spoilt = {"B-2021": {"S01.M1": "nd!"}}
    balance = (replace(one, type="montant") if one.code == "S01.M1" else one for one in FRAMEWORK.measures)
    for framework, line in ((FRAMEWORK, "S01.M1/N"), (replace(FRAMEWORK, measures=tuple(balance)), "S01.M1")):
        expect(row(totals_table(subject(spoilt, framework)), ligne=line), {"plafond": None, "modalites": None})


@pytest.mark.parametrize(
    ("rules", "led"),
    [
        ((), set()),
        (("N01.M1 = N-3 N02.M1",), {"N01.M1"}),
        (("N01.M1 = N-3 N02.M1", "N03.M1 <= N01.M1", "N04.M1 = N01.M1"), {"N01.M1", "N03.M1", "N04.M1"}),
        (("N03.M1 <= N02.M1",), set()),
    ],
)
def test_what_repeats_a_figure_of_three_years_before_is_of_no_common_movement(
    rules: tuple[str, ...], led: set[str]
) -> None:
    named = ((text.split(" ", 1)[0], *text.split(" ", 1)[1].rsplit(" ", 1)) for text in rules)
    made = tuple(CoherenceRule(f"R{n}", *parts, "avertissement", "") for n, parts in enumerate(named))
    table = totals_table(subject({}, replace(FRAMEWORK, rules=made)))
    lines = ("N01.M1", "N02.M1", "N03.M1", "N04.M1")
    assert {line for line in lines if row(table, ligne=line)["ecart"] is None} == led


@pytest.mark.parametrize(
    ("values", "rows"),
    [({}, 31), ({"N01.M1": "nd"}, 31), ({"N01.M1": "approximate!env. 12"}, 30), ({"N01.M1": LEFT_OUT}, 30)],
)
def test_the_answers_that_count_with_the_cell_of_each(values: Values, rows: int) -> None:
    frame = answers_table(subject({"A-2021": values})).frame
    assert (len(frame), {*frame["campagne"]}, frame["origine"].isna().sum()) == (rows, {"2021"}, 0)
    assert "A-2021.xlsx · Emploi!K6" in {*frame["origine"]}


@pytest.mark.parametrize("place", ["fichier", "feuille", "cellule"])
def test_an_answer_whose_place_is_not_known_whole_has_no_origin(place: str) -> None:
    known = subject({"A-2021": {"N01.M1": 12, "N02.M1": "nd"}})
    frame = known.assessment.frame.assign(**{place: ""})
    table = answers_table(replace(known, assessment=replace(known.assessment, answers=as_table(frame)))).frame
    missing = {*table["demande"][table["origine"].isna()]}
    assert "A N01.M1" in missing
    assert "A N02.M1" not in missing  # a reason needs none
