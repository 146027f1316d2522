"""Progress of an indicator towards its target: the one definition, in Python and in the formulas of the master.

Each figure and each condition is one object that says it twice, side by side: over cells and of numbers. Who changes
one sees the other, and tests/master/test_pairs.py compares both on numbers at random. Formulas are in functions of
Excel 2016 and LibreOffice 7 only, with plain A1 references.

B baseline, T target, V value; t0, tT, t their dates. Source of every formula and of the order of the cases: section
6 of the product's design, repeated for users in `docs/guide-coordination.md`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import isnan, nan

from cvsheet.figures.schedules import DAYS_PER_MONTH, TINY, Schedule, first_baseline, schedule
from cvsheet.model.framework import ContractSettings, Direction

__all__ = [
    "DAYS_PER_MONTH", "TINY", "Judgement", "Schedule", "Situation", "expected_at", "first_baseline", "judge",
    "progress_of", "schedule",
]  # fmt: skip
_TINY = f"{TINY:.9f}"


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
class Judgement:
    """What is said of a value: raw `progress` (1 = target, negative = backwards), `lag` in months (positive = late)."""

    situation: Situation
    progress: float | None = None
    expected: float | None = None
    lag: float | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """The cells that hold what a whole master is judged by: the day of the target, the day judged, the thresholds."""

    end: str
    at: str
    on_track_from: str
    watch_from: str
    too_early_until: str


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells that hold what a line is judged by; `start` the date of its baseline, `elapsed` and `progress` what was
    worked out there. A cell without a number holds an empty text."""

    value: str
    baseline: str
    target: str
    direction: str
    start: str
    elapsed: str
    progress: str
    settings: Settings


@dataclass(frozen=True, slots=True)
class Numbers:
    """What those cells hold. A number that is missing is no number (nan): every comparison with it is false."""

    value: float
    baseline: float
    target: float
    direction: Direction
    when: Schedule
    contract: ContractSettings

    @property
    def progress(self) -> float:
        found = PROGRESS.value(self)
        return nan if found is None else found


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: `formula` is true of cells where it `holds` of the numbers in them."""

    formula: Callable[[Cells], str]
    holds: Callable[[Numbers], bool]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: `formula` yields `value`, an empty text for None."""

    formula: Callable[[Cells], str]
    value: Callable[[Numbers], float | None]


