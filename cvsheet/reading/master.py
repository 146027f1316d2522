"""A former master read back: what the coordination typed in it, before a new one takes its place.

Rows are known by their key and columns by their title, so that sorting, filtering, moved columns, renamed sheets and
a save by LibreOffice change nothing. What has no key is kept as a note without a row: nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import cached_property
from pathlib import Path

from cvsheet.cells import cell_name
from cvsheet.coordination import (
    BAR,
    CONTRACT_LABEL,
    DECISIONS,
    KEYED,
    Arbitration,
    Basis,
    Key,
    Note,
    Reason,
    as_text,
    row_key,
)
from cvsheet.framework import Framework
from cvsheet.reading.grid import open_grid
from cvsheet.reading.grid.model import Cell, CellKind, Grid, Sheet
from cvsheet.reading.headers import FoundTable, find_tables, untitled_columns
from cvsheet.reading.scalars import free_value, seen_text
from cvsheet.reading.values import read_number
from cvsheet.records import Scalar
from cvsheet.tables import load_table

FOLLOWED, DATA, ORPHANS = "suivi", "donnees", "notes_orphelines"
TABLES = (*KEYED, ORPHANS)
OWN = (DATA, "journal", DECISIONS, "contributions")  # one of these makes a workbook a master
DECIDED = ("arbitre", "motif", "note")  # the columns of *Suivi* that belong to one campaign, named in their title
SPREAD = ("Valeur", "Référence", "Cible")  # titles that stand once per campaign


@dataclass(frozen=True, slots=True)
class Given:
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

    `contract` is empty where the workbook does not say; `touched_at` is when a person last saved it, None where nobody
    did since cvsheet wrote it. `titles` are those of added columns as (sheet, table, title); `given` the former
    *Données* by row key.
    """

    file: str
    contract: str
    touched_at: datetime | None
    arbitrations: tuple[Arbitration, ...]
    notes: tuple[Note, ...]
    titles: tuple[tuple[str, str, str], ...]
    given: Mapping[Key, Given]


def read_master(path: Path, framework: Framework) -> FormerMaster | None:
    """The former master at `path`; None where it is a workbook of another kind, UnreadableFile where it is none."""
    return _Reader(open_grid(path), framework).former()


