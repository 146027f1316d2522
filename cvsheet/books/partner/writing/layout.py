"""Where everything stands in a partner workbook: title, subtitle and progress, then one table per sheet.

A band above each block of rows says what they belong to. Rows and columns are counted from 0 here, as XlsxWriter does;
formulas and people get names such as ``K12``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cvsheet.books.partner.rows import Band, PartnerRow, PartnerSheet, bands
from cvsheet.files.addresses import column_letters, quoted
from cvsheet.schema.roles import ACTIONS
from cvsheet.schema.tables import Table, load_table

TITLE_ROW, SUBTITLE_ROW, PROGRESS_ROW, HEADER_ROW = range(4)


@dataclass(frozen=True, slots=True)
class Area:
    """The table of a sheet: `header` is the row of its titles, `places` are those of its `rows`; `bands` are the lines
    that stand right above each, with how deep they are."""

    sheet: str
    table: Table
    rows: tuple[PartnerRow, ...]
    header: int
    bands: tuple[Band, ...]
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

    def above(self, column: str, row: int) -> str:
        """The cells of `column` from its title to the row above 0-based `row`, which sorting moves along."""
        letter = self.letters[column]
        return f"${letter}${self.header + 1}:${letter}{row}"

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
    return tuple(_layout(sheet, entries if sheet.indicators else load_table(ACTIONS)) for sheet in sheets)


def _layout(sheet: PartnerSheet, table: Table) -> SheetLayout:
    above = tuple(bands(sheet, table))
    return SheetLayout(sheet.name, sheet.title, Area(sheet.name, table, sheet.rows, HEADER_ROW, above))


def _places(first: int, above: Sequence[Band]) -> Iterator[int]:
    for lines in above:
        first += len(lines)
        yield first
        first += 1