NO_VALUE = Condition(
    lambda cells: f"NOT(ISNUMBER({cells.value}))",
    lambda numbers: isnan(numbers.value),
)
WATCHED = Condition(
    lambda cells: f'{cells.direction}="{Direction.WATCH}"',
    lambda numbers: numbers.direction is Direction.WATCH,
)
NO_BASELINE = Condition(
    lambda cells: f"NOT(ISNUMBER({cells.baseline}))",
    lambda numbers: isnan(numbers.baseline),
)
NO_TARGET = Condition(
    lambda cells: f"NOT(ISNUMBER({cells.target}))",
    lambda numbers: isnan(numbers.target),
)
_FALLS = Condition(
    lambda cells: f'AND({cells.direction}="{Direction.RISE}",{cells.target}<{cells.baseline}-{_TINY})',
    lambda numbers: numbers.direction is Direction.RISE and numbers.target < numbers.baseline - TINY,
)
_RISES = Condition(
    lambda cells: f'AND({cells.direction}="{Direction.FALL}",{cells.target}>{cells.baseline}+{_TINY})',
    lambda numbers: numbers.direction is Direction.FALL and numbers.target > numbers.baseline + TINY,
)
WRONG_TARGET = Condition(
    lambda cells: f"OR({_FALLS.formula(cells)},{_RISES.formula(cells)})",
    lambda numbers: _FALLS.holds(numbers) or _RISES.holds(numbers),
)
LEVEL = Condition(  # the target is to hold the baseline
    lambda cells: f"ABS({cells.target}-{cells.baseline})<={_TINY}",
    lambda numbers: abs(numbers.target - numbers.baseline) <= TINY,
)
_ABOVE = Condition(
    lambda cells: f'AND({cells.direction}="{Direction.RISE}",{cells.value}>={cells.target}-{_TINY})',
    lambda numbers: numbers.direction is Direction.RISE and numbers.value >= numbers.target - TINY,
)
_BELOW = Condition(
    lambda cells: f'AND({cells.direction}="{Direction.FALL}",{cells.value}<={cells.target}+{_TINY})',
    lambda numbers: numbers.direction is Direction.FALL and numbers.value <= numbers.target + TINY,
)
MET = Condition(
    lambda cells: f"OR({_ABOVE.formula(cells)},{_BELOW.formula(cells)})",
    lambda numbers: _ABOVE.holds(numbers) or _BELOW.holds(numbers),
)
HELD = Condition(
    lambda cells: f"AND({LEVEL.formula(cells)},{MET.formula(cells)})",
    lambda numbers: LEVEL.holds(numbers) and MET.holds(numbers),
)
REACHED = Condition(
    lambda cells: f"{cells.progress}>=1-{_TINY}",
    lambda numbers: numbers.progress >= 1 - TINY,
)
BACKWARDS = Condition(
    lambda cells: f"{cells.progress}<-{_TINY}",
    lambda numbers: numbers.progress < -TINY,
)
TOO_EARLY = Condition(
    lambda cells: f"OR({cells.elapsed}<=0,{cells.elapsed}<{cells.settings.too_early_until}/100-{_TINY})",
    lambda numbers: numbers.when.elapsed <= 0 or numbers.when.elapsed < numbers.contract.too_early_until / 100 - TINY,
)
# q = (V - B) / (E - B) is progress over elapsed share.
ON_TRACK = Condition(
    lambda cells: f"{cells.progress}/{cells.elapsed}>={cells.settings.on_track_from}/100-{_TINY}",
    lambda numbers: numbers.progress / numbers.when.elapsed >= numbers.contract.on_track_from / 100 - TINY,
)
TO_WATCH = Condition(
    lambda cells: f"{cells.progress}/{cells.elapsed}>={cells.settings.watch_from}/100-{_TINY}",
    lambda numbers: numbers.progress / numbers.when.elapsed >= numbers.contract.watch_from / 100 - TINY,
)
CASES = (
    (Situation.NOT_FILLED, NO_VALUE),
    (Situation.WATCHED, WATCHED),
    (Situation.NO_BASELINE, NO_BASELINE),
    (Situation.NO_TARGET, NO_TARGET),
    (Situation.WRONG_TARGET, WRONG_TARGET),
    (Situation.HELD, HELD),
    (Situation.NOT_HELD, LEVEL),
    (Situation.REACHED, REACHED),
    (Situation.BACKWARDS, BACKWARDS),
    (Situation.TOO_EARLY, TOO_EARLY),
    (Situation.ON_TRACK, ON_TRACK),
    (Situation.TO_WATCH, TO_WATCH),
)
"""The word of the first condition that holds; of none, it is late."""


def situation_formula(cells: Cells, secret: str, secret_word: str) -> str:
    """The word of `CASES`; of a value that is missing, `secret_word` where the expression `secret` is true."""
    kept = (f"AND({NO_VALUE.formula(cells)},{secret})", secret_word)
    cases = (kept, *((condition.formula(cells), word.value) for word, condition in CASES))
    opened = "".join(f'IF({test},"{word}",' for test, word in cases)
    return f'={opened}"{Situation.LATE}"{")" * len(cases)}'


def situation_of(numbers: Numbers) -> Situation:
    """What that formula shows, of a value that is not secret."""
    return next((word for word, condition in CASES if condition.holds(numbers)), Situation.LATE)


def _where_judged(cells: Cells, formula: str) -> str:
    """`formula` where the value is judged; the test on the target stands apart, as it reckons with both numbers."""
    missing = ",".join(condition.formula(cells) for condition in (NO_VALUE, NO_BASELINE, NO_TARGET, WATCHED))
    return f'=IF(OR({missing}),"",IF({WRONG_TARGET.formula(cells)},"",{formula}))'


