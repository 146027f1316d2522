"""Aggregation across partners: each kind, who counts, and the laws that hold for all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvsheet.figures.consolidation import NOTHING, aggregate, fate, retained, unused
from cvsheet.figures.contributions import OWN_WEIGHT, Contribution
from cvsheet.model.framework import Campaign, CampaignType, Reference
from cvsheet.model.methods import Unused
from cvsheet.model.submission import AnswerKind, Quantity
from tests.consolidation.frameworks import answers, evolution, framework, measure, share

WEIGHTED = (measure("M.M1", "moyenne pondérée", weight="W.M1", breakdowns=("quartier",)), measure("W.M1"))

# aggregation, answers of A, B and C -> value, answered/expected
TABLE = [
    ("somme", ("10", "5", "2"), 17, "3/3"),
    ("somme", ("10", "nd", "ns"), 10, "1/3"),
    ("somme", ("10", "so", "so"), 10, "1/1"),
    ("somme", ("nd", "ns", "so"), None, "0/2"),
    ("somme", ("0", "nd", "nd"), 0, "1/3"),
    ("moyenne", ("4", "8", "nd"), 6, "2/3"),
    ("source unique", ("10", "99", "99"), 10, "3/3"),
    ("source unique", ("nd", "99", "7"), 99, "2/3"),
    ("maximum", ("10", "99", "7"), 99, "3/3"),
    ("maximum", ("-10", "-3", "nd"), -3, "2/3"),
    ("maximum", ("nd", "ns", "so"), None, "0/2"),
    ("aucune", ("10", "5", "2"), None, "3/3"),
]


@pytest.mark.parametrize(("aggregation", "given", "value", "coverage"), TABLE)
def test_answers_become_one_value(aggregation: str, given: tuple[str, ...], value: float | None, coverage: str) -> None:
    table = answers(*(f"2020 {who} M.M1 {answer}" for who, answer in zip("ABC", given, strict=True)))
    result = aggregate(framework(measure("M.M1", aggregation)), table).result("2020", "M.M1")
    assert (result.value, f"{result.answered}/{result.expected}") == (value, coverage)


def test_nobody_asked_is_empty_and_not_zero() -> None:
    result = aggregate(framework(measure("M.M1")), answers("2020 A M.M1 3")).result("2021", "M.M1")
    assert (result.value, result.answered, result.expected) == (None, 0, 0)


def test_a_value_set_aside_is_left_out_and_kept_among_the_contributions() -> None:
    result = aggregate(framework(measure("M.M1")), answers("2020 A M.M1 10", "2020 B M.M1 5 VAL-016")).result(
        "2020", "M.M1"
    )
    assert (result.value, result.answered, len(result.contributions)) == (10, 1, 2)


def test_a_silent_first_source_is_replaced_by_the_next_and_flagged() -> None:
    table = answers("2020 A M.M1 nd", "2020 B M.M1 7")
    result = aggregate(framework(measure("M.M1", "source unique")), table).result("2020", "M.M1")
    assert (result.value, result.fallback, result.conflict) == (7, True, False)


@pytest.mark.parametrize("aggregation", ["somme", "moyenne", "maximum"])
def test_what_is_gathered_from_all_has_no_first_source_and_no_conflict(aggregation: str) -> None:
    table = answers("2020 A M.M1 nd", "2020 B M.M1 7", "2020 C M.M1 9")
    result = aggregate(framework(measure("M.M1", aggregation)), table).result("2020", "M.M1")
    assert (result.fallback, result.conflict) == (False, False)


def test_sources_that_differ_are_a_conflict() -> None:
    table = answers("2020 A M.M1 6", "2020 B M.M1 7")
    result = aggregate(framework(measure("M.M1", "source unique")), table).result("2020", "M.M1")
    assert (result.value, result.fallback, result.conflict) == (6, False, True)


def test_a_weighted_mean_uses_each_partner_s_own_weight() -> None:
    table = answers("2020 A M.M1 6", "2020 A W.M1 10", "2020 B M.M1 9", "2020 B W.M1 20")
    result = aggregate(framework(*WEIGHTED), table).result("2020", "M.M1")
    assert (result.value, result.conflict, result.answered) == ((6 * 10 + 9 * 20) / 30, False, 2)


def test_a_category_is_weighed_by_the_total_where_the_weight_has_no_categories() -> None:
    table = answers("2020 A M.M1/N 6", "2020 A W.M1 10", "2020 B M.M1/N 9", "2020 B W.M1 30")
    assert aggregate(framework(*WEIGHTED), table).result("2020", "M.M1/N").value == (60 + 270) / 40


def test_one_partner_alone_needs_no_weight() -> None:
    assert aggregate(framework(*WEIGHTED), answers("2020 A M.M1 6")).result("2020", "M.M1").value == 6


def test_among_several_who_gives_no_weight_is_left_out_and_flagged() -> None:
    table = answers("2020 A M.M1 6", "2020 A W.M1 10", "2020 B M.M1 9")
    result = aggregate(framework(*WEIGHTED), table).result("2020", "M.M1")
    assert (result.value, result.conflict, result.answered, result.expected) == (6, True, 1, 3)


def test_values_without_any_weight_make_no_mean_and_no_coverage() -> None:
    result = aggregate(framework(*WEIGHTED), answers("2020 A M.M1 6", "2020 B M.M1 9")).result("2020", "M.M1")
    assert (result.value, result.conflict, result.answered) == (None, True, 0)


@pytest.mark.parametrize("weight", ["0", "-0.5", "-3", "nd"])
def test_a_weight_that_is_no_positive_number_is_none(weight: str) -> None:
    table = answers("2020 A M.M1 6", "2020 A W.M1 10", "2020 B M.M1 9", f"2020 B W.M1 {weight}")
    result = aggregate(framework(*WEIGHTED), table).result("2020", "M.M1")
    assert (result.value, result.conflict, result.answered) == (6, True, 1)


@pytest.mark.parametrize("weight", ["1", "0.5"])
def test_a_weight_however_small_weighs(weight: str) -> None:
    table = answers("2020 A M.M1 6", f"2020 A W.M1 {weight}", "2020 B M.M1 9", f"2020 B W.M1 {weight}")
    result = aggregate(framework(*WEIGHTED), table).result("2020", "M.M1")
    assert (result.value, result.conflict, result.answered) == (7.5, False, 2)


@pytest.mark.parametrize(
    ("number", "kept", "weight"), [(0.5, True, 0.5), (0, True, 0), (-0.5, True, 0), (None, True, 0), (0.5, False, 0)]
)
def test_what_an_answer_is_worth_as_a_weight(number: float | None, kept: bool, weight: float) -> None:
    assert OWN_WEIGHT.value(Contribution("A", AnswerKind.NUMBER, number, "", kept, 0, 0)) == weight


def test_what_nobody_was_asked_expects_nobody() -> None:
    assert (NOTHING.value, NOTHING.answered, NOTHING.expected) == (None, 0, 0)


def test_sources_that_differ_by_the_noise_of_fractions_agree() -> None:
    table = answers("2020 A M.M1 0.3", f"2020 B M.M1 {0.1 + 0.2}")
    assert not aggregate(framework(measure("M.M1", "source unique")), table).result("2020", "M.M1").conflict


# aggregation, answers of A, B and C -> why each is in no result
UNUSED = [
    ("somme", ("10", "nd", "so"), (None, Unused.NO_VALUE, Unused.NO_VALUE)),
    ("source unique", ("nd", "7", "7"), (Unused.NO_VALUE, None, Unused.OTHER_SOURCE)),
    ("maximum", ("7", "9", "9"), (Unused.NOT_GREATEST, None, Unused.NOT_GREATEST)),
    ("aucune", ("1", "2", "ns"), (Unused.SIDE_BY_SIDE, Unused.SIDE_BY_SIDE, Unused.NO_VALUE)),
    ("moyenne pondérée", ("1", "2", "nd"), (Unused.NO_WEIGHT, Unused.NO_WEIGHT, Unused.NO_VALUE)),
    ("moyenne pondérée", ("1", "nd", "nd"), (None, Unused.NO_VALUE, Unused.NO_VALUE)),
]


@pytest.mark.parametrize(("aggregation", "given", "reasons"), UNUSED)
def test_each_answer_that_is_in_no_result_has_a_reason(
    aggregation: str, given: tuple[str, ...], reasons: tuple[Unused | None, ...]
) -> None:
    contract = framework(measure("M.M1", aggregation, weight="W.M1"), measure("W.M1"))
    table = answers(*(f"2020 {who} M.M1 {answer}" for who, answer in zip("ABC", given, strict=True)))
    result = aggregate(contract, table).result("2020", "M.M1")
    assert tuple(unused(contract, "M.M1", result, one) for one in result.contributions) == reasons


def test_texts_stand_side_by_side_with_names() -> None:
    text = measure("T.M1", "texte", type="texte")
    result = aggregate(framework(text), answers("2020 B T.M1 bien", "2020 A T.M1 moyen")).result("2020", "T.M1")
    assert (result.value, result.text, result.answered) == (None, "A : moyen · B : bien", 2)


def test_neither_a_reason_nor_a_text_that_is_set_aside_is_among_the_texts() -> None:
    text = measure("T.M1", "texte", type="texte")
    table = answers("2020 A T.M1 nd", "2020 B T.M1 bien VAL-020", "2020 C T.M1 moyen")
    result = aggregate(framework(text), table).result("2020", "T.M1")
    assert (result.text, result.answered) == ("C : moyen", 1)


def test_a_share_is_recomputed_from_consolidated_values() -> None:
    contract = framework(measure("N.M1"), measure("D.M1"), share("S.M1", "N.M1", "D.M1"))
    table = answers("2020 A N.M1 1", "2020 A D.M1 2", "2020 B N.M1 1", "2020 B D.M1 98")
    assert aggregate(contract, table).result("2020", "S.M1").value == 2.0


def test_a_share_of_nothing_is_empty() -> None:
    contract = framework(measure("N.M1"), measure("D.M1"), share("S.M1", "N.M1", "D.M1"))
    assert aggregate(contract, answers("2020 A N.M1 1", "2020 A D.M1 0")).result("2020", "S.M1").value is None


def test_a_share_pairs_the_same_category() -> None:
    parts = ("quartier",)
    contract = framework(
        measure("N.M1", breakdowns=parts), measure("D.M1", breakdowns=parts), share("S.M1", "N.M1", "D.M1")
    )
    table = answers("2020 A N.M1/N 1", "2020 A D.M1/N 4", "2020 A D.M1 100")
    assert aggregate(contract, table).result("2020", "S.M1/N").value == 25


def test_a_numerator_may_be_a_category_over_a_total() -> None:
    contract = framework(measure("N.M1", breakdowns=("quartier",)), share("S.M1", "N.M1/N", "N.M1"))
    assert aggregate(contract, answers("2020 A N.M1/N 1", "2020 A N.M1 4")).result("2020", "S.M1").value == 25


def test_a_change_compares_with_the_year_before() -> None:
    contract = framework(measure("N.M1"), evolution("E.M1", "N.M1"))
    result = aggregate(contract, answers("2020 A N.M1 40", "2021 A N.M1 50"))
    assert result.result("2021", "E.M1").value == 25
    assert result.result("2020", "E.M1").value is None


def test_a_campaign_without_any_answer_is_no_year_before() -> None:
    later = Campaign("2022", "", CampaignType.YEARLY, 2022, date(2022, 1, 1), date(2022, 12, 31))
    contract = framework(measure("N.M1"), evolution("E.M1", "N.M1"))
    contract = replace(contract, campaigns=(*contract.campaigns, later))
    found = aggregate(contract, answers("REF A N.M1 7 - référence", "2020 A N.M1 40", "2022 A N.M1 50"))
    assert [campaign.code for campaign in found.yearly] == ["2020", "2022"]
    assert found.result("2022", "E.M1").value == 25


def test_the_first_change_compares_with_a_baseline_of_the_year_before() -> None:
    contract = framework(
        measure("N.M1"), evolution("E.M1", "N.M1"), references={"N.M1": Reference(baseline=50, target=80)}
    )
    assert aggregate(contract, answers("2020 A N.M1 40")).result("2020", "E.M1").value == -20


@pytest.mark.parametrize("base", ["0", "-40"])
def test_a_yearly_change_from_a_base_that_is_not_positive_is_empty(base: str) -> None:
    contract = framework(measure("N.M1", type="montant"), evolution("E.M1", "N.M1"))
    table = answers(f"2020 A N.M1 {base}", "2021 A N.M1 25")
    assert aggregate(contract, table).result("2021", "E.M1").value is None


def test_with_two_campaigns_a_year_a_change_compares_the_same_halves() -> None:
    halves = (
        Campaign("S1", "", CampaignType.YEARLY, 2020, date(2020, 1, 1), date(2020, 6, 30)),
        Campaign("S2", "", CampaignType.YEARLY, 2020, date(2020, 7, 1), date(2020, 12, 31)),
        Campaign("S4", "", CampaignType.YEARLY, 2021, date(2021, 7, 1), date(2021, 12, 31)),
    )
    contract = replace(framework(measure("N.M1"), evolution("E.M1", "N.M1")), campaigns=halves)
    table = answers("S1 A N.M1 60", "S2 A N.M1 90", "S4 A N.M1 108")
    assert aggregate(contract, table).result("S4", "E.M1").value == pytest.approx(20)


def test_adopted_baselines_go_before_proposed_ones() -> None:
    table = answers("REF A M.M1 30 - référence", "REF B M.M1 12 - référence")
    assert aggregate(framework(measure("M.M1")), table).baseline("M.M1") == (42, "proposée")
    adopted = framework(measure("M.M1"), references={"M.M1": Reference(baseline=40, baseline_status="validée")})
    assert aggregate(adopted, table).baseline("M.M1") == (40, "validée")


def test_a_baseline_campaign_that_is_only_planned_hides_none_that_took_place() -> None:
    contract = framework(measure("M.M1"))
    planned = Campaign("REF2", "Point d’étape", CampaignType.BASELINE, 2022, date(2022, 1, 1), date(2022, 6, 30))
    both = replace(contract, campaigns=(*contract.campaigns, planned))
    assert aggregate(both, answers("REF A M.M1 30 - référence")).baseline("M.M1") == (30, "proposée")


ANSWERS = st.lists(
    st.tuples(
        st.sampled_from("ABC"),
        st.sampled_from(["M.M1", "W.M1"]),
        st.sampled_from(["0", "3", "12.5", "nd", "ns", "so"]),
        st.sampled_from(["-", "VAL-016"]),
    ),
    max_size=6,
    unique_by=lambda row: row[:2],
)
AGGREGATIONS = st.sampled_from(["somme", "moyenne", "source unique", "aucune", "moyenne pondérée"])


@given(ANSWERS, AGGREGATIONS, st.randoms())
def test_the_order_of_the_files_changes_nothing(rows: list[tuple[str, ...]], aggregation: str, chance: object) -> None:
    contract = framework(measure("M.M1", aggregation, weight="W.M1"), measure("W.M1"))
    texts = [f"2020 {who} {line} {answer} {rule}" for who, line, answer, rule in rows]
    shuffled = list(texts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    there = aggregate(contract, answers(*texts)).result("2020", "M.M1")
    back = aggregate(contract, answers(*shuffled)).result("2020", "M.M1")
    assert there.value == back.value
    assert (there.answered, there.expected, there.conflict) == (back.answered, back.expected, back.conflict)


@given(ANSWERS)
def test_every_answer_is_a_contribution_exactly_once(rows: list[tuple[str, ...]]) -> None:
    contract = framework(measure("M.M1"), measure("W.M1"))
    result = aggregate(contract, answers(*(" ".join(("2020", *row)) for row in rows)))
    contributions = [one.row for value in result.typed.values() for one in value.contributions]
    assert sorted(contributions) == list(range(len(rows)))


def test_targets_are_aggregated_like_values() -> None:
    table = answers("REF A M.M1 30 - cible", "REF B M.M1 12 - cible")
    assert aggregate(framework(measure("M.M1")), table).result("REF", "M.M1", Quantity.TARGET).value == 42


def test_a_blank_answer_hides_none_that_follows() -> None:
    table = answers("2020 A M.M1 0", "2020 B M.M1 5", "2020 C M.M1 7")
    table.loc[0, "reponse"] = AnswerKind.BLANK.value
    result = aggregate(framework(measure("M.M1")), table).result("2020", "M.M1")
    assert (result.value, result.answered, result.expected) == (12, 2, 3)


def test_a_producer_named_twice_is_expected_once() -> None:
    twice = framework(measure("M.M1", producers=("A", "B", "A")))
    result = aggregate(twice, answers("2020 A M.M1 5", "2020 B M.M1 7")).result("2020", "M.M1")
    assert (result.value, result.answered, result.expected) == (12, 2, 2)


@pytest.mark.parametrize("aggregation", ["somme", "source unique", "aucune"])
def test_without_a_number_there_is_nothing_to_disagree_about(aggregation: str) -> None:
    result = aggregate(framework(measure("M.M1", aggregation)), answers("2020 A M.M1 nd")).result("2020", "M.M1")
    assert (result.value, result.conflict) == (None, False)


@pytest.mark.parametrize(
    ("answer", "reason", "answered"),
    [("bien", None, 1), ("nd", Unused.NO_VALUE, 0), ("12", Unused.SIDE_BY_SIDE, 0)],
)
def test_a_text_is_used(answer: str, reason: Unused | None, answered: int) -> None:
    contract = framework(measure("M.M1", "texte", type="texte"))
    result = aggregate(contract, answers(f"2020 A M.M1 {answer}")).result("2020", "M.M1")
    assert (unused(contract, "M.M1", result, result.contributions[0]), result.answered) == (reason, answered)


# answers of A and B to a measure with one source -> what became of each
FATES = [
    (("10", "12"), ("Consolidée", "Hors total : autre source"), (10, None)),
    (("nd", "12"), ("Sans valeur", "Consolidée"), (None, 12)),
    (("10 VAL-016", "12"), ("Écartée", "Consolidée"), (None, 12)),
    (("nd VAL-016", "nd"), ("Écartée", "Sans valeur"), (None, None)),
]


@pytest.mark.parametrize(("given", "fates", "kept"), FATES)
def test_each_answer_has_a_fate(given: tuple[str, ...], fates: tuple[str, ...], kept: tuple[float | None, ...]) -> None:
    """And is the number that went into the result, or none."""
    contract = framework(measure("M.M1", "source unique"))
    rows = (f"2020 {who} M.M1 {answer}" for who, answer in zip("AB", given, strict=True))
    result = aggregate(contract, answers(*rows)).result("2020", "M.M1")
    assert tuple(fate(contract, "M.M1", result, one) for one in result.contributions) == fates
    assert tuple(retained(contract, "M.M1", result, one) for one in result.contributions) == kept


@pytest.mark.parametrize(
    ("end", "change"),
    [
        (date(2020, 6, 29), None),  # 185 days before the end of 2020
        (date(2020, 6, 30), 100),
        (date(2021, 7, 3), 100),
        (date(2021, 7, 4), None),
    ],
)
def test_a_baseline_serves_as_n_1_at_most_half_a_year_off(end: date, change: float | None) -> None:
    contract = framework(measure("N.M1"), evolution("E.M1", "N.M1"))
    base = Campaign("REF", "", CampaignType.BASELINE, end.year, date(end.year, 1, 1), end)
    contract = replace(contract, campaigns=(base, contract.campaigns[-1]))
    table = answers("REF A N.M1 50 - référence", "2021 A N.M1 100")
    assert aggregate(contract, table).result("2021", "E.M1").value == change


@pytest.mark.parametrize(("end", "change"), [(date(2020, 12, 30), 0), (date(2020, 12, 31), 100)])
def test_a_baseline_goes_before_a_campaign_that_ends_further_off(end: date, change: float) -> None:
    """The yearly campaign of the year before ends one day too early; as near, it goes before the baseline."""
    contract = framework(measure("N.M1"), evolution("E.M1", "N.M1"))
    base = Campaign("REF", "", CampaignType.BASELINE, 2020, date(2020, 1, 1), end)
    year = Campaign("2020", "", CampaignType.YEARLY, 2020, date(2020, 1, 1), date(2020, 12, 30))
    contract = replace(contract, campaigns=(base, year, contract.campaigns[-1]))
    given = ("2020 A N.M1 100", "2021 A N.M1 100")
    assert aggregate(contract, answers("REF A N.M1 50 - référence", *given)).result("2021", "E.M1").value == change
    assert aggregate(contract, answers("REF A N.M1 nd - référence", *given)).result("2021", "E.M1").value == 0


@pytest.mark.parametrize(
    ("aggregation", "in_value"),
    [("somme", "ABC"), ("source unique", "A"), ("maximum", "B"), ("aucune", "")],
)
def test_which_answers_are_in_a_value(aggregation: str, in_value: str) -> None:
    table = answers("2020 A M.M1 10", "2020 B M.M1 99", "2020 C M.M1 7", "2020 C M.M1 nd", "2020 C M.M1 3 VAL-016")
    result = aggregate(framework(measure("M.M1", aggregation)), table).result("2020", "M.M1")
    assert "".join(one.partner for one in result.contributions if result.keeps(one)) == in_value
