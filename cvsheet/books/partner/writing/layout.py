"""Where everything stands in a partner workbook: one title block per pillar sheet, then its one or two tables.

Column A of a pillar sheet is the hidden *Empreinte*; the tables share the columns, so a sheet's widths fit both.
Rows and columns are counted from 0 here, as XlsxWriter does; formulas and people get names such as ``K12``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cvsheet.books.partner.rows import PartnerRow, PartnerSheet
from cvsheet.files.addresses import column_letters, quoted
from cvsheet.schema.roles import ACTIONS
from cvsheet.schema.tables import Column, Table, load_table

FIRST_TABLE = 2  # its title; the rows above hold the sheet's title and subtitle
GAP = 1  # empty rows between the two tables


@dataclass(frozen=True, slots=True)
class Area:
    """One table on one sheet: `header` is the row of its titles, its rows follow without a gap."""

    sheet: str
    table: Table
    rows: tuple[PartnerRow, ...]
    header: int
    letters: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names = (column.name for column in self.table.columns)
        object.__setattr__(self, "letters", {name: column_letters(n) for n, name in enumerate(names, start=1)})

    @property
    def first(self) -> int:
        return self.header + 1

    @property
    def last(self) -> int:
        return self.header + len(self.rows)

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
        return enumerate(self.rows, start=self.first)


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
    """A pillar sheet: its tables, either of which may be missing."""

    name: str
    title: str
    indicators: Area | None
    actions: Area | None

    @property
    def areas(self) -> tuple[Area, ...]:
        return tuple(area for area in (self.indicators, self.actions) if area is not None)

    def columns(self) -> tuple[tuple[Column, float], ...]:
        """Each sheet column with the width that fits every table."""
        widest = max(self.areas, key=lambda area: len(area.table.columns)).table.columns
        return tuple((column, max(_widths(self.areas, n))) for n, column in enumerate(widest))


def sheet_layouts(sheets: Sequence[PartnerSheet], entries: Table) -> tuple[SheetLayout, ...]:
    """The layout of each pillar sheet; `entries` is the table in which indicator lines are typed."""
    return tuple(_layout(sheet, entries) for sheet in sheets)


def _layout(sheet: PartnerSheet, entries: Table) -> SheetLayout:
    name, header = sheet.pillar.sheet, FIRST_TABLE + 1
    indicators = Area(name, entries, sheet.indicators, header) if sheet.indicators else None
    if indicators is not None:
        header = indicators.last + GAP + 2
    actions = Area(name, load_table(ACTIONS), sheet.actions, header) if sheet.actions else None
    return SheetLayout(name, sheet.pillar.title, indicators, actions)


def _widths(areas: Sequence[Area], column: int) -> Iterator[float]:
    return (area.table.columns[column].width for area in areas if column < len(area.table.columns))
