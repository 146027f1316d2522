"""The one definition of a change, and of the campaign that it is measured from."""

from __future__ import annotations

from datetime import date

import pytest

from cvsheet.figures.changes import (
    Change,
    ChangeKind,
    by_nearness,
    change_of,
    in_words,
    nearest_before,
    relative_change,
    years_before,
)
from cvsheet.model.framework import Campaign, CampaignType
from tests.consolidation.frameworks import measure

RELATIVE, DIFFERENCE, POINTS = ChangeKind.RELATIVE, ChangeKind.DIFFERENCE, ChangeKind.POINTS


@pytest.mark.parametrize(
    ("former", "now", "amount", "kind"),
    [
        (100, 65, -0.35, RELATIVE),
        (100, 100, 0, RELATIVE),  # no change is not one of 1
        (-5, -5, 0, DIFFERENCE),
        (-100, -65, 35, DIFFERENCE),
        (-60, -90, -30, DIFFERENCE),
        (-40, 25, 65, DIFFERENCE),
        (0, 10, 10, DIFFERENCE),
        (40, -25, -1.625, RELATIVE),
        (1e-12, 10, 10, DIFFERENCE),  # the noise of fractions is no base
    ],
)
def test_a_change_is_relative_to_a_positive_figure_only(
    former: float, now: float, amount: float, kind: ChangeKind
) -> None:
    found = change_of(measure("M.M1", type="montant"), former, now)
    assert (found.amount, found.kind) == (pytest.approx(amount), kind)
    assert (relative_change(former, now) is not None) == (kind is RELATIVE)


def test_rates_change_by_points() -> None:
    assert change_of(measure("M.M1", type="pourcentage"), 40, 50) == Change(10, POINTS)


def campaign(end: date) -> Campaign:
    return Campaign(end.isoformat(), "", CampaignType.YEARLY, end.year, date(end.year, 1, 1), end)


S1, S2, S3, S4 = (campaign(date(year, month, day)) for year in (2020, 2021) for month, day in ((6, 30), (12, 31)))


@pytest.mark.parametrize(
    ("judged", "others", "nearest"),
    [
        (S4, (S1, S2, S3), S2),
        (S3, (S1, S2), S1),
        (S3, (S2,), S2),
        (S2, (S1, S3), S1),  # never one that ends later
        (S1, (S2,), None),
        (
            campaign(date(2024, 2, 29)),
            (campaign(date(2023, 2, 28)), campaign(date(2023, 3, 1))),
            campaign(date(2023, 2, 28)),
        ),
    ],
)
def test_the_campaign_to_compare_with_ends_nearest_to_a_year_before(
    judged: Campaign, others: tuple[Campaign, ...], nearest: Campaign | None
) -> None:
    assert nearest_before(judged, others) == nearest


def test_campaigns_are_ranked_by_their_distance_to_a_year_before() -> None:
    assert by_nearness(S4, (S1, S2, S3)) == [S2, S3, S1]
    assert by_nearness(S4, (S1, S2, S3), 2) == [S1, S2, S3]


def test_three_years_before_is_found_likewise() -> None:
    assert nearest_before(campaign(date(2023, 12, 31)), (S1, S2, S3), 3) == S2


@pytest.mark.parametrize(
    ("day", "years", "before"),
    [
        (date(2021, 12, 31), 1, date(2020, 12, 31)),
        (date(2024, 2, 29), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 3, date(2021, 2, 28)),
        (date(2024, 2, 29), 4, date(2020, 2, 29)),
    ],
)
def test_a_year_before_is_the_same_day(day: date, years: int, before: date) -> None:
    assert years_before(day, years) == before
    assert years_before(day) == years_before(day, 1)


@pytest.mark.parametrize(
    ("former", "now", "words"),
    [
        (100, 258, "+158 %"),
        (100, 100, "+0 %"),
        (100, 99, "−1 %"),
        (100, 65, "−35 %"),
        (-5, 30, "+35"),
        (-5, -40, "−35"),
        (0, 0, "+0"),
        (0, 0.5, "+0,5"),
        (0, -0.5, "−0,5"),  # a small fall is no rise
    ],
)
def test_a_change_in_words(former: float, now: float, words: str) -> None:
    assert in_words(former, now).replace("\u202f", " ").replace("\u00a0", " ") == words
