"""The one description of every table: `schemas/*.json` as typed objects.

Headers, column order, widths, dropdowns, input messages, pandera checks, documentation and open data are all made from
what this module returns, so that the writer and the reader of a sheet cannot disagree.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from cvsheet.memoising import remembered


class Role(StrEnum):
    """What a column of a partner's table is there for. Whatever else is typed has no role: it goes with the row."""

    NONE = ""
    MARK = "mark"  # the fingerprint of the row
    CODE = "code"
    LABEL = "label"  # tells what the row is about
    GOAL = "goal"  # the baseline or target that is known
    FORMER = "former"  # the partner's own answer to the campaign before
    CONTROL = "control"  # speaks while one types
    ANSWER = "answer"
    YEAR = "year"  # of an answer
    COMMENT = "comment"  # explains the answer: questions about it are settled
    SOURCE = "source"  # says where the answer comes from


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a field of a Table Schema with what Excel needs to show it.

    `type` is a Table Schema type (string, integer, number, boolean, date); `separator` is set where a cell holds many
    codes; `reference` names the ``table.column`` whose values are allowed; `input` says that a person types in it;
    `width` is in characters. A sheet keeps its `frozen` columns, the first ones, in sight, and opens with the `folded`
    ones hidden in groups. In a partner's table, `role` says what it is there for, `quantity` what an answer or a
    year speaks of, and `added` that it is typed in rows for actions of the partner's own; `printed` columns go on
    paper, `hidden` ones are for programs. Contracts made before a `young` column lack it without a fault.
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
    frozen: bool
    folded: bool
    aliases: tuple[str, ...]
    role: Role
    quantity: str
    added: bool
    printed: bool
    hidden: bool
    young: bool

    @property
    def beside(self) -> bool:
        """Whether what is typed in it goes with an answer, and is none."""
        return self.input and self.role is not Role.ANSWER

    @property
    def remark(self) -> bool:
        """Whether it holds words of the partner's own beside an answer."""
        return self.beside and self.type == "string" and not self.enum

    @property
    def titles(self) -> tuple[str, ...]:
        """The folded titles under which a header cell is recognised."""
        return tuple(fold(title) for title in (self.title, *self.aliases))

    @property
    def percentage(self) -> bool:
        """Whether its numbers are percentages: 50 is a half."""
        return self.type == "number" and "%" in self.title

    @property
    def counts(self) -> str:
        """What its numbers are, as the type of a measure says it."""
        return "pourcentage" if self.percentage else "montant" if self.format == "money" else "nombre"


@dataclass(frozen=True)
class Table:
    """One table: its columns in order and its key. `vertical` tables show one column per row (settings). `former` is
    the order of the columns in workbooks made before workbooks said theirs."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    vertical: bool
    former: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """The column called `name`; KeyError where there is none."""
        if name not in self._by_name:
            raise KeyError(f"{self.name}.{name}")
        return self._by_name[name]

    def position(self, name: str) -> int:
        """The 0-based position of the column called `name`; KeyError where there is none."""
        return self._positions[name]

    @cached_property
    def paper(self) -> tuple[range, ...]:
        """The positions of the columns that go on paper, as runs of neighbours."""
        runs: list[range] = []
        for position in (at for at, column in enumerate(self.columns) if column.printed):
            before = runs.pop() if runs and runs[-1].stop == position else range(position, position)
            runs.append(range(before.start, position + 1))
        return tuple(runs)

    @property
    def room_on_paper(self) -> float:
        """The width up to the first column that does not go on paper: longer texts above and between rows are cut."""
        return sum(self.columns[at].width for at in self.paper[0])

    def names(self, role: Role) -> tuple[str, ...]:
        """The names of the columns that have `role`, in order."""
        return tuple(column.name for column in self.columns if column.role is role)

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


TAKEN_OVER, FORMER = "also", "former"
OF, NAMES = "of", "names"  # instead of a field: those of another table, all of them where none is named

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
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
        text = "".join([char for char in text if not unicodedata.combining(char)])
    return " ".join(re.findall(r"[a-z0-9%€/<>=+]+", text.casefold()))


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
    """``schemas/<name>.json`` as it stands, with the columns that it takes from other tables."""
    found: dict[str, Any] = json.loads((data_folder("schemas") / f"{name}.json").read_text(encoding="utf-8"))
    if any(OF in field for field in found.get("fields", ())):
        found["fields"] = _with_fields_of_others(found["fields"])
    return _with_columns_of_others(found) if TAKEN_OVER in found else found


def _with_fields_of_others(fields: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """`fields`, with those of other tables in the places that name them; a name that stands already is not repeated."""
    found: dict[str, dict[str, Any]] = {}
    for field in fields:
        taken = _fields_of(field[OF], field.get(NAMES)) if OF in field else [field]
        found |= {one["name"]: one for one in taken if one["name"] not in found}
    return [*found.values()]


def _fields_of(table: str, names: Sequence[str] | None) -> list[dict[str, Any]]:
    """The fields of `table` called `names`, in that order; KeyError where there is none."""
    by_name = {field["name"]: field for field in descriptor(table)["fields"]}
    return [by_name[name] for name in (by_name if names is None else names)]


def _with_columns_of_others(schema: dict[str, Any]) -> dict[str, Any]:
    """`schema` with whatever is typed in the tables named by `also`, and has no column in it yet, after the column
    `after`: of the type `type`, else of its own. What has a role has its place already."""
    also, fields = schema[TAKEN_OVER], schema["fields"]
    names = {field["name"] for field in fields}
    typed = [field for table in also["of"] for field in descriptor(table)["fields"] if field["excel"]["input"]]
    more = {field["name"]: _shown(field, also.get("type", field["type"])) for field in typed
            if not field["excel"].get("role") and field["name"] not in names}  # fmt: skip
    place = 1 + next(number for number, field in enumerate(fields) if field["name"] == also["after"])
    return {**schema, "fields": [*fields[:place], *more.values(), *fields[place:]]}


def _shown(field: dict[str, Any], kind: str) -> dict[str, Any]:
    """A column in which a partner types, as a table shows it: what was typed stands there, right or wrong."""
    kept = {key: field[key] for key in ("name", "title", "description")}
    example = str(field["example"]) if kind == "string" else field["example"]
    look = {key: field["excel"][key] for key in ("width", "format", "wrap") if key in field["excel"]}
    return {**kept, "type": kind, "example": example, "excel": {**look, "input": False}}


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
        former=tuple(schema.get(FORMER, ())),
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
        frozen=excel.get("frozen", False),
        folded=excel.get("folded", False),
        aliases=tuple(excel.get("aliases", ())),
        role=Role(excel.get("role", "")),
        quantity=excel.get("quantity", ""),
        added=excel.get("added", False),
        printed=excel.get("printed", False),
        hidden=excel.get("hidden", False),
        young=excel.get("young", False),
    )
