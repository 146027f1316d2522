"""Plain tables of the master, one row for each thing that is listed, with the coordination's columns beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put, put_text
from cvsheet.books.kit.spreads import spread_columns
from cvsheet.books.kit.style import FAIR, GOOD
from cvsheet.books.kit.tables import (
    FIRST_ROW,
    HEADER_ROW,
    LINK,
    height,
    listing_style,
    put_file_link,
    put_link,
    start_table,
)
from cvsheet.books.master.decisions import NOTHING_WRITTEN, TO_REVIEW, Coordination, DecisionKey, DecisionState
from cvsheet.books.master.writing.margin import MarginWriter
from cvsheet.schema.tables import load_table

STATE_COLOURS = {DecisionState.ARBITRATED.value: GOOD, **{state.value: FAIR for state in TO_REVIEW}}


@dataclass(frozen=True, slots=True)
class Listing:
    """A sheet that was written, and the keys of its rows."""

    sheet: Worksheet
    placed: frozenset[DecisionKey]


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
    rows: Sequence[Mapping[str, object]],
    subtitle: str,
    nothing: str,
    coordination: Coordination = NOTHING_WRITTEN,
) -> Listing:
    """A plain table of values and links, or the sentence `nothing` where it has no row."""
    table = load_table(table_name)
    spreads = spread_columns(table_name)
    sheet = start_table(book, name, spreads, table.title, subtitle, rows=len(rows))
    styles = [(spread.column.name, listing_style(book, spread.column)) for spread in spreads]
    margin = MarginWriter(book, sheet, table, len(spreads), coordination.margin(table_name))
    margin.titles(HEADER_ROW)
    for row, values in enumerate(rows, start=FIRST_ROW):
        sheet.set_row(row, height(table.columns, values))
        for position, (column, style) in enumerate(styles):
            value = values.get(column)
            put(sheet, row, position, value, style)
            if isinstance(value, Link):
                _put_over(
                    sheet, row, position, value, book.style("cell", font_color=LINK, text_wrap=True, valign="top")
                )
        margin.row(row, values)
    if rows:
        sheet.autofilter(HEADER_ROW, 0, FIRST_ROW + len(rows) - 1, margin.last)
    else:
        put_text(sheet, FIRST_ROW, 0, nothing, book.style("paragraph", text_wrap=False))
    return Listing(sheet, margin.placed)


def _put_over(sheet: Worksheet, row: int, column: int, link: Link, style: Format) -> None:
    if link.outside:
        put_file_link(sheet, row, column, link.text, str(link.target), style)
    else:
        put_link(sheet, row, column, link.text, link.target, style)
