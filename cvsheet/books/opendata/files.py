"""Tables as the bytes of a file: CSV, Parquet, or the sheets of one workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date

from cvsheet.books.kit.book import Book, put, put_text
from cvsheet.books.kit.tables import listing_style
from cvsheet.books.opendata.rows import OpenDataRow
from cvsheet.errors import UsageError
from cvsheet.schema.tables import Column, Table
from cvsheet.text.csv_fields import clean, disarmed

END_OF_LINE = "\r\n"  # RFC 4180; with another one, Python leaves a lone return in a text unquoted
NO_PYARROW = (
    "Le format Parquet demande la bibliothèque pyarrow, qui n’est pas installée. Installez-la "
    '(pip install "cvsheet[parquet]"), ou choisissez un autre format : cvsheet export --format csv'
)


def csv_bytes(table: Table, rows: Sequence[OpenDataRow]) -> bytes:
    """The table in UTF-8 with commas, dates as 2021-12-31, a point in decimals; texts that could act are disarmed."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator=END_OF_LINE)
    writer.writerow([column.name for column in table.columns])
    writer.writerows([_field(column, row.get(column.name)) for column in table.columns] for row in rows)
    return stream.getvalue().encode()


def parquet_bytes(table: Table, rows: Sequence[OpenDataRow]) -> bytes:
    """The table as Parquet, every column of the type that its schema says. UsageError without pyarrow."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError(NO_PYARROW) from error
    types = {"string": pa.string(), "number": pa.float64(), "integer": pa.int64(), "boolean": pa.bool_()}
    arrays = [
        pa.array([_native(column, row.get(column.name)) for row in rows], types.get(column.type, pa.date32()))
        for column in table.columns
    ]
    stream = io.BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, names=[column.name for column in table.columns]), stream)
    return stream.getvalue()


def workbook_bytes(title: str, created: date, tables: Mapping[str, tuple[Table, Sequence[OpenDataRow]]]) -> bytes:
    """One sheet per table: names of columns in the first row, then values, so that programs read it as it is."""
    book = Book(title, created, "Données ouvertes")
    for name, (table, rows) in tables.items():
        sheet = book.sheet(name)
        for position, column in enumerate(table.columns):
            sheet.set_column(position, position, column.width)
            put_text(sheet, 0, position, column.name, book.style("header"))
            style = listing_style(book, column, "plain", wrap=False)
            for at, row in enumerate(rows, start=1):
                put(sheet, at, position, row.get(column.name), style)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(table.columns) - 1)
    return book.content()


def _field(column: Column, value: object) -> str:
    """A value as CSV text; an empty field where there is none."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return f"{value:.0f}" if column.type == "integer" else f"{value:.15g}"
    return disarmed(str(value))


def _native(column: Column, value: object) -> object:
    if value is None or value == "":
        return None
    if column.type == "string":
        return clean(str(value))
    return int(value) if column.type == "integer" and isinstance(value, float) else value
