"""A workbook that stays open takes over the cells of a newer one: selection, filters, widths and sheets stay.

Used where the file cannot be replaced because it is open: the master after a consolidation, the contract after an
adoption. Only rows that differ are written, as one block each; new rows take the looks of the row above them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime

import xlwings as xw

from cvsheet.addin.protection import unprotected
from cvsheet.addin.safe_text import as_text
from cvsheet.reading.grid.model import Cell, CellKind, Grid, Sheet

EPOCH = datetime(1899, 12, 30)  # day 0 of Excel's calendar, from March 1900 on
SECONDS_PER_DAY = 86_400


def refresh(book: xw.Book, before: Grid, after: Grid) -> int:
    """Make the cells of `book`, which hold `before`, those of `after`; how many rows were written.

    Sheets that `after` lacks stay, those that `book` lacks are added at the end.
    """
    present = {sheet.name: sheet for sheet in before.sheets}
    written = 0
    active = book.sheets.active
    for wanted in after.sheets:
        now = present.get(wanted.name)
        if now is None:
            book.sheets.add(wanted.name, after=book.sheets[len(book.sheets) - 1])
        runs = list(_runs(_differing(now, wanted)))
        if runs:
            with ExitStack() as stack:
                stack.enter_context(unprotected(book.sheets[wanted.name]))
                _dress_new_rows(book.sheets[wanted.name], now, wanted)
                for first, last in runs:
                    _write(book.sheets[wanted.name], now, wanted, first, last)
                    written += last - first + 1
    active.activate()
    return written


def _differing(now: Sheet | None, wanted: Sheet) -> Iterator[int]:
    """The rows in which a cell has another value or formula."""
    rows = now.rows if now else {}
    for row in sorted({*rows, *wanted.rows}):
        if _contents(rows.get(row, {})) != _contents(wanted.rows.get(row, {})):
            yield row


def _contents(cells: dict[int, Cell]) -> dict[int, object]:
    """What counts of a row: formulas by their text, other cells by their value."""
    return {
        column: cell.formula if cell.formula is not None else cell.value
        for column, cell in cells.items()
        if cell.formula is not None or cell.value not in (None, "")
    }


def _runs(rows: Iterator[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring rows as (first, last)."""
    first = last = 0
    for row in rows:
        if first and row == last + 1:
            last = row
            continue
        if first:
            yield first, last
        first = last = row
    if first:
        yield first, last


def _write(sheet: xw.Sheet, now: Sheet | None, wanted: Sheet, first: int, last: int) -> None:
    width = max(_width(now, first, last), _width(wanted, first, last))
    block = [[_entry(wanted.cell(row, column)) for column in range(1, width + 1)] for row in range(first, last + 1)]
    sheet.range((first, 1), (last, width)).formula = block


def _width(sheet: Sheet | None, first: int, last: int) -> int:
    columns = [max(sheet.rows[row]) for row in range(first, last + 1) if sheet and sheet.rows.get(row)]
    return max(columns, default=1)


def _entry(cell: Cell | None) -> str | float | bool:
    """A cell as it is typed: text behind a sign that keeps it text."""
    if cell is None or (cell.formula is None and cell.value is None):
        return ""
    if cell.formula is not None:
        return f"={cell.formula}"
    if cell.kind is CellKind.DATE and isinstance(cell.value, datetime):
        return (cell.value - EPOCH).total_seconds() / SECONDS_PER_DAY
    if isinstance(cell.value, bool | float):
        return cell.value
    return as_text(str(cell.value))


def _dress_new_rows(sheet: xw.Sheet, now: Sheet | None, wanted: Sheet) -> None:
    """Copy the last row, looks and all, to the rows that are to come below it: their cells are written next."""
    if now is None or not now.rows or not wanted.rows:
        return
    last, end = max(now.rows), max(wanted.rows)
    width = _width(now, last, last)
    if end > last:
        sheet.range((last, 1), (last, width)).copy(sheet.range((last + 1, 1), (end, width)))


def same_shape(now: Grid, new: Grid, sheets: Sequence[str], header_row: int) -> bool:
    """Whether `sheets` have the same titles in `header_row` and the same codes in their first column, in any order."""
    return all(_shape(now, name, header_row) == _shape(new, name, header_row) for name in sheets)


def _shape(grid: Grid, name: str, header_row: int) -> tuple[object, ...]:
    sheet = next((sheet for sheet in grid.sheets if sheet.name == name), None)
    if sheet is None:
        return ()
    titles = tuple(cell.value for cell in sheet.rows.get(header_row, {}).values())
    codes = frozenset(cells[1].value for row, cells in sheet.rows.items() if row > header_row and 1 in cells)
    return (*titles, codes)
