"""Something typed in every input cell of a partner's workbook, as its schema says: a column more is typed in too."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

from cvsheet.books.partner.rows import entry_table, partner_sheets
from cvsheet.books.partner.writing.action_controls import input_columns
from cvsheet.books.partner.writing.layout import sheet_layouts
from cvsheet.books.partner.writing.typed import CellValue
from cvsheet.model.framework import Framework
from cvsheet.schema.tables import Column, Role

Filled = dict[tuple[str, str], CellValue]


def every_cell(framework: Framework, campaign: str, partner: str) -> Filled:
    """A value of its own in each input cell, by row code and column, whatever the rules will say of it."""
    numbers = count(1)
    sheets = partner_sheets(framework, campaign, partner)
    return {
        (row.code, column.name): _something(column, next(numbers))
        for layout in sheet_layouts(sheets, entry_table(framework, campaign))
        for area in layout.areas
        for row in area.rows
        for column in input_columns(area, row)
    }


def _something(column: Column, number: int) -> CellValue:
    if column.role is Role.ANSWER:
        return 100_000.0 + number
    if column.enum:
        return column.enum[number % len(column.enum)]
    if column.type == "date":
        return date(2021, 1, 1) + timedelta(days=number)
    if column.type in ("number", "integer"):
        return min(column.minimum or 0.0, 0.0) + number
    return f"mot {number}"
