"""What the first pages say of each indicator, beside what its pillar sheet says: who pilots it, what is in doubt, what
the coordination comments on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cvsheet.books.kit.tables import FIRST_ROW
from cvsheet.books.master.content import MasterContent
from cvsheet.books.master.decisions import DecisionKey
from cvsheet.figures.overview import TO_CONFIRM
from cvsheet.figures.points import ARBITRATED, PROPOSED
from cvsheet.judging.engine.doubtful import doubtful_values
from cvsheet.model.framework import Line, Pillar
from cvsheet.model.records import Scalar
from cvsheet.model.submission import Quantity
from cvsheet.schema.tables import load_table

REVIEW, REVIEW_SHEET = "bilan", "Bilan"
PILLAR, INDICATOR = "Pilier", "Indicateur"  # the two natures of its rows
PROPOSED_TARGET = "Cible proposée"


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A row of *Bilan*, counted from 0: a pillar, or an indicator by the line that stands for it."""

    row: int
    pillar: Pillar
    line: Line | None = None

    @property
    def code(self) -> str:
        return self.line.measure.indicator if self.line else self.pillar.code

    @property
    def title(self) -> str:
        return self.line.measure.title if self.line else self.pillar.title

    @property
    def nature(self) -> str:
        return INDICATOR if self.line else PILLAR

    def key(self, campaign: str) -> DecisionKey:
        return campaign, self.nature, self.code


def review_rows(content: MasterContent) -> tuple[ReviewRow, ...]:
    """Each pillar, followed by its indicators, in the order of the framework."""
    subjects: list[tuple[Pillar, Line | None]] = []
    for pillar in content.framework.pillars:
        own = [line for line in content.headline_lines if line.measure.pillar == pillar.code]
        subjects += [(pillar, None), *((pillar, line) for line in own)]
    return tuple(ReviewRow(row, *subject) for row, subject in enumerate(subjects, start=FIRST_ROW))


def comments_of(content: MasterContent) -> Mapping[DecisionKey, Scalar]:
    """What the coordination commented on, by the key of its row."""
    own = load_table(REVIEW).column("commentaire").title
    notes = (one for one in content.coordination.notes if (one.table, one.title, one.reason) == (REVIEW, own, ""))
    return {note.key: note.value for note in notes}


def doubtful(content: MasterContent) -> frozenset[tuple[str, str]]:
    """Campaign and line of the values that a warning asks to confirm and that nobody decided."""
    return doubtful_values(
        content.framework, content.assessment.findings, lambda key: content.arbitration(*key).decides
    )


def doubt_words(content: MasterContent, line: Line, doubts: frozenset[tuple[str, str]]) -> tuple[str, str]:
    """What stands under *Fiabilité* of a line that has a value: as long as nothing is decided, and once it is."""
    target = content.point(line.code, Quantity.TARGET)
    proposed = PROPOSED_TARGET if target.status in (PROPOSED, ARBITRATED) else ""
    return (TO_CONFIRM if (content.campaign.code, line.code) in doubts else proposed), proposed
