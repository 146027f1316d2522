"""A table as a pandera schema in YAML, which ``pandera.DataFrameSchema.from_yaml`` loads.

It judges a frame of the table's values (one column per column name), not the cells that partners type: those are the
business of `judging/`. Columns that a coordinator added are allowed. PyYAML comes with the extra ``cvsheet[schema]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvsheet.errors import CvsheetError
from cvsheet.schema.tables import Column, Table

if TYPE_CHECKING:
    import pandera.pandas as pa

_TYPES = {"string": "string", "number": "float64", "integer": "Int64", "boolean": "string", "date": "datetime64[ns]"}
_BOOLEANS = ("True", "False")  # of a typed source as texts: a CSV says oui and non, which pandas does not convert
_WIDTH = 120


def pandera_yaml(table: Table) -> str:
    """The schema of `table` in YAML; CvsheetError where PyYAML is not installed."""
    try:
        import yaml
    except ImportError as error:
        raise CvsheetError(
            'Il manque une bibliothèque pour écrire les schémas pandera. Installez-la : pip install "cvsheet[schema]"'
        ) from error
    written = pandera_schema(table).to_yaml()
    readable = yaml.safe_dump(yaml.safe_load(written or ""), allow_unicode=True, sort_keys=False, width=_WIDTH)
    return str(readable)


def pandera_schema(table: Table) -> pa.DataFrameSchema:
    """What the constraints of `table` ask of a frame of its rows; values are converted first where they can be."""
    import pandera.pandas as pa

    required = {column.name for column in table.columns if column.required}
    together = list(table.key) if len(table.key) > 1 and required.issuperset(table.key) else None
    return pa.DataFrameSchema(
        {column.name: _column(column) for column in table.columns},
        unique=together,
        coerce=True,
        name=table.name,
        title=table.title,
        description=table.description,
    )


def _column(column: Column) -> pa.Column:
    import pandera.pandas as pa

    return pa.Column(
        _TYPES[column.type],
        _checks(column),
        nullable=not column.required,
        required=column.required,
        unique=column.unique,
        title=column.title,
        description=column.description,
    )


def _checks(column: Column) -> list[pa.Check]:
    import pandera.pandas as pa

    checks = []
    if column.enum:
        checks.append(pa.Check.isin([*column.enum, *(_BOOLEANS if column.type == "boolean" else ())]))
    if column.pattern:
        checks.append(pa.Check.str_matches(f"^(?:{column.pattern})$"))
    if column.minimum is not None:
        checks.append(pa.Check.ge(column.minimum))
    if column.maximum is not None:
        checks.append(pa.Check.le(column.maximum))
    return checks
