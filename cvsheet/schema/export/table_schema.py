"""A table as a plain Table Schema (specs.frictionlessdata.io/table-schema): the look of the workbook left aside."""

from __future__ import annotations

from typing import Any

from cvsheet.schema.tables import FORMER, TAKEN_OVER, descriptor

_OURS = ("excel", "layout", TAKEN_OVER, FORMER)
_OF_PACKAGES = ("foreignKeys",)  # a program that judges one table alone refuses keys to tables that it does not have


def table_schema(name: str) -> dict[str, Any]:
    """The Table Schema of the table called `name`.

    What only a spreadsheet needs is dropped, and the keys to other tables, which belong to a package of data.
    `separator` (a cell holds several codes) and `reference` (the ``table.column`` whose codes are allowed) stay, as
    properties of the field that other programs ignore.
    """
    source = descriptor(name)
    table = {key: value for key, value in source.items() if key not in (*_OURS, *_OF_PACKAGES)}
    table["fields"] = [_field(field) for field in source["fields"]]
    return {**table, "missingValues": [""]}


def _field(field: dict[str, Any]) -> dict[str, Any]:
    kept = {key: field["excel"][key] for key in ("separator", "reference") if key in field["excel"]}
    return {**{key: value for key, value in field.items() if key not in _OURS}, **kept}
