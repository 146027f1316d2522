"""What a returned workbook should hold: the rows that cvsheet wrote for this partner and campaign, ready to look up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import chain
from textwrap import wrap

from cvsheet.books.partner.identity import normal_text
from cvsheet.books.partner.rows import (
    PartnerRow,
    PartnerSheet,
    actions_sheet,
    bands,
    entry_table,
    former_free_rows,
    partner_sheets,
)
from cvsheet.memoising import MOST
from cvsheet.model.framework import Framework
from cvsheet.model.submission import Identity
from cvsheet.schema.roles import ACTIONS, BASELINES, YEARLY
from cvsheet.schema.tables import Table, load_table
from cvsheet.text.french import typeset
from cvsheet.text.numerals import tidy

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_FORMER_BAND = {YEARLY: 154, BASELINES: 152, ACTIONS: 156}
"""The letters in a line of a band of workbooks that printed *Contrôle* too."""
_CODE = re.compile(r"(?=.*\d)[^\W_]{2,}([-./][^\W_]+)+")

Signature = tuple[str, ...]


class TableKind(StrEnum):
    """The two tables of a pillar sheet."""

    INDICATORS = "indicateurs"
    ACTIONS = "actions"


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """One row as it was written, and the name of the sheet that it was written in."""

    row: PartnerRow
    kind: TableKind
    sheet: str
    former_sheet: str = ""  # in workbooks made before actions had a sheet of their own

    def labels(self, names: tuple[str, ...]) -> Signature:
        """What the row says it is about, in the columns `names`, as texts are compared; empty for free rows."""
        if self.row.complementary:
            return ()
        return tuple(comparable(self.row.locked.get(name)) for name in names)


@lru_cache(maxsize=MOST)  # the same headings in file after file
def _wrapped(text: str, width: int) -> tuple[str, ...]:
    return tuple(wrap(typeset(text), width))


@dataclass(frozen=True)
class Expected:
    """All rows by their code as compared (`code_key`), and the tables that they stand in. `orders` are the orders in
    which the columns of a table may stand: as the workbook itself says, else as they are and were."""

    framework: Framework
    identity: Identity
    sheets: tuple[PartnerSheet, ...]
    rows: Mapping[str, ExpectedRow]
    tables: Mapping[TableKind, Table]
    orders: Mapping[TableKind, tuple[tuple[str, ...], ...]]

    def looks_like_a_code(self, text: str) -> bool:
        """Whether `text`, which is no expected code, was meant as one; else it is a note."""
        key = code_key(text)
        return key in self.all_codes or _CODE.fullmatch(key) is not None

    @cached_property
    def band_lines(self) -> frozenset[str]:
        """The lines above the blocks of rows, as texts are compared."""
        tables = [(sheet, self.tables[TableKind.INDICATORS if sheet.indicators else TableKind.ACTIONS])
                  for sheet in self.sheets]  # fmt: skip
        above = (lines for sheet, table in tables for lines in bands(sheet, table))
        former = (_wrapped(text, _FORMER_BAND[table.name])
                  for sheet, table in tables for row in sheet.rows for text in row.heading)  # fmt: skip
        return frozenset(comparable(text) for text in chain((text for lines in above for _, text in lines), *former))

    @cached_property
    def all_codes(self) -> frozenset[str]:
        """The codes of the whole contract, as compared."""
        codes = (*self.framework.line, *self.framework.action)
        return frozenset(code_key(code) for code in codes)


def expected_rows(
    framework: Framework, identity: Identity, said: Mapping[str, tuple[str, ...]] | None = None
) -> Expected:
    """What was sent to the partner of `identity`, whose campaign and partner the framework must know; `said` are the
    columns of each table as the workbook names them."""
    sheets = partner_sheets(framework, identity.campaign, identity.partner)
    tables = {
        TableKind.INDICATORS: entry_table(framework, identity.campaign),
        TableKind.ACTIONS: load_table(ACTIONS),
    }
    rows = {code_key(row.row.code): row for row in (*_former_rows(framework, identity), *_rows(framework, sheets))}
    orders = {kind: _orders(table, (said or {}).get(table.name, ())) for kind, table in tables.items()}
    return Expected(framework, identity, sheets, rows, tables, orders)


def _orders(table: Table, said: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    known = tuple(column.name for column in table.columns)
    told = tuple(name for name in said if name in known)
    return (told,) if told else (known, table.former) if table.former else (known,)


@lru_cache(maxsize=16_384)
def code_key(text: str) -> str:
    """A code as compared: no case, no space, no invisible character, and a word processor's dashes as hyphens."""
    return "".join(tidy(text).split()).translate(_DASHES).upper()


def comparable(value: object) -> str:
    """A locked cell as compared: its normal text without case, padding and invisible characters."""
    return normal_text(tidy(value) if isinstance(value, str) else value).casefold()


def _rows(framework: Framework, sheets: tuple[PartnerSheet, ...]) -> Iterator[ExpectedRow]:
    for sheet in sheets:
        yield from (ExpectedRow(row, TableKind.INDICATORS, sheet.name) for row in sheet.indicators)
        for row in sheet.actions:
            pillar = framework.pillar[framework.pillar_of_action(row.action)].sheet if row.action else ""
            yield ExpectedRow(row, TableKind.ACTIONS, sheet.name, pillar)


def _former_rows(framework: Framework, identity: Identity) -> Iterator[ExpectedRow]:
    for sheet, row in former_free_rows(framework, identity.campaign, identity.partner):
        yield ExpectedRow(row, TableKind.ACTIONS, actions_sheet(framework), sheet)
