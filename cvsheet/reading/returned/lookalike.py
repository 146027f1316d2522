"""A workbook without identity: what else it may be, so that its refusal can say so."""

from __future__ import annotations

from collections.abc import Iterator

from cvsheet.framework import Framework
from cvsheet.reading.grid.model import Grid
from cvsheet.reading.headers import find_settings, find_tables
from cvsheet.reading.returned.expected import code_key
from cvsheet.submission import StructureFact, StructureKind
from cvsheet.tables import load_table

_CANONICAL = ("partenaires", "campagnes", "piliers", "objectifs", "indicateurs")
_MASTER = ("donnees", "journal", "reception", "anomalies", "contributions")
_ENOUGH = 3  # of the tables of one of these workbooks: whoever pastes one into a file has not sent the workbook


def lookalike_facts(grid: Grid, framework: Framework) -> Iterator[StructureFact]:
    """At most one fact: the canonical workbook or a master, put among the returns; else a workbook with the line or
    action codes of this contract."""
    if _tables_in(grid, _CANONICAL) + _has_settings(grid) >= _ENOUGH:
        yield StructureFact(StructureKind.CANONICAL_WORKBOOK)
    elif _tables_in(grid, _MASTER) >= _ENOUGH:
        yield StructureFact(StructureKind.MASTER_WORKBOOK)
    else:
        yield from _codes_of_this_contract(grid, framework)


def _tables_in(grid: Grid, names: tuple[str, ...]) -> int:
    """How many of the tables called `names` stand in `grid`."""
    tables = [load_table(name) for name in names]
    return len({found.table.name for sheet in grid.sheets for found in find_tables(sheet, tables)})


def _has_settings(grid: Grid) -> bool:
    return any(find_settings(sheet, load_table("contrat")) is not None for sheet in grid.sheets)


def _codes_of_this_contract(grid: Grid, framework: Framework) -> Iterator[StructureFact]:
    """One fact for the first sheet that holds some."""
    codes = {code_key(code) for code in (*framework.line, *framework.action)}
    for sheet in grid.sheets:
        found = sum(isinstance(cell.value, str) and code_key(cell.value) in codes for cell in sheet.cells())
        if found:
            yield StructureFact(StructureKind.IDENTITY_MISSING, sheet.name, facts={"count": found})
            return
