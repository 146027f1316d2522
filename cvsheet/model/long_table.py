"""All observations as one pandas frame: what the rules judge, consolidation adds up and *Données* shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from cvsheet.model.submission import AnswerKind, Observation
from cvsheet.schema.roles import beside_answers
from cvsheet.schema.tables import Role

if TYPE_CHECKING:
    import pandas as pd

AT_ONCE = 5_000  # rows: as dictionaries, a hundred thousand of them take 150 MB
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


def columns() -> tuple[str, ...]:
    """The columns of the long table: those above, then what else is typed beside an answer."""
    return (*_COLUMNS, *other_remarks())


def other_remarks() -> tuple[str, ...]:
    """The columns of a partner's tables that have none of their own here: their words stand under their own name."""
    return tuple(name for name, column in beside_answers().items() if column.role is Role.NONE)


def long_table(observations: Iterable[Observation]) -> pd.DataFrame:
    """One row per observation, in order, indexed from 0; columns as in `columns`. Blank answers have rows too."""
    import pandas as pd

    others = other_remarks()
    rows = [
        (
            seen.campaign,
            seen.partner,
            seen.line,
            seen.quantity.value,
            seen.entry.answer.kind.value,
            seen.entry.answer.number if seen.entry.answer.kind is AnswerKind.NUMBER else None,
            seen.entry.answer.text,
            seen.entry.form.value,
            seen.entry.raw,
            seen.comment,
            seen.year.answer.number if seen.year else None,
            seen.source,
            seen.file,
            seen.sheet,
            seen.entry.cell,
            *map(seen.words, others),
        )
        for seen in observations
    ]
    frame = pd.DataFrame(rows, columns=list(columns()))
    return frame.astype({"nombre": "float64", "annee": "float64"})


def records(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The rows of a long table as dictionaries by column, in order; few of them are in memory at a time."""
    for start in range(0, len(frame), AT_ONCE):
        part = frame.iloc[start : start + AT_ONCE]
        columns = [part[name].tolist() for name in part]  # column by column: `to_dict` takes several times as long
        names = [str(name) for name in part]
        yield from (dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True))
