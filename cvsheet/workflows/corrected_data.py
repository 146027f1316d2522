"""What a person corrected in *Données* of the master about to be replaced: listed there, since the returns count."""

from __future__ import annotations

from collections.abc import Iterator

from cvsheet.books.master.data_seal import number_of
from cvsheet.books.master.decisions import Note, Reason
from cvsheet.books.master.read_back import FormerMaster
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.schema.tables import load_table

DIFFERENCE = 1e-9  # relative: a spreadsheet keeps 15 digits


def corrected(former: FormerMaster, assessment: Assessment) -> Iterator[Note]:
    """Numbers of the former *Données* that a person changed, or took out of the totals."""
    title = load_table("donnees").column("nombre").title
    count = load_table("donnees").column("compte").title
    for seen in assessment.answers.records():
        key = (seen["campagne"], seen["partenaire"], seen["ligne"], seen["grandeur"])
        given = former.given.get(key)
        typed = " ".join(str(seen["saisie"]).split())
        if given is None or (given.file, given.cell, given.typed) != (seen["fichier"], seen["cellule"], typed):
            continue
        if not _alike(given.number, number_of(seen)):
            yield Note("donnees", key, title, given.number, given.origin, Reason.CORRECTED)
        if given.counted == given.set_aside:
            yield Note("donnees", key, count, int(given.counted), given.origin, Reason.CORRECTED)


def _alike(one: object, other: float | None) -> bool:
    if isinstance(one, int | float) and other is not None:
        return abs(one - other) <= DIFFERENCE * max(1.0, abs(other))
    return one is None and other is None
