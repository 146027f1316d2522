"""Plain tables of the master, one row for each thing that is listed, with the coordination's columns beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put
from cvsheet.books.kit.style import FAIR, GOOD
from cvsheet.books.kit.tables import FIRST_ROW, LINK, height, listing_style, put_file_link, put_link
from cvsheet.books.master.decisions import NOTHING_WRITTEN, TO_REVIEW, Coordination, DecisionState
from cvsheet.books.master.writing.margin import MarginWriter, start_noted_table

STATE_COLOURS = {DecisionState.ARBITRATED.value: GOOD, **{state.value: FAIR for state in TO_REVIEW}}


@dataclass(frozen=True, slots=True)
class Link:
    """A value of a listing that leads away: to a place as `put_link` takes it; `outside`, as `put_file_link` does."""

    text: str
    target: str | tuple[str, int]
    outside: bool = False

    def __str__(self) -> str:
        return self.text


def write_listing(
    book: Book,
    name: str,
    table_name: str,
    rows: Iterable[Mapping[str, object]],
    count: int,
    subtitle: str,
    coordination: Coordination = NOTHING_WRITTEN,
) -> MarginWriter:
    """A plain table of values and links, to be finished. Of its `rows`, `count` in all, one is asked for at a time:
    there may be a hundred thousand."""
    margin = start_noted_table(book, name, table_name, subtitle, coordination, rows=count)
    sheet, columns = margin.sheet, margin.table.columns
    styles = [(column.name, listing_style(book, column)) for column in columns]
    for row, values in enumerate(rows, start=FIRST_ROW):
        sheet.set_row(row, height(columns, values))
        for position, (column, style) in enumerate(styles):
            value = values.get(column)
            put(sheet, row, position, value, style)
            if isinstance(value, Link):
                _put_over(
                    sheet, row, position, value, book.style("cell", font_color=LINK, text_wrap=True, valign="top")
                )
        margin.row(row, values)
    return margin


def _put_over(sheet: Worksheet, row: int, column: int, link: Link, style: Format) -> None:
    if link.outside:
        put_file_link(sheet, row, column, link.text, str(link.target), style)
    else:
        put_link(sheet, row, column, link.text, link.target, style)
