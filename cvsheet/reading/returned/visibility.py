"""Answers that nobody sees: hidden sheets, hidden or filtered rows, hidden columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cvsheet.cells import cell_name
from cvsheet.reading.grid.model import Sheet
from cvsheet.reading.returned.rows import PlacedRow
from cvsheet.reading.values import is_blank
from cvsheet.submission import StructureFact, StructureKind


def visibility_facts(rows: Sequence[PlacedRow]) -> Iterator[StructureFact]:
    """One fact per hidden sheet with lines in it; else one for its hidden rows and one per hidden input column."""
    by_sheet: dict[str, list[PlacedRow]] = {}
    for placed in rows:
        by_sheet.setdefault(placed.layout.sheet.name, []).append(placed)
    for name, placed_rows in by_sheet.items():
        sheet = placed_rows[0].layout.sheet
        if sheet.hidden:
            facts = {"found": name, "count": sum(_filled(placed) for placed in placed_rows)}
            yield StructureFact(StructureKind.SHEET_HIDDEN, name, facts=facts)
            continue
        hidden = [placed for placed in placed_rows if placed.row in sheet.hidden_rows]
        if hidden:
            yield _hidden(sheet, hidden[0].name("code"), "rangées", hidden)
        for layout in {id(placed.layout): placed.layout for placed in placed_rows}.values():
            for column in layout.table.columns:
                place = layout.columns.get(column.name, 0)
                concerned = [placed for placed in placed_rows if placed.layout is layout]
                if column.input and place in sheet.hidden_columns and any(_has(one, column.name) for one in concerned):
                    yield _hidden(
                        sheet, cell_name(layout.header_row or layout.first_row, place), column.title, concerned
                    )


def _hidden(sheet: Sheet, cell: str, what: str, rows: Sequence[PlacedRow]) -> StructureFact:
    """`count` counts the lines, `answers` those in which something was typed."""
    lines = ", ".join(placed.expected.row.code for placed in rows[:10])
    facts = {"count": len(rows), "answers": sum(_filled(placed) for placed in rows), "what": what, "lines": lines}
    return StructureFact(StructureKind.ROWS_HIDDEN, sheet.name, cell, facts=facts)


def _filled(placed: PlacedRow) -> bool:
    return any(_has(placed, column.name) for column in placed.layout.table.columns if column.input)


def _has(placed: PlacedRow, column: str) -> bool:
    return not is_blank(placed.cell(column))
