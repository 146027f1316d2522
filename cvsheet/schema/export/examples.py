"""One row per table, made of its columns' examples: what every description must accept."""

from __future__ import annotations

from typing import TypeAlias

from cvsheet.schema.tables import Column, Table

ExampleValue: TypeAlias = str | float | bool | None


def example_row(table: Table) -> dict[str, ExampleValue]:
    """The example of each column, as its type has it; None where a column shows no text."""
    return {column.name: _typed(column) for column in table.columns}


def _typed(column: Column) -> ExampleValue:
    if column.example in (None, ""):
        return None
    return column.example == column.enum[0] if column.type == "boolean" else column.example
