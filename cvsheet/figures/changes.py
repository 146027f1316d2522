"""How a figure moved, and since when: the one definition of a change, for the rules, the master and what is published.

A relative change has a meaning only where the former figure is positive: -100 to -65 is neither -35 % nor +35 %.
Elsewhere the change is a difference, in the unit of the measure. The campaign to compare with (N-1) is the one that
ends nearest to one year before, so that with two campaigns a year a first half is compared with a first half.

What is reckoned of two figures is one object that says it twice: over two cells of the master, and of two numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cvsheet.model.entities import Campaign, ContractSettings, Measure
from cvsheet.text.french import NO_BREAK_SPACE, french_number

TINY = 1e-9  # smaller figures are noise of binary fractions, here and in every spreadsheet
_TINY = f"{TINY:.9f}"
HALF_A_YEAR = 184  # days, of the longer half
A_QUARTER = 92  # of the longest one: a change from a campaign further from a year before is none of a year


class ChangeKind(StrEnum):
    """What a change is counted in."""

    RELATIVE = "relative"  # a share of the former figure
    POINTS = "points"  # of a rate
    DIFFERENCE = "difference"  # in the unit of the measure


@dataclass(frozen=True, slots=True)
class Change:
    """By how much a figure moved."""

    amount: float
    kind: ChangeKind


@dataclass(frozen=True, slots=True)
class OfTwo:
    """A figure of two others: `formula` over two cells yields `value` of their numbers, an empty text for None."""

    formula: Callable[[str, str], str]
    value: Callable[[float | None, float | None], float | None]


def _of_numbers(first: str, second: str, formula: str) -> str:
    return f'=IF(AND(ISNUMBER({first}),ISNUMBER({second})),{formula},"")'


SHARE = OfTwo(
    lambda top, bottom: _of_numbers(top, bottom, f'IF({bottom}>{_TINY},100*{top}/{bottom},"")'),
    lambda top, bottom: None if top is None or bottom is None or bottom <= TINY else 100 * top / bottom,
)
"""100 x numerator / denominator; nothing where that is not positive: 30 of -60 and -30 of 60 are not the same."""
EVOLUTION = OfTwo(
    lambda now, former: _of_numbers(now, former, f'IF({former}>{_TINY},100*({now}-{former})/{former},"")'),
    lambda now, former: None if now is None or former is None or former <= TINY else 100 * ((now - former) / former),
)
"""The change against N-1 in percent; nothing where N-1 is not positive."""
POINTS = OfTwo(
    lambda now, former: _of_numbers(now, former, f"{now}-{former}"),
    lambda now, former: None if now is None or former is None else now - former,
)
"""The change of a rate."""
VARIATION = OfTwo(
    lambda now, former: _of_numbers(now, former, f"IF({former}>{_TINY},({now}-{former})/{former},{now}-{former})"),
    lambda now, former: (
        None if now is None or former is None else (now - former) / former if former > TINY else now - former
    ),
)
"""The change of anything else: a share of a positive figure, else the difference."""


@dataclass(frozen=True, slots=True)
class StrongChange:
    """What is asked to be confirmed: a figure further from its former one than `percent` of that (its sign aside), one
    of both being `least` or more."""

    percent: float
    least: float

    def holds(self, former: float, now: float) -> bool:
        return max(abs(former), abs(now)) >= self.least and self.is_beyond(former, now)

    def is_beyond(self, former: float, now: float) -> bool:
        """Whether the percentage alone is passed, however small both are."""
        limit = self.percent / 100 * abs(former)
        return abs(now - former) - limit > TINY * max(1.0, limit)

    def formula(self, former: str, now: str) -> str:
        """`holds` over two cells, or numbers, as a condition."""
        limit = f"{self.percent:.15g}/100*ABS({former})"
        far = f"ABS({now}-{former})-{limit}>{_TINY}*MAX(1,{limit})"
        both = f"ISNUMBER({former}),ISNUMBER({now})"
        return f"IF(AND({both}),AND(MAX(ABS({former}),ABS({now}))>={self.least:.15g},{far}),FALSE)"


def strong_change(contract: ContractSettings) -> StrongChange:
    """The thresholds of `contract`."""
    return StrongChange(contract.strong_change, contract.change_minimum)


def variation(measure: Measure) -> OfTwo:
    """How the change of a figure of `measure` is reckoned."""
    return POINTS if is_rate(measure) else VARIATION


def change_of(measure: Measure, former: float, now: float) -> Change:
    """The change as it is shown: in points for rates, relative to a positive figure, else the difference."""
    amount = variation(measure).value(now, former)
    relative = ChangeKind.RELATIVE if former > TINY else ChangeKind.DIFFERENCE
    return Change(amount or 0.0, ChangeKind.POINTS if is_rate(measure) else relative)


def is_rate(measure: Measure) -> bool:
    """Whether its changes are counted in points."""
    return measure.type == "pourcentage"


def relative_change(former: float, now: float) -> float | None:
    """The change as a share of `former`; None where `former` is not positive."""
    return (now - former) / former if former > TINY else None


def in_words(former: float, now: float) -> str:
    """``+158 %``; ``+35`` (a difference) where there is no percentage."""
    share = relative_change(former, now)
    if share is None:
        amount, unit = now - former, ""
    else:
        amount, unit = round(100 * share), f"{NO_BREAK_SPACE}%"
    return f"{'−' if amount < 0 else '+'}{french_number(abs(amount))}{unit}"


def nearest_before(campaign: Campaign, others: Iterable[Campaign], years: int = 1) -> Campaign | None:
    """Of `others`, the one that ends before `campaign` and nearest to `years` before it; of equals, the later."""
    return next(iter(by_nearness(campaign, others, years)), None)


def by_nearness(campaign: Campaign, others: Iterable[Campaign], years: int = 1) -> list[Campaign]:
    """Those of `others` that end before `campaign`, the nearest to `years` before it first."""
    day = years_before(campaign.end, years)
    earlier = (other for other in others if other.end < campaign.end)
    return sorted(earlier, key=lambda other: (distance(other.end, day), -other.end.toordinal(), other.code))


def years_before(day: date, years: int = 1) -> date:
    """The same day `years` earlier; 28 February for a 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def distance(one: date, other: date) -> int:
    """How many days apart."""
    return abs((one - other).days)
