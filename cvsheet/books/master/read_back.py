"""A former master read back: what the coordination typed in it, before a new one takes its place.

Rows are known by their key and columns by their title, so that sorting, filtering, moved columns, renamed sheets and
a save by LibreOffice change nothing. What has no key is kept as a note without a row: nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from cvsheet.books.master.data_seal import DATA, SEAL_LABEL, seal_of
from cvsheet.books.master.decisions import (
    CONTRACT_LABEL,
    DECIDED,
    DECISIONS,
    MOMENT,
    OUR_SHEETS,
    REGISTER_LABEL,
    Arbitration,
    Basis,
    DecisionKey,
    Note,
    as_text,
)
from cvsheet.books.master.notes import (
    FOLLOWED,
    ORPHANS,
    REVIEW,
    TABLES,
    added_columns,
    at,
    comment_notes,
    decided_column,
    decided_formulas,
    keyed_rows,
    margin_notes,
    origin_of,
    orphan_notes,
    overwritten_notes,
    review_notes,
    text_at,
    text_of,
)
from cvsheet.books.master.summary_notes import summary_notes
from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.files.grid import open_grid
from cvsheet.files.grid.limits import DEFAULT_LIMITS
from cvsheet.files.grid.model import Cell, Grid, Sheet
from cvsheet.files.headers import FoundTable, find_tables
from cvsheet.files.large_workbook import open_without
from cvsheet.files.looks import as_seen
from cvsheet.files.own_marks import is_findings_sheet, saved_by_another
from cvsheet.files.scalars import free_value
from cvsheet.files.values import read_number
from cvsheet.model.framework import Framework
from cvsheet.model.records import Scalar
from cvsheet.model.submission import AnswerKind
from cvsheet.schema.tables import load_table

YOUNG_SHEETS = {"Bilan": "", "Décisions": "", "Par ventilation": "Indicateurs par ventilation",
                "Synthèse détaillée": "Par pilier"}  # fmt: skip
"""Sheets that masters did not have at first, known by their table or by how a text of their first column begins: others
of these names are the coordination's own."""
WHOLE = DEFAULT_LIMITS  # of a master read with all its sheets: that of about 32,000 answers
LARGE_SHEETS = ("Données", "Contributions")  # rows by the answer: of a large master, not read back...
LONG_SHEETS = ("Conflits", "Anomalies")  # ...nor these, where that is not enough
OWN = (DATA, "journal", DECISIONS, "contributions")  # one of these makes a workbook a master

Bases = Mapping[tuple[str, str], Basis]  # campaign and line -> what was written down of a decision


@dataclass(frozen=True, slots=True)
class FormerEntry:
    """One row of the former *Données*: the number shown there, what the partner typed, and where."""

    number: Scalar
    counted: bool
    typed: str
    file: str
    cell: str
    origin: str
    set_aside: bool


@dataclass(frozen=True, slots=True)
class FormerMaster:
    """What a former master holds of the coordination's hand.

    `contract` is empty where the workbook does not say; `touched` says that another program saved it since cvsheet
    wrote it, at `saved_at` where the file tells. `titles` are those of added columns as (sheet, table, title); `given`
    the former *Données* by row key, nothing where its numbers are known to be those that cvsheet wrote. `left_out`
    names the sheets that were too large to be read back. `rows` are the keys of the rows that stand in each table;
    `own_sheets` are those that the coordination added; `register` is up to when it knows what the register holds.
    """

    file: str
    contract: str
    touched: bool
    saved_at: datetime | None
    arbitrations: tuple[Arbitration, ...]
    notes: tuple[Note, ...]
    titles: tuple[tuple[str, str, str], ...]
    given: Mapping[DecisionKey, FormerEntry]
    left_out: tuple[str, ...] = ()
    rows: Mapping[str, frozenset[DecisionKey]] = field(default_factory=dict)
    own_sheets: tuple[str, ...] = ()
    register: datetime | None = None

    def holds(self, table: str, key: DecisionKey) -> bool:
        """Whether what is noted at that place would stand in the workbook: at its row, or among the orphans."""
        if table == REVIEW:  # of other campaigns it shows none
            return key in self.rows.get(table, frozenset())
        if table not in self.rows:
            return not self.left_out and ORPHANS in self.rows and table not in TABLES
        return key in self.rows[table] or ORPHANS in self.rows


