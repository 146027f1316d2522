"""A row of a table as JSON Schema (draft 2020-12), for programs that exchange rows as objects.

Booleans are JSON's own, dates are ``AAAA-MM-JJ``, an empty cell is null or left out. That codes are unique in a table
cannot be said of one row, and is not.
"""

from __future__ import annotations

from typing import Any

from cvsheet.schema.export.examples import example_row
from cvsheet.schema.tables import Column, Table

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TYPES = {"string": "string", "number": "number", "integer": "integer", "boolean": "boolean", "date": "string"}
_WORD = "0-9A-Za-z_À-ÖØ-öø-ɏ"  # ``\\w`` of Python: that of JavaScript holds no accented letter


def json_schema(table: Table) -> dict[str, Any]:
    """The JSON Schema of one row of `table`; columns that a coordinator added are allowed."""
    return {
        "$schema": DRAFT,
        "title": table.title,
        "description": f"{table.description} Une ligne du tableau « {table.name} ».",
        "type": "object",
        "properties": {column.name: _property(column) for column in table.columns},
        "required": [column.name for column in table.columns if column.required],
        "additionalProperties": True,
        "examples": [example_row(table)],
    }


def _property(column: Column) -> dict[str, Any]:
    kind = _TYPES[column.type]
    found: dict[str, Any] = {
        "title": column.title,
        "description": column.description,
        "type": kind if column.required else [kind, "null"],
    }
    if column.type == "date":
        found["format"] = "date"
    if column.enum and column.type != "boolean":
        found["enum"] = [*column.enum, *([] if column.required else [None])]
    if column.pattern:
        found["pattern"] = f"^(?:{portable(column.pattern)})$"
    if column.minimum is not None:
        found["minimum"] = column.minimum
    if column.maximum is not None:
        found["maximum"] = column.maximum
    return found


def portable(pattern: str) -> str:
    """`pattern` with letters spelled out where it says ``\\w``, inside brackets and outside."""
    return pattern.replace(r"[\w", f"[{_WORD}").replace(r"\w", f"[{_WORD}]")
