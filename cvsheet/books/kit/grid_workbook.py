"""A grid as a workbook file: cells without their looks, for programs that read a file and not an open workbook."""

from __future__ import annotations

from datetime import date, datetime

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put_formula, put_text
from cvsheet.books.kit.style import NUMBER_FORMATS
from cvsheet.files.grid.model import Cell, CellKind, Grid


def grid_workbook(grid: Grid) -> bytes:
    """The cells of `grid` with their formulas and values; errors are kept as their text."""
    book = Book(grid.file, date(2000, 1, 1))
    for sheet in grid.sheets:
        page = book.sheet(sheet.name)
        if sheet.hidden:
            page.hide()
        for cell in sheet.cells():
            _put(book, page, cell)
    return book.content()


FIRST_MOMENT = datetime(1899, 12, 31)  # that a cell can hold


def _put(book: Book, page: Worksheet, cell: Cell) -> None:
    row, column, value = cell.row - 1, cell.column - 1, cell.value
    day = book.style(num_format=NUMBER_FORMATS["date"]) if cell.kind is CellKind.DATE else None
    if cell.formula is not None:
        shown = value if isinstance(value, str | float) else cell.raw
        put_formula(page, row, column, f"={cell.formula}", shown)
    elif isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, datetime) and value >= FIRST_MOMENT:
        page.write_datetime(row, column, value, day)
    elif isinstance(value, float):
        page.write_number(row, column, value, book.style(num_format="0.00%") if cell.percent else None)
    elif cell.raw:
        put_text(page, row, column, cell.raw)
