"""The columns that the coordination added at the right of a table, written again beside their rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put, put_text
from cvsheet.books.kit.style import NUMBER_FORMATS
from cvsheet.books.master.decisions import NO_MARGIN, DecisionKey, Margin, row_key
from cvsheet.schema.tables import Table

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

    @property
    def placed(self) -> frozenset[DecisionKey]:
        """The keys with notes that have a row."""
        return frozenset(self.seen)

    @property
    def last(self) -> int:
        """The last column of the table with the added ones."""
        return self.first + len(self.margin.titles) - 1


def _look(value: object) -> dict[str, Any]:
    if isinstance(value, str):
        return {"text_wrap": True, "valign": "vcenter", "quote_prefix": True}
    dated = not isinstance(value, int | float | type(None))
    return {"valign": "vcenter", "num_format": NUMBER_FORMATS["date"] if dated else "General"}
