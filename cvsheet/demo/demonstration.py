"""A complete campaign on fictitious returns: what a newcomer runs first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cvsheet.demo.returns import drop_into, flawed_campaign, good_return
from cvsheet.errors import UsageError
from cvsheet.files.atomic import held_in
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import CampaignType, Framework
from cvsheet.text.french import french_count
from cvsheet.workflows.adopt_campaign import adopt_campaign
from cvsheet.workflows.consolidate import ConsolidateResult, consolidate
from cvsheet.workflows.folder import ContractFolder, load_framework
from cvsheet.workflows.generate import generate
from cvsheet.workflows.init import init
from cvsheet.workflows.previous import previous_answers
from cvsheet.workflows.validate import validate

YEARS_PLAYED = 2  # yearly campaigns after the baseline: one without a fault, one with the usual ones


@dataclass(frozen=True, slots=True)
class DemoResult:
    """Where everything stands, and what the last campaign looked like."""

    folder: ContractFolder
    framework: Framework
    assessment: Assessment
    consolidated: ConsolidateResult


def demo(target: Path, tell: Callable[[str], None]) -> DemoResult:
    """Play a contract in the new folder `target`: baseline, adoption, a good year, a year with faults, the master.

    `tell` receives one French line per step. UsageError where `target` holds anything.
    """
    if held_in(target):
        raise UsageError(
            f"« {target} » n’est pas vide : la démonstration y mêlerait ses chiffres fictifs. Donnez un nouveau nom."
        )
    folder = init(target, identity="")  # fictitious: the same files at every run
    framework = load_framework(folder.workbook)
    tell(f"Contrat créé : {framework.contract.name}.")
    campaigns = sorted(framework.campaigns, key=lambda campaign: campaign.end)
    for campaign in [c for c in campaigns if c.type is CampaignType.BASELINE]:
        _play(folder, framework, campaign.code, tell, flawed=False)
        assessment = validate(framework, [folder.inbox], folder.root)
        adopted = adopt_campaign(folder, framework, assessment, campaign.code, campaign.end)
        tell(f"{campaign.code} : {french_count(adopted.adopted, 'valeur adoptée', 'références et cibles adoptées')}.")
        framework = load_framework(folder.workbook)
    yearly = [c for c in campaigns if c.type is CampaignType.YEARLY][:YEARS_PLAYED]
    for campaign in yearly:
        _play(folder, framework, campaign.code, tell, flawed=campaign is yearly[-1])
    assessment = validate(framework, [folder.inbox], folder.root)
    consolidated = consolidate(framework, assessment, None, folder.results, folder.root)
    return DemoResult(folder, framework, assessment, consolidated)


def _play(
    folder: ContractFolder, framework: Framework, campaign: str, tell: Callable[[str], None], *, flawed: bool
) -> None:
    """Generate the workbooks of `campaign` and let the partners answer."""
    previous = previous_answers(framework, campaign, folder.inbox, folder.root)
    made = generate(framework, campaign, None, folder.outbox / campaign, previous=previous)
    asked = tuple(partner.code for partner in framework.partners_asked(campaign))
    returns = (
        flawed_campaign(framework, campaign, asked)
        if flawed
        else tuple(good_return(framework, campaign, partner) for partner in asked)
    )
    drop_into(folder.inbox / campaign, returns)
    tell(
        f"{campaign} : {french_count(len(made.files), 'classeur envoyé', 'classeurs envoyés')}, "
        f"{french_count(len(returns), 'fichier reçu', 'fichiers reçus')}."
    )
