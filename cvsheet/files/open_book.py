"""A workbook open in Excel as a grid: the values that a program hands over, over the file that it was opened from.

Excel gives values; the file also knows number formats, hidden rows, merged cells and who saved it. Where the value of
a cell is the one of the file, the cell is the file's own, so that an unchanged workbook reads exactly like its file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from cvsheet.files.grid.model import Cell, CellKind, Grid, Sheet
from cvsheet.files.own_marks import without_marks

OpenValue: TypeAlias = float | Decimal | str | bool | datetime | date | None  # Decimal: an amount of money on Windows
ERRORS = frozenset(
    ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!", "#GETTING_DATA")
)
"""What Excel hands over for an error; a text of the same words cannot be told apart."""


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """One sheet of an open workbook: its values from A1 on, and its formulas (with ``=``) where the program tells.

    `percents` are the cells, by row and column, that the program says to be shown as percentages.
    """

    name: str
    hidden: bool
    values: Sequence[Sequence[OpenValue]]
    formulas: Sequence[Sequence[str]] | None = None
    percents: frozenset[tuple[int, int]] = field(default_factory=frozenset)


def open_book_grid(name: str, sheets: Sequence[OpenSheet], base: Grid | None) -> Grid:
    """The grid of the open workbook `name`; `base` is its file as it was last saved, None where there is none.

    Without a base, percentages are plain numbers and nothing is hidden or merged, but for what `sheets` say.
    """
    known = {sheet.name: sheet for sheet in base.sheets} if base else {}
    read = tuple(_sheet(sheet, known.get(sheet.name)) for sheet in sheets)
    if base is None:
        return without_marks(Grid(name, "xlsx", read, _hash(read)))
    grid, former = without_marks(replace(base, file=name, sheets=read)), without_marks(base)
    same = [(sheet.name, sheet.rows) for sheet in grid.sheets] == [(sheet.name, sheet.rows) for sheet in former.sheets]
    return grid if same else replace(grid, sha256=_hash(grid.sheets))


def changed_cells(sheet: OpenSheet, base: Sheet | None) -> Iterator[tuple[int, int]]:
    """The cells, by row and column, whose value is not that of the file."""
    for row, column, value in _filled(sheet):
        if not _is_same(value, base.cell(row, column) if base else None):
            yield row, column


def _sheet(sheet: OpenSheet, base: Sheet | None) -> Sheet:
    rows: dict[int, dict[int, Cell]] = {}
    for row, column, value in _filled(sheet):
        cell = _cell(sheet, row, column, value, base.cell(row, column) if base else None)
        rows.setdefault(row, {})[column] = cell
    for cell in base.cells() if base else ():
        if _shows_nothing(cell) and cell.column not in rows.get(cell.row, {}) and _still_there(sheet, cell):
            rows.setdefault(cell.row, {})[cell.column] = cell
    ordered = {row: dict(sorted(rows[row].items())) for row in sorted(rows)}
    return replace(base, hidden=sheet.hidden, rows=ordered) if base else Sheet(sheet.name, sheet.hidden, ordered)


def _filled(sheet: OpenSheet) -> Iterator[tuple[int, int, OpenValue]]:
    for row, values in enumerate(sheet.values, start=1):
        for column, value in enumerate(values, start=1):
            if value is not None and value != "":
                yield row, column, value


def _cell(sheet: OpenSheet, row: int, column: int, value: OpenValue, base: Cell | None) -> Cell:
    formula = _formula(sheet, row, column, value, base)
    if base is not None and _is_same(value, base) and formula == base.formula:
        return base
    kind, typed, raw = _typed(value)
    percent = (row, column) in sheet.percents or (base is not None and base.percent)
    return Cell(row, column, kind, typed, raw, formula, percent and kind is CellKind.NUMBER)


def _formula(sheet: OpenSheet, row: int, column: int, value: OpenValue, base: Cell | None) -> str | None:
    """The formula of a cell without its sign; a program that tells nothing is taken to have kept the file's.

    A text that begins with that sign is its own formula to Excel, and none.
    """
    if sheet.formulas is None:
        return base.formula if base else None
    given = sheet.formulas[row - 1][column - 1]
    return given[1:] if given.startswith("=") and given != value else None


def _typed(value: OpenValue) -> tuple[CellKind, float | str | bool | datetime | None, str]:
    if isinstance(value, bool):
        return CellKind.BOOLEAN, value, "1" if value else "0"
    if isinstance(value, int | float | Decimal):
        return CellKind.NUMBER, float(value), repr(float(value)).removesuffix(".0")
    if isinstance(value, datetime):
        return CellKind.DATE, value, value.isoformat(" ")
    if isinstance(value, date):
        return CellKind.DATE, datetime(value.year, value.month, value.day), value.isoformat()
    if value in ERRORS:
        return CellKind.ERROR, None, str(value)
    return CellKind.TEXT, str(value), str(value)


def _is_same(value: OpenValue, base: Cell | None) -> bool:
    """Whether `value` is what the file holds; programs round dates to the second."""
    if base is None:
        return False
    kind, typed, raw = _typed(value)
    if kind is not base.kind:
        return False
    if isinstance(typed, datetime) and isinstance(base.value, datetime):
        return abs((typed - base.value).total_seconds()) < 1
    return raw == base.raw if kind is CellKind.ERROR else typed == base.value


def _shows_nothing(cell: Cell) -> bool:
    """Whether a program hands over nothing for `cell`: a formula that yields an empty text or was never computed."""
    return cell.value in (None, "") and cell.kind is not CellKind.ERROR


def _still_there(sheet: OpenSheet, cell: Cell) -> bool:
    """Whether the formula of `cell` still stands; a cell that only held an empty text is the same without."""
    if sheet.formulas is None or cell.formula is None:
        return True
    if cell.row > len(sheet.formulas) or cell.column > len(sheet.formulas[cell.row - 1]):
        return False
    return sheet.formulas[cell.row - 1][cell.column - 1].startswith("=")


def _hash(sheets: Sequence[Sheet]) -> str:
    """A fingerprint of the content, in the form of a file's."""
    content: Mapping[str, object] = {sheet.name: sheet.rows for sheet in sheets}
    return hashlib.sha256(repr(content).encode()).hexdigest()
