"""Answers that nobody sees: hidden sheets, hidden or filtered rows, hidden columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cvsheet.books.partner.reading.placed import PlacedRow
from cvsheet.files.values import is_blank
from cvsheet.model.findings import Fact
from cvsheet.model.submission import StructureFact, StructureKind

MOST_LINES = 10  # named in a fact


def visibility_facts(rows: Sequence[PlacedRow]) -> Iterator[StructureFact]:
    """One fact per hidden sheet with lines in it; else one for its hidden rows and one per hidden input column."""
    by_sheet: dict[str, list[PlacedRow]] = {}
    for placed in rows:
        by_sheet.setdefault(placed.layout.sheet.name, []).append(placed)
    for name, group in by_sheet.items():
        sheet = group[0].layout.sheet
        if sheet.hidden:
            facts: dict[str, Fact] = {"found": name, "count": sum(map(_filled, group))}
            yield StructureFact(StructureKind.SHEET_HIDDEN, name, facts=facts)
            continue
        hidden = [placed for placed in group if placed.row in sheet.hidden_rows]
        if hidden:
            yield _hidden("rangées", hidden[0].name("code"), hidden)
        if sheet.hidden_columns:
            yield from _hidden_columns(group)


def _hidden_columns(rows: Sequence[PlacedRow]) -> Iterator[StructureFact]:
    """The hidden input columns of one sheet in which something was typed."""
    layouts = {id(one.layout): one.layout for one in rows}.values()
    hidden = rows[0].layout.sheet.hidden_columns
    columns = {
        (layout.kind, column.name): column
        for layout in layouts
        for column in layout.table.columns
        if column.input and layout.columns.get(column.name) in hidden
    }
    for (kind, name), column in columns.items():
        filled = [one for one in rows if one.layout.kind is kind and _has(one, name)]
        if filled and filled[0].layout.columns[name] in filled[0].layout.sheet.hidden_columns:
            yield _hidden(column.title, filled[0].name(name), filled)


def _hidden(what: str, cell: str, rows: Sequence[PlacedRow]) -> StructureFact:
    """`count` counts the lines, `answers` those in which something was typed."""
    lines = ", ".join(placed.expected.row.code for placed in rows[:MOST_LINES])
    facts: dict[str, Fact] = {"count": len(rows), "answers": sum(map(_filled, rows)), "what": what, "lines": lines}
    return StructureFact(StructureKind.ROWS_HIDDEN, rows[0].layout.sheet.name, cell, facts=facts)


def _filled(placed: PlacedRow) -> bool:
    return any(_has(placed, column.name) for column in placed.layout.table.columns if column.input)


def _has(placed: PlacedRow, column: str) -> bool:
    return not is_blank(placed.cell(column))
