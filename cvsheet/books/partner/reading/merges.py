"""Merged cells: only the first one of an area shows its value, so the others are read as empty."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from cvsheet.books.partner.reading.layout import Layout
from cvsheet.books.partner.reading.placed import PlacedRow
from cvsheet.files.addresses import cell_name
from cvsheet.files.grid.model import Merge
from cvsheet.model.submission import StructureFact, StructureKind

Merged = Mapping[tuple[str, int, int], Merge]  # sheet, row, column -> the area that the cell belongs to


def merged_cells(layouts: Sequence[Layout]) -> Merged:
    """The merged cells in the input columns of the tables."""
    found: dict[tuple[str, int, int], Merge] = {}
    for layout in layouts:
        places = [layout.columns[one.name] for one in layout.table.columns if one.name in layout.columns]
        rows = layout.rows  # those that hold something: an area may be a whole column
        for merge in layout.sheet.merges:
            columns = [place for place in places if merge.first_column <= place <= merge.last_column]
            if not columns:
                continue
            for row in rows[bisect_left(rows, merge.first_row) : bisect_right(rows, merge.last_row)]:
                found.update({(layout.sheet.name, row, column): merge for column in columns})
    return found


def covered(merged: Merged, sheet: str, row: int, column: int) -> bool:
    """Whether the cell lies under a merged area without being its first cell: nobody sees its value."""
    merge = merged.get((sheet, row, column))
    return merge is not None and (merge.first_row, merge.first_column) != (row, column)


def merge_facts(rows: Sequence[PlacedRow], merged: Merged) -> Iterator[StructureFact]:
    """One fact per line and area over its answer, at the first of the line’s own cells under it."""
    for placed in rows if merged else ():
        sheet = placed.layout.sheet.name
        # merged remarks mislead nobody
        answers = [one.name for one in placed.layout.table.columns if one.input and not one.remark]
        areas: dict[Merge, str] = {}
        for name in answers:
            key = (sheet, placed.row, placed.layout.columns.get(name, 0))
            if key in merged:
                areas.setdefault(merged[key], placed.name(name))
        for area, cell in areas.items():
            place = f"{cell_name(area.first_row, area.first_column)}:{cell_name(area.last_row, area.last_column)}"
            yield StructureFact(StructureKind.INPUT_MERGED, sheet, cell, placed.expected.row.code, {"found": place})
