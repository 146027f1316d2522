"""Were the locked cells of a row changed, or do its texts belong to another code?

The row's own fingerprint is asked first: where it fits what stands in the row, nothing was changed, even if the
contract was since.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from cvsheet.books.partner.identity import row_fingerprint, row_mark
from cvsheet.books.partner.reading.expected import Expected, Signature, comparable
from cvsheet.books.partner.reading.layout import FINGERPRINT
from cvsheet.books.partner.reading.placed import PlacedRow
from cvsheet.books.partner.reading.rows import is_answered, label_columns, labels_at
from cvsheet.files.grid.model import Cell
from cvsheet.files.values import shown
from cvsheet.model.findings import Fact
from cvsheet.model.submission import StructureFact, StructureKind
from cvsheet.schema.roles import name_of, named
from cvsheet.schema.tables import Role
from cvsheet.text.numerals import number_in, tidy

_Owners = Mapping[Signature, str]  # texts of a row -> its code


def locked_facts(rows: Sequence[PlacedRow], expected: Expected) -> Iterator[StructureFact]:
    """One fact per row whose texts are another's, one per locked cell that was changed."""
    owners: dict[tuple[str, tuple[str, ...]], _Owners] = {}
    for placed in rows:
        if _untouched(placed):
            continue
        made_for = _made_for(placed, expected)
        if made_for is not None:
            yield from _pasted(placed, made_for)
            continue
        owner = _owner(placed, expected, owners)
        if owner:
            yield _fact(
                StructureKind.ROWS_SHUFFLED, placed, "code", {"expected": placed.expected.row.code, "found": owner}
            )
        else:
            yield from _changes(placed)


def _owner(placed: PlacedRow, expected: Expected, owners: dict[tuple[str, tuple[str, ...]], _Owners]) -> str:
    """The code of the other row whose texts stand in the row: all of them, or those that are seen, where what is hidden
    stayed behind; empty where they are its own or nobody's."""
    every = label_columns(placed.layout)
    seen = tuple(name for name in every if not placed.layout.table.column(name).hidden)
    for names in dict.fromkeys((every, seen)):
        key = (placed.layout.kind.value, names)
        if key not in owners:
            owners[key] = _owners(expected, placed, names)
        labels = labels_at(placed.layout, placed.row, names)
        if labels == placed.expected.labels(names):
            return ""
        if owner := owners[key].get(labels, ""):
            return owner
    return ""


def locked_text(placed: PlacedRow, name: str) -> bool:
    """Whether the locked cell `name` of the row still holds what the contract says."""
    return _same(placed.expected.row.locked.get(name), placed.cell(name))


def _untouched(placed: PlacedRow) -> bool:
    mark, content = _marked(placed)
    return bool(mark) and mark in _own_marks(placed, content)


def _own_marks(placed: PlacedRow, content: Sequence[object]) -> Iterator[str]:
    """The marks that a row of this workbook with `content` may bear: that of today, and that of older workbooks, which
    did not know the partner."""
    yield row_mark(*placed.expected.row.owner, content)
    yield row_fingerprint(content)


def _marked(placed: PlacedRow) -> tuple[str, tuple[object, ...]]:
    """The mark of the row and the content of its locked cells; no mark where it, or one of them, is gone."""
    printed, columns, cells = placed.cell("empreinte"), placed.layout.columns, placed.layout.sheet.rows[placed.row]
    places = [columns.get(name) for name in placed.expected.row.locked]
    if printed is None or None in places:
        return "", ()
    return tidy(printed.raw), tuple(_content(cells.get(place)) for place in places if place is not None)


def _made_for(placed: PlacedRow, expected: Expected) -> tuple[str, str] | None:
    """The campaign and partner of the other workbook for which the row was made as it stands; None where it was for
    none, or nobody can tell."""
    mark, content = _marked(placed)
    if not FINGERPRINT.fullmatch(mark):
        return None
    contract = placed.expected.row.owner[0]
    owners = ((year, partner) for partner in expected.framework.partner for year in expected.framework.campaign)
    return next((owner for owner in owners if mark == row_mark(contract, *owner, content)), None)


def _pasted(placed: PlacedRow, made_for: tuple[str, str]) -> Iterator[StructureFact]:
    """What to say of a row that was made for another workbook: nothing, as long as it holds no answer."""
    campaign, partner = made_for
    if not is_answered(placed.layout, placed.row):
        return
    if partner != placed.expected.row.owner[-1]:
        yield _fact(StructureKind.ROW_OF_ANOTHER, placed, "code", {})
    else:
        yield _fact(StructureKind.ROW_OF_ANOTHER_CAMPAIGN, placed, "code", {"found": campaign})


def _content(cell: Cell | None) -> object:
    return None if cell is None else cell.raw if cell.value is None else cell.value


def _owners(expected: Expected, placed: PlacedRow, names: tuple[str, ...]) -> _Owners:
    kind = placed.layout.kind
    rows = [row for row in expected.rows.values() if row.kind is kind and not row.row.complementary]
    times = Counter(row.labels(names) for row in rows)
    return {row.labels(names): row.row.code for row in rows if times[row.labels(names)] == 1} if names else {}


def _changes(placed: PlacedRow) -> Iterator[StructureFact]:
    found = False
    for name, old in placed.expected.row.locked.items():
        if name in named(Role.FORMER, Role.CODE) or name not in placed.layout.columns or _same(old, placed.cell(name)):
            continue
        found = True
        yield _change(placed, name, _written(old))
    if not found and _former_value_changed(placed):
        yield _change(placed, name_of(Role.FORMER), "")


def _former_value_changed(placed: PlacedRow) -> bool:
    """Whether, all else being as written, the former value is what no longer fits the row's fingerprint: it is the
    partner's own, the framework does not hold it."""
    former = name_of(Role.FORMER)
    locked, printed = placed.expected.row.locked, placed.cell("empreinte")
    if former not in locked or former not in placed.layout.columns or printed is None:
        return False
    values = {**locked, former: _content(placed.cell(former))}
    mark = tidy(printed.raw)
    return FINGERPRINT.fullmatch(mark) is not None and mark not in _own_marks(placed, tuple(values.values()))


def _same(old: object, cell: Cell | None) -> bool:
    new = _content(cell)
    if isinstance(old, int | float) and isinstance(new, str):
        return number_in(new) == old
    return comparable(_composed(old)) == comparable(_composed(new))


def _composed(value: object) -> object:
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _written(old: object) -> str:
    return f"{old:.15g}".replace(".", ",") if isinstance(old, int | float) else str(old or "")


def _change(placed: PlacedRow, name: str, old: str) -> StructureFact:
    cell = placed.cell(name)
    column = placed.layout.table.column(name)
    facts: dict[str, Fact] = {"column": column.title, "name": name, "old": old, "new": shown(cell) if cell else ""}
    if column.hidden:
        facts["hidden"] = True
    return _fact(StructureKind.LOCKED_CHANGED, placed, name, facts)


def _fact(kind: StructureKind, placed: PlacedRow, column: str, facts: Mapping[str, Fact]) -> StructureFact:
    return StructureFact(kind, placed.layout.sheet.name, placed.name(column), placed.expected.row.code, dict(facts))
