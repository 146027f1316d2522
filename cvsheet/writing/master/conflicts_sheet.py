"""*Conflits*: what the coordination must settle between partners, answer by answer, with where each one stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from xlsxwriter.worksheet import Worksheet

from cvsheet.consolidation.aggregation import Consolidated, Contribution, Unused, unused
from cvsheet.findings import Finding
from cvsheet.framework import Aggregation, Line
from cvsheet.submission import Quantity
from cvsheet.writing.book import Book
from cvsheet.writing.master.content import DISAGREEMENT, DOUBLE_COUNT, MasterContent
from cvsheet.writing.master.tables import write_listing

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
SUBTITLE = "Une ligne par réponse en cause. Corrigez de préférence dans le fichier du partenaire, puis relancez."


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


def conflicts_of(content: MasterContent) -> tuple[Conflict, ...]:
    """Every conflict, the latest campaigns first, in the order of the framework."""
    found = {**{_key(one): one for one in _from_findings(content)}, **{_key(one): one for one in _unweighed(content)}}
    campaigns = [campaign.code for campaign in reversed(content.answered_campaigns)]
    lines = list(content.framework.line)
    return tuple(sorted(found.values(), key=lambda one: (campaigns.index(one.campaign), lines.index(one.line.code))))


def write_conflicts_sheet(book: Book, content: MasterContent) -> Worksheet:
    """Disagreements between sources, figures that may be counted twice, answers without a weight."""
    saved = {one.file: one.saved_at for one in content.assessment.current}
    rows = [_row(content, saved, conflict, one) for conflict in conflicts_of(content) for one in conflict.answers]
    return write_listing(book, "Conflits", "conflits", rows, SUBTITLE, "Aucun désaccord entre partenaires.")


def _key(conflict: Conflict) -> tuple[str, str, str, str]:
    return conflict.nature, conflict.campaign, conflict.line.code, conflict.quantity.value


def _from_findings(content: MasterContent) -> Iterator[Conflict]:
    for finding in content.assessment.findings:
        line = content.framework.line.get(finding.line)
        if finding.code not in NATURES or line is None:
            continue
        quantity = _quantity(content, finding)
        result = content.consolidation.result(finding.campaign, finding.line, quantity)
        answers = tuple(one for one in result.contributions if one.counts)
        if finding.code == DOUBLE_COUNT:
            answers = tuple(one for one in answers if one.number == finding.facts["value"])
        yield Conflict(*NATURES[finding.code], finding.campaign, line, quantity, result, answers)


def _quantity(content: MasterContent, finding: Finding) -> Quantity:
    """Which quantity a finding is about: the one that its partner gave as the finding says."""
    choices = content.quantities(content.framework.campaign[finding.campaign])
    for quantity in choices:
        given = content.consolidation.result(finding.campaign, finding.line, quantity).contributions
        if any(one.partner == finding.partner and one.number == finding.facts["value"] for one in given):
            return quantity
    return choices[0]


def _unweighed(content: MasterContent) -> Iterator[Conflict]:
    """Answers that stay out of a weighted mean."""
    for (campaign, code, quantity), result in content.consolidation.typed.items():
        line = content.framework.line[code]
        if line.measure.aggregation is not Aggregation.WEIGHTED_MEAN or not result.conflict:
            continue
        missing = [
            one
            for one in result.contributions
            if one.counts and unused(content.framework, code, result, one) is Unused.NO_WEIGHT
        ]
        yield Conflict(*WITHOUT_WEIGHT, campaign, line, Quantity(quantity), result, tuple(missing))


def _row(
    content: MasterContent, saved: dict[str, datetime | None], conflict: Conflict, one: Contribution
) -> dict[str, object]:
    seen = content.assessment.frame.iloc[one.row]
    line, retained = conflict.line, conflict.result.value
    single = line.measure.aggregation is Aggregation.SINGLE_SOURCE
    return {
        "campagne": conflict.campaign,
        "nature": conflict.nature,
        "ligne": line.code,
        "mesure": f"{line.measure.title} – {line.label}",
        "grandeur": conflict.quantity.value,
        "partenaire": one.partner,
        "valeur": one.number,
        "retenu": retained,
        "ecart": one.number - retained if single and one.number is not None and retained is not None else None,
        "compte": "oui" if unused(content.framework, line.code, conflict.result, one) is None else "non",
        "enregistre": saved.get(seen["fichier"]),
        "fichier": seen["fichier"],
        "feuille": seen["feuille"],
        "cellule": seen["cellule"],
        "decision": conflict.decision,
    }
