"""Records out as a folder of CSV files, one per table, which `cvsheet.books.contract.reading.csv_folder` takes back:
a contract as text, as people keep it under version control."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from cvsheet.books.contract.reading.csv_folder import looks_typed
from cvsheet.model.records import Canonical, Record, Scalar
from cvsheet.schema.tables import CANONICAL_TABLES, Column, Table, load_table


def write_csv_folder(canonical: Canonical, folder: Path) -> None:
    """Write every table of `canonical` into `folder`."""
    for name, content in csv_files(canonical).items():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def csv_files(canonical: Canonical) -> Mapping[str, bytes]:
    """The content of each file by name. Every table has one, with all its columns; the coordinator's own come last."""
    return {f"{name}.csv": _file(load_table(name), canonical.rows(name)) for name in CANONICAL_TABLES}


def _file(table: Table, records: tuple[Record, ...]) -> bytes:
    extras = tuple(dict.fromkeys(title for record in records for title in record.extras))
    names = {column.name for column in table.columns}
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*(column.name for column in table.columns), *(_extra_title(title, names) for title in extras)])
    for record in records:
        ours = (_text(record.values.get(column.name), column) for column in table.columns)
        writer.writerow([*ours, *(_free_text(record.extras.get(title)) for title in extras)])
    return stream.getvalue().encode()


def _extra_title(title: str, names: set[str]) -> str:
    return f"+{title}" if title in names or title.startswith("+") else title


def _text(value: Scalar, column: Column) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, str) and column.type != "string" and looks_typed(value):
        return f"'{value}"
    return _plain(value)


def _free_text(value: Scalar) -> str:
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, str) and looks_typed(value):
        return f"'{value}"
    return _plain(value)


def _plain(value: Scalar) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return value.isoformat() if isinstance(value, date) else str(value)
