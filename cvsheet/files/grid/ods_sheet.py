"""The rows and columns of an OpenDocument table to a sheet, with their repetitions and merges.

A repetition of nothing is free: a sheet formatted down to its last row is one element. A repetition of a filled cell
or row is written out, within limits.
"""

from __future__ import annotations

from collections.abc import Mapping

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.files.addresses import LAST_COLUMN
from cvsheet.files.grid.conversion import whole_number
from cvsheet.files.grid.markup import Element
from cvsheet.files.grid.model import PLAIN, Cell, Look, Merge, Sheet
from cvsheet.files.grid.ods_cell import read_cell
from cvsheet.files.grid.ods_drawings import Drawings, is_drawing
from cvsheet.files.grid.ods_looks import Looks
from cvsheet.files.grid.ods_names import CELL, COLUMN, COVERED_CELL, FORMS, ROW, SHAPES, SHEET, TABLE
from cvsheet.files.grid.ods_text import note
from cvsheet.files.grid.sheet_builder import Budget, SheetBuilder
from cvsheet.files.grid.tracks import Tracks

_DEFAULT_STYLE = f"{TABLE}default-cell-style-name"
_HIDDEN = ("collapse", "filter")
_COLUMNS_REPEATED, _ROWS_REPEATED = f"{TABLE}number-columns-repeated", f"{TABLE}number-rows-repeated"
_COLUMNS_SPANNED, _ROWS_SPANNED = f"{TABLE}number-columns-spanned", f"{TABLE}number-rows-spanned"


PARTS = (ROW, COLUMN, SHAPES, FORMS)
"""What a table is read from."""


class TableReader:
    """A table while its columns and rows go by."""

    def __init__(self, budget: Budget, looks: Looks, sizes: Mapping[str, float]) -> None:
        self._budget = budget
        self.drawings = Drawings(budget, looks, sizes)
        self._looks = looks
        self._column_styles: list[tuple[int, str | None]] = []  # the last column of each style, in order
        self.sheet = SheetBuilder("", budget)
        self._row = 1
        self._column = 1

    def read(self, element: Element) -> None:
        """One of the PARTS of the table, in their order."""
        if not self.sheet.name:
            self.sheet.name = next((table.get(f"{TABLE}name", "") for table in element.iterancestors(SHEET)), "")
        self._budget.sheet, self._budget.row = self.sheet.name, self._row
        if element.tag == ROW:
            self.read_row(element)
        elif element.tag == COLUMN:
            self.read_column(element)
        else:
            self.drawings.read(element)

    def read_column(self, element: Element) -> None:
        last = self._column + _count(element, _COLUMNS_REPEATED) - 1
        if element.get(f"{TABLE}visibility") in _HIDDEN:
            self.sheet.hide_columns(self._column, last)
        self._measure(self.drawings.columns, element, self._column, last)
        self._column_styles.append((last, element.get(_DEFAULT_STYLE)))
        self._column = last + 1

    def read_row(self, element: Element) -> None:
        repeated = _count(element, _ROWS_REPEATED)
        cells = self._read_cells(element)
        if cells and repeated > self._budget.limits.repeats:
            raise self._budget.refusal(Refusal.GEOMETRY, f"a filled row repeated {repeated} times")
        self._budget.spend_cells(len(element) + len(cells) * repeated)
        self.sheet.add_row(self._row, cells)
        for row in range(self._row + 1, self._row + repeated if cells else 0):
            self.sheet.add_row(row, [cell._replace(row=row) for cell in cells])
        if element.get(f"{TABLE}visibility") in _HIDDEN:
            self.sheet.hide_rows(self._row, self._row + repeated - 1)
        self._measure(self.drawings.rows, element, self._row, self._row + repeated - 1)
        self._row += repeated

    def build(self, name: str, hidden: bool) -> Sheet:
        """The finished sheet."""
        self.sheet.name = name
        self.sheet.add_drawn(self.drawings.at_page())
        return self.sheet.build(hidden)

    def _measure(self, tracks: Tracks, element: Element, first: int, last: int) -> None:
        """Note the size of columns or rows where something is drawn on the page."""
        if self.drawings.on_page:
            hidden = element.get(f"{TABLE}visibility") in _HIDDEN
            size = 0 if hidden else self.drawings.sizes.get(element.get(f"{TABLE}style-name", ""), tracks.default)
            tracks.add(first, last, size)

    def _read_cells(self, element: Element) -> list[Cell]:
        cells: list[Cell] = []
        column = 1
        for child in element:
            if child.tag in (CELL, COVERED_CELL):
                repeated = _count(child, _COLUMNS_REPEATED)
                if len(child) or child.attrib:
                    look = self._look(child, element, column) if self._looks.speaks else PLAIN
                    cells += self._read_cell(child, column, repeated, look)
                column += repeated
        return cells

    def _look(self, element: Element, row: Element, column: int) -> Look:
        """The look of a cell: that of its own style, else of its row's, else of its column's."""
        default = next((style for last, style in self._column_styles if column <= last), None)
        return self._looks.of_cell((element.get(f"{TABLE}style-name"), row.get(_DEFAULT_STYLE), default))

    def _read_cell(self, element: Element, column: int, repeated: int, look: Look) -> list[Cell]:
        """The cell as many times as it is repeated, nothing for an empty one; its merge and note are noted."""
        self.sheet.add_note(self._row, column, note(element, self._budget, self._looks))
        if len(element) and any(map(is_drawing, element)):
            self.sheet.add_drawn(self.drawings.in_cell(filter(is_drawing, element), self._row, column))
        rows, columns = _count(element, _ROWS_SPANNED), _count(element, _COLUMNS_SPANNED)
        if rows > 1 or columns > 1:
            self.sheet.add_merge(Merge(self._row, column, self._row + rows - 1, column + columns - 1))
        cell = read_cell(element, self._row, column, self._budget, self._looks, look)
        if cell is None:
            return []
        if repeated > self._budget.limits.repeats or column + repeated - 1 > LAST_COLUMN:
            raise self._budget.refusal(Refusal.GEOMETRY, f"a filled cell repeated {repeated} times", column)
        return [cell, *(cell._replace(column=other) for other in range(column + 1, column + repeated))]


def _count(element: Element, attribute: str) -> int:
    text = element.get(attribute)
    if text is None:
        return 1
    count = whole_number(text)
    if not count:
        raise UnreadableFile(Refusal.DAMAGED, f"{attribute}={text[:20]!r}")
    return count
