"""The cell styles of the sheets of a partner workbook: totals stand out, categories are indented."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from functools import cache
from typing import Any

from xlsxwriter.format import Format

from cvsheet.books.kit.book import Book
from cvsheet.books.kit.style import INK, MUTED, NUMBER_FORMATS, PAPER
from cvsheet.books.partner.rows import PartnerRow
from cvsheet.schema.tables import Column, Role, Table

REPEATED = "mesure"  # a text that many rows share: large once, smaller and lighter below
SMALLER, SMALLEST = 9, 8  # points: of what is repeated, and of anything
BAND_LOOKS = ({"bold": True}, {"bold": False, "font_color": INK})  # by how deep the line stands
TEXT = "@"
SEE_ABOVE = ';;;"voir plus haut"'
MOST_DECIMALS = 3  # of a figure that is shown
INDENTED = "ventilation"


class RowKind(Enum):
    """What a row is, as far as its looks go."""

    TOTAL = "first row of a measure"
    CATEGORY = "category"
    ACTION = "known action"
    COMPLEMENTARY = "empty row for an action of the partner's own"


def row_kinds(rows: Sequence[PartnerRow]) -> tuple[RowKind, ...]:
    """The kind of each row, given the one above it."""
    above = (None, *rows)
    return tuple(_kind(row, previous) for row, previous in zip(rows, above, strict=False))


def _kind(row: PartnerRow, above: PartnerRow | None) -> RowKind:
    if row.line is None:
        return RowKind.ACTION if row.action else RowKind.COMPLEMENTARY
    if above is None or above.line is None or above.line.measure.code != row.line.measure.code:
        return RowKind.TOTAL
    return RowKind.CATEGORY


def is_input(column: Column, kind: RowKind) -> bool:
    """Whether the partner types in `column` on rows of `kind`."""
    return column.input or (kind is RowKind.COMPLEMENTARY and column.added)


def lightened(column: str, kind: RowKind) -> bool:
    """Whether the text repeats the row above it: it stays, in a smaller and lighter print."""
    return kind is RowKind.CATEGORY and column == REPEATED


def on_one_line(column: Column, kind: RowKind) -> bool:
    """Whether the text is never wrapped: codes, what is hidden, and what the band above says."""
    return column.hidden or column.role is Role.CODE or told_above(column, kind)


def told_above(column: Column, kind: RowKind) -> bool:
    """Whether the band above says it in full, as it does the objective of a known action: it stays in its cell, and a
    short word is shown in its place."""
    return kind is RowKind.ACTION and column.added and not column.frozen


class Styles:
    """The formats of one table, made once each; `number` is asked for cells that hold a figure, `paper` replaces their
    tint, `quoted` keeps a text that looks like a formula a text when somebody edits it."""

    def __init__(self, book: Book, table: Table) -> None:
        self._book = book
        self.of = cache(self._of)
        self._columns = {column.name: column for column in table.columns}

    def _of(
        self, name: str, kind: RowKind, number_format: str = "", paper: str = "", *, quoted: bool = False
    ) -> Format:
        column = self._columns[name]
        if column.role is Role.CONTROL:
            return self._book.style("control", text_wrap=True, align="left", indent=1)
        if is_input(column, kind):
            looks = _input_looks(column, kind) | _numeric(number_format)
            looks |= {"bg_color": paper} if paper else {}
            return self._book.style("input", **looks | ({"quote_prefix": True} if quoted else {}))
        return self._book.style("locked", **_locked_looks(column, kind) | _numeric(number_format))


def column_format(column: Column) -> str:
    """The number format of an input column, as its schema says."""
    wanted = column.format or ("date" if column.type == "date" else "")
    return NUMBER_FORMATS[wanted] if wanted else TEXT * (column.type == "string" and not column.enum)


def row_format(numbers: Iterable[float], *, whole: bool) -> str:
    """The one format of all figures of a row, so that their digits stand below one another whichever column they are
    in: ``1 234``, or ``1 234,0`` beside ``12,5`` and where decimals may be typed. No lonely comma."""
    decimals = max((_decimals(number) for number in numbers), default=0)
    decimals = max(decimals, 0 if whole else 1)
    return f"#,##0.{'0' * decimals}{'#' * (MOST_DECIMALS - decimals)}" if decimals else "#,##0"


def _decimals(number: float) -> int:
    """How many decimals of `number` are shown."""
    return len(f"{number:.{MOST_DECIMALS}f}".partition(".")[2].rstrip("0"))


def _input_looks(column: Column, kind: RowKind) -> dict[str, Any]:
    looks: dict[str, Any] = {"bold": True} if kind is RowKind.TOTAL else {}
    if column.role is Role.ANSWER or column.type in ("number", "integer", "date"):
        looks |= {"align": "right", "indent": 1}
    elif column.type == "string":
        looks["text_wrap"] = True
        looks["bold"] = False
    return looks


def _locked_looks(column: Column, kind: RowKind) -> dict[str, Any]:
    name, one_line = column.name, on_one_line(column, kind)
    looks: dict[str, Any] = {"text_wrap": not one_line, "font_color": INK}
    if one_line:
        looks["font_color"] = MUTED
    if told_above(column, kind):
        looks["num_format"] = SEE_ABOVE
    if kind is RowKind.TOTAL:
        looks["bold"] = name in (INDENTED, "mesure")
    if kind is RowKind.CATEGORY:
        looks["bg_color"] = PAPER
        if name == REPEATED:
            looks |= {"font_color": MUTED, "font_size": SMALLER}
        if name == INDENTED:
            looks |= {"align": "left", "indent": 1}  # Excel indents only what is aligned
    return looks


def _numeric(number_format: str) -> dict[str, Any]:
    if number_format == TEXT:
        return {"num_format": TEXT, "align": "left", "indent": 0, "text_wrap": True, "bold": False}
    return {"num_format": number_format, "align": "right", "indent": 1} if number_format else {}
