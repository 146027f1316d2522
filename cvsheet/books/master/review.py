"""What the first pages say of each indicator, beside what its pillar sheet says: who pilots it, what is in doubt, what
the coordination comments on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cvsheet.books.kit.tables import FIRST_ROW
from cvsheet.books.master.content import MasterContent
from cvsheet.books.master.decisions import DecisionKey
from cvsheet.figures.overview import TO_CONFIRM
from cvsheet.figures.points import ARBITRATED, PROPOSED
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.framework import Line, Pillar
from cvsheet.model.records import Scalar
from cvsheet.model.submission import Quantity
from cvsheet.schema.roles import named
from cvsheet.schema.tables import Role, load_table

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
    """Campaign and line of the values that a warning asks to confirm and that nobody decided; of a computed line, also
    where one of its terms is so. What is said of a comment, a year or a target is no doubt about the value."""
    asked = {
        (one.campaign, one.line)
        for one in _each(content.assessment.findings)
        if one.severity is Severity.WARNING and one.line in content.framework.line and _of_the_value(one)
    }
    found = {key for key in asked if not content.arbitration(*key).decides}
    for line in content.framework.line.values():
        if line.measure.computed:
            terms = (line.measure.numerator, line.measure.denominator)
            found |= {(campaign, line.code) for campaign, code in found if code in terms}
    return frozenset(key for key in found if not content.arbitration(*key).decides)


def _of_the_value(finding: Finding) -> bool:
    """Whether the value itself is asked about, and not what stands beside it: a figure shown for comparison that was
    typed over changes no answer, another label may mean another question."""
    return not find_rule(finding.code).beside and finding.facts.get("name") not in named(Role.GOAL, Role.FORMER)


def _each(findings: tuple[Finding, ...]) -> Iterator[Finding]:
    for finding in findings:
        yield finding
        yield from finding.also


def doubt_words(content: MasterContent, line: Line, doubts: frozenset[tuple[str, str]]) -> tuple[str, str]:
    """What stands under *Fiabilité* of a line that has a value: as long as nothing is decided, and once it is."""
    target = content.point(line.code, Quantity.TARGET)
    proposed = PROPOSED_TARGET if target.status in (PROPOSED, ARBITRATED) else ""
    return (TO_CONFIRM if (content.campaign.code, line.code) in doubts else proposed), proposed
