"""A day that no spreadsheet can hold, typed as text: asked about, and written as it was typed wherever it is shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cvsheet.books.kit.book import Book, put
from cvsheet.files.grid import open_grid
from cvsheet.text.french import french_date


def test_the_year_is_shown_with_four_digits() -> None:
    assert french_date(date(202, 3, 1)) == "01/03/0202"


def test_a_day_before_1900_is_written_as_text(tmp_path: Path) -> None:
    book = Book("Essai", date(2021, 1, 1))
    sheet = book.sheet("Feuille")
    put(sheet, 0, 0, date(202, 3, 1), book.style("cell"))
    put(sheet, 1, 0, date(1900, 1, 1), book.style("cell", num_format="dd/mm/yyyy"))
    path = tmp_path / "essai.xlsx"
    path.write_bytes(book.content())
    (read,) = open_grid(path).sheets
    assert next(cell.value for cell in read.cells()) == "01/03/0202"
