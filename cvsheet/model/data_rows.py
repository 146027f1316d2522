"""Rows of *Données* as formulas of a master ask for them: by their place while it is in order, else by their key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InOrder:
    """Where answers stand as long as *Données* is in the order in which it was written, which the cell `holds` says:
    `block` gives the cells of a column in the rows of one line, `above` those of them above a row (none for the first).

    There nothing needs to be looked for in whole columns, which takes long in a large sheet. Whoever sorts *Données*,
    or adds a row, gets the same figures from the search.
    """

    holds: str
    block: Callable[[str], str]
    above: Callable[[str], str] = lambda name: ""

    def else_search(self, direct: str, searched: str) -> str:
        return f"IF({self.holds},{direct},{searched})"


@dataclass(frozen=True, slots=True)
class DataRow:
    """A row of *Données* as its formulas see it: the name of its cell in a column, and the whole column, by name."""

    cell: Mapping[str, str]
    column: Callable[[str], str]
    placed: InOrder | None = None

    @property
    def is_first(self) -> str:
        """That no producer named earlier answers."""
        key, rank = self.cell["cle"], self.cell["rang"]
        searched = f'COUNTIFS({self.column("cle")},{key},{self.column("repond")},1,{self.column("rang")},"<"&{rank})=0'
        if self.placed is None:
            return searched
        above = self.placed.above("repond")
        return self.placed.else_search(f"SUM({above})=0" if above else "TRUE", searched)

    @property
    def is_greatest(self) -> str:
        """That no answer is greater, nor as great from a producer named earlier. Excel 2016 has no MAXIFS."""
        searched = self._is_greatest(self.column)
        return (
            searched if self.placed is None else self.placed.else_search(self._is_greatest(self.placed.block), searched)
        )

    def _is_greatest(self, column: Callable[[str], str]) -> str:
        number, numbers = self.cell["nombre"], column("nombre")
        alike = f"({column('cle')}={self.cell['cle']})*({column('repond')}=1)"
        earlier = f"({numbers}={number})*({column('rang')}<{self.cell['rang']})"
        return f"SUMPRODUCT({alike}*(({numbers}>{number})+{earlier}))=0"


@dataclass(frozen=True, slots=True)
class FoundRows:
    """Rows of *Données* as functions ask for them: those of `column` (by name) that meet the criteria `where`."""

    column: Callable[[str], str]
    where: str = ""

    @property
    def answering(self) -> str:
        """How many give a number that counts."""
        return f"COUNTIFS({self.where}{self.column('repond')},1)"

    @property
    def kept(self) -> str:
        """How many give a number that goes into the result."""
        return f'COUNTIFS({self.where}{self.column("retenu")},">-1E+300")'

    def sum_of(self, name: str) -> str:
        """The sum of the numbers there."""
        if not self.where:
            return f"SUM({self.column(name)})"
        return f"SUMIFS({self.column(name)},{self.where.removesuffix(',')})"

    @property
    def weights(self) -> str:
        """What the answers that count weigh together."""
        return f"SUMIFS({self.column('poids')},{self.where}{self.column('repond')},1)"

    def of_kind(self, kind: str, *, counting: bool) -> str:
        """How many answers are of that `kind`; with `counting`, of those that no rule sets aside."""
        counted = f",{self.column('compte')},1" if counting else ""
        return f'COUNTIFS({self.where}{self.column("reponse")},"{kind}"{counted})'


@dataclass(frozen=True, slots=True)
class DataRows:
    """The rows of *Données* of one line, campaign and quantity: `key` is theirs, `column` gives whole columns."""

    key: str
    column: Callable[[str], str]
    placed: InOrder | None = None

    def tell(self, make: Callable[[FoundRows], str]) -> str:
        """The expression that `make` gives over these rows: where they stand in order, else searched by their key."""
        searched = make(FoundRows(self.column, f"{self.column('cle')},{self.key},"))
        if self.placed is None:
            return searched
        return self.placed.else_search(make(FoundRows(self.placed.block)), searched)
