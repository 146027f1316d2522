"""Which figures a publication masks: at the thresholds, beside what is masked, and with what a rule ties to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cvsheet.errors import CvsheetError
from cvsheet.figures.consolidation import aggregate
from cvsheet.figures.disclosure.confidentiality import hidden_beneficiaries, secrecy
from cvsheet.figures.disclosure.figures import POINT
from cvsheet.model.framework import (
    Campaign,
    CampaignType,
    Category,
    CoherenceRule,
    Direction,
    Framework,
    Measure,
    Reference,
)
from tests.consolidation.frameworks import answers, evolution, framework, measure, share


def masked(contract: Framework, *rows: str) -> set[tuple[str, str]]:
    """The masked lines of yearly campaigns and points, by campaign and line."""
    return {(campaign, line) for campaign, line, _ in secrecy(aggregate(contract, answers(*rows))).hidden}


def people(code: str = "I.M1", **more: object) -> Framework:
    return framework(measure(code, diffusion="personnes", **{"breakdowns": ("quartier",), **more}))


def test_a_small_count_takes_its_neighbour_along() -> None:
    hidden = masked(people(), "2020 A I.M1 20", "2020 A I.M1/N 3", "2020 A I.M1/S 17")
    assert hidden == {("2020", "I.M1/N"), ("2020", "I.M1/S")}


@pytest.mark.parametrize("north", range(1, 8))
def test_four_and_four_look_like_any_other_way_to_eight(north: int) -> None:
    hidden = masked(people(), "2020 A I.M1 8", f"2020 A I.M1/N {north}", f"2020 A I.M1/S {8 - north}")
    assert hidden == {("2020", "I.M1/N"), ("2020", "I.M1/S")}


@pytest.mark.parametrize("figures", [(2, 1, 1), (2, 2, 0), (1, 1, 0)])
def test_two_companies_of_two_kinds_look_like_one(figures: tuple[int, int, int]) -> None:
    contract = framework(measure("I.M1", diffusion="entreprises", breakdowns=("quartier",)))
    total, north, south = figures
    hidden = masked(contract, f"2020 A I.M1 {total}", f"2020 A I.M1/N {north}", f"2020 A I.M1/S {south}")
    assert set(hidden) == {("2020", "I.M1"), ("2020", "I.M1/N"), ("2020", "I.M1/S")}


def test_seven_as_three_and_four_leaves_a_doubt() -> None:
    hidden = masked(people(), "2020 A I.M1 7", "2020 A I.M1/N 3", "2020 A I.M1/S 4")
    assert set(hidden) == {("2020", "I.M1/N"), ("2020", "I.M1/S")}


def test_a_true_zero_stays_where_nothing_small_stands_beside_it() -> None:
    assert masked(people(), "2020 A I.M1 8", "2020 A I.M1/N 8", "2020 A I.M1/S 0") == set()
    assert masked(people(), "2020 A I.M1 0", "2020 A I.M1/N 0", "2020 A I.M1/S 0") == set()


def test_a_zero_beside_a_small_total_would_tell_when_it_is_one_and_one() -> None:
    hidden = masked(people(), "2020 A I.M1 3", "2020 A I.M1/N 3", "2020 A I.M1/S 0")
    assert hidden == {("2020", "I.M1"), ("2020", "I.M1/N"), ("2020", "I.M1/S")}


def test_the_threshold_itself_is_published() -> None:
    assert masked(people(), "2020 A I.M1 11", "2020 A I.M1/N 5", "2020 A I.M1/S 6") == set()


def test_what_is_public_is_never_masked() -> None:
    assert masked(framework(measure("I.M1")), "2020 A I.M1 2") == set()


def test_companies_have_their_own_threshold() -> None:
    contract = framework(measure("I.M1", diffusion="entreprises"), measure("J.M1", diffusion="entreprises"))
    assert set(masked(contract, "2020 A I.M1 2", "2020 A J.M1 3")) == {("2020", "I.M1")}


def test_a_mean_of_small_counts_is_small() -> None:
    contract = people(aggregation="moyenne", breakdowns=())
    assert set(masked(contract, "2020 A I.M1 2", "2020 B I.M1 3")) == {("2020", "I.M1")}


def three_districts() -> Framework:
    made = people()
    return replace(made, categories=(*made.categories, Category("quartier", "O", "Ouest", True)))


def test_a_zero_of_a_breakdown_that_is_masked_is_masked_with_it() -> None:
    hidden = masked(three_districts(), "2020 A I.M1 20", "2020 A I.M1/N 3", "2020 A I.M1/S 17", "2020 A I.M1/O 0")
    assert hidden == {("2020", "I.M1/N"), ("2020", "I.M1/S"), ("2020", "I.M1/O")}


@pytest.mark.parametrize(
    ("rows", "hidden"),
    [
        (("A I.M1 0", "A I.M1/N ns", "A I.M1/S 0"), set()),  # who publishes a total of 0 has said it of all
        (("A I.M1 0", "A I.M1/N ns", "A I.M1/S 7"), {"I.M1/S"}),
        (("A I.M1 0", "A I.M1/N ns", "B I.M1/S 0"), {"I.M1/S"}),  # the 0 is A's alone
        (("A I.M1 1", "A I.M1/N ns", "A I.M1/S 0"), {"I.M1", "I.M1/S"}),
        (("A I.M1/N ns", "A I.M1/S 0"), {"I.M1/S"}),
    ],
)
def test_a_zero_is_known_where_its_whole_table_is_published_as_zero(rows: tuple[str, ...], hidden: set[str]) -> None:
    assert masked(people(), *(f"2020 {row}" for row in rows)) == {("2020", line) for line in hidden}


def test_a_breakdown_that_is_wrong_by_a_small_number_is_masked() -> None:
    """Nobody misses a category: that 3 of 20 stand in none could be a correction of one of them."""
    assert masked(people(), "2020 A I.M1 20", "2020 A I.M1/N 12", "2020 A I.M1/S 5") == {
        ("2020", "I.M1/N"),
        ("2020", "I.M1/S"),
    }


def test_overlapping_categories_do_not_give_each_other_away() -> None:
    contract = people(breakdowns=("outil",))
    contract = replace(contract, categories=(Category("outil", "A", "A", False), Category("outil", "B", "B", False)))
    hidden = masked(contract, "2020 A I.M1 20", "2020 A I.M1/A 3", "2020 A I.M1/B 18")
    assert set(hidden) == {("2020", "I.M1/A")}


def test_a_share_is_masked_with_its_numerator_and_with_its_denominator() -> None:
    contract = framework(
        measure("N.M1", diffusion="personnes"), measure("D.M1", diffusion="personnes"), share("P.M1", "N.M1", "D.M1")
    )
    assert ("2020", "P.M1") in masked(contract, "2020 A N.M1 2", "2020 A D.M1 40")
    assert ("2020", "P.M1") in masked(contract, "2020 A N.M1 0", "2020 A D.M1 4")
    assert masked(contract, "2020 A N.M1 6", "2020 A D.M1 40") == set()


@pytest.mark.parametrize(("without", "hidden"), [(3, True), (5, False)])
def test_what_a_share_leaves_is_protected_where_the_contract_asks_it_as_a_category(without: int, hidden: bool) -> None:
    """Between two measures nothing says that one is a part of the other: 97 of 100 then tells the 3."""
    apart = framework(
        measure("N.M1", diffusion="personnes"), measure("D.M1", diffusion="personnes"), share("P.M1", "N.M1", "D.M1")
    )
    assert masked(apart, f"2020 A N.M1 {100 - without}", "2020 A D.M1 100") == set()
    contract = framework(
        measure("D.M1", diffusion="personnes", breakdowns=("quartier",)), share("P.M1", "D.M1/N", "D.M1")
    )
    found = masked(contract, "2020 A D.M1 100", f"2020 A D.M1/N {100 - without}", f"2020 A D.M1/S {without}")
    assert found == ({("2020", "D.M1/N"), ("2020", "D.M1/S"), ("2020", "P.M1")} if hidden else set())


def test_a_change_is_masked_with_either_year() -> None:
    contract = framework(measure("N.M1", diffusion="personnes"), evolution("E.M1", "N.M1"))
    assert ("2021", "E.M1") in masked(contract, "2020 A N.M1 4", "2021 A N.M1 40")
    assert ("2021", "E.M1") in masked(contract, "2020 A N.M1 40", "2021 A N.M1 4")


def test_a_rate_gives_back_the_persons_that_it_counts() -> None:
    rate = measure("T.M1", "moyenne pondérée", type="pourcentage", weight="C.M1", diffusion="personnes")
    contract = framework(rate, measure("C.M1", diffusion="personnes"))
    assert ("2020", "T.M1") in masked(contract, "2020 A T.M1 10", "2020 A C.M1 40")
    assert ("2020", "T.M1") in masked(contract, "2020 A T.M1 50", "2020 A C.M1 4")
    assert masked(contract, "2020 A T.M1 50", "2020 A C.M1 40") == set()


@pytest.mark.parametrize("operator", ["<=", "="])
@pytest.mark.parametrize(("counts", "hidden"), [((4, 40), True), ((40, 4), True), ((40, 50), False)])
def test_two_rates_that_a_rule_compares_are_masked_together(
    operator: str, counts: tuple[int, int], hidden: bool
) -> None:
    """Half of four persons is masked; the other rate, of forty, would tell something of it."""
    rates = [
        measure(f"{name}.M1", "moyenne pondérée", type="pourcentage", weight=f"{weight}.M1", diffusion="personnes")
        for name, weight in ("TC", "UD")
    ]
    contract = framework(*rates, *(measure(f"{name}.M1", diffusion="personnes") for name in "CD"))
    contract = replace(contract, rules=(CoherenceRule("R", "T.M1", operator, "U.M1", "erreur", ""),))
    of = (f"2020 A {name}.M1 {count}" for name, count in zip("CD", counts, strict=True))
    found = masked(contract, "2020 A T.M1 50", "2020 A U.M1 50", *of)
    assert {("2020", "T.M1"), ("2020", "U.M1")} & found == ({("2020", "T.M1"), ("2020", "U.M1")} if hidden else set())


@pytest.mark.parametrize(("rate", "hidden"), [(9, True), (9.9, True), (10, False)])
def test_a_rate_of_five_persons_is_published(rate: float, hidden: bool) -> None:
    """Of fifty: 4.5 and 4.95 persons are fewer than five."""
    of = measure("T.M1", "moyenne pondérée", type="pourcentage", weight="C.M1", diffusion="personnes")
    contract = framework(of, measure("C.M1", diffusion="personnes"))
    assert (("2020", "T.M1") in masked(contract, f"2020 A T.M1 {rate}", "2020 A C.M1 50")) == hidden


def test_a_mean_that_nobody_gave_is_not_masked_with_what_weighs_it() -> None:
    mean = measure("J.M1", "moyenne pondérée", type="note", weight="C.M1", diffusion="personnes")
    contract = framework(mean, measure("C.M1", diffusion="personnes"))
    assert masked(contract, "2020 A J.M1 nd", "2020 A C.M1 3") == {("2020", "C.M1")}
    assert masked(contract, "2020 A J.M1 14", "2020 A C.M1 3") == {("2020", "C.M1"), ("2020", "J.M1")}


@pytest.mark.parametrize("operator", ["<=", "="])
def test_a_rate_is_not_masked_with_a_count_that_a_rule_compares_it_with(operator: str) -> None:
    """They count unlike things: a share of 80 % says nothing of three persons."""
    rate = measure("T.M1", "moyenne pondérée", type="pourcentage", weight="C.M1")
    contract = framework(rate, measure("C.M1"), measure("I.M1", diffusion="personnes"))
    contract = replace(contract, rules=(CoherenceRule("R", "I.M1", operator, "T.M1", "erreur", ""),))
    assert ("2020", "T.M1") not in masked(contract, "2020 A T.M1 80", "2020 A C.M1 200", "2020 A I.M1 3")


def test_what_a_partner_keeps_secret_is_not_the_rest_of_a_total() -> None:
    hidden = masked(people(), "2020 A I.M1 20", "2020 A I.M1/N ns", "2020 A I.M1/S 17")
    assert ("2020", "I.M1/S") in hidden


def test_what_is_missing_is_not_a_small_rest_either() -> None:
    assert ("2020", "I.M1/S") in masked(people(), "2020 A I.M1 20", "2020 A I.M1/N nd", "2020 A I.M1/S 17")
    assert masked(people(), "2020 A I.M1 20", "2020 A I.M1/N nd", "2020 A I.M1/S 10") == set()


def test_a_rule_that_says_equal_hides_both_sides() -> None:
    contract = framework(measure("I.M1", diffusion="personnes", breakdowns=("quartier",)), measure("J.M1"))
    contract = replace(contract, rules=(CoherenceRule("R", "J.M1", "=", "I.M1/N", "avertissement", ""),))
    hidden = masked(contract, "2020 A I.M1 20", "2020 A I.M1/N 3", "2020 A I.M1/S 17", "2020 A J.M1 3")
    assert ("2020", "J.M1") in hidden


def test_a_rule_on_a_line_that_is_gone_hides_none_that_follows() -> None:
    gone = CoherenceRule("R0", "X.M1", "=", "J.M1", "erreur", "Égal.")
    same = CoherenceRule("R1", "I.M1", "=", "J.M1", "erreur", "Égal.")
    contract = replace(framework(measure("I.M1", diffusion="personnes"), measure("J.M1")), rules=(gone, same))
    assert masked(contract, "2020 A I.M1 3", "2020 A J.M1 3") == {("2020", "I.M1"), ("2020", "J.M1")}


def test_a_public_count_that_bounds_a_small_one_is_masked() -> None:
    contract = framework(measure("I.M1", diffusion="personnes"), measure("J.M1"))
    contract = replace(contract, rules=(CoherenceRule("R", "J.M1", "<=", "I.M1", "erreur", ""),))
    assert ("2020", "J.M1") in masked(contract, "2020 A I.M1 4", "2020 A J.M1 4")
    assert ("2020", "J.M1") in masked(contract, "2020 A I.M1 4", "2020 A J.M1 2")
    assert ("2020", "J.M1") not in masked(contract, "2020 A I.M1 5", "2020 A J.M1 2")


def test_a_baseline_of_the_same_year_is_the_same_figure() -> None:
    references = {"I.M1/S": Reference(17, 2020, "validée"), "I.M1/N": Reference(9, 2020, "validée")}
    contract = replace(people(), references=tuple(references.items()))
    hidden = masked(contract, "2020 A I.M1 20", "2020 A I.M1/N 3", "2020 A I.M1/S 17")
    assert (POINT, "I.M1/S") in hidden
    assert (POINT, "I.M1/N") in hidden  # even where it is another: to show it would tell that the masked one is not 9


def test_the_extremes_of_unique_persons_do_not_close_on_them() -> None:
    contract = framework(measure("U.M1", diffusion="personnes"), measure("I.M1", breakdowns=("outil",)))
    contract = replace(
        contract,
        categories=(Category("outil", "A", "A", False), Category("outil", "B", "B", False)),
        rules=(CoherenceRule("R", "U.M1", "entre max et somme", "I.M1", "erreur", ""),),
    )
    hidden = masked(contract, "2020 A U.M1 4", "2020 A I.M1 6", "2020 A I.M1/A 4", "2020 A I.M1/B 2")
    assert set(hidden) == {("2020", line) for line in ("U.M1", "I.M1", "I.M1/A", "I.M1/B")}


def test_three_years_later_the_same_figure_is_asked_again() -> None:
    contract = framework(measure("I.M1", diffusion="personnes"), measure("J.M1"))
    later = Campaign("2023", "2023", CampaignType.YEARLY, 2023, date(2023, 1, 1), date(2023, 12, 31))
    rules = (CoherenceRule("R", "J.M1", "= N-3", "I.M1", "avertissement", ""),)
    contract = replace(contract, campaigns=(*contract.campaigns, later), rules=rules)
    assert ("2023", "J.M1") in masked(contract, "2020 A I.M1 3", "2023 A J.M1 3")


def test_a_target_that_leaves_one_baseline_only_is_masked() -> None:
    fall = framework(measure("I.M1", diffusion="personnes", direction=Direction.FALL))
    contract = replace(fall, references=(("I.M1", Reference(4, 2019, "validée", 4, 2023, "validée")),))
    hidden = secrecy(aggregate(contract, answers())).hidden
    assert hidden == {(POINT, "I.M1", "référence"), (POINT, "I.M1", "cible")}


@pytest.mark.parametrize(("year", "hidden"), [(2019, True), (2018, False)])
def test_an_adopted_baseline_is_masked_with_the_answer_of_its_year_that_it_repeats(year: int, hidden: bool) -> None:
    """The south is masked beside a small north, in the campaign of 2019 alone."""
    adopted = {"I.M1": Reference(50, 2018), "I.M1/N": Reference(30, 2018), "I.M1/S": Reference(20, year)}
    contract = framework(measure("I.M1", diffusion="personnes", breakdowns=("quartier",)), references=adopted)
    rows = ("REF A I.M1 23 - référence", "REF A I.M1/N 3 - référence", "REF A I.M1/S 20 - référence")
    found = masked(contract, *rows)
    assert ("REF", "I.M1/S") in found
    assert ((POINT, "I.M1/S") in found) == hidden


def test_targets_are_aims_and_count_nobody() -> None:
    reference = Reference(None, None, "", 3, 2023, "validée")
    assert masked(replace(people(breakdowns=()), references=(("I.M1", reference),)), "2020 A I.M1 12") == set()


@pytest.mark.parametrize(
    ("total", "women", "hidden"),
    [
        (30, 12, (False, False)),
        (3, None, (True, False)),
        (30, 2, (False, True)),
        (30, 28, (False, True)),  # two men
        (30, 30, (False, False)),
        (8, 4, (False, True)),  # as many as three and five: the women alone are masked
        (3, 0, (True, False)),
        (None, 2, (False, True)),
        (None, 10, (False, False)),
        (None, None, (False, False)),
        (0, 0, (False, False)),
        (1, None, (True, False)),
        (4, None, (True, False)),
        (5, None, (False, False)),  # the threshold itself is published
        (30, 4, (False, True)),
        (30, 5, (False, False)),
        (30, 26, (False, True)),
        (30, 25, (False, False)),
        (30, 31, (False, True)),  # one more than all: the men would be as many
    ],
)
def test_beneficiaries_women_and_men(total: float | None, women: float | None, hidden: tuple[bool, bool]) -> None:
    assert hidden_beneficiaries(total, women, 5) == hidden


def two_breakdowns() -> Framework:
    made = people(breakdowns=("quartier", "sexe"))
    return replace(
        made, categories=(*made.categories, Category("sexe", "F", "F", True), Category("sexe", "H", "H", True))
    )


@pytest.mark.parametrize("total", ["nd", "42 COH-001", ""])
def test_another_breakdown_is_a_total_where_that_one_is_not_published(total: str) -> None:
    rows = ["2020 A I.M1/N 40", "2020 A I.M1/S nd", "2020 A I.M1/F 20", "2020 A I.M1/H 22"]
    hidden = masked(two_breakdowns(), *([f"2020 A I.M1 {total}"] if total else []), *rows)
    assert ("2020", "I.M1/N") in hidden


def test_the_other_breakdown_stays_where_what_is_missing_is_large() -> None:
    rows = ("2020 A I.M1 nd", "2020 A I.M1/N 40", "2020 A I.M1/S nd", "2020 A I.M1/F 20", "2020 A I.M1/H 25")
    assert masked(two_breakdowns(), *rows) == set()


def test_the_small_rest_of_one_of_several_partners() -> None:
    rows = ("2020 A I.M1 30", "2020 A I.M1/N 20", "2020 A I.M1/S 10", "2020 B I.M1 23", "2020 B I.M1/N 20")
    assert masked(people(), *rows, "2020 B I.M1/S nd") == {("2020", "I.M1/N"), ("2020", "I.M1/S")}


def test_a_secret_kept_by_one_of_several_partners_is_not_the_rest_of_a_sum() -> None:
    rows = ("2020 A I.M1 30", "2020 A I.M1/N 20", "2020 A I.M1/S 10", "2020 B I.M1 60", "2020 B I.M1/N 20")
    assert masked(people(), *rows, "2020 B I.M1/S ns") == {("2020", "I.M1/N"), ("2020", "I.M1/S")}


def test_a_mask_never_depends_on_which_worlds_the_masked_figures_are_in() -> None:
    """Total 8, VER 2, PMP 6, F 4, H 4: published as VER 4, PMP 4, F 1, H 7 would be."""
    worlds = ((2, 6, 4, 4), (4, 4, 1, 7), (1, 7, 3, 5), (3, 5, 6, 2))
    lines = ("I.M1/N", "I.M1/S", "I.M1/F", "I.M1/H")
    told = [
        masked(two_breakdowns(), "2020 A I.M1 8", *(f"2020 A {line} {n}" for line, n in zip(lines, world, strict=True)))
        for world in worlds
    ]
    assert told == [{("2020", line) for line in lines}] * len(worlds)


def test_a_secret_figure_that_nobody_can_count_is_masked() -> None:
    amount = measure("I.M1", type="montant", unit="€", diffusion="personnes")
    mean = measure("J.M1", "moyenne pondérée", type="note", weight="C.M1", diffusion="personnes")
    contract = framework(amount, mean, measure("C.M1"))
    assert masked(contract, "2020 A I.M1 9000") == {("2020", "I.M1")}
    assert masked(contract, "2020 A J.M1 14", "2020 A C.M1 4") == {("2020", "J.M1")}
    assert masked(contract, "2020 A J.M1 14", "2020 A C.M1 5") == set()


def test_a_balance_of_persons_counts_nobody() -> None:
    """Three more left than came, as ten left the north and seven came to the south: no small count is to be seen."""
    contract = people(minimum=-1000)
    rows = ("2020 A I.M1 -3", "2020 A I.M1/N -10", "2020 A I.M1/S 7")
    assert masked(contract, *rows) == {("2020", "I.M1"), ("2020", "I.M1/N"), ("2020", "I.M1/S")}


@pytest.mark.parametrize("kind", ["note", "pourcentage"])
@pytest.mark.parametrize(("own", "hidden"), [(4, True), (5, False)])
def test_a_mean_is_backed_by_those_whose_answers_it_is_made_of(kind: str, own: int, hidden: bool) -> None:
    """Of 45 respondents 40 are those of a landlord that gives no mark: the mark is that of the others."""
    mean = measure("J.M1", "moyenne pondérée", type=kind, weight="C.M1", diffusion="personnes")
    contract = framework(mean, measure("C.M1"))
    rows = ("2020 A J.M1 100", f"2020 A C.M1 {own}", "2020 B J.M1 nd", "2020 B C.M1 40")
    assert (("2020", "J.M1") in masked(contract, *rows)) == hidden
    former = [f"REF {row[5:]} - référence" for row in rows]
    assert ((POINT, "J.M1") in masked(contract, *former)) == hidden


def test_an_amount_that_is_public_an_aim_or_a_share_of_many_is_published() -> None:
    def amount(diffusion: str) -> Measure:
        return measure("I.M1", type="montant", unit="€", diffusion=diffusion)

    assert masked(framework(amount("publique")), "2020 A I.M1 9000") == set()
    aim = framework(amount("personnes"), references={"I.M1": Reference(None, None, "", 9000, 2023, "validée")})
    assert masked(aim) == set()
    ratio = replace(share("S.M1", "C.M1", "D.M1"), diffusion="personnes")
    many = framework(ratio, measure("C.M1", diffusion="personnes"), measure("D.M1", diffusion="personnes"))
    assert masked(many, "2020 A C.M1 60", "2020 A D.M1 90") == set()


def test_an_amount_that_is_averaged_is_backed_by_nobody_whatever_is_named_as_its_weight() -> None:
    of = measure("I.M1", "moyenne", type="montant", unit="€", weight="C.M1", diffusion="personnes")
    assert masked(framework(of, measure("C.M1")), "2020 A I.M1 9000", "2020 A C.M1 60") == {("2020", "I.M1")}


def test_a_rate_of_which_nobody_can_say_of_how_many_is_masked() -> None:
    of = measure("T.M1", "moyenne pondérée", type="pourcentage", weight="C.M1", diffusion="personnes")
    assert masked(framework(of, measure("C.M1")), "2020 A T.M1 50") == {("2020", "T.M1")}


def test_a_baseline_in_the_contract_is_protected_whatever_the_method_of_its_measure() -> None:
    contract = framework(measure("I.M1", "aucune", diffusion="personnes"), references={"I.M1": Reference(3, 2019, "")})
    assert (POINT, "I.M1") in masked(contract, "2020 A I.M1 12")


def test_what_secrecy_has_not_considered_is_hidden() -> None:
    rules = secrecy(aggregate(people(), answers("2020 A I.M1 20")))
    assert not rules.hides("2020", "I.M1")
    assert rules.hides("2020", "I.M1", "médiane")
    assert rules.hides("2020", "I.M2")


def test_an_unknown_word_for_secrecy_is_refused() -> None:
    contract = framework(measure("I.M1", diffusion="ménages"))
    with pytest.raises(CvsheetError, match="ménages"):
        secrecy(aggregate(contract, answers("2020 A I.M1 20")))


SMALL_SOUTH = ("2020 A J.M1 73", "2020 A J.M1/N 70", "2020 A J.M1/S 3")
BESIDE = {("2020", "J.M1/N"), ("2020", "J.M1/S")}


def tied(word: str, *rows: str) -> set[tuple[str, str]]:
    """The masked lines where a rule ties the north of a public table to that of `SMALL_SOUTH`."""
    secret = measure("J.M1", diffusion="personnes", breakdowns=("quartier",))
    contract = framework(measure("I.M1", breakdowns=("quartier",)), secret, measure("K.M1"))
    rules = (("I.M1/N", word, "J.M1/N"), ("K.M1", "<=", "I.M1"))
    contract = replace(contract, rules=tuple(CoherenceRule("R", *rule, "erreur", "") for rule in rules))
    return masked(contract, *SMALL_SOUTH, *rows)


@pytest.mark.parametrize(
    ("north", "south", "whole"),
    [(4, 0, True), (10, 30, True), (49, 30, True), (50, 30, False)],  # ten times the threshold of 5 tells nothing
)
def test_measures_that_a_rule_ties_are_masked_whole_and_together(north: int, south: int, whole: bool) -> None:
    hidden = tied("<=", f"2020 A I.M1 {north + south}", f"2020 A I.M1/N {north}", f"2020 A I.M1/S {south}")
    assert hidden == (BESIDE | {("2020", line) for line in ("J.M1", "I.M1", "I.M1/N", "I.M1/S")} if whole else BESIDE)


def test_measures_are_masked_together_through_a_third_one_and_however_large_they_are() -> None:
    """K is at most I, whose north is masked as the same number as that of J."""
    rows = ("2020 A I.M1 90", "2020 A I.M1/N 70", "2020 A I.M1/S 20", "2020 A K.M1 12")
    assert tied("=", *rows) == BESIDE | {("2020", line) for line in ("J.M1", "I.M1", "I.M1/N", "I.M1/S", "K.M1")}
    rows = ("2020 A I.M1 70", "2020 A I.M1/N 50", "2020 A I.M1/S 20", "2020 A K.M1 12")
    assert tied("<=", *rows) == BESIDE


def test_a_zero_total_is_masked_with_its_categories_where_a_rule_ties_it() -> None:
    """Its zeros alone would tell it."""
    rows = ("2020 A I.M1 0", "2020 A I.M1/N 0", "2020 A I.M1/S 0")
    assert tied("<=", *rows) == BESIDE | {("2020", line) for line in ("J.M1", "I.M1", "I.M1/N", "I.M1/S")}


@pytest.mark.parametrize("asked", [("A",), ("A", "B")])
@pytest.mark.parametrize(
    ("given", "public", "hidden"),
    [(0, 1, True), (0, 4, True), (0, 5, False), (7, 7, False), (7, 8, True), (7, 11, True), (7, 12, False)],
)
def test_what_a_partner_adds_later_is_not_bounded_already(
    given: int, public: int, hidden: bool, asked: tuple[str, ...]
) -> None:
    """B has not answered yet, and a rule says that all together have no more than the public figure, to which B may
    add too."""
    one = measure("I.M1", diffusion="personnes", producers=("A", "B"))
    contract = framework(one, measure("J.M1", producers=asked))
    contract = replace(contract, rules=(CoherenceRule("R", "I.M1", "<=", "J.M1", "erreur", ""),))
    found = masked(contract, f"2020 A I.M1 {given}", f"2020 A J.M1 {public}")
    assert found == ({("2020", "J.M1"), ("2020", "I.M1")} if hidden else set())
    assert masked(contract, f"2020 A I.M1 {given}", "2020 B I.M1 0", f"2020 A J.M1 {public}") == set()


@pytest.mark.parametrize("number", [18, 19])
def test_the_only_category_of_a_breakdown_is_masked_with_its_total(number: int) -> None:
    """Who reads the one reads the other: a city of one district, as large as the masked north."""
    secret = measure("J.M1", diffusion="personnes", breakdowns=("quartier",))
    contract = framework(measure("I.M1", breakdowns=("zone",)), secret)
    rules = (CoherenceRule("R", "I.M1/Z", "<=", "J.M1/N", "erreur", ""),)
    contract = replace(contract, rules=rules, categories=(*contract.categories, Category("zone", "Z", "Zone", True)))
    rows = (*SMALL_SOUTH, f"2020 A I.M1 {number}", f"2020 A I.M1/Z {number}")
    assert masked(contract, *rows) == BESIDE | {("2020", "J.M1"), ("2020", "I.M1"), ("2020", "I.M1/Z")}


@pytest.mark.parametrize(
    ("total", "south", "hidden"),
    [
        (20, 17, {"I.M1/S"}),
        (5, 2, {"I.M1/S"}),
        (4, 2, {"I.M1/S", "I.M1"}),  # of a total below the threshold of persons, no category may be any number below
    ],
)
def test_a_secret_answer_hides_the_rest_of_a_public_count_too(total: int, south: int, hidden: set[str]) -> None:
    rows = (f"2020 A I.M1 {total}", "2020 A I.M1/N ns", f"2020 A I.M1/S {south}")
    found = masked(framework(measure("I.M1", breakdowns=("quartier",))), *rows)
    assert found == {("2020", line) for line in hidden}


@pytest.mark.parametrize("diffusion", ["personnes", "publique"])
def test_a_baseline_that_the_contract_adopts_is_its_own_word_whatever_a_partner_keeps_secret(diffusion: str) -> None:
    contract = framework(measure("I.M1", diffusion=diffusion), references={"I.M1": Reference(40, 2019)})
    assert masked(contract, "REF A I.M1 ns - référence") == set()
