"""A complete campaign on fictitious returns: what a newcomer runs first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import cvsheet
from cvsheet import Assessment, Campaign, ConsolidateResult, Contract, ContractFolder, Framework, SiteResult
from cvsheet.demo.returns import drop_into, flawed_campaign, good_return
from cvsheet.errors import UsageError
from cvsheet.files.atomic import held_in
from cvsheet.model.framework import CampaignType
from cvsheet.text.french import french_count

DAYS_LATE = 14  # after the deadline, when partners are reminded
MESSAGES = "messages"
YEARS_PLAYED = 2  # yearly campaigns after the baseline: one without a fault, one with the usual ones


@dataclass(frozen=True, slots=True)
class DemoResult:
    """Where everything stands, and what the last campaign looked like."""

    folder: ContractFolder
    framework: Framework
    assessment: Assessment
    consolidated: ConsolidateResult
    site: SiteResult


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
        _play(contract, campaign, tell, flawed=False)
        adopted = _on(contract, campaign.end).adopt(campaign.code)
        tell(f"{campaign.code} : {french_count(adopted.adopted, 'valeur adoptée', 'références et cibles adoptées')}.")
        contract = contract.reopened()
    yearly = [c for c in campaigns if c.type is CampaignType.YEARLY][:YEARS_PLAYED]
    for campaign in yearly:
        _play(contract, campaign, tell, flawed=campaign is yearly[-1])
    assessment = contract.validate()
    if yearly:
        _write_to_partners(contract, yearly[-1], assessment, tell)
        contract = contract.reopened()  # with the day that the messages gave
    consolidated, site = contract.consolidate(assessment=assessment), contract.site(assessment=assessment)
    return DemoResult(contract.folder, contract.framework, assessment, consolidated, site)


def _on(contract: Contract, day: date) -> Contract:
    """The same contract on that day: what is noted is the same at every run."""
    return replace(contract, known=contract.framework, today=day)


def _play(contract: Contract, campaign: Campaign, tell: Callable[[str], None], *, flawed: bool) -> None:
    """Generate the workbooks of `campaign` and let the partners answer."""
    framework, made = contract.framework, _on(contract, campaign.end).generate(campaign.code)
    asked = tuple(partner.code for partner in framework.partners_asked(campaign.code))
    returns = (
        flawed_campaign(framework, campaign.code, asked)
        if flawed
        else tuple(good_return(framework, campaign.code, partner) for partner in asked)
    )
    drop_into(contract.folder.inbox / campaign.code, returns)
    tell(
        f"{campaign.code} : {french_count(len(made.files), 'classeur envoyé', 'classeurs envoyés')}, "
        f"{french_count(len(returns), 'fichier reçu', 'fichiers reçus')}."
    )


def _write_to_partners(
    contract: Contract, campaign: Campaign, assessment: Assessment, tell: Callable[[str], None]
) -> None:
    """What is due to each partner once the deadline of `campaign` is past, with a new one."""
    last = campaign.deadline or campaign.end
    later = _on(contract, last + timedelta(days=DAYS_LATE))
    result = later.generate(
        campaign.code,
        before=last + timedelta(days=2 * DAYS_LATE),
        messages=contract.folder.results / MESSAGES,
        assessment=assessment,
    )
    if result.messages is not None:
        tell(f"{campaign.code} : messages prêts à envoyer, {result.messages.sentence}.")
