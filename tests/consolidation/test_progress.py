"""Progress and situation: every row of the table of the design's section 6, first match first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvsheet.figures.progress import DAYS_PER_MONTH, Schedule, Situation, first_baseline, judge, schedule
from cvsheet.model.framework import Campaign, CampaignType, ContractSettings, Direction
from tests.consolidation.frameworks import framework

RISE, FALL, WATCH = Direction.RISE, Direction.FALL, Direction.WATCH
CONTRACT = ContractSettings("c", "Contrat", date(2020, 1, 1), date(2024, 1, 1))  # thresholds 95, 75, 10 %
HALF = Schedule(date(2020, 1, 1), date(2024, 1, 1), date(2022, 1, 1))  # 731 of 1461 days
EARLY = Schedule(date(2020, 1, 1), date(2024, 1, 1), date(2020, 3, 1))  # 4 %
LATE = Schedule(date(2020, 1, 1), date(2024, 1, 1), date(2025, 6, 1))  # after the end

# value, baseline, target, direction, when -> situation
TABLE = [
    (None, 100, 200, RISE, HALF, "Non renseigné"),
    (None, None, None, WATCH, HALF, "Non renseigné"),
    (150, None, None, WATCH, HALF, "Suivi"),
    (150, None, 200, RISE, HALF, "Référence à préciser"),
    (150, None, None, RISE, HALF, "Référence à préciser"),
    (150, 100, None, RISE, HALF, "Cible à préciser"),
    (150, 100, 90, RISE, HALF, "Cible incohérente"),
    (150, 100, 110, FALL, HALF, "Cible incohérente"),
    (100, 100, 100, RISE, HALF, "Maintenue"),
    (120, 100, 100, RISE, HALF, "Maintenue"),
    (99, 100, 100, RISE, HALF, "Non maintenue"),
    (99, 100, 100, FALL, HALF, "Maintenue"),
    (101, 100, 100, FALL, HALF, "Non maintenue"),
    (200, 100, 200, RISE, HALF, "Cible atteinte"),
    (250, 100, 200, RISE, EARLY, "Cible atteinte"),
    (50, 100, 50, FALL, HALF, "Cible atteinte"),
    (99, 100, 200, RISE, HALF, "En recul"),
    (99, 100, 200, RISE, EARLY, "En recul"),
    (101, 100, 50, FALL, HALF, "En recul"),
    (100, 100, 200, RISE, EARLY, "Trop tôt"),
    (150, 100, 200, RISE, HALF, "En bonne voie"),
    (148, 100, 200, RISE, HALF, "En bonne voie"),  # q = 0.959
    (147, 100, 200, RISE, HALF, "À surveiller"),  # q = 0.939
    (138, 100, 200, RISE, HALF, "À surveiller"),  # q = 0.7595
    (137, 100, 200, RISE, HALF, "En retard"),  # q = 0.7395
    (100, 100, 200, RISE, HALF, "En retard"),
    (90, 100, 50, FALL, HALF, "En retard"),
    (0, 0, 10, RISE, HALF, "En retard"),  # a true zero is a value
    (199, 100, 200, RISE, LATE, "En bonne voie"),
    (160, 100, 200, RISE, LATE, "En retard"),
    (0.1 + 0.7, 0, 0.8, RISE, HALF, "Cible atteinte"),  # 0.7999999999999999
    (0.3, 0.1 + 0.2, 1, RISE, EARLY, "Trop tôt"),  # not a fall of 5e-17
    (5, 5, 0.1 + 0.2 - 0.3 + 5, RISE, HALF, "Maintenue"),  # 5e-17 is no rise to reach
    (100, 100, 200, RISE, Schedule(date(2020, 1, 1), date(2024, 1, 1), date(2019, 1, 1)), "Trop tôt"),
    (160, 100, 200, RISE, Schedule(date(2024, 1, 1), date(2024, 1, 1), date(2024, 1, 1)), "En retard"),  # no time left
    (160, 100, 200, RISE, Schedule(date(2024, 1, 1), date(2024, 1, 1), date(2021, 1, 1)), "Trop tôt"),
]


@pytest.mark.parametrize(("value", "baseline", "target", "direction", "when", "situation"), TABLE)
def test_the_first_case_that_fits_gives_the_word(
    value: float | None,
    baseline: float | None,
    target: float | None,
    direction: Direction,
    when: Schedule,
    situation: str,
) -> None:
    assert judge(value, baseline, target, direction, when, CONTRACT).situation == situation


MIDDLE = Schedule(date(2021, 1, 1), date(2023, 1, 1), date(2022, 1, 1))  # 365 of 730 days

# value, baseline, target, direction -> situation, where half of the time is gone: at a limit and just beyond
HALF_GONE = [
    (475, 0, 1000, RISE, "En bonne voie"),  # 95 % of what is expected
    (474.9, 0, 1000, RISE, "À surveiller"),
    (375, 0, 1000, RISE, "À surveiller"),  # 75 %
    (374.9, 0, 1000, RISE, "En retard"),
    (525, 1000, 0, FALL, "En bonne voie"),
    (525.1, 1000, 0, FALL, "À surveiller"),
    (625, 1000, 0, FALL, "À surveiller"),
    (625.1, 1000, 0, FALL, "En retard"),
    (1000, 0, 1000, RISE, "Cible atteinte"),
    (999.9, 0, 1000, RISE, "En bonne voie"),
    (0, 0, 1000, RISE, "En retard"),
    (-0.1, 0, 1000, RISE, "En recul"),
    (-0.1, -0.1, 1000, RISE, "En retard"),
    (100, 100, 100, RISE, "Maintenue"),
    (99.9, 100, 100, RISE, "Non maintenue"),
    (100, 100, 100, FALL, "Maintenue"),
    (100.1, 100, 100, FALL, "Non maintenue"),
    (100, 100, 100.1, FALL, "Cible incohérente"),
    (100, 100, 99.9, RISE, "Cible incohérente"),
]


@pytest.mark.parametrize(("value", "baseline", "target", "direction", "situation"), HALF_GONE)
def test_a_word_holds_from_its_limit_on(
    value: float, baseline: float, target: float, direction: Direction, situation: str
) -> None:
    assert judge(value, baseline, target, direction, MIDDLE, CONTRACT).situation == situation


@pytest.mark.parametrize(("too_early_until", "situation"), [(50, "En retard"), (50.1, "Trop tôt")])
def test_it_is_too_early_before_a_share_of_the_time_is_gone(too_early_until: float, situation: str) -> None:
    contract = replace(CONTRACT, too_early_until=too_early_until)
    assert judge(0, 0, 1000, RISE, MIDDLE, contract).situation == situation


@pytest.mark.parametrize(("day", "situation"), [(date(2021, 1, 1), "Trop tôt"), (date(2021, 1, 2), "En bonne voie")])
def test_on_its_first_day_a_line_is_not_judged_whatever_the_threshold(day: date, situation: str) -> None:
    contract = replace(CONTRACT, too_early_until=0)
    assert judge(500, 0, 1000, RISE, replace(MIDDLE, at=day), contract).situation == situation


def test_every_situation_stands_in_the_table() -> None:
    assert {row[-1] for row in TABLE} == {situation.value for situation in Situation}


def test_progress_is_the_same_for_rise_and_fall() -> None:
    assert judge(150, 100, 200, RISE, HALF, CONTRACT).progress == 0.5
    assert judge(75, 100, 50, FALL, HALF, CONTRACT).progress == 0.5


def test_the_expected_value_lies_on_the_straight_line_and_not_beyond_the_target() -> None:
    assert judge(150, 100, 200, RISE, HALF, CONTRACT).expected == pytest.approx(100 + 100 * 731 / 1461)
    assert judge(150, 100, 200, RISE, LATE, CONTRACT).expected == 200


@pytest.mark.parametrize(
    ("at", "elapsed"),
    [
        (date(2019, 12, 31), 0),  # before the baseline: nothing is expected, not less than that
        (date(2020, 1, 1), 0),
        (date(2020, 1, 2), 1 / 1461),
        (date(2023, 12, 31), 1460 / 1461),
        (date(2024, 1, 1), 1),
        (date(2024, 1, 2), 1),
    ],
)
def test_the_time_gone_is_a_share_from_0_to_1(at: date, elapsed: float) -> None:
    assert replace(HALF, at=at).elapsed == pytest.approx(elapsed, abs=1e-12)


@pytest.mark.parametrize(("days", "start"), [(-1, CONTRACT.start), (0, date(2019, 12, 31)), (1, date(2019, 12, 31))])
def test_a_baseline_campaign_counts_from_its_last_day_on(days: int, start: date) -> None:
    contract = replace(framework(), contract=CONTRACT)
    assert first_baseline(contract, date(2019, 12, 31) + timedelta(days=days)) == start


def test_the_lag_is_positive_when_late() -> None:
    late = judge(125, 100, 200, RISE, HALF, CONTRACT).lag
    assert late == pytest.approx((731 - 0.25 * 1461) / DAYS_PER_MONTH)
    assert (judge(190, 100, 200, RISE, HALF, CONTRACT).lag or 0) < 0


def test_the_lag_grows_after_the_end_until_the_target_is_met() -> None:
    missed, met = judge(150, 100, 200, RISE, LATE, CONTRACT), judge(200, 100, 200, RISE, LATE, CONTRACT)
    assert missed.lag == pytest.approx((LATE.at - date(2022, 1, 1)).days / DAYS_PER_MONTH, abs=0.1)
    assert met.lag == 0


@pytest.mark.parametrize(
    ("value", "direction", "target", "has_lag"),
    [(100, RISE, 200, True), (99, RISE, 200, False), (-900, RISE, 200, False), (101, FALL, 50, False)],
)
def test_a_value_that_went_backwards_has_no_lag(
    value: float, direction: Direction, target: float, has_lag: bool
) -> None:
    judged = judge(value, 100, target, direction, HALF, CONTRACT)
    assert (judged.lag is not None, judged.expected is not None) == (has_lag, True)


def test_a_target_that_holds_the_baseline_has_no_lag() -> None:
    assert judge(100, 100, 100, RISE, HALF, CONTRACT).lag is None


def test_the_clock_starts_at_the_latest_baseline_campaign_that_is_over() -> None:
    contract = framework()
    assert schedule(contract, "2021") == Schedule(date(2019, 12, 31), date(2023, 12, 31), date(2021, 12, 31))
    later = Campaign("REF2", "Point d’étape", CampaignType.BASELINE, 2022, date(2022, 1, 1), date(2022, 6, 30))
    both = replace(contract, campaigns=(*contract.campaigns, later))
    assert schedule(both, "2021").start == date(2019, 12, 31)
    none = replace(contract, campaigns=contract.campaigns[1:])
    assert schedule(none, "2021").start == contract.contract.start


def test_thresholds_are_those_of_the_contract() -> None:
    lenient = ContractSettings("c", "C", CONTRACT.start, CONTRACT.end, on_track_from=50)
    assert judge(130, 100, 200, RISE, HALF, lenient).situation is Situation.ON_TRACK


NUMBERS = st.floats(-1e6, 1e6)


@given(NUMBERS, NUMBERS, NUMBERS, st.sampled_from([RISE, FALL]))
def test_mirroring_all_figures_mirrors_the_direction(
    value: float, baseline: float, target: float, direction: Direction
) -> None:
    other = FALL if direction is RISE else RISE
    there = judge(value, baseline, target, direction, HALF, CONTRACT)
    back = judge(-value, -baseline, -target, other, HALF, CONTRACT)
    assert (there.situation, there.progress) == (back.situation, back.progress)


def test_a_line_may_be_one_day_long() -> None:
    one_day = Schedule(date(2024, 1, 1), date(2024, 1, 2), date(2024, 1, 3))
    assert one_day.lag(0.5) == pytest.approx(1.5 / DAYS_PER_MONTH)
    assert replace(one_day, end=one_day.start).lag(0.5) is None
