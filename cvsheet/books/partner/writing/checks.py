"""What *Contrôle* is made of: one list of checks gives both the live formula and the word that it shows.

A check states one condition twice, side by side: in Excel's words and as the truth about what is typed now. The first
check that holds gives the word. Functions are those of Excel 2016 and LibreOffice 7, references plain A1; sums find
their rows by code, so that sorting breaks nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

CellValue: TypeAlias = str | float | date | None
REASONS = "|nd|ns|so|"
_EPOCH = datetime(1899, 12, 30)


class Word(StrEnum):
    """The words of *Contrôle*. All but the first three ask the partner to look again."""

    OK = "OK"
    TO_FILL = "À renseigner"
    OPTIONAL = "Facultatif"
    UNREADABLE = "Saisie non reconnue"
    OUT_OF_BOUNDS = "Hors bornes"
    NOT_WHOLE = "Nombre entier attendu"
    SUM = "Somme ≠ total"
    ABOVE = "Supérieur au total"
    COMMENT = "Commentaire demandé"
    YEAR = "Année à préciser"
    YEARS = "Années incohérentes"
    TARGET_MISSING = "Cible à proposer"
    TARGET = "Cible incohérente"
    INCOMPLETE = "À compléter"
    PROGRESS = "Avancement incohérent"
    DATES = "Dates incohérentes"
    WOMEN = "Femmes > bénéficiaires"


QUIET = (Word.OK, Word.TO_FILL, Word.OPTIONAL)


@dataclass(frozen=True, slots=True)
class ControlCheck:
    """`word` is shown where `excel` is true; `holds` says whether it is, for what is typed now."""

    word: Word
    excel: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """One input cell: its name and what is typed in it."""

    cell: str
    value: CellValue

    @property
    def number(self) -> float | None:
        """What the spreadsheet counts with: a date is its serial number."""
        if isinstance(self.value, date):
            moment = (
                self.value if isinstance(self.value, datetime) else datetime.combine(self.value, datetime.min.time())
            )
            return (moment - _EPOCH).total_seconds() / 86_400
        return self.value if isinstance(self.value, int | float) else None

    @property
    def blank(self) -> bool:
        return self.value is None or (isinstance(self.value, str) and not self.value.strip(" "))

    @property
    def reason(self) -> str:
        """nd, ns or so; empty where the cell holds none."""
        return self.reason_among(REASONS)

    def reason_among(self, reasons: str) -> str:
        """The one of `reasons` that the cell holds, dots and case aside; empty where it holds none."""
        word = _squeezed(self.value).lower().replace(".", "") if isinstance(self.value, str) else ""
        return word if word and f"|{word}|" in reasons else ""


def control_formula(checks: Sequence[ControlCheck]) -> str:
    """The formula that shows the word of the first check that holds, else OK."""
    opened = "".join(f'IF({check.excel},"{check.word}",' for check in checks)
    return f'={opened}"{Word.OK}"{")" * len(checks)}'


def control_word(checks: Iterable[ControlCheck]) -> Word:
    """What that formula shows now."""
    return next((check.word for check in checks if check.holds), Word.OK)


def is_error(cells: Sequence[Seen]) -> ControlCheck:
    """An Excel error in any of `cells`; nothing that can be typed is one."""
    return ControlCheck(Word.UNREADABLE, f"ISERROR({'&'.join(seen.cell for seen in cells)})", False)


def blank(cells: Sequence[Seen]) -> str:
    """Nothing in any of `cells`."""
    return f'TRIM({"&".join(seen.cell for seen in cells)})=""'


def reason(seen: Seen, reasons: str = REASONS) -> str:
    """One of `reasons` in `seen`, dots and case aside: n.d. is nd."""
    return f'ISNUMBER(FIND("|"&SUBSTITUTE(LOWER(TRIM({seen.cell})),".","")&"|","{reasons}"))'


def not_an_answer(seen: Seen) -> ControlCheck:
    """Neither a number nor a reason, where something is typed."""
    return ControlCheck(
        Word.UNREADABLE,
        f"NOT(OR({blank((seen,))},ISNUMBER({seen.cell}),{reason(seen)}))",
        not seen.blank and seen.number is None and not seen.reason,
    )


def outside(
    seen: Seen, low: float | None, high: float | None, word: Word = Word.OUT_OF_BOUNDS
) -> tuple[ControlCheck, ...]:
    """A number under `low` or over `high`; no check where neither is set."""
    tests = [f"{seen.cell}<{literal(low)}"] if low is not None else []
    tests += [f"{seen.cell}>{literal(high)}"] if high is not None else []
    if not tests:
        return ()
    return (ControlCheck(word, f"AND(ISNUMBER({seen.cell}),{any_of(tests)})", is_outside(seen, low, high)),)


def is_outside(seen: Seen, low: float | None, high: float | None) -> bool:
    number = seen.number
    return number is not None and ((low is not None and number < low) or (high is not None and number > high))


def not_whole(seen: Seen) -> ControlCheck:
    """A number with decimals where things are counted. N() keeps INT away from text."""
    number = seen.number
    return ControlCheck(
        Word.NOT_WHOLE, f"N({seen.cell})<>INT(N({seen.cell}))", number is not None and number != int(number)
    )


def any_of(tests: Sequence[str]) -> str:
    """At least one of `tests`, of which there is one or more."""
    return f"OR({','.join(tests)})" if len(tests) > 1 else tests[0]


def literal(number: float) -> str:
    """A number as formulas write it."""
    return f"{number:.15g}"


def text_literal(text: str) -> str:
    """A text as formulas write it."""
    return '"' + text.replace('"', '""') + '"'


def _squeezed(text: str) -> str:
    """What Excel's TRIM makes of `text`."""
    return " ".join(part for part in text.split(" ") if part)
