"""Rows for lines that are not in a table yet: free ones below it, the Excel table grown around them."""

from __future__ import annotations

from copy import copy

from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.errors import FrameworkError
from cvsheet.text.french import french_count, typeset


def free_rows(sheet: Worksheet, after: int, count: int) -> tuple[int, ...]:
    """The `count` rows below row `after`; FrameworkError where something stands in one of them."""
    rows = tuple(range(after + 1, after + 1 + count))
    taken = next((row for row in rows if not _is_free(sheet, row)), None)
    if taken is not None:
        lacking = french_count(count - (taken - after - 1), "ligne vide", "lignes vides")
        raise FrameworkError(
            typeset(
                f"La place manque, feuille « {sheet.title} » : insérez {lacking} "
                f"au-dessus de la ligne {taken}, enregistrez, puis relancez."
            )
        )
    return rows


def grow(sheet: Worksheet, header_row: int, last_row: int) -> None:
    """Make the Excel table below `header_row` reach `last_row`, with the look and the dropdowns of its last row."""
    for table in sheet.tables.values():
        left, top, right, bottom = range_boundaries(table.ref)
        if top != header_row or not (left and right and bottom) or bottom >= last_row:
            continue
        table.ref = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{last_row}"
        if table.autoFilter is not None:
            table.autoFilter.ref = table.ref
        for row in range(bottom + 1, last_row + 1):
            for column in range(left, right + 1):
                sheet.cell(row, column)._style = copy(sheet.cell(bottom, column)._style)  # type: ignore[union-attr]
        _grow_validations(sheet, left, right, bottom, last_row)


def _grow_validations(sheet: Worksheet, left: int, right: int, bottom: int, last_row: int) -> None:
    for validation in sheet.data_validations.dataValidation:
        for area in list(validation.sqref.ranges):
            if area.max_row == bottom and left <= area.min_col and area.max_col <= right:
                below = CellRange(min_col=area.min_col, max_col=area.max_col, min_row=bottom + 1, max_row=last_row)
                validation.sqref.add(below)


def _is_free(sheet: Worksheet, row: int) -> bool:
    return all(cell.value is None for cell in sheet[row])
