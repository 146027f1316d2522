"""A file without identity: what else it may be, so that its refusal can say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from cvsheet.books.partner.reading.expected import code_key
from cvsheet.books.partner.reading.identity import find_identity
from cvsheet.errors import UnreadableFile
from cvsheet.files.grid import open_grid
from cvsheet.files.grid.model import Grid, Sheet
from cvsheet.files.headers import find_settings, find_tables
from cvsheet.model.framework import Framework
from cvsheet.model.submission import StructureFact, StructureKind
from cvsheet.schema.tables import load_table

_CANONICAL = ("partenaires", "campagnes", "piliers", "objectifs", "indicateurs")
_MASTER = ("donnees", "journal", "reception", "anomalies", "contributions")
_FOLLOWED, _WORKED_OUT = "suivi", {"retenu", "progression", "situation"}  # no partner's workbook has these columns
_OPEN_DATA = (
    "export_actions", "export_campagnes", "export_codes", "export_contrats", "export_observations",
    "export_progression", "export_referentiel", "export_suivi_actions", "export_valeurs",
)  # fmt: skip
_LONGEST_LINE = 1000  # characters: more than the titles of any of these tables
_ENOUGH = 3  # of the tables of one of these workbooks: whoever pastes one into a file has not sent the workbook


def lookalike_facts(grid: Grid, framework: Framework) -> Iterator[StructureFact]:
    """At most one fact: the canonical workbook, a master or what is made of it, put among the returns; else a workbook
    with the line or action codes of this contract."""
    if _is_canonical(grid):
        yield StructureFact(StructureKind.CANONICAL_WORKBOOK)
    elif _tables_in(grid, _MASTER) >= _ENOUGH:
        yield StructureFact(StructureKind.MASTER_WORKBOOK)
    elif any(_is_published(sheet) or _is_open_data(_first_row(sheet)) for sheet in grid.sheets):
        yield StructureFact(StructureKind.RESULTS_WORKBOOK)
    else:
        yield from _codes_of_this_contract(grid, framework)


def holds_a_contract(path: Path) -> bool:
    """Whether the file at `path` can be read and is a canonical workbook."""
    try:
        return _is_canonical(open_grid(path))
    except UnreadableFile:
        return False


def other_workbook(path: Path) -> str:
    """What workbook of cvsheet the file at `path` is, in French, where it is one and no contract; else nothing."""
    grid = open_grid(path)
    if _is_canonical(grid):
        return ""
    if _tables_in(grid, _MASTER) >= _ENOUGH:
        return "un classeur maître"
    if any(_is_published(sheet) or _is_open_data(_first_row(sheet)) for sheet in grid.sheets):
        return "un classeur de résultats (à publier, ou données ouvertes)"
    return "le classeur d’un partenaire" if find_identity(grid).identity else ""


def _is_canonical(grid: Grid) -> bool:
    return _tables_in(grid, _CANONICAL) + _has_settings(grid) >= _ENOUGH


def _tables_in(grid: Grid, names: tuple[str, ...]) -> int:
    """How many of the tables called `names` stand in `grid`."""
    tables = [load_table(name) for name in names]
    return len({found.table.name for sheet in grid.sheets for found in find_tables(sheet, tables)})


def _has_settings(grid: Grid) -> bool:
    return any(find_settings(sheet, load_table("contrat")) is not None for sheet in grid.sheets)


def is_open_data(path: Path) -> bool:
    """Whether the text at `path` is a table of `cvsheet export`, saved again by a spreadsheet or not."""
    with path.open(encoding="utf-8-sig", errors="replace") as text:
        return _is_open_data(tuple(re.split("[,;\t]", text.readline(_LONGEST_LINE).strip())))


def _is_open_data(titles: tuple[str, ...]) -> bool:
    return any(titles == tuple(column.name for column in load_table(name).columns) for name in _OPEN_DATA)


def _first_row(sheet: Sheet) -> tuple[str, ...]:
    return tuple(cell.raw for _, cell in sorted(sheet.rows.get(1, {}).items()))


def _is_published(sheet: Sheet) -> bool:
    """Whether `sheet` shows what cvsheet worked out for a pillar."""
    return any(found.columns.keys() >= _WORKED_OUT for found in find_tables(sheet, [load_table(_FOLLOWED)]))


def _codes_of_this_contract(grid: Grid, framework: Framework) -> Iterator[StructureFact]:
    """One fact for the first sheet that holds some."""
    codes = {code_key(code) for code in (*framework.line, *framework.action)}
    for sheet in grid.sheets:
        found = sum(isinstance(cell.value, str) and code_key(cell.value) in codes for cell in sheet.cells())
        if found:
            yield StructureFact(StructureKind.IDENTITY_MISSING, sheet.name, facts={"count": found})
            return
