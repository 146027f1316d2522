"""Letters in rows too low for them: a spreadsheet cuts them, as it makes no row taller by itself on opening."""

from __future__ import annotations

from openpyxl import Workbook

LARGE = 14  # points; the height of an ordinary row is 15
ROOM = 1.3  # times their size that letters take from top to bottom


def cut_letters(book: Workbook) -> list[str]:
    """The cells of `book` whose letters are large and whose row is not made for them."""
    found = []
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)):
            height = sheet.row_dimensions[cell.row].height or 0
            if (cell.font.sz or 0) >= LARGE and height < ROOM * cell.font.sz:
                found.append(f"{sheet.title}!{cell.coordinate}")
    return found
