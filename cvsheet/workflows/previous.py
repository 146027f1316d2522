"""What each partner answered to the campaign before: shown beside the cells to fill."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cvsheet.framework import CampaignType, Framework
from cvsheet.submission import REASONS, AnswerKind, Observation, Quantity

if TYPE_CHECKING:
    from cvsheet.rules.assessment import Assessment
    from cvsheet.workflows.workers import Workers

Previous = Mapping[str, Mapping[str, float | str]]
"""Partner -> line code -> the value, or the reason (nd, ns, so)."""


def previous_answers(
    framework: Framework, campaign: str, inbox: Path, root: Path, workers: Workers | None = None
) -> Previous:
    """The answers in `inbox` to the yearly campaign before `campaign`; empty where there is none.

    A value that an ERREUR sets aside is not shown: a partner must not copy it again. Read in `workers` as in `receive`.
    """
    from cvsheet.workflows.validate import validate

    if not _earlier(framework, campaign):
        return {}
    return answers_before(framework, campaign, validate(framework, [inbox], root, workers=workers))


def answers_before(framework: Framework, campaign: str, assessment: Assessment) -> Previous:
    """The same from returns already judged, as far as those of the campaign before are among them."""
    earlier = _earlier(framework, campaign)
    found: dict[str, dict[str, float | str]] = {}
    for submission in assessment.current:
        for seen in submission.observations:
            kept = (seen.file, seen.sheet, seen.entry.cell) not in assessment.aside
            value = _shown(seen)
            wanted = (seen.campaign, seen.quantity) in [(code, Quantity.VALUE) for code in earlier]
            if kept and value is not None and wanted:
                found.setdefault(seen.partner, {})[seen.line] = value
    return found


def _earlier(framework: Framework, campaign: str) -> tuple[str, ...]:
    """The yearly campaign before `campaign`; none where there is none, or where `campaign` itself is not yearly."""
    earlier = [one.code for one in framework.earlier_campaigns(campaign) if one.type is CampaignType.YEARLY]
    return tuple(earlier[:1]) if framework.campaign[campaign].type is CampaignType.YEARLY else ()


def _shown(seen: Observation) -> float | str | None:
    answer = seen.entry.answer
    if answer.kind is AnswerKind.NUMBER:
        return answer.number
    return answer.kind.value if answer.kind in REASONS else None
