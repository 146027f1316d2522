"""Where the two tables stand in a sheet: by their titles, and by what stands below where titles are damaged."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from cvsheet.books.partner.reading.expected import Expected, TableKind, code_key, comparable
from cvsheet.files.addresses import cell_name
from cvsheet.files.grid.model import Cell, CellKind, Sheet
from cvsheet.files.headers import FoundTable, find_tables, title_text
from cvsheet.files.values import is_blank
from cvsheet.model.findings import Fact
from cvsheet.model.submission import Quantity, StructureFact, StructureKind
from cvsheet.schema.roles import name_of
from cvsheet.schema.tables import Column, Role, Table, fold

ALIKE = 0.6  # of two titles, as difflib measures it: « Valeurs 2021 » for « Valeur »
INTERNAL = (Role.MARK, Role.CONTROL)  # columns that the partner need not keep
FINGERPRINT = re.compile("[0-9a-f]{12}")

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Layout:
    """One table in a sheet: its columns by name, and the rows from `first_row` to `last_row`, bounds included.

    `header_row` is 0 where the header is gone; `facts` is what was noticed on the way.
    """

    sheet: Sheet
    kind: TableKind
    table: Table
    header_row: int
    first_row: int
    last_row: int
    columns: Mapping[str, int]
    facts: tuple[StructureFact, ...] = ()

    @property
    def rows(self) -> list[int]:
        """The rows that hold something, in order."""
        return [row for row in self.sheet.rows if self.first_row <= row <= self.last_row]


def layouts_of(sheet: Sheet, expected: Expected) -> tuple[Layout, ...]:
    """The tables in `sheet`, from top to bottom."""
    kinds = {table.name: kind for kind, table in expected.tables.items()}
    titled = [
        _from_titles(table, kinds[table.table.name], expected)
        for table in find_tables(sheet, tuple(expected.tables.values()))
    ]
    missing = [kind for kind in TableKind if all(layout.kind is not kind for layout in titled)]
    bare = [layout for kind in missing if (layout := _from_codes(sheet, kind, expected)) is not None]
    return tuple(sorted([*(_above(layout, bare) for layout in titled), *bare], key=lambda layout: layout.first_row))


def _above(layout: Layout, bare: Sequence[Layout]) -> Layout:
    """`layout` ending where a table without header begins below it."""
    below = [other.first_row - 1 for other in bare if other.first_row > layout.header_row]
    return replace(layout, last_row=min([layout.last_row, *below]))


def _from_titles(found: FoundTable, kind: TableKind, expected: Expected) -> Layout:
    """The layout of a table whose header row stands; columns with a damaged title are found by their neighbours."""
    columns = dict(found.columns)
    rows = [row for row in found.sheet.rows if found.header_row < row <= found.last_row]
    if "code" not in columns and (place := _code_column(found.sheet, rows, kind, expected)):
        columns["code"] = place
    order = _order(expected.orders[kind], found.columns)
    columns = _with_neighbours(found.table, order, columns, found.sheet, found.header_row, rows)
    facts: list[StructureFact] = []
    for column in found.table.columns:
        if column.name in found.columns or (column.role in INTERNAL and column.name not in columns):
            continue
        if column.name not in order:
            continue  # the workbook was made without it
        facts.append(_column_fact(found, column, columns.get(column.name), expected))
    facts += [_fact(StructureKind.COLUMN_TWICE, found, name) for name in found.twice]
    facts += [_fact(StructureKind.COLUMN_MOVED, found, name) for name in _moved(order, found.columns)]
    facts += _added_columns(found, columns, rows)
    header = found.header_row
    return Layout(found.sheet, kind, found.table, header, header + 1, found.last_row, columns, tuple(facts))


def _from_codes(sheet: Sheet, kind: TableKind, expected: Expected) -> Layout | None:
    """The layout of a table whose header row is gone, from the codes and texts in its columns; None without codes,
    or where nothing tells in which column the answers stand."""
    code = _code_column(sheet, sheet.rows, kind, expected)
    if code is None:
        return None
    table = expected.tables[kind]
    rows = [row for row, cells in sheet.rows.items() if _kind(cells.get(code), expected) is kind]
    columns = _by_content(sheet, rows, code, kind, expected)
    if len(columns) > 1:
        columns = _with_neighbours(table, _order(expected.orders[kind], columns), columns, sheet, 0, rows)
    order = _order(expected.orders[kind], columns)
    lost = [column for column in table.columns if column.input and column.name in {*order} - {*columns}]
    if len(lost) == sum(column.input for column in table.columns):
        return None  # codes alone: a list, or a table turned on its side
    place = cell_name(rows[0], code)
    facts = [StructureFact(StructureKind.HEADER_RECOVERED, sheet.name, place, facts={"found": table.title})]
    facts += [StructureFact(StructureKind.COLUMN_MISSING, sheet.name, place, facts=_named(one)) for one in lost]
    return Layout(sheet, kind, table, 0, min(rows), max(rows), columns, tuple(facts))


def _code_column(sheet: Sheet, rows: Iterable[int], kind: TableKind, expected: Expected) -> int | None:
    """The column in which most codes of `kind` stand, None where there is none."""
    cells = (cell for row in rows for cell in sheet.rows[row].values() if cell.kind is CellKind.TEXT)
    seen = Counter(cell.column for cell in cells if _kind(cell, expected) is kind)
    return max(seen, key=lambda column: (seen[column], -column)) if seen else None


def _kind(cell: Cell | None, expected: Expected) -> TableKind | None:
    """Of the row whose code stands in `cell`."""
    if cell is None or cell.kind is not CellKind.TEXT:
        return None
    found = expected.rows.get(code_key(cell.raw))
    return found.kind if found else None


def _by_content(sheet: Sheet, rows: list[int], code: int, kind: TableKind, expected: Expected) -> dict[str, int]:
    """The locked columns that hold what was written in them in at least half of `rows`."""
    table = expected.tables[kind]
    mark, labels = name_of(Role.MARK), table.names(Role.LABEL)
    seen: dict[str, Counter[int]] = {name: Counter() for name in (mark, *labels)}
    for row in rows:
        locked = expected.rows[code_key(sheet.rows[row][code].raw)].row.locked
        for column, cell in sheet.rows[row].items():
            if FINGERPRINT.fullmatch(cell.raw):
                seen[mark][column] += 1
            for name in labels:
                if name in locked and comparable(cell.value) == comparable(locked[name]):
                    seen[name][column] += 1
    found = {"code": code}
    for name, columns in seen.items():
        best = max(columns, key=lambda column: (columns[column], -column), default=0)
        if best and best not in found.values() and 2 * columns[best] >= len(rows):
            found[name] = best
    return found


def _order(orders: Sequence[tuple[str, ...]], columns: Mapping[str, int]) -> tuple[str, ...]:
    """The one of `orders` in which the columns stand, or most of them."""
    return min(orders, key=lambda order: len(_moved(order, columns)))


def _with_neighbours(
    table: Table, order: Sequence[str], known: Mapping[str, int], sheet: Sheet, header_row: int, rows: Iterable[int]
) -> dict[str, int]:
    """`known` and the columns that, in their `order`, can only stand in one place: where both neighbours leave exactly
    that room.

    At the edge of the table there is one neighbour: then the title must be alike, or gone with something below.
    """
    filled = {column for row in rows for column, cell in sheet.rows[row].items() if not is_blank(cell)}
    places = {position: known[name] for position, name in enumerate(order) if name in known}
    columns = dict(known)
    for position, name in enumerate(order):
        column = table.column(name)
        if name in known:
            continue
        left = [place + position - at for at, place in places.items() if at < position][-1:]
        right = [place + position - at for at, place in places.items() if at > position][:1]
        guesses = {*left, *right}
        place = guesses.pop()
        if guesses or place < 1 or place in columns.values():
            continue
        title = sheet.cell(header_row, place)
        edge_is_right = _alike(title_text(title), column.title) if title else place in filled or not header_row
        if (left and right) or edge_is_right:
            columns[column.name] = place
    return columns


def _alike(found: str, title: str) -> bool:
    return SequenceMatcher(None, fold(found), fold(title)).ratio() >= ALIKE


def _moved(order: Sequence[str], columns: Mapping[str, int]) -> list[str]:
    """The fewest columns without which the others stand in `order`."""
    names = [name for name in order if name in columns]
    ends: list[int] = []  # the smallest place at which an increasing run of each length ends
    runs: list[tuple[str, ...]] = []
    for name in names:
        length = bisect_left(ends, columns[name])
        run = (*(runs[length - 1] if length else ()), name)
        ends[length : length + 1], runs[length : length + 1] = [columns[name]], [run]
    return [name for name in names if name not in runs[-1]] if runs else []


def _column_fact(found: FoundTable, column: Column, place: int | None, expected: Expected) -> StructureFact:
    """A column whose title was not found: recovered at `place`, or missing."""
    if place is None:
        return _fact(StructureKind.COLUMN_MISSING, found, column.name)
    cell = found.sheet.rows[found.header_row].get(place)
    title = title_text(cell) if cell else ""
    facts: dict[str, Fact] = {"column": column.title, "name": column.name, "found": title}
    year = str(expected.framework.campaign[expected.identity.campaign].year)
    if column.quantity == Quantity.VALUE and _YEAR.search(title) and year not in _YEAR.findall(title):
        facts["expected"] = year
    return StructureFact(
        StructureKind.COLUMN_RENAMED, found.sheet.name, cell_name(found.header_row, place), facts=facts
    )


def _added_columns(found: FoundTable, columns: Mapping[str, int], rows: Sequence[int]) -> Iterator[StructureFact]:
    """The columns beside ours that are called like one of answers (« Valeur corrigée ») and hold figures."""
    answers = [column for column in found.table.columns if column.role is Role.ANSWER and column.name in columns]
    known = {fold(column.title) for column in found.table.columns}
    for title, place in found.extras.items():
        if place in columns.values() or fold(title_text(found.sheet.rows[found.header_row][place])) in known:
            continue  # ours under another title, or twice: facts of their own say so
        alike = next((column for column in answers if fold(column.title) in fold(title)), None)
        cells = (found.sheet.cell(row, place) for row in rows)
        count = sum(cell is not None and isinstance(cell.value, int | float) for cell in cells)
        if alike is not None and count:
            facts: dict[str, Fact] = {"column": alike.title, "found": title, "count": count}
            at = cell_name(found.header_row, place)
            yield StructureFact(StructureKind.COLUMN_ADDED, found.sheet.name, at, facts=facts)


def _fact(kind: StructureKind, found: FoundTable, name: str) -> StructureFact:
    column = found.table.column(name)
    place = found.columns.get(name, min(found.columns.values()))
    return StructureFact(
        kind,
        found.sheet.name,
        cell_name(found.header_row, place),
        facts=_named(column),
    )


def _named(column: Column) -> dict[str, Fact]:
    """A column as facts name it. A baseline or target is `locked` where the campaign does not ask for it."""
    locked: dict[str, Fact] = {"locked": True} if column.role is Role.GOAL else {}
    return {"column": column.title, "name": column.name, **locked}
