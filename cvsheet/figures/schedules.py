"""From the date of a line's baseline to that of its target: how much of the time is gone, and how late a value is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cvsheet.model.framework import CampaignType, Framework

DAYS_PER_MONTH = 30.4375  # 365.25 / 12
TINY = 1e-9
"""Smaller differences are noise of binary fractions: 0.1 + 0.7 reaches 0.8, here and in every spreadsheet."""


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


def schedule(framework: Framework, campaign: str, start: date | None = None) -> Schedule:
    """The schedule of `campaign`: from `start`, the date of a line's baseline; without one, from the contract's."""
    at = framework.campaign[campaign].end
    return Schedule(start or first_baseline(framework, at), framework.contract.end, at)


def first_baseline(framework: Framework, at: date | None = None) -> date:
    """The end of the first `référence` campaign that was over at `at`; without one, the start of the contract."""
    ends = [other.end for other in framework.campaigns if other.type is CampaignType.BASELINE]
    return min((end for end in ends if at is None or end <= at), default=framework.contract.start)
