"""A row of the file, and which of the rows that were sent it is."""

from __future__ import annotations

from dataclasses import dataclass

from cvsheet.books.partner.reading.expected import ExpectedRow
from cvsheet.books.partner.reading.layout import Layout
from cvsheet.files.addresses import cell_name
from cvsheet.files.grid.model import Cell


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row of the file and the row that was written there."""

    layout: Layout
    row: int
    expected: ExpectedRow

    def cell(self, column: str) -> Cell | None:
        """The cell in the column called `column`; None where it is empty or the column is missing."""
        layout = self.layout
        cells = layout.sheet.rows.get(self.row)
        return None if cells is None else cells.get(layout.columns.get(column, 0))

    def name(self, column: str) -> str:
        """The name of that cell (``J12``), empty where the column is missing."""
        place = self.layout.columns.get(column)
        return "" if place is None else cell_name(self.row, place)
