"""Which figures of one contract a reader knows to be the same number, or can check by others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cvsheet.figures.disclosure.figures import three_years_apart
from cvsheet.model.framework import Campaign, CampaignType
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
