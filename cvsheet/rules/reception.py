"""Who was asked, who answered, with what: a row per partner and campaign, for *Réception* and `cvsheet status`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cvsheet.findings import Severity
from cvsheet.framework import CampaignType, Direction, Framework, Line
from cvsheet.rules.assessment import Assessment
from cvsheet.submission import AnswerKind, Quantity, Submission


@dataclass(frozen=True, slots=True)
class Reception:
    """One partner in one campaign. `file` is empty while nothing usable has come; `saved_at` is what the file says.

    `expected` counts the answers that are asked for, `answered` those given, nd, ns and so among them.
    """

    campaign: str
    partner: str
    name: str
    expected: int
    answered: int = 0
    file: str = ""
    saved_at: datetime | None = None
    versions: int = 0
    errors: int = 0
    warnings: int = 0
    late: bool = False


def reception(
    framework: Framework, assessment: Assessment, campaign: str, today: date | None = None
) -> tuple[Reception, ...]:
    """The partners asked in `campaign`, in the order of the framework; `today` tells who is late, without it nobody."""
    current = {(one.identity.campaign, one.identity.partner): one for one in assessment.current if one.identity}
    deadline = framework.campaign[campaign].deadline
    overdue = today is not None and deadline is not None and today > deadline
    rows = []
    for partner in (asked.code for asked in framework.partners_asked(campaign)):
        submission = current.get((campaign, partner))
        rows.append(
            _received(framework, assessment, submission, campaign, partner)
            if submission is not None
            else Reception(
                campaign,
                partner,
                framework.partner[partner].name,
                len(asked_answers(framework, campaign, partner)),
                late=overdue,
            )
        )
    return tuple(rows)


def _received(
    framework: Framework, assessment: Assessment, submission: Submission, campaign: str, partner: str
) -> Reception:
    asked = asked_answers(framework, campaign, partner)
    given = {
        (seen.line, seen.quantity)
        for seen in submission.observations
        if seen.entry.answer.kind not in (AnswerKind.BLANK, AnswerKind.UNREADABLE)
    }
    severities = [finding.severity for finding in assessment.findings if finding.place.file == submission.file]
    return Reception(
        campaign,
        partner,
        framework.partner[partner].name,
        len(asked),
        len(asked & given),
        submission.file,
        submission.saved_at,
        1 + sum(kept == submission.file for kept in assessment.superseded.values()),
        severities.count(Severity.ERROR),
        severities.count(Severity.WARNING),
    )


def asked_answers(framework: Framework, campaign: str, partner: str) -> set[tuple[str, Quantity]]:
    """The answers that a complete return holds: required lines, and their targets where some are expected."""
    lines = [line for line in framework.lines_for(partner) if line.required]
    if framework.campaign[campaign].type is CampaignType.YEARLY:
        return {(line.code, Quantity.VALUE) for line in lines}
    targets = {(line.code, Quantity.TARGET) for line in lines if _target_asked(line)}
    return targets | {(line.code, Quantity.BASELINE) for line in lines}


def _target_asked(line: Line) -> bool:
    """No target on texts, nor on what is followed without judgement."""
    return not line.measure.is_text and line.measure.direction is not Direction.WATCH


def missing_partners(rows: Sequence[Reception]) -> tuple[Reception, ...]:
    """The partners that have sent nothing usable."""
    return tuple(row for row in rows if not row.file)
