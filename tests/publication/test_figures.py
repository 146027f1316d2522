"""Which figures of one contract a reader knows to be the same number, or can check by others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cvsheet.figures.consolidation import Key, aggregate
from cvsheet.figures.disclosure.figures import POINT, point_sources, three_years_apart
from cvsheet.model.framework import Campaign, CampaignType
from cvsheet.model.submission import Quantity
from tests.consolidation.frameworks import answers, measure
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
