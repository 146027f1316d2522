"""Signs that show nothing, in cells that a partner fills: they are left out of what is read, and this says so.

Marks of direction come with a copy from some programs, zero-width spaces and soft hyphens from web pages. They make two
texts that look alike different, and can make a text read backwards where it is shown next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cvsheet.books.partner.reading.placed import PlacedRow
from cvsheet.files.addresses import cell_name
from cvsheet.files.grid.model import Cell, CellKind
from cvsheet.files.values import is_blank
from cvsheet.model.submission import StructureFact, StructureKind
from cvsheet.text.numerals import legible


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
