"""A sum over the numbers of *Données*, written down in *Journal*: whoever types over one of them breaks it, also in a
program that leaves the marks of cvsheet in the file."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Mapping
from typing import Any

from cvsheet.books.master.decisions import DecisionKey, as_text, row_key
from cvsheet.model.long_table import LongTable
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
    return hashlib.sha256(_told(rows)).hexdigest()[:DIGITS]


def seal_of_answers(answers: LongTable, rows: Iterable[int]) -> str:
    """The same of what *Données* shows of these `rows` of the long table, which are told a partner at a time: all at
    once, they would take more memory than all that is left of them by then."""
    in_order = array("l", sorted(rows))
    groups: dict[str, array[int]] = {}
    for row, seen in zip(in_order, answers.records(in_order), strict=True):
        groups.setdefault(_beginning(seen["campagne"], seen["partenaire"]), array("l")).append(row)
    table, digest = load_table(DATA), hashlib.sha256()
    for rank, beginning in enumerate(sorted(groups)):
        found = dict[DecisionKey, tuple[Scalar, bool]]()
        for answer in answers.records(groups[beginning]):
            found.setdefault(row_key(table, answer), (number_of(answer), not answer["ecart"]))
        digest.update(b"\n" if rank else b"")
        digest.update(_told(found))
    return digest.hexdigest()[:DIGITS]


def _told(rows: Mapping[DecisionKey, tuple[Scalar, bool]]) -> bytes:
    """A line of each row, in the order of these lines."""
    told = sorted(repr((key, as_text(number), counted)) for key, (number, counted) in rows.items())
    return "\n".join(told).encode("utf-8", "surrogatepass")


def _beginning(campaign: str, partner: str) -> str:
    """What the lines of a partner's answers begin with, and nobody else's: they stand together in that order."""
    return repr((campaign.strip(), partner.strip()))[:-1]
