"""What cvsheet itself leaves in a workbook: the signs of its own saving, and what the Excel add-in puts there while it
shows its findings, a sheet and notes, none of them an answer.

These are recognised by their words, which survive saving in any program, and taken out before anything is read: a file
sent on with its marks is judged like the same file without.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from cvsheet.files.grid.model import Grid, Sheet

SHEET = "Constats cvsheet"
TITLE = "Constats de cvsheet dans ce classeur"
NOTE_PREFIX = "cvsheet · "
OUR_PRODUCER = "Microsoft Excel"  # what XlsxWriter says of itself


def saved_by_another(grid: Grid) -> bool:
    """Whether another program saved the workbook: cvsheet's own are dated at midnight, under the name of Excel."""
    ours = grid.saved_at is not None and grid.saved_at.time() == time() and grid.producer == OUR_PRODUCER
    return not ours


def without_marks(grid: Grid) -> Grid:
    """`grid` as its author left it."""
    kept = tuple(_without_notes(sheet) for sheet in grid.sheets if not is_findings_sheet(sheet))
    return replace(grid, sheets=kept)


def is_findings_sheet(sheet: Sheet) -> bool:
    """Whether the add-in made `sheet`: its title stands in the first cell."""
    first = sheet.cell(1, 1)
    return first is not None and first.value == TITLE


def _without_notes(sheet: Sheet) -> Sheet:
    notes = {place: text for place, text in sheet.notes.items() if not text.startswith(NOTE_PREFIX)}
    return sheet if len(notes) == len(sheet.notes) else replace(sheet, notes=notes)
