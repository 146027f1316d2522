"""From a consolidation to what anybody may read: small counts masked, no answer of a single partner."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cvsheet.books.publication import PublicationContent, publication_workbook
from cvsheet.figures.consolidation import Consolidation
from cvsheet.figures.disclosure.confidentiality import secrecy
from cvsheet.figures.disclosure.figures import POINT, VALUE
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.judging.engine.doubtful import asked_values
from cvsheet.model.framework import Campaign, CampaignType
from cvsheet.model.submission import Quantity
from cvsheet.reports.kept import kept_sentence
from cvsheet.text.french import french_count
from cvsheet.workflows.editions import (
    compared_sentences,
    edition_of,
    masked_actions,
    published_before,
    remembered,
)
from cvsheet.workflows.replacing import replace_workbook

NEXT_STEP = (
    "À faire : relisez-le avant de le publier. Le classeur maître garde les valeurs réelles : ne le diffusez pas."
)


@dataclass(frozen=True, slots=True)
class PublishResult:
    """The publication workbook that was written, a few French lines about what is masked in it, what to do next."""

    path: Path
    content: PublicationContent
    summary: tuple[str, ...]
    next_step: str


def publish(
    assessment: Assessment,
    consolidation: Consolidation,
    campaign: Campaign,
    folder: Path,
    results: Path | None = None,
) -> PublishResult:
    """Write ``<contract>_<campaign>_diffusion.xlsx`` in `folder`: `campaign` is the one judged.

    It is compared with the editions published before, which `results` keeps, the contract's place for outputs.
    """
    framework, memory = consolidation.framework, results or folder
    editions = published_before(framework, memory, folder)
    actions, moved = masked_actions(framework, assessment, campaign.code, editions)
    content = PublicationContent(
        framework=framework,
        consolidation=consolidation,
        secrecy=secrecy(consolidation, editions),
        campaign=campaign,
        actions=actions,
    )
    path = folder / f"{framework.contract.code}_{campaign.code}_diffusion.xlsx"
    workbook = publication_workbook(content)
    edition = edition_of(consolidation, content.secrecy, content.contexts, {campaign.code: actions})
    with remembered(memory, editions, edition, workbook):
        kept = replace_workbook(path, workbook)
    told = (*compared_sentences(content.secrecy, moved), *(() if kept is None else (kept_sentence(path, kept),)))
    doubts = doubts_sentence(consolidation, assessment, content.contexts, campaign.end)
    masks = masks_sentence(content.masks, content.masked_beneficiaries)
    return PublishResult(path, content, (masks, *doubts, *told), NEXT_STEP)


def doubts_sentence(
    consolidation: Consolidation,
    assessment: Assessment,
    published: Container[tuple[str, str]],
    at: date | None = None,
) -> tuple[str, ...]:
    """How many values of what is `published` (campaigns, each with a quantity) are still to be confirmed, for the
    coordination alone; nothing where none is. Baselines and targets are those known `at` a date, by default now."""
    decided = {(campaign, line) for campaign, line, _ in consolidation.arbitrated}
    asked = asked_values(consolidation.framework, assessment.findings, decided.__contains__)
    count = sum(_is_published(consolidation, key, published, at) for key in asked)
    if not count:
        return ()
    told = french_count(count, "valeur est encore à confirmer", "valeurs sont encore à confirmer")
    return (
        f"{told} (feuille « Anomalies » du classeur maître) : faites-le avant de publier. Ce qui est publié dit "
        "seulement qu’une partie des valeurs peut changer.",
    )


def _is_published(
    consolidation: Consolidation, key: tuple[str, str], published: Container[tuple[str, str]], at: date | None
) -> bool:
    """Whether the answers to a line in a campaign stand in what is published: as such, or as the baseline or the target
    of the line, as long as the contract adopted no other."""
    campaign, line = key
    if consolidation.framework.campaign[campaign].type is CampaignType.YEARLY:
        return (campaign, VALUE) in published
    return any(
        (campaign, quantity.value) in published
        or ((POINT, quantity.value) in published and consolidation.point(line, quantity, at).campaign == campaign)
        for quantity in (Quantity.BASELINE, Quantity.TARGET)
    )


def masks_sentence(masks: int, beneficiaries: int) -> str:
    """How many figures are masked, never why: `beneficiaries` of them are numbers of persons of actions."""
    if not masks + beneficiaries:
        return "Aucun chiffre n’est masqué : aucun effectif n’est sous les seuils du contrat."
    total = french_count(masks + beneficiaries, "chiffre masqué", "chiffres masqués")
    if not beneficiaries:
        return f"{total} (ns)."
    nouns = ("nombre de bénéficiaires d’action", "nombres de bénéficiaires d’actions")
    return f"{total} (ns), dont {french_count(beneficiaries, *nouns)}."
