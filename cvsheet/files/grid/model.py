"""What a workbook file holds, as facts: every cell with its type, raw text, formula and visibility.

The grid loses nothing and judges nothing. Rows and columns are counted from 1, as Excel shows them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, TypeAlias

Value: TypeAlias = float | str | bool | datetime | None
DAY_ZERO = date(1899, 12, 30)
"""The day 0 of every workbook that does not say another one (1904-01-01, as Excel for Mac once did)."""


class CellKind(StrEnum):
    """The type of a cell's value in the file."""

    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    DATE = "date"  # a number that the cell's format shows as a date or a time
    ERROR = "error"  # #N/A, #REF!, #SPILL!, Err:508...: `raw` holds the text
    MISSING = "missing"  # a formula whose result was never computed


class Look(NamedTuple):
    """How a text is drawn, as far as it changes what it says; `shift` is 1 for raised, -1 for lowered."""

    struck: bool = False
    shift: int = 0


PLAIN = Look()
Piece: TypeAlias = tuple[str, Look | None]
"""A run of a cell's text and its look, None where it has that of the cell."""


class Cell(NamedTuple):
    """One non-empty cell. A named tuple: there are hundreds in a file, and it is made three times faster than a frozen
    dataclass.

    `value` is a float, str, bool or datetime according to `kind`, None for ERROR and MISSING. `raw` is the text as
    stored in the file (after shared strings and escapes are resolved). `formula` is the formula's text without
    its ``=`` sign, None where there is none; `percent` says that the format shows a percentage (0.125 as 12,5 %).
    `shown_in` is the unit that its format shows with a number: ``€``, ``k€``, or ``k`` where it leaves out thousands.
    `clock` says that a DATE shows a time of day or a duration, and no day.
    `look` is that of the whole cell; a run that looks otherwise bears its mark in the text (« 4¹ », « [barré : 12] »).
    """

    row: int
    column: int
    kind: CellKind
    value: Value
    raw: str
    formula: str | None = None
    percent: bool = False
    look: Look = PLAIN
    clock: bool = False
    shown_in: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged area, bounds included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def covers(self, row: int, column: int) -> bool:
        return self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column


class DrawnKind(StrEnum):
    """What lies above the cells of a sheet."""

    TEXT = "text"  # a text box, a shape with words in it, the caption of a form control
    PICTURE = "picture"
    OBJECT = "object"  # a chart, an embedded document
    MARGIN = "margin"  # what somebody typed in the header or footer of the sheet
    UNREADABLE = "unreadable"  # drawings that no XML parser reads


@dataclass(frozen=True, slots=True)
class Drawn:
    """Something drawn above the cells, and the cells that it lies over (0 where nobody can tell)."""

    kind: DrawnKind
    name: str = ""  # as its program calls it: « Image 2 »
    text: str = ""
    first_row: int = 0
    first_column: int = 0
    last_row: int = 0
    last_column: int = 0

    def covers(self, row: int, column: int) -> bool:
        return self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its non-empty cells by row then column, in reading order, and what is hidden or merged."""

    name: str
    hidden: bool
    rows: dict[int, dict[int, Cell]]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[Merge, ...] = ()
    notes: dict[tuple[int, int], str] = field(default_factory=dict)  # cell notes (comments) by (row, column)
    drawn: tuple[Drawn, ...] = ()  # what lies above the cells

    def cell(self, row: int, column: int) -> Cell | None:
        cells = self.rows.get(row)
        return None if cells is None else cells.get(column)

    def cells(self) -> Iterator[Cell]:
        """All cells in reading order."""
        for cells in self.rows.values():
            yield from cells.values()


@dataclass(frozen=True, slots=True)
class Grid:
    """A workbook file as read: `format` is xlsx, xlsm or ods; `producer` the program that saved it, if it says so."""

    file: str
    format: str
    sheets: tuple[Sheet, ...]
    sha256: str
    saved_at: datetime | None = None  # naive UTC, from the file's own properties
    producer: str = ""
    has_macros: bool = False
    external_links: tuple[str, ...] = ()
    first_day: date = DAY_ZERO  # the day that dates are counted from: what the file says, or the usual one
    uncomputed: bool = False  # asks to have all formulas computed when it is opened, as what no spreadsheet saved does
