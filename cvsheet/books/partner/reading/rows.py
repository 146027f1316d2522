"""Which row answers for which code: by its code, or by its texts where the code was erased or damaged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cvsheet.books.partner.reading.expected import (
    Expected,
    ExpectedRow,
    Signature,
    TableKind,
    code_key,
    comparable,
)
from cvsheet.books.partner.reading.layout import Layout
from cvsheet.books.partner.reading.more_actions import more_actions, more_actions_facts
from cvsheet.books.partner.reading.placed import PlacedRow
from cvsheet.files.addresses import cell_name
from cvsheet.files.values import is_blank, shown
from cvsheet.model.findings import Fact
from cvsheet.model.groups import grouped
from cvsheet.model.submission import StructureFact, StructureKind
from cvsheet.schema.tables import Role, fold

NAMING = {TableKind.INDICATORS: "mesure", TableKind.ACTIONS: "action"}
"""The column without which no row is known by its texts where the codes of a whole table are gone."""


def label_columns(layout: Layout) -> tuple[str, ...]:
    """The columns of the table that tell what a row is about, as far as they are there."""
    return tuple(name for name in layout.table.names(Role.LABEL) if name in layout.columns)


def labels_at(layout: Layout, row: int, names: tuple[str, ...]) -> Signature:
    """What a row says that it is about, in the columns `names`."""
    cells = (layout.sheet.cell(row, layout.columns[name]) for name in names)
    return tuple(comparable(cell.value) if cell else "" for cell in cells)


@dataclass(frozen=True, slots=True)
class Rows:
    """Every row with a code: `placed` in the order of the file, once per code; the further ones in `again`."""

    placed: tuple[PlacedRow, ...]
    again: tuple[tuple[PlacedRow, PlacedRow], ...]  # first, further
    unknown: tuple[tuple[Layout, int], ...]  # rows with a code that is none of ours
    uncoded: tuple[tuple[Layout, int], ...]  # rows within a table without a code, in which something was answered
    facts: tuple[StructureFact, ...]


def place_rows(layouts: Sequence[Layout], expected: Expected) -> Rows:
    """Attribute the rows of all `layouts`."""
    first: dict[str, PlacedRow] = {}
    again: list[tuple[PlacedRow, PlacedRow]] = []
    others: list[tuple[Layout, int]] = []
    for layout in layouts:
        if "code" not in layout.columns:
            others += [(layout, row) for row in layout.rows if NAMING[layout.kind] in layout.columns]
            continue
        for row in layout.rows:
            key = code_key(_code(layout, row))
            found = expected.rows.get(key)
            if found is None or found.kind is not layout.kind:
                others.append((layout, row))
            elif key in first:
                again.append((first[key], PlacedRow(layout, row, found)))
            else:
                first[key] = PlacedRow(layout, row, found)
    missing = [row for key, row in expected.rows.items() if key not in first]
    recovered = tuple(_recovered(others, missing))
    recovered += tuple(_free_rows(layouts, (*first.values(), *recovered), missing, expected.band_lines))
    copies = [further for one, further in again if not one.expected.row.complementary or _is_copy(one, further)]
    more = tuple(more_actions(layouts, (*first.values(), *recovered, *copies), expected))
    again = [(one, further) for one, further in again if _key((further.layout, further.row)) not in _rows_of(more)]
    taken = _rows_of((*recovered, *more))
    unknown = tuple(one for one in others if _key(one) not in taken and expected.looks_like_a_code(_code(*one)))
    placed = (*first.values(), *recovered, *more)
    uncoded = tuple(_uncoded([one for one in others if one not in unknown and _key(one) not in taken], placed))
    facts = (
        *(_code_lost(row) for row in recovered if "code" in row.layout.columns),
        *_codes_recovered(recovered),
        *more_actions_facts(more),
        *(_unknown(layout, row) for layout, row in unknown),
        *(_without_code(layout, row) for layout, row in uncoded),
        *(_twice(*pair) for pair in again),
    )
    return Rows(placed, tuple(again), unknown, uncoded, facts)


def missing_facts(rows: Rows, expected: Expected, codeless: Mapping[str, StructureFact]) -> Iterator[StructureFact]:
    """What was sent and did not come back: whole sheets (or, in those of `codeless`, their codes), else single lines.
    Free rows may go."""
    present = {placed.expected.row.code for placed in rows.placed}
    sheets = {placed.expected.row.code: placed.layout.sheet.name for placed in rows.placed}
    for sheet in expected.sheets:
        written = [row for row in sheet.rows if not row.complementary]
        if not written:
            continue
        lost = [row.code for row in written if row.code not in present]
        if len(lost) == len(written):
            facts: dict[str, Fact] = {"expected": sheet.name, "count": len(lost)}
            codes = codeless.get(fold(sheet.name))
            yield (
                replace(codes, facts={**codes.facts, **facts})
                if codes
                else StructureFact(StructureKind.SHEET_MISSING, sheet.name, facts=facts)
            )
            continue
        place = next(sheets[row.code] for row in written if row.code in present)
        yield from (StructureFact(StructureKind.LINE_MISSING, place, line=code) for code in lost)


def codeless_sheets(layouts: Sequence[Layout], rows: Rows, expected: Expected) -> dict[str, StructureFact]:
    """The sheets that still have their name and titles, but no column of codes: folded name -> the fact about it."""
    names = {fold(sheet.name) for sheet in expected.sheets}
    answered = {placed.layout.sheet.name for placed in rows.placed}
    lost = [
        (fold(layout.sheet.name), fact)
        for layout in layouts
        if "code" not in layout.columns and layout.sheet.name not in answered
        for fact in layout.facts
        if fact.kind is StructureKind.COLUMN_MISSING and fact.facts["name"] == "code"
    ]
    return {name: fact for name, fact in reversed(lost) if name in names}


def _recovered(others: Iterable[tuple[Layout, int]], missing: Sequence[ExpectedRow]) -> Iterator[PlacedRow]:
    """Rows whose code is gone, but whose texts are those of one row that is missing, and of no other row."""
    by_labels: dict[tuple[TableKind, tuple[str, ...]], dict[Signature, list[ExpectedRow]]] = {}
    for layout, row in others if missing else ():
        names = label_columns(layout)
        if (layout.kind, names) not in by_labels:
            by_labels[layout.kind, names] = _by_labels(missing, layout.kind, names)
        candidates = by_labels[layout.kind, names].get(labels_at(layout, row, names), [])
        if len(candidates) == 1:
            yield PlacedRow(layout, row, candidates.pop())


def _free_rows(
    layouts: Sequence[Layout], known: Sequence[PlacedRow], missing: Sequence[ExpectedRow], band_lines: frozenset[str]
) -> Iterator[PlacedRow]:
    """The rows for complementary actions of tables that lost their codes: those below the `known` actions, in order,
    the `band_lines` between them aside."""
    sheets = {one.layout.sheet.name: one.expected.sheet for one in known}
    for layout in layouts:
        if layout.kind is not TableKind.ACTIONS or "code" in layout.columns:
            continue
        last = max((one.row for one in known if one.layout is layout), default=layout.header_row)
        written = sheets.get(layout.sheet.name)
        free = [row for row in missing if row.row.complementary and row.sheet == written]
        names = label_columns(layout)
        below = [row for row in layout.rows if row > last and band_lines.isdisjoint(labels_at(layout, row, names))]
        yield from (PlacedRow(layout, row, expected) for row, expected in zip(below, free, strict=False))


def _by_labels(
    rows: Sequence[ExpectedRow], kind: TableKind, names: tuple[str, ...]
) -> dict[Signature, list[ExpectedRow]]:
    asked = (row for row in rows if row.kind is kind and not row.row.complementary)
    return grouped((row.labels(names), row) for row in asked)


def _uncoded(others: Sequence[tuple[Layout, int]], placed: Sequence[PlacedRow]) -> Iterator[tuple[Layout, int]]:
    """The rows of `others` that stand within the rows of their table or right below them, with an answer: a row that
    was inserted, a subtotal. What stands further down is a note."""
    below = {id(one.layout): one.row + 1 for one in sorted(placed, key=lambda one: one.row)} if others else {}
    for layout, row in others:
        end = below.get(id(layout), 0)
        if row == end:
            below[id(layout)] = end + 1
        if row <= end and is_answered(layout, row):
            yield layout, row


def is_answered(layout: Layout, row: int) -> bool:
    """Whether anything but a remark is typed in the input columns of the row."""
    names = [column.name for column in layout.table.columns if column.input and not column.remark]
    cells = (layout.sheet.cell(row, layout.columns[name]) for name in names if name in layout.columns)
    return any(not is_blank(cell) for cell in cells)


def _rows_of(placed: Iterable[PlacedRow]) -> set[tuple[str, int]]:
    return {(one.layout.sheet.name, one.row) for one in placed}


def _key(row: tuple[Layout, int]) -> tuple[str, int]:
    return row[0].sheet.name, row[1]


def _code(layout: Layout, row: int) -> str:
    cell = layout.sheet.cell(row, layout.columns["code"]) if "code" in layout.columns else None
    return "" if cell is None or is_blank(cell) else shown(cell)


def _code_lost(placed: PlacedRow) -> StructureFact:
    code = placed.expected.row.code
    title, found = placed.layout.table.column("code").title, _code(placed.layout, placed.row)
    facts = {"column": title, "name": "code", "old": code, "new": found}
    return StructureFact(StructureKind.LOCKED_CHANGED, placed.layout.sheet.name, placed.name("code"), code, {**facts})


def _codes_recovered(rows: Sequence[PlacedRow]) -> Iterator[StructureFact]:
    """One fact per table that lost its column of codes, its rows known by their texts."""
    counts = Counter(id(row.layout) for row in rows if "code" not in row.layout.columns)
    for layout in {id(row.layout): row.layout for row in rows}.values():
        if counts[id(layout)]:
            facts: dict[str, Fact] = {"column": layout.table.column("code").title, "count": counts[id(layout)]}
            place = cell_name(layout.header_row, min(layout.columns.values())) if layout.header_row else ""
            yield StructureFact(StructureKind.CODES_RECOVERED, layout.sheet.name, place, facts=facts)


def _unknown(layout: Layout, row: int) -> StructureFact:
    code = _code(layout, row)
    place = cell_name(row, layout.columns["code"])
    return StructureFact(StructureKind.LINE_UNKNOWN, layout.sheet.name, place, facts={"found": code})


def _without_code(layout: Layout, row: int) -> StructureFact:
    place = cell_name(row, layout.columns.get("code", min(layout.columns.values())))
    cells = (cell for _, cell in sorted(layout.sheet.rows[row].items()) if not is_blank(cell))
    found = " · ".join(shown(cell).strip() for cell in cells if cell.formula is None)
    return StructureFact(StructureKind.ROW_WITHOUT_CODE, layout.sheet.name, place, facts={"found": found})


def _twice(first: PlacedRow, further: PlacedRow) -> StructureFact:
    """Both rows with what was typed in them; `identical` says whether that is the same."""
    typed, typed_again = _typed(first), _typed(further)
    return StructureFact(
        StructureKind.LINE_TWICE,
        further.layout.sheet.name,
        further.name("code"),
        first.expected.row.code,
        {
            "first_sheet": first.layout.sheet.name,
            "first_cell": first.name("code"),
            "first": typed,
            "second": typed_again,
            "identical": typed == typed_again,
        },
    )


def _is_copy(first: PlacedRow, further: PlacedRow) -> bool:
    """Whether two free rows with one code say the same; a row copied to type another action in it does not."""
    texts = [[shown(cell) for cell in (one.cell("action"), one.cell("objectif")) if cell] for one in (first, further)]
    return texts[0] == texts[1] and _typed(first) == _typed(further)


def _typed(placed: PlacedRow) -> str:
    """What a row holds in its input columns, as one text."""
    names = [column.name for column in placed.layout.table.columns if column.input]
    cells = [cell for name in names if (cell := placed.cell(name)) is not None and not is_blank(cell)]
    return " · ".join(shown(cell).strip() for cell in cells)
