"""The rows of the canonical tables, as text a person typed, each with the place that it came from.

The neutral form between the canonical workbook, the CSV folder and the `Framework`: readers make records, writers
take them, `cvsheet check` judges them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias, TypeGuard

Scalar: TypeAlias = str | float | int | bool | date | None


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether `value` is a number; *oui* and *non* are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class Record:
    """One row: `values` by column name, typed as the schema says, or the raw text where that failed.

    `cells` gives each column's cell (``B12``); `extras` holds columns that a coordinator added, by title;
    `struck` names the columns whose cell is struck through, wholly or in part.
    """

    table: str
    values: Mapping[str, Scalar]
    sheet: str = ""
    row: int = 0
    cells: Mapping[str, str] = field(default_factory=dict)
    extras: Mapping[str, Scalar] = field(default_factory=dict)
    struck: tuple[str, ...] = ()

    def text(self, column: str) -> str:
        """The value of `column` as stripped text, empty where there is none."""
        value = self.values.get(column)
        return "" if value is None else str(value).strip()

    def codes(self, column: str) -> tuple[str, ...]:
        """The codes of a column that holds several, separated by ``;``, each once."""
        return tuple(dict.fromkeys(code.strip() for code in self.text(column).split(";") if code.strip()))


@dataclass(frozen=True, slots=True)
class HeaderPlace:
    """Where a table's header row was found (`row` 0: a settings table whose header is gone; `cell` its first title).

    `missing` names the columns whose title is not there, `twice` those whose title stands twice; `columns` gives the
    1-based sheet column of each column found.
    """

    table: str
    sheet: str
    row: int
    missing: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    cell: str = ""
    columns: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Canonical:
    """All tables of a canonical workbook or CSV folder: table name -> records in the order of the sheets.

    `headers` gives the place of each table that was found: table name -> (sheet, header row) of every occurrence;
    `places` gives the same with what is missing there.
    """

    file: str
    tables: Mapping[str, tuple[Record, ...]]
    headers: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    places: tuple[HeaderPlace, ...] = ()

    def rows(self, table: str) -> tuple[Record, ...]:
        return self.tables.get(table, ())
