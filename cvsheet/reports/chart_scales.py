"""Where numbers and days stand on a chart: from figures to coordinates, and the round numbers beside an axis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

from cvsheet.figures.schedules import TINY

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)  # round steps between two ticks, for a power of ten
MARGIN = 0.1  # of what the figures span, left free above and below them
FLAT = 1e-9  # figures that differ by less, relatively, are one level


@dataclass(frozen=True, slots=True)
class Axis:
    """A straight axis: `low` stands at the coordinate `start`, `high` at `end`; where both are one, in the middle."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The coordinate of `value`."""
        if self.high <= self.low:
            return (self.start + self.end) / 2
        return self.start + (self.end - self.start) * (value - self.low) / (self.high - self.low)

    def ticks(self, most: int) -> list[float]:
        """At most `most` round numbers on the axis, evenly apart."""
        step = _round_step((self.high - self.low) / most)
        return [number * step for number in range(ceil(self.low / step), floor(self.high / step) + 1)]


def axis_of_values(values: Sequence[float], start: float, end: float) -> Axis:
    """The axis of `values`, with room above and below. It starts at zero where zero is near: a small change must not
    look like a large one, and a large level must not flatten all change."""
    low, high = min(values), max(values)
    if high - low <= max(TINY, FLAT * max(abs(low), abs(high))):
        around = (low - abs(low) / 2, high + abs(high) / 2) if abs(high) > TINY else (0.0, 1.0)
        return Axis(*around, start, end)
    span = high - low
    low, high = (0.0 if 0 < low <= span else low), (0.0 if -span <= high < 0 else high)
    room = MARGIN * (high - low)
    return Axis(low if low == 0 else low - room, high if high == 0 else high + room, start, end)


def axis_of_days(days: Sequence[date], start: float, end: float) -> Axis:
    """The axis of time: as far apart as the days are."""
    return Axis(min(days).toordinal(), max(days).toordinal(), start, end)


def day_labels(days: Sequence[date]) -> dict[date, str]:
    """What stands below each of the `days`: its year, with the month and the day where another one has the same."""
    labels = dict.fromkeys(days, "")
    for pattern in ("%Y", "%m/%Y", "%d/%m/%y"):
        many = Counter(labels.values())
        labels = {day: label if label and many[label] == 1 else day.strftime(pattern) for day, label in labels.items()}
    return labels


def _round_step(least: float) -> float:
    """The smallest round step that is at least `least`."""
    power = 10.0 ** floor(log10(least))
    return next(power * step for step in STEPS if power * step >= least * (1 - FLAT))
