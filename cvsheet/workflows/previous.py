"""What each partner answered a year before: shown beside the cells to fill."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cvsheet.figures.changes import nearest_before
from cvsheet.model.framework import Campaign, CampaignType, Framework
from cvsheet.model.submission import REASONS, AnswerKind, Observation, place_of

if TYPE_CHECKING:
    from cvsheet.judging.engine.assessment import Assessment
    from cvsheet.workflows.workers import Workers

Previous = Mapping[str, Mapping[str, float | str]]
"""Partner -> line code -> the value, or the reason (nd, ns, so)."""


def previous_answers(
    framework: Framework, campaign: str, inbox: Path, root: Path, workers: Workers | None = None
) -> Previous:
    """The answers in `inbox` to the yearly campaign of a year before `campaign`; empty where there is none.

    A value that an ERREUR sets aside is not shown: a partner must not copy it again. Read in `workers` as in `receive`.
    """
    from cvsheet.workflows.validate import validate

    if not _earlier(framework, campaign):
        return {}
    return answers_before(framework, campaign, validate(framework, [inbox], root, workers=workers))


def answers_before(framework: Framework, campaign: str, assessment: Assessment) -> Previous:
    """The same from returns already judged: of each partner, those of the yearly campaign that ends nearest to a year
    before, among those that it answered."""
    earlier = _earlier(framework, campaign)
    returned = {(one.identity.partner, one.identity.campaign) for one in assessment.current if one.identity}
    former = {
        partner: nearest_before(
            framework.campaign[campaign], [one for one in earlier if (partner, one.code) in returned]
        )
        for partner, _ in returned
    }
    found: dict[str, dict[str, float | str]] = {}
    for submission in assessment.current:
        for seen in submission.observations:
            kept = place_of(seen, seen.entry) not in assessment.aside
            value, wanted = _shown(seen), former.get(seen.partner)
            if kept and value is not None and wanted is not None and seen.campaign == wanted.code:
                found.setdefault(seen.partner, {})[seen.line] = value
    return found


def _earlier(framework: Framework, campaign: str) -> list[Campaign]:
    """The yearly campaigns before `campaign`; none where `campaign` itself is not yearly."""
    earlier = [one for one in framework.earlier_campaigns(campaign) if one.type is CampaignType.YEARLY]
    return earlier if framework.campaign[campaign].type is CampaignType.YEARLY else []


def _shown(seen: Observation) -> float | str | None:
    answer = seen.entry.answer
    if answer.kind is AnswerKind.NUMBER:
        return answer.number
    return answer.kind.value if answer.kind in REASONS else None
