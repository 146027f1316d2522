"""A contract as a folder of CSV files, one per table: the form that is versioned, compared and exchanged.

UTF-8, comma, one header row of column names. Values are written as machines write them (12.5, 2021-12-31, oui/non);
codes and dates that a person typed another way are read all the same. Columns that the schema does not know are the
coordinator's own: numbers and dates keep their type there, and a text that looks like one begins with an apostrophe;
such a column that is called like one of ours has a ``+`` before its title.
"""

from __future__ import annotations

import csv
import re
from datetime import date, datetime
from pathlib import Path

from cvsheet.books.contract.reading.lost_codes import with_lost_codes
from cvsheet.errors import FrameworkError
from cvsheet.files.grid.model import Cell, CellKind
from cvsheet.files.scalars import typed_value
from cvsheet.model.records import Canonical, HeaderPlace, Record, Scalar
from cvsheet.schema.tables import CANONICAL_TABLES, Column, Table, load_table

_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?)?", re.ASCII)


def read_csv_folder(folder: Path) -> Canonical:
    """All tables in `folder`; a file or column that is not there is empty.

    FrameworkError where a file is no CSV in UTF-8.
    """
    records: dict[str, tuple[Record, ...]] = {}
    places = []
    for name in CANONICAL_TABLES:
        path = folder / f"{name}.csv"
        if path.is_file():
            rows = _rows(path)
            table = load_table(name)
            records[name] = tuple(
                _record(table, rows[0], row, path.name, number)
                for number, row in enumerate(rows[1:], start=2)
                if any(text.strip() for text in row)
            )
            missing = tuple(column.name for column in table.columns if column.name not in rows[0])
            places.append(HeaderPlace(name, path.name, 1, missing, cell="ligne 1"))
    headers = {place.table: ((place.sheet, place.row),) for place in places}
    return Canonical(folder.name, with_lost_codes(records), headers, tuple(places))


def looks_typed(text: str) -> bool:
    """Whether a bare `text` in a free column would be read as something else than text."""
    return bool(_NUMBER.fullmatch(text) or _DAY.fullmatch(text) or text in ("VRAI", "FAUX") or text.startswith("'"))


def _rows(path: Path) -> list[list[str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream, strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise FrameworkError(
            f"Le fichier « {path.name} » n’est pas un CSV en UTF-8 séparé par des virgules : enregistrez-le ainsi."
        ) from error
    return rows or [[]]


def _record(table: Table, header: list[str], row: list[str], file: str, number: int) -> Record:
    texts = dict(zip(header, row, strict=False))
    known = {column.name for column in table.columns}
    extras = {title.removeprefix("+"): _free(text) for title, text in texts.items() if title not in known}
    return Record(
        table=table.name,
        values={column.name: _value(texts.get(column.name, ""), column) for column in table.columns},
        sheet=file,
        row=number,
        cells={column.name: f"ligne {number}" for column in table.columns},
        extras={title: value for title, value in extras.items() if value is not None},
    )


def _value(text: str, column: Column) -> Scalar:
    if column.type in ("number", "integer") and _NUMBER.fullmatch(text):
        return typed_value(Cell(1, 1, CellKind.NUMBER, float(text), text), column)
    seen = text if column.type == "string" else text.removeprefix("'")
    return typed_value(Cell(1, 1, CellKind.TEXT, seen, seen), column)


def _free(text: str) -> Scalar:
    text = text.replace("\r\n", "\n")
    if text.startswith("'"):
        return text[1:]
    if _NUMBER.fullmatch(text):
        return float(text)
    if _DAY.fullmatch(text):
        try:
            return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
        except ValueError:
            return text
    return {"VRAI": True, "FAUX": False, "": None}.get(text, text)
