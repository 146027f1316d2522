"""Which figures of one contract a reader knows to be the same number, or can check by others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cvsheet.figures.consolidation import Key, aggregate
from cvsheet.figures.disclosure.figures import (
    POINT,
    bound_lines,
    inputs,
    point_sources,
    same_figures,
    three_years_apart,
)
from cvsheet.model.framework import Campaign, CampaignType, CoherenceRule, Reference
from cvsheet.model.submission import Quantity
from tests.consolidation.frameworks import answers, framework, measure, share
from tests.consolidation.test_points import END_2022, END_2025, PARTS, contract
from tests.rules.small import FRAMEWORK

YEARLY, BASELINE = CampaignType.YEARLY, CampaignType.BASELINE


def campaign(code: str, year: int, end: date | None = None, kind: CampaignType = YEARLY) -> Campaign:
    return Campaign(code, code, kind, year, date(year, 1, 1), end or date(year, 12, 31))


@pytest.mark.parametrize(
    ("campaigns", "pairs"),
    [
        ([campaign("2018", 2018), campaign("2021", 2021)], [("2021", "2018")]),
        ([campaign("2018", 2018), campaign("2020", 2020)], []),
        ([campaign("2018", 2018), campaign("2022", 2022)], []),
        ([campaign("REF", 2018, kind=BASELINE), campaign("2021", 2021)], []),
        ([campaign(str(year), year) for year in (2018, 2019, 2020, 2021)], [("2021", "2018")]),
        (
            [campaign("2018A", 2018, date(2018, 6, 30)), campaign("2018B", 2018), campaign("2021", 2021)],
            [("2021", "2018B")],
        ),
        (
            [campaign("2018A", 2018, date(2018, 6, 30)), campaign("2018B", 2018),
             campaign("2021A", 2021, date(2021, 6, 30))],
            [("2021A", "2018A")],
        ),
    ],
)  # fmt: skip
def test_the_campaign_of_three_years_before(campaigns: list[Campaign], pairs: list[tuple[str, str]]) -> None:
    assert [*three_years_apart(replace(FRAMEWORK, campaigns=tuple(campaigns)))] == pairs


OF_2020 = ("REF A M.M1 100 - référence", "REF A N.M1 10 - référence", "REF A D.M1 40 - référence")
OF_2024 = ("REF2 A M.M1 130 - référence", "REF2 A N.M1 30 - référence", "REF2 A D.M1 60 - référence")
ONE_TERM_OF_2020 = ("REF A D.M1 40 - référence", *OF_2024)


def key(campaign: str, line: str) -> Key:
    return (campaign, f"{line}.M1", "référence")


@pytest.mark.parametrize(
    ("rows", "line", "at", "sources"),
    [
        (OF_2020, "M", END_2022, [key(POINT, "M")]),  # as it is now
        ((*OF_2020, *OF_2024), "M", END_2022, [key("REF", "M")]),  # another than now: where it is from
        ((*OF_2020, *OF_2024), "M", END_2025, [key(POINT, "M")]),
        (OF_2024, "M", END_2022, []),  # nothing was known
        ((), "M", END_2022, [key(POINT, "M")]),  # nor is anything now
        ((*OF_2020, *OF_2024), "S", END_2025, [key(POINT, "S")]),
        ((*OF_2020, *OF_2024), "S", END_2022, [key("REF", "S"), key("REF", "N"), key("REF", "D")]),
        (OF_2024, "S", END_2022, []),
        (ONE_TERM_OF_2020, "S", END_2022, []),  # of one term no share was made
    ],
)
def test_a_baseline_is_told_by_the_figures_that_it_repeats_or_is_made_of(
    rows: tuple[str, ...], line: str, at: date, sources: list[Key]
) -> None:
    made = contract(measure("M.M1"), *PARTS)
    found = aggregate(made, answers(*rows))
    assert [*point_sources(found, made.line[f"{line}.M1"], Quantity.BASELINE, at)] == sources


def rule(left: str, operator: str, right: str) -> CoherenceRule:
    return CoherenceRule("R", left, operator, right, "erreur", "")


@pytest.mark.parametrize(
    ("of", "pairs"),
    [
        (rule("M.M1", "<=", "N.M1"), ["M.M1 N.M1", "M.M1/N N.M1/N", "M.M1/S N.M1/S"]),
        (rule("M.M1", "<=", "D.M1"), ["M.M1 D.M1"]),  # without breakdowns
        (rule("M.M1/N", "<=", "N.M1"), ["M.M1/N N.M1"]),
        (rule("M.M1", "<=", "N.M1/S"), ["M.M1 N.M1/S"]),
        (rule("M.M1", "entre max et somme", "N.M1"), ["M.M1 N.M1"]),  # of the whole: each category has its own union
    ],
)
def test_a_rule_between_two_totals_binds_the_categories_that_they_share(of: CoherenceRule, pairs: list[str]) -> None:
    split = (measure(code, breakdowns=("quartier",)) for code in ("M.M1", "N.M1"))
    made = replace(framework(*split, measure("D.M1")), rules=(of,))
    assert [f"{left.code} {right.code}" for left, right in bound_lines(made, of.operator)] == pairs


@pytest.mark.parametrize(("year", "same"), [(None, []), (2018, []), (2019, []), (2020, ["2020"])])
def test_an_adopted_baseline_repeats_the_value_of_its_year(year: int | None, same: list[str]) -> None:
    """Of 2019 there is a `référence` campaign alone, which asks no values; a target repeats nothing."""
    adopted = {code: Reference(100, year, "", 200, 2023) for code in ("M.M1", "S.M1")}
    made = framework(measure("M.M1"), share("S.M1", "M.M1", "M.M1"), references=adopted)
    found = aggregate(made, answers("REF A M.M1 100 - référence", "2020 A M.M1 100", "2021 A M.M1 120"))
    repeated = (other for one, other in same_figures(found) if one == (POINT, "M.M1", "référence"))
    assert [key for key in repeated if key[2] == "valeur"] == [(campaign, "M.M1", "valeur") for campaign in same]
    of_share = {name: inputs(found, (POINT, "S.M1", name)) for name in ("référence", "cible")}
    told = {name: [key for key in keys if key[2] == "valeur"] for name, keys in of_share.items()}
    assert told == {"référence": [(campaign, "S.M1", "valeur") for campaign in same], "cible": []}
