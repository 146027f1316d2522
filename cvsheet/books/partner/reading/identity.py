"""Whose workbook is it: the hidden sheet, recognised by what it holds, and the small print, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cvsheet.books.partner.identity import (
    HIDDEN_SHEET,
    SIGN,
    identity_from_pairs,
    identity_from_print,
    known_columns,
    known_texts,
    normal_text,
)
from cvsheet.books.partner.questions import Question, questions_from_pairs
from cvsheet.files.addresses import cell_name
from cvsheet.files.grid.model import Cell, CellKind, Grid, Sheet
from cvsheet.model.submission import Identity, StructureFact, StructureKind
from cvsheet.schema.roles import ACTIONS, line_tables
from cvsheet.schema.tables import load_table
from cvsheet.text.numerals import tidy

_LONGEST_PRINT = 400  # characters
_HIDDEN_ROWS = 100  # of a sheet, looked at for the identity


@dataclass(frozen=True, slots=True)
class FoundIdentity:
    """The identity, the sheets that carry it (names, empty where there is none) and what is to be said of it.

    `texts` are the fingerprints of the fixed texts of the workbook, as its hidden sheet lists them; `questions` are
    those that an earlier correction asked, `columns` those of each table when the workbook was made.
    """

    identity: Identity | None
    hidden_sheet: str
    printed_sheet: str
    texts: frozenset[str]
    facts: tuple[StructureFact, ...]
    questions: tuple[Question, ...] = ()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def find_identity(grid: Grid) -> FoundIdentity:
    """The hidden identity counts, the printed one where that is gone; both, different, are a conflict."""
    hidden_sheet, hidden, pairs = next(_hidden(grid), ("", None, {}))
    printed = tuple(_printed(grid))
    odd = [found for found in printed if hidden is not None and found[2] != hidden]
    odd += [found for found in printed[1:] if hidden is None and found[2] != printed[0][2]]
    identity = hidden or (printed[0][2] if printed else None)
    facts: tuple[StructureFact, ...] = ()
    if odd and identity is not None:
        sheet, cell, other = odd[0]
        facts = (_fact(StructureKind.IDENTITY_CONFLICT, sheet, cell, {"old": _named(identity), "new": _named(other)}),)
    elif hidden is None and printed:
        facts = (_fact(StructureKind.IDENTITY_RECOVERED, *printed[0][:2], {"lost": "hidden"}),)
    elif hidden is not None and not printed:
        facts = (_fact(StructureKind.IDENTITY_RECOVERED, hidden_sheet, "", {"lost": "printed"}),)
    printed_sheet = printed[0][0] if printed else ""
    return FoundIdentity(
        identity, hidden_sheet, printed_sheet, known_texts(pairs), facts, questions_from_pairs(pairs), _columns(pairs)
    )


def _columns(pairs: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """The columns of each table; of workbooks made before they said them, those that all had."""
    said = known_columns(pairs)
    return said if said or not pairs else {table.name: table.former for table in (*line_tables(), load_table(ACTIONS))}


def _hidden(grid: Grid) -> Iterator[tuple[str, Identity, dict[str, str]]]:
    """The sheets that hold the keys and values of an identity, side by side, with these; under its own name first."""
    for sheet in sorted(grid.sheets, key=lambda sheet: sheet.name != HIDDEN_SHEET):
        pairs = _pairs(sheet)
        identity = identity_from_pairs(pairs)
        if identity is not None:
            yield sheet.name, identity, pairs


def _pairs(sheet: Sheet) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for row in list(sheet.rows)[:_HIDDEN_ROWS]:
        cells = list(sheet.rows[row].values())[:2]
        if len(cells) > 1:
            pairs.setdefault(_text(cells[0]), _text(cells[1]))
    return pairs


def _text(cell: Cell) -> str:
    return tidy(normal_text(cell.raw if cell.value is None else cell.value))


def _printed(grid: Grid) -> Iterator[tuple[str, str, Identity]]:
    for sheet in grid.sheets:
        for cell in sheet.cells():
            if cell.kind is CellKind.TEXT and SIGN in cell.raw and len(cell.raw) <= _LONGEST_PRINT:
                identity = identity_from_print(tidy(cell.raw))
                if identity is not None:
                    yield sheet.name, cell_name(cell.row, cell.column), identity


def _named(identity: Identity) -> str:
    return f"{identity.contract} · {identity.campaign} · {identity.partner}"


def _fact(kind: StructureKind, sheet: str, cell: str, facts: dict[str, str]) -> StructureFact:
    return StructureFact(kind, sheet, cell, facts=dict(facts))
