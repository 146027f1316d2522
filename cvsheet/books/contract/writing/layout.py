"""Which table stands where in the canonical workbook, before anything is written.

Rows are counted from 0, as XlsxWriter does. A table has its header row, its records, then prepared blank rows in
which a coordinator adds one by typing.
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
TREE_SHEET = "Objectifs"
POINTS = "Points à décider"
RULES_SHEET = "Règles"
TREE_TITLES = ("Piliers, priorités et objectifs", "L’arbre du contrat, du plus général au plus précis.")
RULES_TITLES = ("Règles", "Les règles que ce contrat ajoute, puis ce qu’il change à la sévérité de celles de cvsheet.")
ROOM_BELOW = 200  # rows that a table which is the last of its sheet may still grow by

PREPARED = {
    "piliers": 3,
    "priorites": 5,
    "campagnes": 6,
    "actions": 8,
    "indicateurs": 8,
    "references_modalites": 40,
    "regles": 8,
    "severites": 6,
}
PREPARED_ELSEWHERE = 12

_FIRST_HEADER = 3  # title, subtitle, links, then the header row
_BETWEEN = 3  # blank row, title, description


@dataclass(frozen=True, slots=True)
class Block:
    """One table on a sheet. `header_row` is 0-based; `extras` are the titles of the coordinator's own columns."""

    table: Table
    sheet: str
    records: tuple[Record, ...]
    extras: tuple[str, ...]
    header_row: int
    prepared: int
    alone: bool
    last: bool
    number: int

    @property
    def last_row(self) -> int:
        """The last prepared row, 0-based."""
        return self.header_row + len(self.records) + self.prepared

    @property
    def excel_name(self) -> str:
        """The name of the Excel table, unique in the workbook."""
        return f"t_{self.table.name}_{self.number}"

    def area(self, column: str, *, header: bool = False) -> str:
        """The absolute range of `column`, without the sheet: rows to come included; its header cell with `header`."""
        letters = column_letters(self.table.position(column) + 1)
        if header:
            return f"${letters}${self.header_row + 1}"
        room = ROOM_BELOW if self.last else 0
        return f"${letters}${self.header_row + 2}:${letters}${self.last_row + 1 + room}"

    def reference(self, column: str, *, header: bool = False) -> str:
        """The same range with its sheet, for formulas of other sheets."""
        return f"{quoted(self.sheet)}!{self.area(column, header=header)}"


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One sheet of tables."""

    name: str
    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    pillar: str = ""


def plan_sheets(canonical: Canonical) -> tuple[SheetPlan, ...]:
    """The sheets of tables, in order: what is followed comes between who and when, and the fine print."""
    names = _SheetNames()
    pillars = _pillar_sheets(canonical, names)
    return (
        _plan(canonical, "Partenaires", ("partenaires",)),
        _plan(canonical, "Campagnes", ("campagnes",)),
        _plan(canonical, TREE_SHEET, ("piliers", "priorites", "objectifs"), *TREE_TITLES),
        *pillars,
        _plan(canonical, "Références par modalité", ("references_modalites",)),
        _plan(canonical, "Ventilations", ("ventilations",)),
        _plan(canonical, RULES_SHEET, ("regles", "severites"), *RULES_TITLES),
        _plan(canonical, "Glossaire", ("glossaire",)),
    )


def extra_titles(records: Sequence[Record]) -> tuple[str, ...]:
    """The titles of the coordinator's own columns, in the order in which they first appear."""
    return tuple(dict.fromkeys(title for record in records for title in record.extras))


FIXED_SHEETS = (
    HOME, PILOT, POINTS, SETTINGS_SHEET, LISTS, TREE_SHEET, "Partenaires", "Campagnes", "Références par modalité",
    "Ventilations", RULES_SHEET, "Glossaire", "History",
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


def _plan(canonical: Canonical, sheet: str, tables: Sequence[str], title: str = "", subtitle: str = "") -> SheetPlan:
    """A sheet of `tables`; where there is one only, it gives the sheet its title and subtitle."""
    first = load_table(tables[0])
    title, subtitle = title or first.title, subtitle or first.description
    return SheetPlan(sheet, title, subtitle, _blocks(sheet, [(name, canonical.rows(name)) for name in tables], 1))


def _pillar_sheets(canonical: Canonical, names: _SheetNames) -> Iterator[SheetPlan]:
    """One sheet per pillar; rows of an unknown pillar stand on the first, where `cvsheet check` points at them."""
    pillars = canonical.rows("piliers")
    codes = [pillar.text("code") for pillar in pillars]
    pillar_of = pillars_of(canonical)
    homes = {id(record): pillar_of(record) for table in ("actions", "indicateurs") for record in canonical.rows(table)}
    for number, pillar in enumerate(pillars, start=1):
        code = pillar.text("code")
        here = [
            (
                table,
                tuple(
                    record
                    for record in canonical.rows(table)
                    if homes[id(record)] == code or (number == 1 and homes[id(record)] not in codes)
                ),
            )
            for table in ("actions", "indicateurs")
        ]
        sheet = names.give(pillar.text("feuille") or pillar.text("intitule") or code)
        subtitle = f"Pilier {code} : ses actions, puis ses indicateurs (une ligne par mesure)."
        yield SheetPlan(sheet, pillar.text("intitule") or code, subtitle, _blocks(sheet, here, number), code)


def pillars_of(canonical: Canonical) -> Callable[[Record], str]:
    """What gives the code of the pillar that an action or a measure belongs to, empty where nothing says it."""
    priorities = {row.text("code"): row.text("pilier") for row in canonical.rows("priorites")}
    objectives = {row.text("code"): row.text("priorite") for row in canonical.rows("objectifs")}

    def pillar_of(record: Record) -> str:
        priority = record.text("priorite") or objectives.get(record.text("objectif"), "")
        return record.text("pilier") or priorities.get(priority, "")

    return pillar_of


def _blocks(sheet: str, tables: Sequence[tuple[str, tuple[Record, ...]]], number: int) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for rank, (name, records) in enumerate(tables):
        table = load_table(name)
        above = blocks[-1].last_row + 1 + _BETWEEN if blocks else _FIRST_HEADER + (_BETWEEN if len(tables) > 1 else 0)
        blocks.append(
            Block(
                table=table,
                sheet=sheet,
                records=records,
                extras=extra_titles(records),
                header_row=above,
                prepared=PREPARED.get(name, PREPARED_ELSEWHERE),
                alone=len(tables) == 1,
                last=rank == len(tables) - 1,
                number=number,
            )
        )
    return tuple(blocks)
