"""What each partner answered to the campaign before: shown beside the cells to fill."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cvsheet.framework import CampaignType, Framework
from cvsheet.submission import REASONS, AnswerKind, Observation, Quantity

Previous = Mapping[str, Mapping[str, float | str]]
"""Partner -> line code -> the value, or the reason (nd, ns, so)."""


def previous_answers(framework: Framework, campaign: str, inbox: Path, root: Path) -> Previous:
    """The answers in `inbox` to the yearly campaign before `campaign`; empty where there is none.

    A value that an ERREUR sets aside is not shown: a partner must not copy it again.
    """
    from cvsheet.workflows.validate import validate

    earlier = [c for c in framework.earlier_campaigns(campaign) if c.type is CampaignType.YEARLY]
    if not earlier or framework.campaign[campaign].type is not CampaignType.YEARLY:
        return {}
    assessment = validate(framework, [inbox], root)
    found: dict[str, dict[str, float | str]] = {}
    for submission in assessment.current:
        for seen in submission.observations:
            kept = (seen.file, seen.sheet, seen.entry.cell) not in assessment.aside
            value = _shown(seen)
            if kept and value is not None and (seen.campaign, seen.quantity) == (earlier[0].code, Quantity.VALUE):
                found.setdefault(seen.partner, {})[seen.line] = value
    return found


def _shown(seen: Observation) -> float | str | None:
    answer = seen.entry.answer
    if answer.kind is AnswerKind.NUMBER:
        return answer.number
    return answer.kind.value if answer.kind in REASONS else None
