"""From the returns of a `référence` campaign to the canonical workbook: what the partners proposed, once agreed."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from cvsheet.books.contract.adoption.values import Proposal, ValueChange
from cvsheet.books.master.decisions import Coordination
from cvsheet.errors import UsageError
from cvsheet.figures.conflicts import DISAGREEMENT, conflicts_of
from cvsheet.figures.consolidation import Consolidation
from cvsheet.files.kept_csv import written_table, written_text, written_value
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.judging.engine.ruling import disputed_in
from cvsheet.model.framework import Campaign, CampaignType, Framework
from cvsheet.model.submission import Observation, Quantity
from cvsheet.workflows.adopt import AdoptResult, adopt
from cvsheet.workflows.consolidate import arbitrated
from cvsheet.workflows.current import latest, named_campaign
from cvsheet.workflows.folder import ContractFolder
from cvsheet.workflows.former_master import carried_over, master_name

HELD_BACK = "en désaccord, attend votre arbitrage"


def adopt_campaign(
    place: ContractFolder,
    framework: Framework,
    assessment: Assessment,
    campaign: str,
    today: date,
    *,
    replace_validated: bool = False,
    preview: bool = False,
) -> AdoptResult:
    """Write the baselines and targets of the `référence` campaign `campaign` into the canonical workbook.

    They are the consolidated ones; a baseline that the coordination arbitrated is the arbitrated one. What partners
    disagree on is held back until it is: whoever stands first in the contract is no agreement. Nothing is written for a
    `preview`.
    """
    chosen = framework.campaign[campaign]
    master = place.results / master_name(framework, chosen.code)
    decided = carried_over(framework, master, assessment, place.root).coordination
    consolidation = arbitrated(framework, assessment, decided)
    seen = [one for submission in assessment.current for one in submission.observations if one.campaign == chosen.code]
    held = _disputed(consolidation, assessment, decided, chosen)
    found = _without(proposals(framework, consolidation, chosen, seen), held)
    result = adopt(place.workbook, chosen.code, found, today, replace_validated=replace_validated, preview=preview)
    return replace(result, held=tuple((line, quantity.value) for line, quantity in held), campaign=chosen.code)


def detail_file(result: AdoptResult) -> bytes:
    """Every value of an adoption and what becomes of it, as a table that Excel opens."""
    rows = [
        *(_detail(one, "remplacée" if one in result.replaced else "nouvelle") for one in result.changes),
        *(_detail(one, "validée, reste (cvsheet adopt --replace)") for one in result.kept),
        *({"Ligne": written_text(line), "Grandeur": what, "Sort": HELD_BACK} for line, what in result.held),
        *({"Ligne": written_text(line), "Sort": "inconnue du contrat"} for line in result.unknown),
    ]
    return written_table(
        ("Ligne", "Grandeur", "Sort", "Valeur du contrat", "Valeur proposée", "Feuille", "Cellule"), rows
    )


def _detail(change: ValueChange, fate: str) -> dict[str, str]:
    return {
        "Ligne": written_text(change.line),
        "Grandeur": change.quantity,
        "Sort": fate,
        "Valeur du contrat": written_value(change.old[0]),
        "Valeur proposée": written_value(change.new[0]),
        "Feuille": written_text(change.sheet),
        "Cellule": change.cell,
    }


def _disputed(
    consolidation: Consolidation, assessment: Assessment, decided: Coordination, campaign: Campaign
) -> tuple[tuple[str, Quantity], ...]:
    """The lines, with the quantity, of which the answers to `campaign` differ between sources and nobody decided."""
    return tuple(
        (one.line.code, one.quantity)
        for one in conflicts_of(consolidation, disputed_in(assessment.findings))
        if one.dispute is DISAGREEMENT
        and one.campaign == campaign.code
        and not (one.quantity is Quantity.BASELINE and (campaign.code, one.line.code) in decided.arbitrated)
    )


def _without(found: Mapping[str, Proposal], held: Sequence[tuple[str, Quantity]]) -> dict[str, Proposal]:
    """`found` without the quantities `held` back."""
    kept = dict(found)
    for line, quantity in held:
        if line in kept and quantity is Quantity.BASELINE:
            kept[line] = replace(kept[line], baseline=None, baseline_year=None)
        elif line in kept:
            kept[line] = replace(kept[line], target=None, target_year=None)
    return kept


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


def baseline_campaign(framework: Framework, code: str | None, known: Collection[str]) -> Campaign:
    """The `référence` campaign called `code`, by default the latest of those that are `known` to be sent or received;
    UsageError where there is none."""
    found = [campaign for campaign in framework.campaigns if campaign.type is CampaignType.BASELINE]
    codes = [campaign.code for campaign in found]
    chosen = latest(framework, {*codes} & {*known}) if code is None else named_campaign(framework, code)
    if chosen is None and codes:
        raise UsageError(
            "Aucune campagne de référence n’a encore été envoyée ni reçue : rien à adopter. Pour commencer : "
            f"cvsheet generate --campaign {codes[0]}"
        )
    if chosen is None or chosen.type is not CampaignType.BASELINE:
        yearly = f"« {code} » est une campagne annuelle : elle ne recueille ni référence ni cible. " if chosen else ""
        known = ", ".join(codes) or "aucune"
        raise UsageError(f"{yearly}Campagnes de référence du contrat : {known}.")
    return chosen
