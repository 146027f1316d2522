"""A sum over the numbers of *Données*, written down in *Journal*: whoever types over one of them breaks it, also in a
program that leaves the marks of cvsheet in the file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from cvsheet.books.master.decisions import DecisionKey, as_text, row_key
from cvsheet.model.records import Scalar
from cvsheet.model.submission import AnswerKind
from cvsheet.schema.tables import load_table

DATA = "donnees"
SEAL_LABEL = "Empreinte des nombres de « Données »"
DIGITS = 16


def number_of(answer: Mapping[str, Any]) -> float | None:
    """The number that *Données* shows of an `answer` of the long table; None of a word or a reason."""
    return answer["nombre"] if answer["reponse"] == AnswerKind.NUMBER.value else None


def seal_of(rows: Mapping[DecisionKey, tuple[Scalar, bool]]) -> str:
    """The sum over the number of each row and whether it counts: the same in any order, in any spreadsheet."""
    told = sorted(repr((key, as_text(number), counted)) for key, (number, counted) in rows.items())
    return hashlib.sha256("\n".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def seal_of_answers(answers: Iterable[Mapping[str, Any]]) -> str:
    """The same of what *Données* shows of `answers`."""
    table, rows = load_table(DATA), dict[DecisionKey, tuple[Scalar, bool]]()
    for answer in answers:
        rows.setdefault(row_key(table, answer), (number_of(answer), not answer["ecart"]))
    return seal_of(rows)
