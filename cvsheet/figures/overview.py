"""What the first page says of all indicators together, and how it ranks them.

Each figure and each sentence is one object that says it twice, side by side: as a formula over cells of the master, and
as what that formula yields. Formulas are in functions of Excel 2016 and LibreOffice 7 only.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from cvsheet.figures.changes import TINY
from cvsheet.figures.progress import Situation
from cvsheet.model.entities import Direction
from cvsheet.text.french import NO_BREAK_SPACE, typeset

IN_TROUBLE = (Situation.LATE, Situation.BACKWARDS, Situation.NOT_HELD)
ADVANCE, LEVEL, DECLINE = "Progrès", "Stable", "Recul"
TO_CONFIRM = "À confirmer"  # a value that a partner or the coordination still has to confirm
PROVISIONAL = (
    "Chaque valeur est celle connue à ce jour. Une partie peut rester à confirmer, et changer dans une prochaine "
    "édition. Aucune n’est signalée à part, car cela renseignerait sur des chiffres masqués."
)
"""What is published says this of all its values, whatever they are: a warning may follow from a masked figure, or from
the answer of one partner."""
SMALLEST_MOVE = 0.005  # relative: below, a figure stands still
_TINY = f"{TINY:.9f}"
_ROWS = 1_000_000_000  # a row adds so small a part to a rank that no two are the same


@dataclass(frozen=True, slots=True)
class Counted:
    """A count, and the cell that holds it."""

    cell: str
    number: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words as an expression over cells, and as what it yields."""

    expression: str
    text: str

    def __add__(self, other: Sentence) -> Sentence:
        return Sentence(f"{self.expression}&{other.expression}", self.text + other.text)

    @property
    def formula(self) -> str:
        return f"={self.expression}"


def words(text: str) -> Sentence:
    """The same words whatever the cells hold."""
    shown = typeset(text)
    return Sentence('"' + shown.replace('"', '""') + '"', shown)


def number(counted: Counted) -> Sentence:
    """The count in digits."""
    return Sentence(counted.cell, str(counted.number))


def either(test: str, then: Sentence, otherwise: Sentence, *, holds: bool) -> Sentence:
    """`then` where `test`, an expression over cells, `holds`; else the other."""
    return Sentence(f"IF({test},{then.expression},{otherwise.expression})", (then if holds else otherwise).text)


def by_count(counted: Counted, none: str, one: str, many: str) -> Sentence:
    """`none`, `one`, or from 2 on `many`, whose ``{}`` is the number."""
    before, _, after = many.partition("{}")
    several = words(before) + number(counted) + words(after)
    some = either(f"{counted.cell}=1", words(one), several, holds=counted.number == 1)
    return either(f"{counted.cell}=0", words(none), some, holds=counted.number == 0)


def headline(
    day: str, everything: Counted, well: Counted, watched: Counted, trouble: Counted, rest: Counted
) -> Sentence:
    """Where the contract stands on `day`; `rest` are the indicators that the three other counts leave."""
    judged = (
        words(f"Au {day}, sur ")
        + by_count(everything, "", "1 indicateur", "{} indicateurs")
        + by_count(well, ", aucun n’a atteint sa cible ni n’est en bonne voie",
                   ", 1 a atteint sa cible ou est en bonne voie", ", {} ont atteint leur cible ou sont en bonne voie")
        + by_count(watched, "", ", 1 est à surveiller", ", {} sont à surveiller")
        + by_count(trouble, " et aucun n’est en retard ni en recul.", " et 1 est en retard ou en recul.",
                   " et {} sont en retard ou en recul.")
    )  # fmt: skip
    unjudged = by_count(
        everything,
        "Le contrat n’a pas encore d’indicateur.",
        f"Au {day}, l’indicateur du contrat ne peut pas encore être jugé.",
        f"Au {day}, aucun des {{}} indicateurs ne peut encore être jugé.",
    )
    none_judged = rest.number == everything.number
    return either(f"{rest.cell}={everything.cell}", unjudged, judged, holds=none_judged)


