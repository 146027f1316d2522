"""Comments that were typed on *Synthèse*, over the formulas that repeat those of *Bilan* there."""

from __future__ import annotations

from collections.abc import Iterator

from cvsheet.books.master.decisions import Note, Reason
from cvsheet.books.master.notes import REVIEW, text_at, text_of
from cvsheet.files.addresses import cell_name
from cvsheet.files.grid.model import CellKind, Grid, Sheet
from cvsheet.files.headers import FoundTable
from cvsheet.files.scalars import free_value
from cvsheet.model.framework import Framework
from cvsheet.schema.tables import load_table

SUMMARY, TITLE = "Synthèse", "Commentaire"


def summary_notes(grid: Grid, tables: tuple[FoundTable, ...], framework: Framework) -> Iterator[Note]:
    """One on a pillar is a comment of *Bilan*; one on an indicator has lost its row, since the list moves."""
    own = load_table(REVIEW).column("commentaire").title
    campaigns = {text_at(found, row, "campagne") for found in tables if found.table.name == REVIEW
                 for row in range(found.header_row + 1, found.last_row + 1)} - {""}  # fmt: skip
    for sheet in grid.sheets:
        if sheet.name != SUMMARY or len(campaigns) != 1:
            continue
        for row, column in _typed(sheet):
            cell, name = sheet.cell(row, column), text_of(sheet.cell(row, 1))
            place = cell_name(row, column)
            origin = f"{grid.file}, feuille « {SUMMARY} », cellule {place}"
            value = free_value(cell)
            if code := _pillar_called(name, framework):
                yield Note(REVIEW, (*campaigns, "Pilier", code), own, value, origin)
            else:
                yield Note(SUMMARY, (name or place,), own, value, origin, Reason.ON_SUMMARY)


def _pillar_called(name: str, framework: Framework) -> str:
    """The code of the pillar of that title, or of the only one whose title begins so where it is cut short."""
    begun = [one.code for one in framework.pillars if name.endswith("…") and one.title.startswith(name[:-1])]
    named = [one.code for one in framework.pillars if one.title == name] or begun
    return named[0] if len(named) == 1 else ""


def _typed(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """The cells under a title of comments that hold no formula, where others do."""
    titles = [cell for cell in sheet.cells() if cell.kind is CellKind.TEXT and text_of(cell).startswith(TITLE)]
    titles = [cell for cell in titles if cell.formula is None and cell.column > 1]
    for column in {cell.column for cell in titles}:
        first = min(cell.row for cell in titles if cell.column == column)
        headers = {cell.row for cell in titles if cell.column == column}
        below = [cell for cell in sheet.cells() if cell.column == column and cell.row > first]
        if any(cell.formula is not None for cell in below):
            for cell in below:
                if cell.formula is None and cell.row not in headers and free_value(cell) is not None:
                    yield cell.row, column
