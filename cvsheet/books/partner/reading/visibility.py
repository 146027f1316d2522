"""What nobody sees of what a partner typed: hidden sheets, rows and columns; signs that show nothing, which are left
out of what is read.

Marks of direction come with a copy from some programs, zero-width spaces and soft hyphens from web pages. They make two
texts that look alike different, and can make a text read backwards where it is shown next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cvsheet.books.partner.reading.placed import PlacedRow
from cvsheet.files.addresses import cell_name
from cvsheet.files.grid.model import Cell, CellKind
from cvsheet.files.values import is_blank
from cvsheet.model.findings import Fact
from cvsheet.model.groups import grouped
from cvsheet.model.submission import StructureFact, StructureKind
from cvsheet.text.numerals import legible

MOST_LINES = 10  # named in a fact


def visibility_facts(rows: Sequence[PlacedRow]) -> Iterator[StructureFact]:
    """One fact per hidden sheet with lines in it; else one for its hidden rows and one per hidden input column."""
    for name, group in grouped((placed.layout.sheet.name, placed) for placed in rows).items():
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


def invisible_facts(placed: Iterable[PlacedRow]) -> Iterator[StructureFact]:
    """One fact per filled input cell that holds such signs, with what is read of it."""
    for row in placed:
        for column in row.layout.table.columns:
            cell = row.cell(column.name) if column.input or row.expected.row.complementary else None
            if cell is not None and _holds_marks(cell):
                place = cell_name(cell.row, cell.column)
                facts = {"found": legible(cell.raw).strip()}
                code = row.expected.row.code
                yield StructureFact(StructureKind.INVISIBLE_MARKS, row.layout.sheet.name, place, code, facts)


def _holds_marks(cell: Cell) -> bool:
    if cell.kind is not CellKind.TEXT or cell.raw.isascii() or is_blank(cell):
        return False
    return legible(cell.raw) != cell.raw
