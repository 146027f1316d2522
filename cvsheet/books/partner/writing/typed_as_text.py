"""Answers to an action that are texts and still none to question: the rules read them (see `cvsheet.text.numerals`).

A spreadsheet in English, or a paste, leaves « 1 234 € » a text. NUMBERVALUE takes French figures whatever the language
of the program; what it would take and the rules would not (1e5, 1,234, which may be thousands) is kept from it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cvsheet.books.partner.writing.checks import REASONS, ControlCheck, Seen, Word, reason
from cvsheet.schema.tables import Column

WRITTEN_REASONS = (
    f"{REASONS}n d|n/d|non disponible|non disponibles|donnée non disponible|données non disponibles|"
    "n s|n/s|secret|secret stat|secret statistique|s o|s/o|sans objet|"
)
_DIGITS = "0123456789"
_SPACES = (" ", "\u00a0", "\u202f")
_EUROS = ("€", "euros", "euro", "eur")
_THOUSANDS = 4  # characters of a comma and the three digits that may be thousands
_NUMBER = re.compile(r"\d+(?:,\d+)?", re.ASCII)


def no_answers(answers: Sequence[tuple[Column, Seen]]) -> ControlCheck:
    """A text that is neither a reason nor a number in any of `answers`. T() is empty on numbers and dates."""
    read = ",".join(
        f'OR(TRIM(T({seen.cell}))="",{",".join((reason(seen, WRITTEN_REASONS), *_numbers(column, seen.cell)))})'
        for column, seen in answers
    )
    return ControlCheck(Word.UNREADABLE, f"NOT(AND({read}))", any(_unread(column, seen) for column, seen in answers))


def _unread(column: Column, seen: Seen) -> bool:
    if seen.blank or seen.number is not None or seen.reason_among(WRITTEN_REASONS):
        return False
    return column.type == "date" or not _is_number(column, str(seen.value))


def _numbers(column: Column, cell: str) -> tuple[str, ...]:
    """The condition that a number stands in `cell` as text; none for a day."""
    if column.type == "date":
        return ()
    digits = f"LOWER({cell})"
    for written, read in _readings(column):
        digits = f'SUBSTITUTE({digits},"{written}","{read}")'
    return (
        f'AND(ISNUMBER(FIND(LEFT(TRIM({cell})),"{_DIGITS}")),LEFT(RIGHT({digits},{_THOUSANDS}))<>",",'
        f'ISNUMBER(_xlfn.NUMBERVALUE({digits},","," ")))',
    )


def _is_number(column: Column, text: str) -> bool:
    digits = text.lower()
    for written, read in _readings(column):
        digits = digits.replace(written, read)
    starts = text.strip(" ")[:1] in _DIGITS
    return starts and digits[-_THOUSANDS:][:1] != "," and _NUMBER.fullmatch(digits) is not None


def _readings(column: Column) -> tuple[tuple[str, str], ...]:
    """What is replaced by what before NUMBERVALUE looks: spaces and the unit of `column` by nothing, the point by the
    comma, what would make it another number by a letter."""
    units = _EUROS if column.format == "money" else ("%",) if column.percentage else ()
    return (*((sign, "") for sign in (*_SPACES, *units)), (".", ","), ("%", "x"), ("e", "x"))
