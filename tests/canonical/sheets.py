"""Small sheets for tests, typed as rows of values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from cvsheet.files.grid.model import Cell, CellKind, Grid, Sheet

Content = str | float | bool | date | None


def sheet_of(name: str, *rows: Sequence[Content], first_row: int = 1) -> Sheet:
    """A sheet that holds `rows` from `first_row` on; None leaves a cell empty."""
    cells = {
        number: {
            column: cell_of(number, column, value) for column, value in enumerate(row, start=1) if value is not None
        }
        for number, row in enumerate(rows, start=first_row)
    }
    return Sheet(name, False, {number: row for number, row in cells.items() if row})


def cell_of(row: int, column: int, value: Content) -> Cell:
    if isinstance(value, bool):
        return Cell(row, column, CellKind.BOOLEAN, value, str(int(value)))
    if isinstance(value, date):
        day = datetime(value.year, value.month, value.day)
        return Cell(row, column, CellKind.DATE, day, str((day - datetime(1899, 12, 30)).days))
    if isinstance(value, str):
        return Cell(row, column, CellKind.TEXT, value, value)
    return Cell(row, column, CellKind.NUMBER, float(value), repr(value))  # type: ignore[arg-type]


def grid_of(*sheets: Sheet) -> Grid:
    return Grid("contrat.xlsx", "xlsx", sheets, "0" * 64)
