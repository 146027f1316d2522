"""Progress of an indicator towards its target: the one definition, which the master's formulas translate.

B baseline, T target, V value; t0, tT, t their dates. Source of every formula and of the order of the cases: section
6 of the product's design, repeated for users in `docs/guide-coordination.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cvsheet.framework import CampaignType, Contract, Direction, Framework

DAYS_PER_MONTH = 30.4375  # 365.25 / 12


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
        """tT - t0 in days, at least 1."""
        return max(1, (self.end - self.start).days)

    @property
    def elapsed(self) -> float:
        """(t - t0) / (tT - t0), kept between 0 and 1: after the end, the whole way is expected, not more."""
        return min(1.0, max(0.0, (self.at - self.start).days / self.days))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said of a value: raw `progress` (1 = target, negative = backwards), `lag` in months (positive = late)."""

    situation: Situation
    progress: float | None = None
    expected: float | None = None
    lag: float | None = None


def schedule(framework: Framework, campaign: str) -> Schedule:
    """The schedule of `campaign`: from the end of the latest baseline campaign (the contract's start without one)."""
    ends = [other.end for other in framework.campaigns if other.type is CampaignType.BASELINE]
    start = max(ends, default=framework.contract.start)
    return Schedule(start, framework.contract.end, framework.campaign[campaign].end)


def judge(
    value: float | None,
    baseline: float | None,
    target: float | None,
    direction: Direction,
    when: Schedule,
    contract: Contract,
) -> Judgement:
    """The situation of `value`, and its progress where there is one: the first case that fits."""
    unjudged = _unjudged(value, baseline, target, direction)
    if value is None or baseline is None or target is None or unjudged is not None:
        return Judgement(unjudged or Situation.NOT_FILLED)
    if target == baseline:
        held = value >= target if direction is Direction.RISE else value <= target
        return Judgement(Situation.HELD if held else Situation.NOT_HELD, 1.0 if held else 0.0, target)
    progress = (value - baseline) / (target - baseline)
    expected = baseline + (target - baseline) * when.elapsed
    lag = (when.elapsed - progress) * when.days / DAYS_PER_MONTH
    return Judgement(_situation(progress, when.elapsed, contract), progress, expected, lag)


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
    wrong = target < baseline if direction is Direction.RISE else target > baseline
    return Situation.WRONG_TARGET if wrong else None


def _situation(progress: float, elapsed: float, contract: Contract) -> Situation:
    """The cases that need a progress. q = (V - B) / (E - B) is progress over elapsed share."""
    if progress >= 1:
        return Situation.REACHED
    if progress < 0:
        return Situation.BACKWARDS
    if elapsed <= 0 or elapsed < contract.too_early_until / 100:
        return Situation.TOO_EARLY
    ratio = progress / elapsed
    if ratio >= contract.on_track_from / 100:
        return Situation.ON_TRACK
    return Situation.TO_WATCH if ratio >= contract.watch_from / 100 else Situation.LATE