def compared(former: str, moves: dict[str, Counted], alone: Counted) -> Sentence:
    """How many indicators moved which way since the campaign `former`; `alone` have no value to compare."""
    return (
        words(f"Par rapport à {former} : ")
        + by_count(moves[ADVANCE], "aucun ne progresse", "1 progresse", "{} progressent")
        + by_count(moves[LEVEL], "", ", 1 est stable", ", {} sont stables")
        + by_count(moves[DECLINE], ", aucun ne recule", ", 1 recule", ", {} reculent")
        + by_count(moves[TO_CONFIRM], "", ", 1 est à confirmer", ", {} sont à confirmer")
        + by_count(alone, ".", " ; 1 est sans comparaison.", " ; {} sont sans comparaison.")
    )


def move_formula(now: str, former: str, doubt: str, direction: Direction) -> str:
    """The word of `move`, over the cells of two values; `doubt` is an expression that is true of values in doubt."""
    if direction is Direction.WATCH:
        return '=""'
    better = ">" if direction is Direction.RISE else "<"
    moved = f'IF(ABS({now}-{former})<={_TINY},"{LEVEL}",IF({now}{better}{former},"{ADVANCE}","{DECLINE}"))'
    return f'=IF(AND(ISNUMBER({now}),ISNUMBER({former})),IF({doubt},"{TO_CONFIRM}",{moved}),"")'


def move(now: float | None, former: float | None, direction: Direction, *, doubt: bool) -> str:
    """Which way a value moved; an empty text where there is nothing to compare, or no better and worse."""
    if now is None or former is None or direction is Direction.WATCH:
        return ""
    if doubt:
        return TO_CONFIRM
    if abs(now - former) <= TINY:
        return LEVEL
    return ADVANCE if (now > former) == (direction is Direction.RISE) else DECLINE


def strength_formula(now: str, former: str, moved: str) -> str:
    """The number of `strength`, over the cells of two values and of the word for the move."""
    share = f"ABS({now}-{former})/{former}"
    signed = f'IF({share}>{SMALLEST_MOVE},IF({moved}="{DECLINE}",-1,1)*{share},"")'
    told = f'OR({moved}="{ADVANCE}",{moved}="{DECLINE}")'
    return f'=IF({told},IF({former}>{_TINY},{signed},""),"")'


def strength(now: float | None, former: float | None, moved: str) -> float | None:
    """How strongly a value moved: its relative change, above 0 where it is progress. None where no percentage says it,
    and of a value in doubt."""
    if now is None or former is None or moved not in (ADVANCE, DECLINE) or former <= TINY:
        return None
    share = abs(now - former) / former
    return None if share <= SMALLEST_MOVE else (-share if moved == DECLINE else share)


def told_formula(change: str, *, points: bool) -> str:
    """The words of `told`, over the cell of a change."""
    amount = f"ROUND(ABS({change}),1)" if points else f"ROUND(100*ABS({change}),0)"
    sign = f'IF({change}<0,"−","+")'
    return f'=IF(ISNUMBER({change}),{sign}&SUBSTITUTE({amount}&"",".",",")&"{_unit(points=points)}","")'


def told(change: float | None, *, points: bool) -> str:
    """A change as a sentence gives it: ``+33 %``, ``−1,5 pt``."""
    if change is None:
        return ""
    amount = floor(abs(change) * 10 + 0.5) / 10 if points else floor(100 * abs(change) + 0.5)
    return f"{'−' if change < 0 else '+'}{f'{amount:.15g}'.replace('.', ',')}{_unit(points=points)}"


def _unit(*, points: bool) -> str:
    return f"{NO_BREAK_SPACE}{'pt' if points else '%'}"


def urgency_formula(situation: str, progress: str) -> str:
    """The number of `urgency`, over the cells of the same row."""
    trouble = ",".join(f'{situation}="{word}"' for word in IN_TROUBLE)
    return f'=IF(AND(ISNUMBER({progress}),OR({trouble})),{progress}+ROW()/{_ROWS},"")'


def urgency(situation: str, progress: float | None, row: int) -> float | None:
    """What ranks the indicators in trouble, the smallest first: the way gone to the target, then the `row` from 1."""
    return progress + row / _ROWS if progress is not None and situation in IN_TROUBLE else None
