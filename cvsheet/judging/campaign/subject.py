"""What is audited: one campaign with the returns that count, and the campaign before it as a measure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from cvsheet.figures.changes import nearest_before
from cvsheet.figures.consolidation import Consolidation
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import Campaign, Framework
from cvsheet.model.records import is_number
from cvsheet.model.submission import AnswerKind, Observation, Submission, place_of

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 8  # cells named in one finding: the sheet shows the others


@dataclass(frozen=True)
class Subject:
    """The audited `campaign`, everything that the rules said of all returns, and the consolidated values."""

    framework: Framework
    assessment: Assessment
    consolidation: Consolidation
    campaign: Campaign

    @cached_property
    def former(self) -> Campaign | None:
        """Of the campaigns of which a return counts, the one that ends nearest to a year before."""
        answered = self.assessment.answered
        return nearest_before(self.campaign, [one for one in self.framework.campaigns if one.code in answered])

    @cached_property
    def returns(self) -> Mapping[tuple[str, str], Submission]:
        """The returns that count, by campaign and partner."""
        known = ((one.identity, one) for one in self.assessment.current)
        return {(identity.campaign, identity.partner): one for identity, one in known if identity}

    def is_aside(self, seen: Observation) -> bool:
        """Whether the answer does not count: set aside by an ERROR, or unreadable."""
        return place_of(seen, seen.entry) in self.assessment.aside or seen.entry.answer.kind is AnswerKind.UNREADABLE


@dataclass(frozen=True)
class AuditTable:
    """One table to judge: `frame` has its columns, and for each row what a finding says of it."""

    name: str
    frame: pd.DataFrame


PLACE = ("campagne", "partenaire", "ligne", "fichier", "feuille", "cellule")
"""The columns that every table has beside its own: where a row comes from, empty where that is nowhere."""


def table_of(name: str, rows: Sequence[Mapping[str, Any]]) -> AuditTable:
    """`rows` as a table, numbered from 0, each with all of `PLACE`; a column of numbers alone is one of numbers."""
    import pandas as pd

    frame = pd.DataFrame([{**dict.fromkeys(PLACE, ""), **row} for row in rows])
    numeric = [key for key in frame.columns if all(value is None or is_number(value) for value in frame[key])]
    return AuditTable(name, frame.astype(dict.fromkeys(numeric, "float64")))


def percent(part: float, whole: float) -> float | None:
    """`part` for a hundred of `whole`; None where there is nothing to divide by."""
    return 100 * part / whole if whole else None


def cells_of(answers: Iterable[Observation]) -> str:
    """``Emploi!K5, Emploi!K6 et 3 autres``, with the file where there are several."""
    places = [place_of(seen, seen.entry) for seen in answers]
    several = len({file for file, _, _ in places}) > 1
    names = [f"{PurePosixPath(file).name} {sheet}!{cell}" if several else f"{sheet}!{cell}"
             for file, sheet, cell in places]  # fmt: skip
    more = len(names) - SHOWN
    listed = ", ".join(names[:SHOWN])
    return f"{listed} et {more} autre{'s' if more > 1 else ''}" if more > 0 else listed
