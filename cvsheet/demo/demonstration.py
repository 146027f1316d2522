"""A complete campaign on fictitious returns: what a newcomer runs first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import cvsheet
from cvsheet import Assessment, ConsolidateResult, Contract, ContractFolder, Framework
from cvsheet.demo.returns import drop_into, flawed_campaign, good_return
from cvsheet.errors import UsageError
from cvsheet.files.atomic import held_in
from cvsheet.model.framework import CampaignType
from cvsheet.text.french import french_count

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
    contract = cvsheet.new_contract(target, identity="")  # fictitious: the same files at every run
    tell(f"Contrat créé : {contract.framework.contract.name}.")
    campaigns = sorted(contract.framework.campaigns, key=lambda campaign: campaign.end)
    for campaign in [c for c in campaigns if c.type is CampaignType.BASELINE]:
        _play(contract, campaign.code, tell, flawed=False)
        adopted = replace(contract, today=campaign.end).adopt(campaign.code)
        tell(f"{campaign.code} : {french_count(adopted.adopted, 'valeur adoptée', 'références et cibles adoptées')}.")
        contract = contract.reopened()
    yearly = [c for c in campaigns if c.type is CampaignType.YEARLY][:YEARS_PLAYED]
    for campaign in yearly:
        _play(contract, campaign.code, tell, flawed=campaign is yearly[-1])
    assessment = contract.validate()
    return DemoResult(contract.folder, contract.framework, assessment, contract.consolidate(assessment=assessment))


def _play(contract: Contract, campaign: str, tell: Callable[[str], None], *, flawed: bool) -> None:
    """Generate the workbooks of `campaign` and let the partners answer."""
    framework, made = contract.framework, contract.generate(campaign)
    asked = tuple(partner.code for partner in framework.partners_asked(campaign))
    returns = (
        flawed_campaign(framework, campaign, asked)
        if flawed
        else tuple(good_return(framework, campaign, partner) for partner in asked)
    )
    drop_into(contract.folder.inbox / campaign, returns)
    tell(
        f"{campaign} : {french_count(len(made.files), 'classeur envoyé', 'classeurs envoyés')}, "
        f"{french_count(len(returns), 'fichier reçu', 'fichiers reçus')}."
    )
