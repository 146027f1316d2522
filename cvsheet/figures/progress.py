"""Progress of an indicator towards its target: the one definition, which the master's formulas translate.

B baseline, T target, V value; t0, tT, t their dates. Source of every formula and of the order of the cases: section
6 of the product's design, repeated for users in `docs/guide-coordination.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cvsheet.model.framework import CampaignType, Contract, Direction, Framework

DAYS_PER_MONTH = 30.4375  # 365.25 / 12
TINY = 1e-9
"""Smaller differences are noise of binary fractions: 0.1 + 0.7 reaches 0.8, here and in every spreadsheet."""


class Situation(StrEnum):
    """The word shown for an indicator, in the order in which the cases are tried."""

    NOT_FILLED = "Non renseigné"
    WATCHED = "Suivi"
    NO_BASELINE = "Référence à préciser"
    NO_TARGET = "Cible à préciser"
    WRONG_TARGET = "Cible incohérente"
    HELD = "Maintenue"
    NOT_HELD = "Non maintenue"
    REACHED = "Cible atteinte"
    BACKWARDS = "En recul"
    TOO_EARLY = "Trop tôt"
    ON_TRACK = "En bonne voie"
    TO_WATCH = "À surveiller"
    LATE = "En retard"


@dataclass(frozen=True, slots=True)
class Schedule:
    """When the baseline was taken (t0), when the target is due (tT), and the date judged (t)."""

    start: date
    end: date
    at: date

    @property
    def days(self) -> int:
        """tT - t0 in days; 0 or less where the baseline is not older than the target."""
        return (self.end - self.start).days

    @property
    def elapsed(self) -> float:
        """(t - t0) / (tT - t0), kept between 0 and 1: after the end, the whole way is expected, not more."""
        if self.days <= 0:
            return 1.0 if self.at >= self.end else 0.0
        return min(1.0, max(0.0, (self.at - self.start).days / self.days))

    def lag(self, progress: float) -> float | None:
        """t minus the date at which the straight line reaches the value, in months; None without a line.

        A target that is met is late no more, however long after the end it is judged. A value on the wrong side of the
        baseline is nowhere on the line: months would only say how far back it went.
        """
        if self.days <= 0 or progress < -TINY:
            return None
        at = min(self.at, self.end) if progress >= 1 - TINY else self.at
        return ((at - self.start).days - progress * self.days) / DAYS_PER_MONTH


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said of a value: raw `progress` (1 = target, negative = backwards), `lag` in months (positive = late)."""

    situation: Situation
    progress: float | None = None
    expected: float | None = None
    lag: float | None = None


def schedule(framework: Framework, campaign: str, start: date | None = None) -> Schedule:
    """The schedule of `campaign`: from `start`, the date of a line's baseline; without one, from the contract's."""
    at = framework.campaign[campaign].end
    return Schedule(start or first_baseline(framework, at), framework.contract.end, at)


def first_baseline(framework: Framework, at: date | None = None) -> date:
    """The end of the first `référence` campaign that was over at `at`; without one, the start of the contract."""
    ends = [other.end for other in framework.campaigns if other.type is CampaignType.BASELINE]
    return min((end for end in ends if at is None or end <= at), default=framework.contract.start)


def judge(
    value: float | None,
    baseline: float | None,
    target: float | None,
    direction: Direction,
    when: Schedule,
    contract: Contract,
) -> Judgement:
    """The situation of `value`, and its progress where there is one: the first case that fits."""
    progress = progress_of(value, baseline, target, direction)
    if progress is None or baseline is None or target is None:
        return Judgement(_unjudged(value, baseline, target, direction) or Situation.NOT_FILLED)
    if abs(target - baseline) <= TINY:
        return Judgement(Situation.HELD if progress else Situation.NOT_HELD, progress, target)
    expected = expected_at(baseline, target, when)
    return Judgement(_situation(progress, when.elapsed, contract), progress, expected, when.lag(progress))


def progress_of(
    value: float | None, baseline: float | None, target: float | None, direction: Direction
) -> float | None:
    """p = (V - B)/(T - B), 1 or 0 where T = B; None where there is none to speak of."""
    unjudged = _unjudged(value, baseline, target, direction)
    if value is None or baseline is None or target is None or unjudged is not None:
        return None
    if abs(target - baseline) <= TINY:
        held = value >= target - TINY if direction is Direction.RISE else value <= target + TINY
        return 1.0 if held else 0.0
    return (value - baseline) / (target - baseline)


def expected_at(baseline: float, target: float, when: Schedule) -> float:
    """E = B + (T - B)(t - t0)/(tT - t0)."""
    return baseline + (target - baseline) * when.elapsed


def _unjudged(
    value: float | None, baseline: float | None, target: float | None, direction: Direction
) -> Situation | None:
    """The cases without a progress, None where there is one."""
    if value is None:
        return Situation.NOT_FILLED
    if direction is Direction.WATCH:
        return Situation.WATCHED
    if baseline is None or target is None:
        return Situation.NO_BASELINE if baseline is None else Situation.NO_TARGET
    wrong = target < baseline - TINY if direction is Direction.RISE else target > baseline + TINY
    return Situation.WRONG_TARGET if wrong else None


def _situation(progress: float, elapsed: float, contract: Contract) -> Situation:
    """The cases that need a progress. q = (V - B) / (E - B) is progress over elapsed share."""
    if progress >= 1 - TINY:
        return Situation.REACHED
    if progress < -TINY:
        return Situation.BACKWARDS
    if elapsed <= 0 or elapsed < contract.too_early_until / 100 - TINY:
        return Situation.TOO_EARLY
    ratio = progress / elapsed
    if ratio >= contract.on_track_from / 100 - TINY:
        return Situation.ON_TRACK
    return Situation.TO_WATCH if ratio >= contract.watch_from / 100 - TINY else Situation.LATE
