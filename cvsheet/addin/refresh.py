"""A workbook that stays open takes over the cells of a newer one: selection, filters, widths and sheets stay.

Used where the file cannot be replaced because it is open: the master after a consolidation, the contract after an
adoption. Only rows that differ are written, as one block each; new rows take the looks of the row above them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import xlwings as xw

from cvsheet.addin.protection import unprotected
from cvsheet.addin.safe_text import as_text
from cvsheet.files.grid.model import Cell, CellKind, Grid, Sheet
from cvsheet.files.grid.xlsx_links import Links

EPOCH = datetime(1899, 12, 30)  # day 0 of Excel's calendar, from March 1900 on
SECONDS_PER_DAY = 86_400
NO_LINKS: Links = {}


def refresh(book: xw.Book, before: Grid, after: Grid, former: Links = NO_LINKS, links: Links = NO_LINKS) -> int:
    """Make the cells of `book`, which hold `before`, those of `after`; how many rows were written.

    `before` has the sheets of `after`; other ones stay, and so do columns at the right of those of `after`. `links` are
    those of `after`, set in the rows that are written and where they are not `former`.
    """
    present = {sheet.name: sheet for sheet in before.sheets}
    active = book.sheets.active
    written = 0
    for wanted in after.sheets:
        now, leading = present[wanted.name], links.get(wanted.name, {})
        moved = {row for row, _ in dict(former.get(wanted.name, leading).items() ^ leading.items())}
        rows = sorted({*_differing(now, wanted), *moved})
        if rows:
            with unprotected(book.sheets[wanted.name]):
                _rewrite(book.sheets[wanted.name], now, wanted, rows, leading)
        written += len(rows)
    active.activate()
    return written


def _rewrite(
    sheet: xw.Sheet, now: Sheet, wanted: Sheet, rows: Sequence[int], links: Mapping[tuple[int, int], str]
) -> None:
    _dress_new_rows(sheet, now, wanted)
    for first, last in _runs(rows):
        _link(sheet, links, first, last)
        _write(sheet, now, wanted, first, last)


def _differing(now: Sheet, wanted: Sheet) -> Iterator[int]:
    """The rows in which a cell has another value or formula."""
    last = _last_column(wanted)
    for row in {*now.rows, *wanted.rows}:
        if _contents(now.rows.get(row, {}), last) != _contents(wanted.rows.get(row, {}), last):
            yield row


def _contents(cells: dict[int, Cell], last: int) -> dict[int, object]:
    """What counts of a row up to the column `last`: formulas by their text, other cells by their value."""
    return {
        column: cell.formula if cell.formula is not None else cell.value
        for column, cell in cells.items()
        if column <= last and (cell.formula is not None or cell.value not in (None, ""))
    }


def _last_column(sheet: Sheet) -> int:
    return max((max(cells) for cells in sheet.rows.values() if cells), default=0)


def _link(sheet: xw.Sheet, links: Mapping[tuple[int, int], str], first: int, last: int) -> None:
    """Set the links of some rows, before their cells are written: a link brings a text of its own."""
    for (row, column), target in links.items():
        if first <= row <= last:
            sheet.range((row, column)).add_hyperlink(target, target, target)


def _runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
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


def _write(sheet: xw.Sheet, now: Sheet, wanted: Sheet, first: int, last: int) -> None:
    width = min(max(_width(now, first, last), _width(wanted, first, last)), _last_column(wanted))
    block = [[_entry(wanted.cell(row, column)) for column in range(1, width + 1)] for row in range(first, last + 1)]
    sheet.range((first, 1), (last, width)).formula = block


def _width(sheet: Sheet, first: int, last: int) -> int:
    columns = [max(sheet.rows[row]) for row in range(first, last + 1) if sheet.rows.get(row)]
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


def _dress_new_rows(sheet: xw.Sheet, now: Sheet, wanted: Sheet) -> None:
    """Copy the last row, looks and all, to the rows that are to come below it: their cells are written next."""
    last, end = max(now.rows, default=1), max(wanted.rows, default=1)
    width = _width(now, last, last)
    if end > last:
        sheet.range((last, 1), (last, width)).copy(sheet.range((last + 1, 1), (end, width)))


def same_shape(now: Grid, new: Grid, sheets: Sequence[str], header_row: int) -> bool:
    """Whether `sheets` have the titles of `new` in `header_row` and its codes in their first column, in any order."""
    former, wanted = ({sheet.name: sheet for sheet in grid.sheets} for grid in (now, new))
    return all(name in former and _same_table(former[name], wanted[name], header_row) for name in sheets)


def _same_table(now: Sheet, new: Sheet, header_row: int) -> bool:
    last = _last_column(new)
    titles = [_contents(sheet.rows.get(header_row, {}), last) for sheet in (now, new)]
    return titles[0] == titles[1] and _codes(now, header_row) == _codes(new, header_row)


def _codes(sheet: Sheet, header_row: int) -> frozenset[object]:
    return frozenset(cells[1].value for row, cells in sheet.rows.items() if row > header_row and 1 in cells)
