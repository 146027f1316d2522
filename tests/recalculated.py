"""Comparing a workbook's cached formula values with LibreOffice's own."""

from __future__ import annotations

import math
from pathlib import Path

from cvsheet.files.grid import open_grid
from cvsheet.files.grid.model import Cell


def differences(written: Path, recalculated: Path) -> tuple[int, list[str]]:
    """How many formulas `written` holds, and each whose cached value is not what LibreOffice computed."""
    there = {sheet.name: sheet for sheet in open_grid(recalculated).sheets}
    count, found = 0, []
    for sheet in open_grid(written).sheets:
        for cell in sheet.cells():
            if cell.formula is None:
                continue
            count += 1
            other = there[sheet.name].cell(cell.row, cell.column)
            if not _same(cell, other):
                shown = other.raw if other else ""
                found.append(f"{sheet.name} {cell.row}:{cell.column} {cell.raw!r} != {shown!r} ={cell.formula}")
    return count, found


def _same(cell: Cell, other: Cell | None) -> bool:
    """Equal at 1e-9; a formula that yields "" comes back from LibreOffice as an empty cell."""
    if other is None or other.value in ("", None):
        return cell.value in ("", None) and (other is None or other.raw == "")
    if isinstance(cell.value, float) and isinstance(other.value, float):
        return math.isclose(cell.value, other.value, rel_tol=1e-9, abs_tol=1e-9)
    return cell.value == other.value
