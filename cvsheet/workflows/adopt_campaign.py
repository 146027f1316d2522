"""From the returns of a `référence` campaign to the canonical workbook: what the partners proposed, once agreed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

from cvsheet.books.contract.adoption.values import Proposal
from cvsheet.errors import UsageError
from cvsheet.figures.consolidation import Consolidation
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import Campaign, CampaignType, Framework
from cvsheet.model.submission import Observation, Quantity
from cvsheet.workflows.adopt import AdoptResult, adopt
from cvsheet.workflows.consolidate import arbitrated
from cvsheet.workflows.folder import ContractFolder, choose_campaign
from cvsheet.workflows.former_master import carried_over, master_name


def adopt_campaign(
    place: ContractFolder,
    framework: Framework,
    assessment: Assessment,
    campaign: str | None,
    today: date,
    *,
    replace_validated: bool = False,
) -> AdoptResult:
    """Write the baselines and targets of `campaign` (by default the latest baseline) into the canonical workbook.

    They are the consolidated ones; a baseline that the coordination arbitrated in a master is the arbitrated one.
    """
    chosen = _baseline_campaign(framework, campaign)
    master = place.results / master_name(framework, chosen.code)
    decided = carried_over(framework, master, assessment, place.root).coordination
    consolidation = arbitrated(framework, assessment, decided)
    seen = [one for submission in assessment.current for one in submission.observations if one.campaign == chosen.code]
    found = proposals(framework, consolidation, chosen, seen)
    return adopt(place.workbook, chosen.code, found, today, replace_validated=replace_validated)


def proposals(
    framework: Framework, consolidation: Consolidation, campaign: Campaign, seen: list[Observation]
) -> Mapping[str, Proposal]:
    """What `campaign` proposes, by line code: aggregated over the partners, with the years that they gave.

    A year is kept where all partners of a line agree on it; else the campaign's year, or that of the contract's end.
    """
    found: dict[str, Proposal] = {}
    for line in framework.input_lines:
        own = [one for one in seen if one.line == line.code]
        baseline = _settled(consolidation.retained(campaign.code, line.code, Quantity.BASELINE))
        target = _settled(consolidation.result(campaign.code, line.code, Quantity.TARGET).value)
        if baseline is None and target is None:
            continue
        found[line.code] = Proposal(
            baseline=baseline,
            baseline_year=None if baseline is None else _year(own, Quantity.BASELINE, campaign.year),
            target=target,
            target_year=None if target is None else _year(own, Quantity.TARGET, framework.contract.end.year),
            source=" ; ".join(dict.fromkeys(one.source for one in own if one.source)),
        )
    return found


def _settled(value: float | None) -> float | None:
    """`value` as a person would write it, without the digits that a division leaves, here or in a partner's formula.

    Four decimals are kept, of a small number six significant digits: 34.761194029850746 is adopted as 34.7612.
    """
    if not value:
        return value
    return round(value, max(4, 5 - math.floor(math.log10(abs(value)))))


def _year(seen: list[Observation], quantity: Quantity, fallback: int) -> int:
    years = {one.year.answer.number for one in seen if one.quantity is quantity and one.year is not None} - {None}
    return int(years.pop() or fallback) if len(years) == 1 else fallback


def _baseline_campaign(framework: Framework, code: str | None) -> Campaign:
    found = [campaign for campaign in framework.campaigns if campaign.type is CampaignType.BASELINE]
    if code is None and found:
        return max(found, key=lambda campaign: campaign.end)
    chosen = choose_campaign(framework, code, date.max)
    if chosen.type is not CampaignType.BASELINE:
        known = ", ".join(campaign.code for campaign in found) or "aucune"
        raise UsageError(
            f"« {chosen.code} » est une campagne annuelle : elle ne recueille ni référence ni cible. "
            f"Campagnes de référence du contrat : {known}."
        )
    return chosen
