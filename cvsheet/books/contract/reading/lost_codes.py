"""Codes that Excel took for dates, as codes again: ``1-1`` typed in a cell becomes the first of January.

Only the whole workbook tells what was meant, so this comes after every table was read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date

from cvsheet.model.records import Record
from cvsheet.schema.tables import load_table
from cvsheet.text.french import french_date

_WITH_YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")
Records = tuple[Record, ...]


def with_lost_codes(tables: Mapping[str, Records]) -> dict[str, Records]:
    """`tables` with each date in a code column replaced by the code, where only one can have been meant.

    In a key column that is a possible code of the kind of the others, which none of them is; elsewhere, a possible
    code that exists. Dates that remain become text (``01/02/2026``), which no code looks like.
    """
    keys = {name: _with_own_codes(name, rows) for name, rows in tables.items()}
    known = {
        f"{name}.{column}": {record.text(column) for record in rows}
        for name, rows in keys.items()
        for column in load_table(name).key
    }
    return {name: tuple(_with_other_codes(record, known) for record in rows) for name, rows in keys.items()}


def possible_codes(day: date) -> tuple[str, ...]:
    """The codes that may have become `day`: ``1-2`` typed under French or English settings, ``2021-02``."""
    codes = [f"{day.day}-{day.month}", f"{day.month}-{day.day}"]
    if day.day == 1:
        codes += [f"{day.year}-{day.month:02}", f"{day.month:02}-{day.year}"]
    return tuple(dict.fromkeys(codes))


def _with_own_codes(table: str, rows: Records) -> Records:
    for column in load_table(table).key:
        taken = {record.text(column) for record in rows if isinstance(record.values.get(column), str)}
        with_years = any(map(_WITH_YEAR.search, taken))
        rows = tuple(_recovered(record, column, _is_new(taken, with_years)) for record in rows)
    return rows


def _is_new(taken: Collection[str], with_years: bool) -> Callable[[str], bool]:
    """Whether a code is none of `taken` and of their kind: with a year in it, or without."""
    return lambda code: code not in taken and bool(_WITH_YEAR.search(code)) == with_years


def _with_other_codes(record: Record, known: Mapping[str, set[str]]) -> Record:
    if not _lost(record):
        return record
    for column in load_table(record.table).columns:
        record = _recovered(record, column.name, known.get(column.reference, set()).__contains__)
    left = {name: french_date(day) for name, day in _lost(record).items()}
    return replace(record, values={**record.values, **left}) if left else record


def _recovered(record: Record, column: str, allowed: Callable[[str], bool]) -> Record:
    day = _lost(record).get(column)
    codes = [code for code in possible_codes(day) if allowed(code)] if day else []
    return replace(record, values={**record.values, column: codes[0]}) if len(codes) == 1 else record


def _lost(record: Record) -> dict[str, date]:
    """The dates that stand in text columns of `record`."""
    days = {name: value for name, value in record.values.items() if isinstance(value, date)}
    return {name: day for name, day in days.items() if load_table(record.table).column(name).type == "string"}
