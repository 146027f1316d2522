"""What the coordination must settle between partners: sources that differ, figures counted twice, missing weights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from cvsheet.figures.consolidation import Consolidated, Consolidation, unused
from cvsheet.figures.contributions import Contribution
from cvsheet.model.findings import Finding
from cvsheet.model.framework import Line
from cvsheet.model.methods import Unused
from cvsheet.model.submission import Quantity, quantities_of


@dataclass(frozen=True, slots=True)
class Dispute:
    """What partners may have to settle: its name, and what is to be decided."""

    nature: str
    decision: str


DISAGREEMENT = Dispute(
    "Sources en désaccord",
    "Accordez les partenaires. Sinon, la réponse du premier producteur reste retenue.",
)
DOUBLE_COUNT = Dispute(
    "Double compte possible",
    "Décidez qui compte ces personnes ; l’autre partenaire saisit la part qui lui est propre, ou so.",
)
WITHOUT_WEIGHT = Dispute(
    "Poids manquant",
    "Demandez le nombre qui pondère cette réponse : sans lui, elle reste hors de la moyenne.",
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """What is to be settled for one line, campaign and quantity: its kind, what to decide, the answers at stake."""

    dispute: Dispute
    campaign: str
    line: Line
    quantity: Quantity
    result: Consolidated
    answers: tuple[Contribution, ...]

    @property
    def nature(self) -> str:
        return self.dispute.nature

    @property
    def decision(self) -> str:
        return self.dispute.decision


def conflicts_of(consolidation: Consolidation, disputed: Iterable[tuple[Dispute, Finding]]) -> tuple[Conflict, ...]:
    """Every conflict, the latest campaigns first, in the order of the framework. Arbitrated ones are among them.

    `disputed` are the findings that wait for a decision between partners, each with what its rule says it is.
    """
    found = {_key(one): one for one in chain(_from_findings(consolidation, disputed), _unweighed(consolidation))}
    ends = {campaign.code: campaign.end for campaign in consolidation.framework.campaigns}
    rank = {code: number for number, code in enumerate(consolidation.framework.line)}
    return tuple(
        sorted(found.values(), key=lambda one: (-ends[one.campaign].toordinal(), one.campaign, rank[one.line.code]))
    )


def _key(conflict: Conflict) -> tuple[str, str, str, str]:
    return conflict.nature, conflict.campaign, conflict.line.code, conflict.quantity.value


def _from_findings(consolidation: Consolidation, disputed: Iterable[tuple[Dispute, Finding]]) -> Iterator[Conflict]:
    """One for each dispute on a line, of the last of its findings: there may be one for every pair of partners."""
    last: dict[tuple[str, str, str, Quantity], tuple[Dispute, Finding]] = {}
    for dispute, finding in disputed:
        if finding.line in consolidation.framework.line:
            quantity = _quantity(consolidation, finding)
            last[dispute.nature, finding.campaign, finding.line, quantity] = dispute, finding
    for (_, _, code, quantity), (dispute, finding) in last.items():
        line = consolidation.framework.line[code]
        result = consolidation.result(finding.campaign, finding.line, quantity)
        answers = tuple(one for one in result.contributions if one.counts)
        if dispute is DOUBLE_COUNT:
            answers = tuple(one for one in answers if one.number == finding.facts["value"])
        yield Conflict(dispute, finding.campaign, line, quantity, result, answers)


def _quantity(consolidation: Consolidation, finding: Finding) -> Quantity:
    """Which quantity a finding is about: the one that its partner gave as the finding says."""
    choices = quantities_of(consolidation.framework.campaign[finding.campaign])
    for quantity in choices if len(choices) > 1 else ():
        given = consolidation.result(finding.campaign, finding.line, quantity).contributions
        if any(one.partner == finding.partner and one.number == finding.facts["value"] for one in given):
            return quantity
    return choices[0]


def _unweighed(consolidation: Consolidation) -> Iterator[Conflict]:
    """Answers that stay out of a weighted mean."""
    framework = consolidation.framework
    for (campaign, code, quantity), result in consolidation.typed.items():
        line = framework.line[code]
        missing = [one for one in result.counted if unused(framework, code, result, one) is Unused.NO_WEIGHT]
        if not missing:
            continue
        yield Conflict(WITHOUT_WEIGHT, campaign, line, Quantity(quantity), result, tuple(missing))
