"""What *Contrôle* is made of: one list of checks gives both the live formula and the word that it shows.

A check states one condition twice, side by side: in Excel's words and as the truth about what is typed now. The first
check that holds gives the word. Functions are those of Excel 2016 and LibreOffice 7, references plain A1; sums find
their rows by code, so that sorting breaks nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cvsheet.books.partner.writing.typed import REFUSED, AnswerRead, CellValue, year_of


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
    CHANGE = "À confirmer"
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
    """One input cell: its name, what is typed in it, and for what asks for an answer the cell that says what is read
    there, with what it says now (see `typed`)."""

    cell: str
    value: CellValue = None
    read: str = ""
    answer: AnswerRead = ""

    @property
    def number(self) -> float | None:
        """The number read: of a day, its serial number."""
        return self.answer if isinstance(self.answer, float) else None

    @property
    def blank(self) -> bool:
        if self.read:
            return self.answer == ""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip(" "))


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
    if len(cells) == 1 and cells[0].read:
        return f'{cells[0].read}=""'
    return f'TRIM({"&".join(seen.read or seen.cell for seen in cells)})=""'


def not_an_answer(*cells: Seen) -> ControlCheck:
    """Something that the reader refuses in one of `cells`."""
    tests = [f'{seen.read}="{REFUSED}"' for seen in cells]
    return ControlCheck(Word.UNREADABLE, any_of(tests), any(seen.answer == REFUSED for seen in cells))


def outside(
    seen: Seen, low: float | None, high: float | None, word: Word = Word.OUT_OF_BOUNDS
) -> tuple[ControlCheck, ...]:
    """A number under `low` or over `high`; no check where neither is set."""
    tests = [f"{seen.read}<{literal(low)}"] if low is not None else []
    tests += [f"{seen.read}>{literal(high)}"] if high is not None else []
    if not tests:
        return ()
    return (ControlCheck(word, f"AND(ISNUMBER({seen.read}),{any_of(tests)})", is_outside(seen, low, high)),)


def is_outside(seen: Seen, low: float | None, high: float | None) -> bool:
    number = seen.number
    return number is not None and ((low is not None and number < low) or (high is not None and number > high))


def not_whole(seen: Seen) -> ControlCheck:
    """A number with decimals where things are counted. N() keeps INT away from text."""
    number = seen.number
    return ControlCheck(
        Word.NOT_WHOLE, f"N({seen.read})<>INT(N({seen.read}))", number is not None and number != int(number)
    )


def unlikely(seen: Seen, comment: Seen, between: tuple[float, float], *, of_days: bool = False) -> ControlCheck:
    """A year, or a day, outside `between` that the comment does not name."""
    (first, last), number = between, seen.number
    year = 0 if number is None else year_of(number) if of_days else int(number)
    named = f"YEAR({seen.read})" if of_days else seen.read
    outside_all = f"OR({seen.read}<{literal(first)},{seen.read}>{literal(last)})"
    return ControlCheck(
        Word.COMMENT,
        f"IF(ISNUMBER({seen.read}),AND({outside_all},ISERROR(FIND({named},{comment.cell}))),FALSE)",
        number is not None and not first <= number <= last and str(year) not in str(comment.value or ""),
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
