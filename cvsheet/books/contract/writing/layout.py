"""Which table stands where in the canonical workbook, before anything is written.

One table a sheet: a header row stays in sight only where it is frozen, and a sheet can freeze one; widths, folded
columns, filters and deleted rows are the table's own too. Rows are counted from 0, as XlsxWriter does. A table has its
header row, its records, then prepared blank rows in which a coordinator adds one by typing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from cvsheet.books.contract.pilotage import SHEET as PILOT
from cvsheet.files.addresses import column_letters, quoted
from cvsheet.model.records import Canonical, Record
from cvsheet.model.sheet_names import LONGEST_NAME
from cvsheet.schema.tables import Table, load_table

HOME = "Accueil"
SETTINGS_SHEET = "Contrat"
LISTS = "Listes"
POINTS = "Points à décider"
ROOM_BELOW = 200  # rows that a table may still grow by below those prepared

PREPARED, PREPARED_FIRST = 4, 12  # blank rows below records, where there is none; each is printed, needed or not
EXTRA_WIDTH = 24.0  # of a coordinator's own columns

_SHORTER = {"references_modalites": "Références par modalité"}  # names of sheets, where it is not the table's title
HEADER_ROW = 3  # below title, subtitle and link


@dataclass(frozen=True, slots=True)
class Block:
    """The table of a sheet. `extras` are the titles of the coordinator's own columns; `number` tells sheets of one
    table apart."""

    table: Table
    sheet: str
    records: tuple[Record, ...]
    extras: tuple[str, ...]
    number: int

    @property
    def last_row(self) -> int:
        """The last prepared row, 0-based."""
        return HEADER_ROW + len(self.records) + (PREPARED if self.records else PREPARED_FIRST)

    @property
    def widths(self) -> list[float]:
        """How wide its columns are."""
        return [column.width for column in self.table.columns] + [EXTRA_WIDTH] * len(self.extras)

    @property
    def widths_in_sight(self) -> list[float]:
        """How wide those are that the sheet opens on."""
        folded = [column.folded for column in self.table.columns] + [False] * len(self.extras)
        return [width for width, out_of_sight in zip(self.widths, folded, strict=True) if not out_of_sight]

    @property
    def last_typed_row(self) -> int:
        """The last row with dropdowns and checks, 0-based: the table may grow so far without them being copied."""
        return self.last_row + ROOM_BELOW

    @property
    def rows(self) -> int:
        """How many rows `area` has."""
        return self.last_typed_row - HEADER_ROW

    @property
    def excel_name(self) -> str:
        """The name of the Excel table, unique in the workbook."""
        return f"t_{self.table.name}_{self.number}"

    def area(self, column: str, *, header: bool = False) -> str:
        """The absolute range of `column`, without the sheet: rows to come included; its header cell with `header`."""
        letters = column_letters(self.table.position(column) + 1)
        if header:
            return f"${letters}${HEADER_ROW + 1}"
        return f"${letters}${HEADER_ROW + 2}:${letters}${self.last_typed_row + 1}"

    def reference(self, column: str, *, header: bool = False) -> str:
        """The same range with its sheet, for formulas of other sheets."""
        return f"{quoted(self.sheet)}!{self.area(column, header=header)}"


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One sheet with its table; `pillar` is the code of the pillar whose measures it holds, if any."""

    name: str
    title: str
    subtitle: str
    block: Block
    pillar: str = ""


def plan_sheets(canonical: Canonical) -> tuple[SheetPlan, ...]:
    """The sheets of tables, in order: what is followed comes between who and when, and the fine print."""
    before = ("partenaires", "campagnes", "piliers", "priorites", "objectifs", "actions")
    after = ("references_modalites", "ventilations", "regles", "severites", "glossaire")
    return (
        *(_plan(canonical, table) for table in before),
        *_pillar_sheets(canonical, _SheetNames()),
        *(_plan(canonical, table) for table in after),
    )


def extra_titles(records: Sequence[Record]) -> tuple[str, ...]:
    """The titles of the coordinator's own columns, in the order in which they first appear."""
    return tuple(dict.fromkeys(title for record in records for title in record.extras))


FIXED_SHEETS = (
    HOME, PILOT, POINTS, SETTINGS_SHEET, LISTS, "Partenaires", "Campagnes", "Piliers", "Priorités", "Objectifs",
    "Actions", "Références par modalité", "Ventilations", "Règles", "Sévérités", "Glossaire", "History",
)  # fmt: skip
"""The names that no pillar's sheet may take; Excel keeps the last one for itself."""


class _SheetNames:
    """Sheet names given so far: a pillar's may be too long, forbidden by Excel, or taken."""

    def __init__(self) -> None:
        self._taken = {name.casefold() for name in FIXED_SHEETS}

    def give(self, wanted: str) -> str:
        """A valid name as near to `wanted` as can be."""
        base = re.sub(r"[:\\/?*\[\]\x00-\x1f]", " ", wanted)[:LONGEST_NAME].strip(" '") or "Pilier"
        name, rank = base, 1
        while name.casefold() in self._taken:
            rank += 1
            name = f"{base[: LONGEST_NAME - 4]} ({rank})"
        self._taken.add(name.casefold())
        return name


def _plan(canonical: Canonical, name: str) -> SheetPlan:
    """The sheet of the only table called `name`."""
    table, records = load_table(name), canonical.rows(name)
    sheet = _SHORTER.get(name, table.title)
    return SheetPlan(sheet, table.title, table.description, Block(table, sheet, records, extra_titles(records), 1))


def _pillar_sheets(canonical: Canonical, names: _SheetNames) -> Iterator[SheetPlan]:
    """The measures, one sheet per pillar; those of an unknown one stand on the first, where `cvsheet check` points."""
    table, pillars, pillar_of = load_table("indicateurs"), canonical.rows("piliers"), pillars_of(canonical)
    codes = [pillar.text("code") for pillar in pillars]
    homes = [(record, pillar_of(record)) for record in canonical.rows(table.name)]
    for number, pillar in enumerate(pillars, start=1):
        code = pillar.text("code")
        here = tuple(record for record, home in homes if home == code or (number == 1 and home not in codes))
        sheet = names.give(pillar.text("feuille") or pillar.text("intitule") or code)
        subtitle = f"Pilier {code} : ses indicateurs, une ligne par mesure."
        block = Block(table, sheet, here, extra_titles(here), number)
        yield SheetPlan(sheet, pillar.text("intitule") or code, subtitle, block, code)


def pillars_of(canonical: Canonical) -> Callable[[Record], str]:
    """What gives the code of the pillar that an action or a measure belongs to, empty where nothing says it."""
    priorities = {row.text("code"): row.text("pilier") for row in canonical.rows("priorites")}
    objectives = {row.text("code"): row.text("priorite") for row in canonical.rows("objectifs")}

    def pillar_of(record: Record) -> str:
        priority = record.text("priorite") or objectives.get(record.text("objectif"), "")
        return record.text("pilier") or priorities.get(priority, "")

    return pillar_of