def _is_judged(numbers: Numbers) -> bool:
    return not any(one.holds(numbers) for one in (NO_VALUE, NO_BASELINE, NO_TARGET, WATCHED, WRONG_TARGET))


def _progress_formula(cells: Cells) -> str:
    share = f"({cells.value}-{cells.baseline})/({cells.target}-{cells.baseline})"
    return _where_judged(cells, f"IF({LEVEL.formula(cells)},IF({MET.formula(cells)},1,0),{share})")


def _progress(numbers: Numbers) -> float | None:
    if not _is_judged(numbers):
        return None
    if LEVEL.holds(numbers):
        return 1.0 if MET.holds(numbers) else 0.0
    return (numbers.value - numbers.baseline) / (numbers.target - numbers.baseline)


PROGRESS = Figure(_progress_formula, _progress)
"""p = (V - B)/(T - B), or 1 and 0 where the target is to hold the baseline."""


def _elapsed_formula(cells: Cells) -> str:
    start, end, at = cells.start, cells.settings.end, cells.settings.at
    return f"=IF({end}<={start},IF({at}>={end},1,0),MIN(1,MAX(0,({at}-{start})/({end}-{start}))))"


ELAPSED = Figure(_elapsed_formula, lambda numbers: numbers.when.elapsed)
"""The share of the time from the baseline's date to the target's, kept in 0 to 1."""

EXPECTED = Figure(
    lambda cells: _where_judged(cells, f"{cells.baseline}+({cells.target}-{cells.baseline})*{cells.elapsed}"),
    lambda numbers: expected_at(numbers.baseline, numbers.target, numbers.when) if _is_judged(numbers) else None,
)
"""E = B + (T - B) x elapsed share."""


def _lag_formula(cells: Cells) -> str:
    start, end, at, progress = cells.start, cells.settings.end, cells.settings.at, cells.progress
    now = f"IF({REACHED.formula(cells)},MIN({at},{end}),{at})"
    months = f"({now}-{start}-{progress}*({end}-{start}))/{DAYS_PER_MONTH}"
    nowhere = f"OR({LEVEL.formula(cells)},{end}<={start},{BACKWARDS.formula(cells)})"
    return f'=IF(ISNUMBER({progress}),IF({nowhere},"",{months}),"")'


def _lag(numbers: Numbers) -> float | None:
    if not _is_judged(numbers) or LEVEL.holds(numbers):
        return None
    return numbers.when.lag(numbers.progress)


LAG = Figure(_lag_formula, _lag)
"""t minus the date at which the straight line reaches the value, in months; nothing where it went backwards."""


def judge(
    value: float | None,
    baseline: float | None,
    target: float | None,
    direction: Direction,
    when: Schedule,
    contract: ContractSettings,
) -> Judgement:
    """The situation of `value`, and its progress where there is one: the first case that fits."""
    numbers = Numbers(_or_nan(value), _or_nan(baseline), _or_nan(target), direction, when, contract)
    return Judgement(situation_of(numbers), PROGRESS.value(numbers), EXPECTED.value(numbers), LAG.value(numbers))


def progress_of(
    value: float | None, baseline: float | None, target: float | None, direction: Direction
) -> float | None:
    """p = (V - B)/(T - B), 1 or 0 where T = B; None where there is none to speak of. It needs no dates."""
    nothing_asked = Schedule(date.min, date.max, date.min), ContractSettings("", "", date.min, date.max)
    return PROGRESS.value(Numbers(_or_nan(value), _or_nan(baseline), _or_nan(target), direction, *nothing_asked))


def expected_at(baseline: float, target: float, when: Schedule) -> float:
    """E = B + (T - B)(t - t0)/(tT - t0)."""
    return baseline + (target - baseline) * when.elapsed


def _or_nan(number: float | None) -> float:
    return nan if number is None else number
