"""Where everything stands in a partner workbook: title, subtitle and progress, then one table per sheet.

A band above each block of rows says what they belong to. Rows and columns are counted from 0 here, as XlsxWriter does;
formulas and people get names such as ``K12``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cvsheet.books.partner.identity import READING_SHEET
from cvsheet.books.partner.rows import Band, PartnerRow, PartnerSheet, bands
from cvsheet.books.partner.writing.slots import is_read
from cvsheet.files.addresses import column_letters, quoted
from cvsheet.schema.roles import ACTIONS
from cvsheet.schema.tables import Table, load_table

TITLE_ROW, SUBTITLE_ROW, PROGRESS_ROW, HEADER_ROW = range(4)
READ_STEPS = 4  # cells of the reading sheet for each that is typed: what stands there, its words, spelled, its answer
_FIRST_READ_COLUMN = 3
_FIRST_READ_ROW = 5  # of the titles above the first table's rows on the reading sheet


@dataclass(frozen=True)
class Area:
    """The table of a sheet: `header` is the row of its titles, `places` are those of its `rows`; `bands` are the lines
    that stand right above each, with how deep they are. `read_from` is the row of the reading sheet from which on its
    rows are read."""

    sheet: str
    table: Table
    rows: tuple[PartnerRow, ...]
    header: int
    bands: tuple[Band, ...]
    read_from: int
    places: tuple[int, ...] = field(init=False, repr=False, compare=False)
    letters: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names = (column.name for column in self.table.columns)
        object.__setattr__(self, "letters", {name: column_letters(n) for n, name in enumerate(names, start=1)})
        object.__setattr__(self, "places", tuple(_places(self.header + 1, self.bands)))

    @property
    def first(self) -> int:
        return self.header + 1

    @property
    def last(self) -> int:
        return self.places[-1]

    def cell(self, column: str, row: int) -> str:
        """The name of the cell of `column` in 0-based sheet row `row`."""
        return f"{self.letters[column]}{row + 1}"

    def range(self, column: str) -> str:
        """The cells of `column`, absolute: ``$K$5:$K$30``."""
        letter = self.letters[column]
        return f"${letter}${self.first + 1}:${letter}${self.last + 1}"

    @cached_property
    def read_columns(self) -> tuple[str, ...]:
        """The columns that the reading sheet reads."""
        return tuple(column.name for column in self.table.columns if is_read(column))

    @property
    def read_rows(self) -> Sequence[int]:
        """The rows of the reading sheet, in the order of `rows`."""
        return range(self.read_from, self.read_from + len(self.rows))

    def read_column(self, column: str) -> int:
        """The first of the columns of the reading sheet for what is typed in `column`."""
        return _FIRST_READ_COLUMN + READ_STEPS * self.read_columns.index(column)

    def answer(self, column: str, row: int) -> str:
        """The cell that says what is typed in `column` of 0-based sheet row `row`; empty where nothing reads it."""
        if column not in self.read_columns:
            return ""
        return f"{READING_SHEET}!${self._answers(column)}${self.read_from + self._order[row] + 1}"

    def answers(self, column: str) -> str:
        """What is typed in `column`, in the rows of `codes`."""
        return self._read(self._answers(column), self.read_from, self.read_rows[-1])

    @property
    def codes(self) -> str:
        """The codes of the rows, in their first order, beside `answers`."""
        return self._read("A", self.read_from, self.read_rows[-1])

    def codes_above(self, row: int) -> str:
        """The codes of the rows above 0-based sheet row `row`, and the title above them."""
        return self._read("A", self.read_from - 1, self.read_from + self._order[row] - 1)

    def answers_above(self, column: str, row: int) -> str:
        """What is typed in `column`, in the rows of `codes_above`."""
        return self._read(self._answers(column), self.read_from - 1, self.read_from + self._order[row] - 1)

    def _answers(self, column: str) -> str:
        return column_letters(self.read_column(column) + READ_STEPS)

    def _read(self, letters: str, first: int, last: int) -> str:
        return f"{READING_SHEET}!${letters}${first + 1}:${letters}${last + 1}"

    def entry(self, row: int) -> PartnerRow:
        """The row of the table that stands in 0-based sheet row `row`."""
        return self.rows[self._order[row]]

    @cached_property
    def _order(self) -> Mapping[int, int]:
        return {place: number for number, place in enumerate(self.places)}

    def placed(self) -> Iterator[tuple[int, PartnerRow]]:
        """Each row with the sheet row that it stands in."""
        return zip(self.places, self.rows, strict=True)

    def banded(self) -> Iterator[tuple[int, int, str]]:
        """Each line of the bands: its sheet row, how deep it is, its text."""
        for place, lines in zip(self.places, self.bands, strict=True):
            yield from ((row, *line) for row, line in enumerate(lines, start=place - len(lines)))

    @property
    def printed(self) -> int:
        """The last column that goes on paper."""
        return self.table.paper[-1][-1]

    @property
    def frozen(self) -> int:
        """How many columns stay in sight."""
        return sum(column.frozen for column in self.table.columns)


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list on the hidden sheet: `size` cells from `top` on, in the column `letters`."""

    sheet: str
    letters: str
    top: int
    size: int

    def range(self, size: int | None = None) -> str:
        """Its cells, or the first `size` of them, absolute."""
        last = self.top + (self.size if size is None else size) - 1
        return f"{quoted(self.sheet)}!${self.letters}${self.top}:${self.letters}${last}"


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A sheet in which a partner types."""

    name: str
    title: str
    area: Area

    @property
    def areas(self) -> tuple[Area]:
        return (self.area,)

    @property
    def of_actions(self) -> bool:
        return self.area.table.name == ACTIONS


def sheet_layouts(sheets: Sequence[PartnerSheet], entries: Table) -> tuple[SheetLayout, ...]:
    """The layout of each sheet; `entries` is the table in which indicator lines are typed."""
    layouts, read_from = [], _FIRST_READ_ROW + 1
    for sheet in sheets:
        layouts.append(_layout(sheet, entries if sheet.indicators else load_table(ACTIONS), read_from))
        read_from += len(sheet.rows) + 1
    return tuple(layouts)


def _layout(sheet: PartnerSheet, table: Table, read_from: int) -> SheetLayout:
    above = tuple(bands(sheet, table))
    return SheetLayout(sheet.name, sheet.title, Area(sheet.name, table, sheet.rows, HEADER_ROW, above, read_from))


def _places(first: int, above: Sequence[Band]) -> Iterator[int]:
    for lines in above:
        first += len(lines)
        yield first
        first += 1
