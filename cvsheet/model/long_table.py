"""All observations as one table: what the rules judge, consolidation adds up and *Données* shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import nan
from typing import TYPE_CHECKING, Any

from cvsheet.model.submission import AnswerKind, CellKey, Observation, place_of
from cvsheet.schema.roles import beside_answers
from cvsheet.schema.tables import Role

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = (
    "campagne",
    "partenaire",
    "ligne",
    "grandeur",  # Quantity: valeur, référence, cible
    "reponse",  # AnswerKind: nombre, texte, nd, ns, so, vide, illisible
    "nombre",  # float, NaN where the answer is no number
    "texte",
    "forme",  # Form: how it was typed
    "saisie",  # what was typed, as text
    "commentaire",
    "annee",
    "source",
    "fichier",
    "feuille",
    "cellule",
)
NUMBERS = ("nombre", "annee")
"""Those that hold numbers."""


def columns() -> tuple[str, ...]:
    """The columns of the long table: those above, then what else is typed beside an answer."""
    return (*_COLUMNS, *other_remarks())


def other_remarks() -> tuple[str, ...]:
    """The columns of a partner's tables that have none of their own here: their words stand under their own name."""
    return tuple(name for name, column in beside_answers().items() if column.role is Role.NONE)


def long_table(observations: Iterable[Observation]) -> pd.DataFrame:
    """One row per observation, in order, indexed from 0; columns as in `columns`. Blank answers have rows too."""
    import pandas as pd

    frame = pd.DataFrame([*rows_of(observations)], columns=list(columns()))
    return frame.astype(dict.fromkeys(NUMBERS, "float64"))


def rows_of(observations: Iterable[Observation]) -> Iterator[tuple[object, ...]]:
    """The row of each observation, its cells in the order of `columns`."""
    others = other_remarks()
    return (_row(seen, others) for seen in observations)


@dataclass(frozen=True)
class LongTable:
    """The long table of `observations` with one more column, `ecart`: the code of the rule that sets an answer `aside`,
    by its cell, empty where it counts. A pandas frame is made of it only for who asks for one: importing pandas takes
    longer than most of what is done with the rows.
    """

    observations: Sequence[Observation]
    aside: Mapping[CellKey, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.observations)

    def records(self, at: Iterable[int] | None = None) -> Iterator[dict[str, Any]]:
        """The rows as dictionaries by column, in order, made one by one; of those at the places `at` only, if given."""
        others, names = other_remarks(), (*columns(), "ecart")
        chosen = self.observations if at is None else (self.observations[place] for place in at)
        for seen in chosen:
            yield dict(zip(names, (*_row(seen, others), self._rule(seen)), strict=True))

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The same as a frame. Shared by all who ask, so never changed."""
        return long_table(self.observations).assign(ecart=[self._rule(seen) for seen in self.observations])

    def _rule(self, seen: Observation) -> str:
        return self.aside.get(place_of(seen, seen.entry), "")


def _row(seen: Observation, others: Sequence[str]) -> tuple[object, ...]:
    """The cells of `columns`, of which `others` are the last."""
    entry, year = seen.entry, seen.year
    answer = entry.answer
    return (
        seen.campaign,
        seen.partner,
        seen.line,
        seen.quantity.value,
        answer.kind.value,
        _number(answer.number if answer.kind is AnswerKind.NUMBER else None),
        answer.text,
        entry.form.value,
        entry.raw,
        seen.comment,
        _number(year.answer.number if year else None),
        seen.source,
        seen.file,
        seen.sheet,
        entry.cell,
        *map(seen.words, others),
    )


def _number(value: float | None) -> float:
    return nan if value is None else float(value)


def records(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The rows of a frame made of a long table, as dictionaries by column, in order."""
    columns = [frame[name].tolist() for name in frame]  # column by column: `to_dict` takes several times as long
    names = [str(name) for name in frame]
    return (dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True))
