"""What sheets begin with and are divided by: widths, title and subtitle, header rows, headings of sections."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put, put_text


def set_widths(sheet: Worksheet, widths: Iterable[float], first: int = 0) -> None:
    """Give the columns from `first` on their widths."""
    for column, width in enumerate(widths, start=first):
        sheet.set_column(column, column, width)


def write_titles(book: Book, sheet: Worksheet, title: str, subtitle: str, height: float = 27.0) -> None:
    """The title of a sheet, in a row of so many points, and what stands below it."""
    sheet.set_row(0, height)
    put_text(sheet, 0, 0, title, book.style("title"))
    put_text(sheet, 1, 0, subtitle, book.style("subtitle"))


def write_header(
    book: Book, sheet: Worksheet, row: int, titles: Iterable[str], height: float, *, first: int = 0, **looks: Any
) -> None:
    """The titles of the columns from `first` on, in a row of so many points."""
    sheet.set_row(row, height)
    for column, title in enumerate(titles, start=first):
        put_text(sheet, row, column, title, book.style("header", **looks))


def write_section(
    book: Book, sheet: Worksheet, row: int, title: str, columns: int, *, first: int = 0, height: float | None = 22.0
) -> None:
    """The heading of a section, underlined over so many columns."""
    sheet.set_row(row, height)
    for column in range(columns):
        put(sheet, row, first + column, None if column else title, book.style("section"))
