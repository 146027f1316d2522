"""`cvsheet schema export`: every table in the three languages in which others describe tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cvsheet.outputs import write_atomically
from cvsheet.tables import load_table, table_names

TABLE_SCHEMA, JSON_SCHEMA, PANDERA = "table-schema", "json-schema", "pandera"


def export_schemas(folder: Path) -> int:
    """Write the descriptions of all tables into `folder`, in a sub-folder per language; how many tables there are.

    Nothing is written before all is made. CvsheetError where a library is missing, OutputError where a file cannot be
    written; files that stood there under other names are left alone.
    """
    contents = dict(_contents())
    for name, content in contents.items():
        write_atomically(folder / name, content.encode())
    return len(table_names())


def _contents() -> Iterator[tuple[str, str]]:
    from cvsheet.writing.schemas.json_schema import json_schema
    from cvsheet.writing.schemas.pandera_yaml import pandera_yaml
    from cvsheet.writing.schemas.table_schema import table_schema

    for name in table_names():
        yield f"{TABLE_SCHEMA}/{name}.json", _json(table_schema(name))
        yield f"{JSON_SCHEMA}/{name}.schema.json", _json(json_schema(load_table(name)))
        yield f"{PANDERA}/{name}.yaml", pandera_yaml(load_table(name))


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
