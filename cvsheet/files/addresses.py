"""Names of cells as people say them: "B12" is row 12, column 2. The only module that knows column letters.

Rows and columns are counted from 1. Excel's last cell is XFD1048576; nothing here enforces it, a reader that must
do so compares with `LAST_ROW` and `LAST_COLUMN`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

_ALPHABET = 26
_MOST_LETTERS = 3
_CELL_NAME = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)


@lru_cache(maxsize=LAST_COLUMN)
def column_letters(column: int) -> str:
    """The letters of a column: 1 is "A", 27 is "AA", 16384 is "XFD"."""
    if column < 1:
        raise ValueError(f"no column {column}: the first one is 1")
    letters = ""
    while column:
        column, letter = divmod(column - 1, _ALPHABET)
        letters = chr(ord("A") + letter) + letters
    return letters


@lru_cache(maxsize=LAST_COLUMN)
def column_number(letters: str) -> int:
    """The number of a column: "A" is 1, "xfd" is 16384. Raises ValueError for anything but one to three letters."""
    if not (letters.isascii() and letters.isalpha() and len(letters) <= _MOST_LETTERS):
        raise ValueError(f"not a column: {letters!r}")
    number = 0
    for letter in letters.upper():
        number = number * _ALPHABET + ord(letter) - ord("A") + 1
    return number


def cell_name(row: int, column: int) -> str:
    """The name of a cell: row 12, column 2 is "B12"."""
    return f"{column_letters(column)}{row}"


def parse_cell_name(name: str) -> tuple[int, int]:
    """The row and column of "B12" (also "$B$12", "b12"). Raises ValueError for anything else."""
    match = _CELL_NAME.fullmatch(name)
    if match is None:
        raise ValueError(f"not a cell: {name!r}")
    return int(match[2]), column_number(match[1])


def is_cell_name(text: str) -> bool:
    """Whether `text` names one cell."""
    return _CELL_NAME.fullmatch(text) is not None


def cell_ranges(cells: Iterable[str]) -> tuple[str, ...]:
    """``B5:B9, B12``: the cells in the order given, those that follow one another in a column together."""
    spans: list[tuple[int, int, int]] = []  # column, first and last row
    for name in cells:
        row, column = parse_cell_name(name)
        if spans and spans[-1][0] == column and spans[-1][2] == row - 1:
            spans[-1] = (column, spans[-1][1], row)
        else:
            spans.append((column, row, row))
    return tuple(
        cell_name(first, column) if first == last else f"{cell_name(first, column)}:{cell_name(last, column)}"
        for column, first, last in spans
    )


def quoted(sheet: str) -> str:
    """The name of a sheet as formulas and links take it."""
    return "'" + sheet.replace("'", "''") + "'"
