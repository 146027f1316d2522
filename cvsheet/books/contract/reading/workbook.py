"""The canonical workbook as records: what `cvsheet check` judges and the framework is built from.

It is edited by hand for years, so tables are found by their header row, columns by title and rows by content: sheets
renamed or moved, rows inserted, sorted or coloured, columns added or swapped, all are read alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from cvsheet.books.contract.reading.lost_codes import with_lost_codes
from cvsheet.books.contract.reading.measured import measured_value, units_of_measures
from cvsheet.files.addresses import cell_name
from cvsheet.files.grid import open_grid
from cvsheet.files.grid.model import Cell, Grid
from cvsheet.files.headers import FoundSettings, FoundTable, find_settings, find_tables, untitled_columns
from cvsheet.files.looks import is_struck
from cvsheet.files.scalars import free_value, typed_value
from cvsheet.model.measured import MEASURED, MEASURES, MeasureUnit, measure_of_line, unit_of
from cvsheet.model.records import Canonical, HeaderPlace, Record, Scalar
from cvsheet.schema.tables import CANONICAL_TABLES, Table, load_table


def read_canonical(path: Path) -> Canonical:
    """All tables of the workbook at `path`; UnreadableFile where it is no workbook."""
    return canonical_from_grid(open_grid(path), path.name)


def canonical_from_grid(grid: Grid, file: str) -> Canonical:
    """All tables of an opened workbook, shown as `file`. A table that is not there has no records and no header."""
    tables = [load_table(name) for name in CANONICAL_TABLES]
    found = [table for sheet in grid.sheets for table in find_tables(sheet, tables)]
    settings = [
        one
        for table in tables
        if table.vertical
        for sheet in grid.sheets
        if (one := find_settings(sheet, table)) is not None
    ]
    records: dict[str, tuple[Record, ...]] = {}
    for place in sorted(found, key=lambda place: place.table.name != MEASURES):  # which tell the units of the others
        units = units_of_measures(records.get(MEASURES, ()))
        records[place.table.name] = (*records.get(place.table.name, ()), *_records(place, units))
    for setting in settings:
        records[setting.table.name] = (*records.get(setting.table.name, ()), _settings_record(setting))
    places = (*map(_settings_place, settings), *map(_table_place, found))
    headers = {table.name: tuple((at.sheet, at.row) for at in places if at.table == table.name) for table in tables}
    return Canonical(file, with_lost_codes(records), {name: at for name, at in headers.items() if at}, places)


def _records(found: FoundTable, units: Mapping[str, MeasureUnit | None]) -> Iterator[Record]:
    """The rows of a table; `units` are those of the measures, by code, where these are known already."""
    measured = MEASURED.get(found.table.name, frozenset[str]())
    untitled = untitled_columns(found)
    for row in range(found.header_row + 1, found.last_row + 1):
        cells = found.sheet.rows.get(row)
        if not cells:
            continue
        values = {name: typed_value(cells.get(at), found.table.column(name)) for name, at in found.columns.items()}
        if all(value is None for value in values.values()):
            continue
        unit = unit_of(values) if found.table.name == MEASURES else units.get(measure_of_line(values))
        for name in measured.intersection(found.columns):
            values[name] = measured_value(cells.get(found.columns[name]), found.table.column(name), unit)
        yield Record(
            table=found.table.name,
            values={column.name: values.get(column.name) for column in found.table.columns},
            sheet=found.sheet.name,
            row=row,
            cells={name: cell_name(row, at) for name, at in found.columns.items()},
            extras=_extras(cells, {**found.extras, **untitled}),
            struck=tuple(name for name, at in found.columns.items() if is_struck(cells.get(at))),
        )


def _extras(cells: Mapping[int, Cell], columns: Mapping[str, int]) -> dict[str, Scalar]:
    values = {title: free_value(cells.get(at)) for title, at in columns.items()}
    return {title: value for title, value in values.items() if value is not None}


def _settings_record(found: FoundSettings) -> Record:
    def value(row: int) -> Cell | None:
        return found.sheet.cell(row, found.value_column)

    unknown = {label: free_value(value(row)) for label, row in found.unknown.items()}
    return Record(
        table=found.table.name,
        values={
            column.name: typed_value(value(found.rows[column.name]), column) if column.name in found.rows else None
            for column in found.table.columns
        },
        sheet=found.sheet.name,
        row=found.header_row,
        cells={name: cell_name(row, found.value_column) for name, row in found.rows.items()},
        extras={label: content for label, content in unknown.items() if content is not None},
        struck=tuple(name for name, row in found.rows.items() if is_struck(value(row))),
    )


def _settings_place(found: FoundSettings) -> HeaderPlace:
    return HeaderPlace(found.table.name, found.sheet.name, found.header_row, _missing(found.table, found.rows))


def _table_place(found: FoundTable) -> HeaderPlace:
    cell = cell_name(found.header_row, min(found.columns.values()))
    missing = _missing(found.table, found.columns)
    return HeaderPlace(found.table.name, found.sheet.name, found.header_row, missing, found.twice, cell, found.columns)


def _missing(table: Table, present: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if column.name not in present)
