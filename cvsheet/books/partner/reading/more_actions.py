"""Actions of a partner's own that the three free rows had no room for: typed below the table, or in rows added to it.

Each becomes a row like the free ones, with the next code (``COMPL-EMP-4``): it is judged as they are, and a correction
has as many rows as it takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from cvsheet.books.partner.reading.expected import Expected, ExpectedRow, TableKind
from cvsheet.books.partner.reading.layout import Layout
from cvsheet.books.partner.reading.placed import PlacedRow
from cvsheet.books.partner.rows import PartnerRow, next_complementary_code
from cvsheet.files.addresses import cell_name
from cvsheet.files.values import is_blank, shown
from cvsheet.model.groups import grouped
from cvsheet.model.submission import StructureFact, StructureKind
from cvsheet.schema.tables import Role, fold

MOST_MORE = 200  # rows of one sheet: nobody has so many actions of its own; a base pasted below has
_TITLE = "action"
_SUM = re.compile(r"(?:sous[- ]?)?total", re.IGNORECASE)
_LONGEST_GAP = 2  # empty rows between the table and an action typed below it


def more_actions(layouts: Sequence[Layout], known: Sequence[PlacedRow], expected: Expected) -> Iterator[PlacedRow]:
    """The rows of actions tables, below their first free row, that are none of the `known` and report an action."""
    taken = {(one.layout.sheet.name, one.row) for one in known}
    codes = {one.expected.row.code for one in known} | {row.row.code for row in expected.rows.values()}
    for layout in layouts:
        free = [one for one in known if one.layout is layout and one.expected.row.complementary]
        if layout.kind is not TableKind.ACTIONS or not free or _TITLE not in layout.columns:
            continue
        prototype = free[0].expected
        rows = [row for row in layout.rows if row > min(one.row for one in free)]
        for row in _reporting(layout, rows, taken, max(one.row for one in free)):
            code = next_complementary_code(codes)
            codes.add(code)
            written = PartnerRow(code, {"code": code}, prototype.row.owner)
            yield PlacedRow(layout, row, ExpectedRow(written, TableKind.ACTIONS, prototype.sheet))


def more_actions_facts(rows: Iterable[PlacedRow]) -> Iterator[StructureFact]:
    """One fact per sheet with such rows, at the first."""
    for sheet, group in grouped((one.layout.sheet.name, one) for one in rows).items():
        place = cell_name(group[0].row, group[0].layout.columns[_TITLE])
        yield StructureFact(StructureKind.ACTIONS_ADDED, sheet, place, facts={"count": len(group)})


def _reporting(layout: Layout, rows: Iterable[int], taken: set[tuple[str, int]], last: int) -> Iterator[int]:
    """Those of `rows` that report an action; `last` is the last row of the table as it was sent."""
    found = 0
    for row in rows:
        if (layout.sheet.name, row) in taken:
            last = max(last, row)
        elif row - last <= _LONGEST_GAP + 1 and found < MOST_MORE and _is_report(layout, row):
            found, last = found + 1, max(last, row)
            yield row


def _is_report(layout: Layout, row: int) -> bool:
    """Whether a row names an action, and says something of it; a total is none."""
    title = layout.sheet.cell(row, layout.columns[_TITLE])
    if title is None or not isinstance(title.value, str) or is_blank(title) or _SUM.match(fold(shown(title))):
        return False
    said = (column.name for column in layout.table.columns if column.input or column.role is Role.LABEL)
    columns = (layout.columns[name] for name in said if name != _TITLE and name in layout.columns)
    return any(not is_blank(layout.sheet.cell(row, column)) for column in columns)
