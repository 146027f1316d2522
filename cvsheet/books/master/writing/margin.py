"""The tables of the master, and the columns that the coordination added at their right, written again beside their
rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put, put_text
from cvsheet.books.kit.colours import colour_words
from cvsheet.books.kit.spreads import Spread, spread_columns
from cvsheet.books.kit.style import NUMBER_FORMATS
from cvsheet.books.kit.tables import FIRST_ROW, HEADER_ROW, start_table
from cvsheet.books.master.decisions import NO_MARGIN, Coordination, DecisionKey, Margin, row_key
from cvsheet.schema.tables import Table, load_table

WIDTH = 26
TITLE_LOOK = {"valign": "vcenter"}


@dataclass
class MarginWriter:
    """Writes `margin` from the 0-based column `first` on, and remembers which of its keys it was shown.

    A key that stands in several rows gets its notes at the first.
    """

    book: Book
    sheet: Worksheet
    table: Table
    first: int
    margin: Margin = NO_MARGIN
    seen: set[DecisionKey] = field(default_factory=set)

    def titles(self, row: int) -> None:
        """The titles of the added columns, in the header row."""
        for column, title in enumerate(self.margin.titles, start=self.first):
            unfolds = column == self.first and self.table.columns[-1].folded
            self.sheet.set_column(column, column, WIDTH, None, {"collapsed": unfolds})
            put_text(self.sheet, row, column, title, self.book.style("header_input", **TITLE_LOOK))

    def row(self, row: int, values: Mapping[str, object]) -> None:
        """The notes of the row whose values by column name are `values`."""
        self.keyed(row, row_key(self.table, values))

    def keyed(self, row: int, key: DecisionKey) -> None:
        """The notes of the row called `key`."""
        notes = {} if key in self.seen else self.margin.values.get(key, {})
        if notes:
            self.seen.add(key)
        for column, title in enumerate(self.margin.titles, start=self.first):
            put(self.sheet, row, column, notes.get(title), self.book.style("cell", **_look(notes.get(title))))

    def finish(
        self, rows: int, nothing: str = "", colours: Mapping[str, Mapping[str, tuple[str, str]]] | None = None
    ) -> frozenset[DecisionKey]:
        """Filter the table of so many `rows` and colour the words of the columns in `colours`, or say `nothing` where
        it has no row; returns the keys with notes that have a row."""
        last = FIRST_ROW + rows - 1
        if rows:
            self.sheet.autofilter(HEADER_ROW, 0, last, self.last)
            for name, words in (colours or {}).items():
                column = self.table.position(name)
                colour_words(self.book, self.sheet, (FIRST_ROW, column, last, column), words)
        elif nothing:
            put_text(self.sheet, FIRST_ROW, 0, nothing, self.book.style("paragraph", text_wrap=False))
        return self.placed

    @property
    def placed(self) -> frozenset[DecisionKey]:
        """The keys with notes that have a row."""
        return frozenset(self.seen)

    @property
    def last(self) -> int:
        """The last column of the table with the added ones."""
        return self.first + len(self.margin.titles) - 1


def start_noted_table(
    book: Book,
    name: str,
    table_name: str,
    subtitle: str,
    coordination: Coordination,
    *,
    spreads: Sequence[Spread] = (),
    rows: int | None = None,
) -> MarginWriter:
    """The new sheet `name` for a table, with its own columns or `spreads`, at their right those of the coordination;
    `rows` as in `start_table`."""
    table, columns = load_table(table_name), spreads or spread_columns(table_name)
    sheet = start_table(book, name, columns, table.title, subtitle, rows=rows)
    margin = MarginWriter(book, sheet, table, len(columns), coordination.margin(table_name))
    margin.titles(HEADER_ROW)
    return margin


def _look(value: object) -> dict[str, Any]:
    if isinstance(value, str):
        return {"text_wrap": True, "valign": "vcenter", "quote_prefix": True}
    dated = not isinstance(value, int | float | type(None))
    return {"valign": "vcenter", "num_format": NUMBER_FORMATS["date"] if dated else "General"}