@dataclass(frozen=True)
class _Reader:
    """One former master, opened."""

    grid: Grid
    framework: Framework

    @cached_property
    def tables(self) -> tuple[FoundTable, ...]:
        known = [load_table(name) for name in TABLES]
        return tuple(table for sheet in self.grid.sheets for table in find_tables(sheet, known))

    def former(self) -> FormerMaster | None:
        if not any(found.table.name in OWN for found in self.tables):
            return None
        arbitrations = {(one.campaign, one.line): one for found in self._of(DECISIONS) for one in self._listed(found)}
        arbitrations |= {(one.campaign, one.line): one for found in self._of(FOLLOWED) for one in self._beside(found)}
        margins = [note for found in self.tables if found.table.name != ORPHANS for note in self._margin(found)]
        notes = [*margins, *self._comments(), *(note for found in self._of(ORPHANS) for note in self._orphans(found))]
        saved = self.grid.saved_at
        return FormerMaster(
            file=self.grid.file,
            contract=self._contract(),
            touched_at=saved if saved is not None and saved.time() != time() else None,
            arbitrations=tuple(one for one in arbitrations.values() if one.says_something),
            notes=tuple(notes),
            titles=tuple((at.sheet.name, at.table.name, title) for at in self.tables for title in _added(at)),
            given={key: row for found in self._of(DATA) for key, row in self._data(found)},
        )

    def _of(self, name: str) -> tuple[FoundTable, ...]:
        return tuple(found for found in self.tables if found.table.name == name)

    def _contract(self) -> str:
        for sheet in self.grid.sheets:
            for cell in sheet.cells():
                if cell.value == CONTRACT_LABEL:
                    return _text(sheet.cell(cell.row, cell.column + 1))
        return ""

    def _origin(self, sheet: Sheet, row: int, column: int) -> str:
        return f"{self.grid.file}, feuille « {sheet.name} », cellule {cell_name(row, column)}"

    def _beside(self, found: FoundTable) -> Iterator[Arbitration]:
        """The arbitrations of a pillar sheet, in the columns that name their campaign."""
        columns = _columns_by_campaign(found)
        for row, key in _rows(found):
            answers = _text(_at(found, row, "origine"))
            for campaign, by_name in columns.items():
                cells = {name: found.sheet.cell(row, column) for name, column in by_name.items()}
                yield self._arbitration(campaign, key[0], cells, answers)

    def _listed(self, found: FoundTable) -> Iterator[Arbitration]:
        """The arbitrations of *Décisions*."""
        for row, (campaign, line) in _rows(found):
            cells = {name: _at(found, row, name) for name in DECIDED}
            yield self._arbitration(campaign, line, cells, _text(_at(found, row, "origine")))

    def _arbitration(self, campaign: str, line: str, cells: Mapping[str, Cell | None], answers: str) -> Arbitration:
        cell = cells.get("arbitre")
        known = self.framework.line.get(line)
        kind, unit = (known.measure.type, known.measure.unit) if known else ("nombre", "")
        typed = free_value(cell)
        read = Arbitration(
            campaign=campaign,
            line=line,
            typed=typed,
            answer=read_number(cell, kind, unit).answer,
            motive=_text(cells.get("motif")),
            comment=_text(cells.get("note")),
        )
        if not read.decides:
            return read
        return replace(read, basis=self._basis(campaign, line, as_text(typed), answers))

    def _basis(self, campaign: str, line: str, value: str, answers: str) -> Basis | None:
        """What was written down for the same value; else the answers that stand beside the value just typed."""
        written = self._bases.get((campaign, line))
        if written is not None and written.value == value and written.answers:
            return written
        return Basis(value, answers) if answers else None

    @cached_property
    def _bases(self) -> Mapping[tuple[str, str], Basis]:
        return {
            (campaign, line): Basis(_text(_at(found, row, "alors")), _text(_at(found, row, "etabli")))
            for found in self._of(DECISIONS)
            for row, (campaign, line) in _rows(found)
        }

    def _margin(self, found: FoundTable) -> Iterator[Note]:
        """What stands in columns that cvsheet did not write; formulas as their last value."""
        columns, seen = _added(found), set[Key]()
        for row in range(found.header_row + 1, found.last_row + 1):
            key = _key(found, row)
            reason = Reason.NO_ROW if not any(key) else (Reason.OTHER_VERSION if key in seen else "")
            seen.add(key)
            for title, column in columns.items():
                cell = found.sheet.cell(row, column)
                value = free_value(cell)
                if cell is None or value is None:
                    continue
                note = Note(found.table.name, key, title, value, self._origin(found.sheet, row, column), reason)
                yield note
                if cell.formula and cell.kind is not CellKind.MISSING:  # without a value, its text is the note
                    yield replace(note, value=f"={cell.formula}", reason=Reason.FORMULA)

    def _comments(self) -> Iterator[Note]:
        """Comments of cells: cvsheet writes none in a master."""
        for sheet in self.grid.sheets:
            for (row, column), text in sorted(sheet.notes.items()):
                cell = cell_name(row, column)
                yield Note(sheet.name, (cell,), cell, text, self._origin(sheet, row, column), Reason.COMMENT)

    def _orphans(self, found: FoundTable) -> Iterator[Note]:
        """The notes that had no row; those whose row may come back are asked again where they belong."""
        for row in range(found.header_row + 1, found.last_row + 1):
            shown, title = (_text(_at(found, row, name)) for name in ("tableau", "colonne"))
            table = _TABLE_NAMES.get(shown, shown)
            value = free_value(_at(found, row, "contenu"))
            if not table or value is None:
                continue
            key = tuple(_text(_at(found, row, "cle")).split(BAR))
            reason = _text(_at(found, row, "raison"))
            origin = _text(_at(found, row, "provenance"))
            yield Note(table, key, title, value, origin, "" if reason == Reason.ROW_GONE else reason)

    def _data(self, found: FoundTable) -> Iterator[tuple[Key, Given]]:
        for row, key in _rows(found):
            yield (
                key,
                Given(
                    number=free_value(_at(found, row, "nombre")),
                    counted=free_value(_at(found, row, "compte")) not in (0, None),
                    typed=" ".join(_text(_at(found, row, "saisie")).split()),
                    file=_text(_at(found, row, "fichier")),
                    cell=_text(_at(found, row, "cellule")),
                    origin=self._origin(found.sheet, row, found.columns.get("nombre", 1)),
                    set_aside=bool(_text(_at(found, row, "ecart"))),
                ),
            )


_TABLE_NAMES = {load_table(name).title: name for name in TABLES}


def _rows(found: FoundTable) -> Iterator[tuple[int, Key]]:
    """The rows that have a key, each key once."""
    seen = set[Key]()
    for row in range(found.header_row + 1, found.last_row + 1):
        key = _key(found, row)
        if any(key) and key not in seen:
            seen.add(key)
            yield row, key


def _key(found: FoundTable, row: int) -> Key:
    return row_key(found.table, {name: _text(_at(found, row, name)) for name in found.table.key})


def _at(found: FoundTable, row: int, name: str) -> Cell | None:
    column = found.columns.get(name)
    return None if column is None else found.sheet.cell(row, column)


def _text(cell: Cell | None) -> str:
    return "" if cell is None else seen_text(cell).strip()


def _columns_by_campaign(found: FoundTable) -> dict[str, dict[str, int]]:
    """Campaign -> column name -> sheet column, of the titles such as ``Motif 2021``."""
    columns: dict[str, dict[str, int]] = {}
    for title, column in found.extras.items():
        name, campaign = _decided(title)
        if name:
            columns.setdefault(campaign, {})[name] = column
    return columns


def _decided(title: str) -> tuple[str, str]:
    """The column and campaign that a title such as ``Valeur arbitrée 2021`` names; empty texts for any other."""
    for name in DECIDED:
        start = f"{load_table(FOLLOWED).column(name).title} "
        if title.startswith(start):
            return name, title.removeprefix(start)
    return "", ""


def _added(found: FoundTable) -> dict[str, int]:
    """The columns that the coordination added: those that no schema knows and no campaign explains."""
    titled = {title: at for title, at in found.extras.items() if not _decided(title)[0] and not _spread(found, title)}
    return {**titled, **untitled_columns(found)}


def _spread(found: FoundTable, title: str) -> bool:
    """Whether `title` is one of cvsheet's own that stand once per campaign: ``Valeur 2020``."""
    first, _, campaign = title.partition(" ")
    spreads = found.table.name in (FOLLOWED, "contributions")
    return spreads and first in SPREAD and bool(campaign) and " " not in campaign
