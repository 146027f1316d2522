"""The one description of every table: `schemas/*.json` as typed objects.

Headers, column order, widths, dropdowns, input messages, pandera checks, documentation and open data are all made from
what this module returns, so that the writer and the reader of a sheet cannot disagree.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from cvsheet.memoising import remembered


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a field of a Table Schema with what Excel needs to show it.

    `type` is a Table Schema type (string, integer, number, boolean, date); `separator` is set where a cell holds many
    codes; `reference` names the ``table.column`` whose values are allowed; `input` says that a person types in it;
    `width` is in characters.
    """

    name: str
    title: str
    type: str
    description: str
    example: str | float | None
    required: bool
    unique: bool
    enum: tuple[str, ...]
    minimum: float | None
    maximum: float | None
    pattern: str
    width: float
    input: bool
    separator: str
    reference: str
    format: str
    wrap: bool
    aliases: tuple[str, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """The folded titles under which a header cell is recognised."""
        return tuple(fold(title) for title in (self.title, *self.aliases))

    @property
    def percentage(self) -> bool:
        """Whether its numbers are percentages: 50 is a half."""
        return self.type == "number" and "%" in self.title


@dataclass(frozen=True)
class Table:
    """One table: its columns in order and its key. `vertical` tables show one column per row (settings)."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    vertical: bool

    def column(self, name: str) -> Column:
        """The column called `name`; KeyError where there is none."""
        if name not in self._by_name:
            raise KeyError(f"{self.name}.{name}")
        return self._by_name[name]

    def position(self, name: str) -> int:
        """The 0-based position of the column called `name`; KeyError where there is none."""
        return self._positions[name]

    @cached_property
    def by_title(self) -> Mapping[str, str]:
        """The folded titles under which header cells are recognised -> the column name."""
        return {title: column.name for column in self.columns for title in column.titles}

    @cached_property
    def _positions(self) -> Mapping[str, int]:
        return {column.name: position for position, column in enumerate(self.columns)}

    @cached_property
    def _by_name(self) -> Mapping[str, Column]:
        return {column.name: column for column in self.columns}


CANONICAL_TABLES = (
    "contrat",
    "partenaires",
    "campagnes",
    "piliers",
    "priorites",
    "objectifs",
    "actions",
    "indicateurs",
    "references_modalites",
    "ventilations",
    "regles",
    "severites",
    "glossaire",
)


@remembered
def fold(text: str) -> str:
    """`text` as titles and words are compared: no case, accents, punctuation, invisible characters or double spaces."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.findall(r"[a-z0-9%€/<>=+]+", plain.casefold()))


def data_folder(name: str) -> Path:
    """The folder `name` (schemas, workbook) shipped with the package, or beside it in a checkout."""
    shipped = Path(str(files("cvsheet"))) / "_data" / name
    return shipped if shipped.is_dir() else Path(__file__).parents[2] / name


@lru_cache
def table_names() -> tuple[str, ...]:
    """The names of all tables described in `schemas/`: those of the canonical workbook first, in its order."""
    described = sorted(path.stem for path in data_folder("schemas").glob("*.json") if "fields" in descriptor(path.stem))
    return (*CANONICAL_TABLES, *(name for name in described if name not in CANONICAL_TABLES))


def descriptor(name: str) -> dict[str, Any]:
    """``schemas/<name>.json`` as it stands."""
    found: dict[str, Any] = json.loads((data_folder("schemas") / f"{name}.json").read_text(encoding="utf-8"))
    return found


@lru_cache
def load_table(name: str) -> Table:
    """The table described by ``schemas/<name>.json``."""
    schema = descriptor(name)
    key = schema["primaryKey"]
    return Table(
        name=schema["name"],
        title=schema["title"],
        description=schema["description"],
        columns=tuple(_column(field) for field in schema["fields"]),
        key=(key,) if isinstance(key, str) else tuple(key),
        vertical=schema.get("layout") == "vertical",
    )


def _column(field: dict[str, Any]) -> Column:
    constraints, excel = field.get("constraints", {}), field["excel"]
    boolean = (*field.get("trueValues", ()), *field.get("falseValues", ()))
    return Column(
        name=field["name"],
        title=field["title"],
        type=field["type"],
        description=field["description"],
        example=field.get("example"),
        required=constraints.get("required", False),
        unique=constraints.get("unique", False),
        enum=tuple(constraints.get("enum", boolean)),
        minimum=constraints.get("minimum"),
        maximum=constraints.get("maximum"),
        pattern=constraints.get("pattern", ""),
        width=excel["width"],
        input=excel["input"],
        separator=excel.get("separator", ""),
        reference=excel.get("reference", ""),
        format=excel.get("format", ""),
        wrap=excel.get("wrap", False),
        aliases=tuple(excel.get("aliases", ())),
    )