def read_master(path: Path, framework: Framework, without: Collection[str] = ()) -> FormerMaster | None:
    """The former master at `path`; None where it is a workbook of another kind, UnreadableFile where it is none.

    One too large to be held in memory is read without the sheets in which nothing is decided. The sheets `without`
    which it is read are those that are known to hold nothing of the coordination's.
    """
    grid, left_out = (open_without(path, without), ()) if without else _open(path)
    known = [load_table(name) for name in TABLES]
    tables = tuple(table for sheet in grid.sheets for table in find_tables(sheet, known))
    if not any(found.table.name in OWN for found in tables):
        return None
    given = {key: row for found in _of(tables, DATA) for key, row in _data(found, grid.file)}
    sealed = _beside_label(grid, SEAL_LABEL)
    as_written = sealed == seal_of({key: (row.number, row.counted) for key, row in given.items()})
    return FormerMaster(
        file=grid.file,
        contract=_beside_label(grid, CONTRACT_LABEL),
        touched=saved_by_another(grid) or bool(sealed and given and not as_written),
        saved_at=grid.saved_at,
        arbitrations=_arbitrations(tables, framework),
        notes=(*_notes(grid, tables), *summary_notes(grid, tables, framework)),
        titles=tuple((found.sheet.name, found.table.name, title) for found in tables for title in added_columns(found)),
        given={} if as_written else given,
        left_out=left_out,
        rows=_rows(tables),
        own_sheets=_own_sheets(grid, tables),
        register=_moment(_beside_label(grid, REGISTER_LABEL)),
    )


def _rows(tables: Sequence[FoundTable]) -> dict[str, frozenset[DecisionKey]]:
    rows: dict[str, frozenset[DecisionKey]] = {}
    for found in tables:
        keys = (
            frozenset(key for _, key in keyed_rows(found)) if found.table.name != ORPHANS else frozenset[DecisionKey]()
        )
        rows[found.table.name] = rows.get(found.table.name, frozenset()) | keys
    return rows


def _own_sheets(grid: Grid, tables: Sequence[FoundTable]) -> tuple[str, ...]:
    """The sheets that hold something and none of cvsheet's tables, under a name that none of its sheets has."""
    ours = {found.sheet.name for found in tables} | {*OUR_SHEETS} - {*YOUNG_SHEETS}
    ours |= {sheet.name for sheet in grid.sheets if _bears(sheet, YOUNG_SHEETS.get(sheet.name, ""))}
    return tuple(
        sheet.name
        for sheet in grid.sheets
        if sheet.name not in ours and (sheet.rows or sheet.drawn) and not is_findings_sheet(sheet)
    )


def _bears(sheet: Sheet, sign: str) -> bool:
    """Whether a text of the first column begins with `sign`; no sheet does with none."""
    return bool(sign) and any(text_of(cells.get(1)).startswith(sign) for cells in sheet.rows.values())


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, MOMENT)
    except ValueError:
        return None


def _open(path: Path) -> tuple[Grid, tuple[str, ...]]:
    """The grid, and the names of the sheets left out of it: as few of them as will do."""
    try:
        return open_grid(path, WHOLE), ()
    except UnreadableFile as error:
        if error.reason not in (Refusal.GEOMETRY, Refusal.TOO_LARGE):
            raise
    try:
        return open_without(path, LARGE_SHEETS), LARGE_SHEETS
    except UnreadableFile as error:
        if error.reason not in (Refusal.GEOMETRY, Refusal.TOO_LARGE):
            raise
    return open_without(path, (*LARGE_SHEETS, *LONG_SHEETS)), (*LARGE_SHEETS, *LONG_SHEETS)


def _of(tables: Sequence[FoundTable], name: str) -> tuple[FoundTable, ...]:
    return tuple(found for found in tables if found.table.name == name)


