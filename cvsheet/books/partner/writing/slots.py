"""What each typed cell of a row asks for, as the reader of returns reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cvsheet.books.partner.rows import PartnerRow
from cvsheet.books.partner.writing.checks import Seen
from cvsheet.books.partner.writing.typed import CellValue, Slot, SlotKind, answer_in
from cvsheet.schema.tables import Column, Role

if TYPE_CHECKING:
    from cvsheet.books.partner.writing.layout import Area


def slot_of(entry: PartnerRow, column: Column) -> Slot:
    """What the cell of `column` in the row `entry` asks for."""
    if column.role is Role.ANSWER and entry.line is not None:
        measure = entry.line.measure
        return Slot(SlotKind.TEXT) if measure.is_text else Slot(SlotKind.NUMBER, measure.type, measure.unit)
    if column.enum:
        return Slot(SlotKind.CHOICE, choices=column.enum)
    return Slot(SlotKind.DAY) if column.type == "date" else Slot(SlotKind.NUMBER, column.counts)


def is_read(column: Column) -> bool:
    """Whether a number, a day or a choice is typed in `column`; an answer is one of them where its line is no text."""
    typed = column.type in ("number", "integer", "date") or bool(column.enum)
    return column.input and (column.role is Role.ANSWER or typed)


def seen_in(area: Area, row: int, entry: PartnerRow, column: str, typed: Mapping[tuple[str, str], CellValue]) -> Seen:
    """The cell of `column` in 0-based sheet row `row`, which is that of `entry`."""
    value, cell = typed.get((entry.code, column)), area.cell(column, row)
    if column not in area.read_columns:
        return Seen(cell, value)
    return Seen(cell, value, area.answer(column, row), answer_in(slot_of(entry, area.table.column(column)), value))
