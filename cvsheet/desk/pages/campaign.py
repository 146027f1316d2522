"""*Campagne*: who was asked, who answered, how completely; what to do next, and what can be asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from starlette.requests import Request

from cvsheet.desk.actions import ACTIONS, DeskAction, Group
from cvsheet.desk.office import Office
from cvsheet.desk.pages import render, seen_in
from cvsheet.desk.wording import BUTTONS, button, for_the_desk
from cvsheet.judging.campaign.reception import PillarShare, Reception, Standing, missing_words, pillar_shares
from cvsheet.model.framework import Campaign, CampaignType, Framework
from cvsheet.reports.receipt import saved_on
from cvsheet.sentences.deadline import day_proposed, is_past
from cvsheet.sentences.sending import after_status

if TYPE_CHECKING:
    from cvsheet import StatusResult

KINDS = {
    Standing.OVERDUE: "error",
    Standing.UNUSABLE: "error",
    Standing.UNFILED: "error",
    Standing.EMPTY: "error",
    Standing.INCOMPLETE: "warning",
    Standing.TO_CORRECT: "warning",
    Standing.COMPLETE: "good",
}
"""Standing -> the colour that goes with its word; the others have none."""


@dataclass(frozen=True, slots=True)
class PillarBar:
    """How much of what is asked in a pillar is given, as a bar; `missing` in words, empty where nothing is."""

    name: str
    percent: int
    missing: str


@dataclass(frozen=True, slots=True)
class PartnerState:
    """A partner as the page shows it: `pillars` in the order of its columns, None where nothing is asked."""

    reception: Reception
    kind: str
    pillars: tuple[PillarBar | None, ...]
    saved: str


def campaign_page(office: Office, request: Request) -> str:
    """The page of the campaign that is asked for, by default the current one."""
    seen = seen_in(office)
    chosen = seen.contract.to_prepare(request.query_params.get("campagne") or None, seen.assessment)
    campaign = chosen.campaign
    found = seen.contract.status(campaign.code, seen.assessment)
    totals = pillar_shares(found.rows)
    today, next_steps = date.today(), [*after_status(found)]
    return render(
        office,
        "campaign.html",
        page="campagne",
        campaigns=sorted(seen.framework.campaigns, key=lambda one: one.end, reverse=True),
        campaign=campaign,
        heading=chosen.heading,
        came=sum(bool(row.file) for row in found.rows),
        standings=_standings(found.rows),
        totals=[_bar(seen.framework, share) for share in totals],
        rows=_rows(seen.framework, found, [share.pillar for share in totals]),
        others=found.unattributed,
        next_steps=next_steps,
        past=is_past(chosen, today) if chosen.limit and chosen.overdue(today) else "",
        proposed=day_proposed(today),
        today=today,
        groups=_groups(campaign),
        wanted=_wanted(next_steps),
        workbook=seen.contract.folder.workbook,
        waiting_files=seen.round.waiting,
    )


@dataclass(frozen=True, slots=True)
class ActionGroup:
    """Actions that are for the same; `dated`: they give partners a last day."""

    name: str
    actions: tuple[tuple[str, DeskAction], ...]
    dated: bool


def _groups(campaign: Campaign) -> list[ActionGroup]:
    """The actions by what they are for; only what a `référence` campaign collects is adopted."""
    possible = [
        (name, one) for name, one in ACTIONS.items() if name != "adopter" or campaign.type is CampaignType.BASELINE
    ]
    return [
        ActionGroup(group.value, tuple(pair for pair in possible if pair[1].group is group), group is Group.PARTNERS)
        for group in Group
    ]


def _wanted(next_steps: Sequence[str]) -> set[str]:
    """The names of the buttons that the next steps speak of."""
    return {name for name in BUTTONS.values() if any(button(name) in for_the_desk(step) for step in next_steps)}


def _standings(rows: Sequence[Reception]) -> list[tuple[Standing, str, int]]:
    """How many partners stand how, the most urgent first."""
    counted = Counter(row.standing for row in rows)
    return [(one, KINDS.get(one, "info"), counted[one]) for one in Standing if counted[one]]


def _bar(framework: Framework, share: PillarShare) -> PillarBar:
    return PillarBar(framework.pillar[share.pillar].sheet, share.percent, missing_words(share))


def _rows(framework: Framework, found: StatusResult, pillars: Sequence[str]) -> list[PartnerState]:
    rows = []
    for row in found.rows:
        own = {share.pillar: _bar(framework, share) for share in row.pillars}
        bars = tuple(own.get(code) for code in pillars)
        rows.append(PartnerState(row, KINDS.get(row.standing, "missing"), bars, saved_on(row.saved_at)))
    return rows
