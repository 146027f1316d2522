"""What is doubtful of a number that the coordination decided: it is kept, and looked at again.

A partner's answer of −5 logements or of 0,35 % is asked about; so is the number that replaces it. Each doubt is said
twice, over the cell of the value and of the number in it. Computed figures have no bounds: a yearly change may be
negative.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from cvsheet.model.framework import Line
from cvsheet.text.numerals import is_percent


class DoubtfulValue(StrEnum):
    """What is to be said of the number, in the words shown."""

    OUT_OF_BOUNDS = "À vérifier : hors des bornes de la mesure"
    SHARE = "À vérifier : 35 % se tape 35"


@dataclass(frozen=True, slots=True)
class Doubt:
    """`formula` over the cell of a value is true where it `holds` of the number in it."""

    says: DoubtfulValue
    formula: Callable[[str], str]
    holds: Callable[[float], bool]


def doubts_of(line: Line) -> tuple[Doubt, ...]:
    """What may be doubted of a number decided for `line`, the first that holds to be said."""
    measure, limits = line.measure, line.limits
    if measure.computed or measure.is_text:
        return ()
    low, high = limits.minimum, limits.maximum
    tests = [f"{{0}}<{low:.15g}"] if low is not None else []
    tests += [f"{{0}}>{high:.15g}"] if high is not None else []
    bounds = Doubt(
        DoubtfulValue.OUT_OF_BOUNDS,
        f"OR({','.join(tests)})".format,
        lambda number: (low is not None and number < low) or (high is not None and number > high),
    )
    share = Doubt(
        DoubtfulValue.SHARE,
        lambda cell: f"AND({cell}<>0,ABS({cell})<1)",
        lambda number: 0 < abs(number) < 1,
    )
    as_low = limits.plausible_maximum is not None and limits.plausible_maximum <= 1
    shares = is_percent(measure.type, measure.unit) and not as_low
    return ((bounds,) if tests else ()) + ((share,) if shares else ())
