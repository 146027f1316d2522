"""`cvsheet schema export`: every table in the three languages in which others describe tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cvsheet.errors import UsageError
from cvsheet.files.atomic import write_atomically
from cvsheet.schema.tables import load_table, table_names
from cvsheet.workflows.output_names import refuse_file_name

_SIGNS = (b'"fields"', b'"$schema"', b"schema_type:")  # one of them stands in every description, in its language
TABLE_SCHEMA, JSON_SCHEMA, PANDERA = "table-schema", "json-schema", "pandera"


def export_schemas(folder: Path) -> tuple[Path, ...]:
    """Write the descriptions of all tables into `folder`: its sub-folders, one per language.

    UsageError where a file of another kind has the name of one of them.

    Nothing is written before all is made. CvsheetError where a library is missing, OutputError where a file cannot be
    written; files that stood there under other names are left alone.
    """
    refuse_file_name(folder)
    contents = dict(_contents())
    for name in contents:
        _refuse_foreign(folder / name)
    for name, content in contents.items():
        write_atomically(folder / name, content.encode())
    return tuple(folder / language for language in (TABLE_SCHEMA, JSON_SCHEMA, PANDERA))


def _refuse_foreign(path: Path) -> None:
    if path.is_file() and not any(sign in path.read_bytes() for sign in _SIGNS):
        raise UsageError(
            f"« {path} » existe déjà et ne décrit pas un tableau : rien n’a été écrit. Donnez un autre dossier avec -o."
        )


def _contents() -> Iterator[tuple[str, str]]:
    from cvsheet.schema.export.json_schema import json_schema
    from cvsheet.schema.export.pandera_yaml import pandera_yaml
    from cvsheet.schema.export.table_schema import table_schema

    for name in table_names():
        yield f"{TABLE_SCHEMA}/{name}.json", _json(table_schema(name))
        yield f"{JSON_SCHEMA}/{name}.schema.json", _json(json_schema(load_table(name)))
        yield f"{PANDERA}/{name}.yaml", pandera_yaml(load_table(name))


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
