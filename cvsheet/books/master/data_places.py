"""Where each answer stands in *Données*, and how formulas name its cells."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cvsheet.books.kit.tables import FIRST_ROW, SPARE_ROWS
from cvsheet.figures.consolidation import NOTHING, Consolidation
from cvsheet.figures.consolidation import Key as FigureKey
from cvsheet.files.addresses import column_letters
from cvsheet.model.data_rows import InOrder
from cvsheet.model.framework import Framework
from cvsheet.model.submission import Quantity
from cvsheet.schema.tables import load_table

DATA_SHEET = "Données"
DATA_IN_ORDER = "Journal!$B$14=1"  # that *Données* is in the order in which it was written


@dataclass(frozen=True)
class DataPlaces:
    """The places of all answers that are not blank."""

    framework: Framework
    consolidation: Consolidation

    @cached_property
    def rows(self) -> int:
        """How many answers *Données* lists: every one that is not blank."""
        return len(self.order)

    @cached_property
    def order(self) -> Sequence[int]:
        """The rows of the long table in the order of *Données*: by campaign, line and quantity, then by producer."""
        return array("l", (one.row for key in self.keys for one in self.consolidation.typed[key].contributions))

    @cached_property
    def keys(self) -> tuple[FigureKey, ...]:
        dates = {campaign.code: campaign.end for campaign in self.framework.campaigns}
        rank = {code: number for number, code in enumerate(self.framework.line)}
        return tuple(sorted(self.consolidation.typed, key=lambda key: (dates[key[0]], key[0], rank[key[1]], key[2])))

    @cached_property
    def place(self) -> Sequence[int]:
        """The row of *Données* of each row of the long table; 0 for those that are not there. An array: as a dictionary
        of whole numbers, it would take ten times the room."""
        found = array("l", bytes(array("l").itemsize * (max(self.order, default=-1) + 1)))
        for row, number in enumerate(self.order, start=FIRST_ROW):
            found[number] = row
        return found

    @cached_property
    def _blocks(self) -> Mapping[FigureKey, tuple[int, int]]:
        """First and last row of *Données* of each campaign, line and quantity that has answers."""
        places = {key: self.consolidation.typed[key].contributions for key in self.keys}
        return {key: (self.place[one[0].row], self.place[one[-1].row]) for key, one in places.items() if one}

    def placed(self, campaign: str, line: str, quantity: Quantity, row: int = 0) -> InOrder:
        """Where the answers to `line` stand as long as *Données* is in its order; as seen from its `row`, if any. Where
        there are none, the first of the spare rows stands for them."""
        spare = FIRST_ROW + self.rows
        first, last = self._blocks.get((campaign, line, quantity.value), (spare, spare))
        return InOrder(
            DATA_IN_ORDER,
            lambda name: self._cells(name, first, last),
            lambda name: self._cells(name, first, row - 1) if row > first else "",
        )

    def answer_of(self, campaign: str, line: str, quantity: str, partner: str) -> int | None:
        """The row of the long table that holds what `partner` answered; None where it did not."""
        key = (campaign, line, quantity)
        if key not in self._answer_rows:
            result = self.consolidation.typed.get(key, NOTHING)
            self._answer_rows[key] = {one.partner: one.row for one in reversed(result.contributions)}
        return self._answer_rows[key].get(partner)

    @cached_property
    def _answer_rows(self) -> dict[FigureKey, Mapping[str, int]]:
        """The first answer of each partner to a line, of the lines that were asked for: few weigh others."""
        return {}

    def cell(self, name: str, number: int) -> str:
        """The cell of a column of *Données* in which row `number` of the long table stands."""
        place = self.place[number]
        return self._cells(name, place, place).partition(":")[0]

    def _cells(self, name: str, first: int, last: int) -> str:
        letter = self._letters[name]
        return f"{DATA_SHEET}!${letter}${first + 1}:${letter}${last + 1}"

    @cached_property
    def _letters(self) -> Mapping[str, str]:
        return {column.name: column_letters(n) for n, column in enumerate(load_table("donnees").columns, start=1)}

    @property
    def in_order_formula(self) -> str:
        """Whether *Données* is as it was written: each row where its number says, nothing below the last."""
        numbers = self._cells("ordre", FIRST_ROW, FIRST_ROW + max(1, self.rows) - 1)
        spare = self._cells("cle", FIRST_ROW + self.rows, FIRST_ROW + self.rows + SPARE_ROWS - 1)
        return f"=IF(AND(SUMPRODUCT(({numbers}<>ROW({numbers})-{FIRST_ROW})*1)=0,COUNTA({spare})=0),1,0)"

    def column(self, name: str) -> str:
        """The absolute range of a column of *Données*, spare rows included."""
        return self._columns[name]

    @cached_property
    def _columns(self) -> Mapping[str, str]:
        last = FIRST_ROW + self.rows + SPARE_ROWS - 1
        return {name: self._cells(name, FIRST_ROW, last) for name in self._letters}
