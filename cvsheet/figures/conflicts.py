"""What the coordination must settle between partners: sources that differ, figures counted twice, missing weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cvsheet.figures.consolidation import Consolidated, Consolidation, Contribution, unused
from cvsheet.model.findings import Finding
from cvsheet.model.framework import Line
from cvsheet.model.methods import Unused
from cvsheet.model.submission import Quantity, quantities_of

DISAGREEMENT, DOUBLE_COUNT = "ENS-001", "ENS-002"  # rules whose findings wait for a decision between partners
NATURES = {
    DISAGREEMENT: (
        "Sources en désaccord",
        "Accordez les partenaires. Sinon, la réponse du premier producteur reste retenue.",
    ),
    DOUBLE_COUNT: (
        "Double compte possible",
        "Décidez qui compte ces personnes ; l’autre partenaire saisit la part qui lui est propre, ou so.",
    ),
}
WITHOUT_WEIGHT = (
    "Poids manquant",
    "Demandez le nombre qui pondère cette réponse : sans lui, elle reste hors de la moyenne.",
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """What is to be settled for one line, campaign and quantity: its kind, what to decide, the answers at stake."""

    nature: str
    decision: str
    campaign: str
    line: Line
    quantity: Quantity
    result: Consolidated
    answers: tuple[Contribution, ...]


def conflicts_of(consolidation: Consolidation, findings: Sequence[Finding]) -> tuple[Conflict, ...]:
    """Every conflict, the latest campaigns first, in the order of the framework. Arbitrated ones are among them."""
    candidates = [*_from_findings(consolidation, findings), *_unweighed(consolidation)]
    found = {_key(one): one for one in candidates}
    ends = {campaign.code: campaign.end for campaign in consolidation.framework.campaigns}
    rank = {code: number for number, code in enumerate(consolidation.framework.line)}
    return tuple(
        sorted(found.values(), key=lambda one: (-ends[one.campaign].toordinal(), one.campaign, rank[one.line.code]))
    )


def _key(conflict: Conflict) -> tuple[str, str, str, str]:
    return conflict.nature, conflict.campaign, conflict.line.code, conflict.quantity.value


def _from_findings(consolidation: Consolidation, findings: Sequence[Finding]) -> Iterator[Conflict]:
    for finding in findings:
        line = consolidation.framework.line.get(finding.line)
        if finding.code not in NATURES or line is None:
            continue
        quantity = _quantity(consolidation, finding)
        result = consolidation.result(finding.campaign, finding.line, quantity)
        answers = tuple(one for one in result.contributions if one.counts)
        if finding.code == DOUBLE_COUNT:
            answers = tuple(one for one in answers if one.number == finding.facts["value"])
        yield Conflict(*NATURES[finding.code], finding.campaign, line, quantity, result, answers)


def _quantity(consolidation: Consolidation, finding: Finding) -> Quantity:
    """Which quantity a finding is about: the one that its partner gave as the finding says."""
    choices = quantities_of(consolidation.framework.campaign[finding.campaign])
    for quantity in choices:
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
        yield Conflict(*WITHOUT_WEIGHT, campaign, line, Quantity(quantity), result, tuple(missing))
