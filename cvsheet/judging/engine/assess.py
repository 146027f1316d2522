"""All returns judged together: the file, its structure, each cell, each return, its history, and all partners.

`assess` reads in the order of the families. A value that one family sets aside is not used by the next: one cause,
one finding.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

from cvsheet.judging.cells.schema import judge_cells
from cvsheet.judging.engine.assessment import Assessment, Received, long_table_of
from cvsheet.judging.engine.catalogue import find_rule, rules_of
from cvsheet.judging.engine.evidence import Evidence
from cvsheet.judging.engine.rule import Family
from cvsheet.judging.engine.ruling import Outcome, Severities, incident_of, run_rules, settle, switched_off
from cvsheet.judging.files import campaigns, joins, versions
from cvsheet.judging.files.campaigns import Filing
from cvsheet.judging.files.identity import Claim, left_out, remarks
from cvsheet.judging.files.refusals import unread_files
from cvsheet.judging.files.versions import Replacement, choose
from cvsheet.judging.partners import between_partners, yearly_changes
from cvsheet.judging.returns import actions, history, relations, targets, weights
from cvsheet.judging.returns.stale_comments import with_stale_comments
from cvsheet.judging.returns.sums import judge_sums
from cvsheet.judging.structure.judge import judge_structure
from cvsheet.model.findings import Finding
from cvsheet.model.framework import Framework
from cvsheet.model.submission import Submission

Stage: TypeAlias = Callable[[Evidence, Severities], Outcome]
STAGES: tuple[tuple[Family, Stage], ...] = (
    (Family.STR, judge_structure),
    (Family.VAL, judge_cells),
    (Family.COH, judge_sums),
    (Family.COH, partial(run_rules, rules_of(relations, targets, actions))),
    (Family.COH, partial(run_rules, rules_of(weights))),
    (Family.HIS, partial(run_rules, rules_of(history))),
    (Family.ENS, partial(run_rules, rules_of(between_partners))),
    (Family.ENS, partial(run_rules, rules_of(yearly_changes))),
)
"""Who judges what the files that count hold, one after the other: what one sets aside, the next does not use."""


def assess(framework: Framework, received: Sequence[Received], severities: Severities | None = None) -> Assessment:
    """Everything that the rules say of the files `received`; `severities` overrides those that the contract gives."""
    chosen = dict(framework.severities) if severities is None else severities
    outcome, current, replacements = _judge_files(framework, received, chosen)
    evidence = Evidence(framework, with_stale_comments(current, replacements), replacements)
    for family, stage in STAGES:
        outcome += _guarded(family, stage, evidence.with_aside(outcome.aside), chosen)
    return Assessment(
        received=tuple(received),
        current=current,
        answers=long_table_of(current, outcome.aside),
        findings=_without_covered(outcome.findings),
        aside=outcome.aside,
        superseded={one.former.file: one.kept.file for one in replacements},
        skipped=(*outcome.skipped, *switched_off(chosen)),
        incidents=(*(f"{one.file} : {one.incident}" for one in received if one.incident), *outcome.incidents),
    )


def _judge_files(
    framework: Framework, received: Sequence[Received], severities: Severities
) -> tuple[Outcome, tuple[Submission, ...], tuple[Replacement, ...]]:
    """The FIC findings, the submissions that count, and what each replaces."""
    claims = [Claim(framework, one.submission) for one in received if one.submission is not None]
    refused = {claim.submission.file: left_out(claim) for claim in claims}
    candidates = [claim.submission for claim in claims if refused[claim.submission.file] is None]
    current, replacements = choose(framework, candidates)
    rulings = [
        *unread_files(tuple(received), framework),
        *(ruling for ruling in refused.values() if ruling is not None),
    ]
    counted = tuple(part for one in current for part in one.parts)
    rulings += [ruling for part in counted for ruling in remarks(Claim(framework, part))]
    outcome = settle(rulings, severities)
    for one in current:
        outcome += run_rules(rules_of(joins), one, severities) if one.joined else Outcome()
    for replacement in replacements:
        outcome += run_rules(rules_of(versions), replacement, severities)
    outcome += run_rules(rules_of(campaigns), Filing(framework, counted, replacements), severities)
    return outcome, current, replacements


def _guarded(family: Family, stage: Stage, evidence: Evidence, severities: Severities) -> Outcome:
    """What `stage` says; a crash is an incident of the whole family, and the other families still run."""
    try:
        return stage(evidence, severities)
    except Exception as error:
        return Outcome(incidents=(incident_of(family, error),))


def _without_covered(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """`findings` without those that another finding at the same cell says better."""
    covered = {(less.code, one.place) for one in findings for less in find_rule(one.code).covers}
    return tuple(one for one in findings if (one.code, one.place) not in covered)