def _notes(grid: Grid, tables: Sequence[FoundTable]) -> Iterator[Note]:
    for found in tables:
        if found.table.name != ORPHANS:
            yield from margin_notes(found, grid.file)
    for found in _of(tables, REVIEW):
        yield from review_notes(found, grid.file)
    for found in _of(tables, FOLLOWED):
        yield from decided_formulas(found, grid.file)
        yield from overwritten_notes(found, grid.file)
    yield from comment_notes(grid)
    for found in _of(tables, ORPHANS):
        yield from orphan_notes(found)


def _beside_label(grid: Grid, label: str) -> str:
    """What stands at the right of `label`, wherever that is."""
    for sheet in grid.sheets:
        for cell in sheet.cells():
            if cell.value == label:
                return text_of(sheet.cell(cell.row, cell.column + 1))
    return ""


def _arbitrations(tables: Sequence[FoundTable], framework: Framework) -> tuple[Arbitration, ...]:
    """The decisions of *Décisions*, and over them those of the pillar sheets, where the judged campaign is decided."""
    bases = {
        (key[0], key[1]): Basis(as_text(free_value(at(found, row, "alors"))), text_at(found, row, "etabli"))
        for found in _of(tables, DECISIONS)
        for row, key in keyed_rows(found)
    }
    read = [one for found in _of(tables, DECISIONS) for one in _listed(found, framework, bases)]
    read += [one for found in _of(tables, FOLLOWED) for one in _beside(found, framework, bases)]
    by_key = {(one.campaign, one.line): one for one in read}
    return tuple(one for one in by_key.values() if one.says_something)


def _listed(found: FoundTable, framework: Framework, bases: Bases) -> Iterator[Arbitration]:
    """The rows of *Décisions*."""
    for row, (campaign, line) in keyed_rows(found):
        cells = {name: at(found, row, name) for name in DECIDED}
        yield _arbitration(framework, (campaign, line), cells, text_at(found, row, "origine"), bases)


def _beside(found: FoundTable, framework: Framework, bases: Bases) -> Iterator[Arbitration]:
    """The decisions of a pillar sheet, in the columns that name their campaign."""
    columns: dict[str, dict[str, int]] = {}
    for title, column in found.extras.items():
        name, campaign = decided_column(title)
        if name:
            columns.setdefault(campaign, {})[name] = column
    for row, (line,) in keyed_rows(found):
        answers = text_at(found, row, "origine")
        for campaign, by_name in columns.items():
            cells = {name: found.sheet.cell(row, column) for name, column in by_name.items()}
            yield _arbitration(framework, (campaign, line), cells, answers, bases)


def _arbitration(
    framework: Framework, key: tuple[str, str], cells: Mapping[str, Cell | None], answers: str, bases: Bases
) -> Arbitration:
    """What the three `cells` of a decision say; `answers` stand beside them."""
    written = cells.get("arbitre")
    cell = None if written is None else as_seen(written)  # struck out: no decision any more
    known = framework.line.get(key[1])
    kind, unit = (known.measure.type, known.measure.unit) if known else ("nombre", "")
    entry = read_number(cell, kind, unit)
    typed = entry.raw if entry.answer.kind is AnswerKind.UNREADABLE else free_value(cell)  # « 90 % », never 0.9
    motive, comment = (text_of(cells.get(name)) for name in ("motif", "note"))
    read = Arbitration(*key, typed, entry.answer, motive, comment)
    return replace(read, basis=_basis(bases.get(key), as_text(typed), answers)) if read.decides else read


def _basis(written: Basis | None, value: str, answers: str) -> Basis | None:
    """What was `written` down for the same value; else the answers that stand beside the value just typed."""
    if written is not None and written.value == value and written.answers:
        return written
    return Basis(value, answers) if answers else None


def _data(found: FoundTable, file: str) -> Iterator[tuple[DecisionKey, FormerEntry]]:
    for row, key in keyed_rows(found):
        number = at(found, row, "nombre")
        yield (
            key,
            FormerEntry(
                number=free_value(number),
                counted=free_value(at(found, row, "compte")) not in (0, None),
                typed=" ".join(text_at(found, row, "saisie").split()),
                file=text_at(found, row, "fichier"),
                cell=text_at(found, row, "cellule"),
                origin=origin_of(found, number, file) if number else file,
                set_aside=bool(text_at(found, row, "ecart")),
            ),
        )
