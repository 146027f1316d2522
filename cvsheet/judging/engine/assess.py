"""All returns judged together: the file, its structure, each cell, each return, its history, and all partners.

`assess` reads in the order of the families. A value that one family sets aside is not used by the next: one cause,
one finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from types import ModuleType

from cvsheet.judging.cells.schema import judge_cells
from cvsheet.judging.engine.apart import Said, Stage, judge_returns
from cvsheet.judging.engine.assessment import Assessment, Received, long_table_of
from cvsheet.judging.engine.catalogue import find_rule, rules_of
from cvsheet.judging.engine.evidence import Evidence
from cvsheet.judging.engine.rule import Family
from cvsheet.judging.engine.ruling import Outcome, Severities, run_rules, settle, switched_off
from cvsheet.judging.files import campaigns, joins, versions
from cvsheet.judging.files.campaigns import Filing
from cvsheet.judging.files.identity import Claim, left_out, remarks
from cvsheet.judging.files.refusals import unread_files
from cvsheet.judging.files.versions import Replacement, choose
from cvsheet.judging.partners import between_partners, yearly_changes
from cvsheet.judging.returns import actions, history, relations, targets, weights
from cvsheet.judging.returns.stale_comments import with_stale_comments
from cvsheet.judging.returns.sums import SUM_RULES, judge_sums
from cvsheet.judging.structure.judge import judge_structure
from cvsheet.model.findings import Finding
from cvsheet.model.framework import Framework
from cvsheet.model.submission import Submission


def _running(family: Family, *modules: ModuleType) -> Stage:
    """The stage that runs the rules of `modules`."""
    return Stage(family, partial(run_rules, rules_of(*modules)), rules_of(*modules))


OF_ONE_RETURN = (
    Stage(Family.STR, judge_structure),
    Stage(Family.VAL, judge_cells),
    Stage(Family.COH, judge_sums, SUM_RULES),
    _running(Family.COH, relations, targets, actions),
    _running(Family.COH, weights),
)
OF_SEVERAL = (
    _running(Family.HIS, history),
    _running(Family.ENS, between_partners),
    _running(Family.ENS, yearly_changes),
)
STAGES = (*OF_ONE_RETURN, *OF_SEVERAL)
"""Who judges what the files that count hold, one after the other: what one sets aside, the next does not use."""


def assess(framework: Framework, received: Sequence[Received], severities: Severities | None = None) -> Assessment:
    """Everything that the rules say of the files `received`; `severities` overrides those that the contract gives."""
    return assess_knowing({}, framework, received, severities)[0]


def assess_knowing(
    known: Mapping[str, Said],
    framework: Framework,
    received: Sequence[Received],
    severities: Severities | None = None,
) -> tuple[Assessment, Mapping[str, Said]]:
    """The same, and what was said of each return for itself, by the key of its reading; those of `known` are not judged
    again. Of a return that other files have a part in, nothing is known and nothing told."""
    chosen = dict(framework.severities) if severities is None else severities
    outcome, current, replacements = _judge_files(framework, received, chosen)
    evidence = Evidence(framework, with_stale_comments(current, replacements), replacements)
    readings = _readings(evidence, received, outcome)
    before = {file: known[reading] for file, reading in readings.items() if reading in known}
    judged = judge_returns(OF_ONE_RETURN, evidence, outcome, chosen, before)
    outcome = judged.outcome
    for stage in OF_SEVERAL:
        evidence = evidence.with_aside(outcome.aside)
        outcome += stage.say(evidence, chosen)
    said = {readings[file]: one for file, one in {**judged.said, **before}.items() if file in readings}
    return _assessment(received, current, replacements, outcome, chosen), said


def _readings(evidence: Evidence, received: Sequence[Received], outcome: Outcome) -> Mapping[str, str]:
    """The key of its reading of each return that is judged as it was read, by file: it is not joined with another, no
    former one makes a comment of it stale, no rule on files sets something of it aside."""
    read = {id(one.submission): one.reading for one in received if one.submission is not None and one.reading}
    doubted = {file for file, _, _ in outcome.aside}
    return {one.file: read[id(one)] for one in evidence.submissions if id(one) in read and one.file not in doubted}


def _assessment(
    received: Sequence[Received],
    current: tuple[Submission, ...],
    replacements: Sequence[Replacement],
    outcome: Outcome,
    severities: Severities,
) -> Assessment:
    aside = dict(sorted(outcome.aside.items()))  # the order in which it was found is no matter
    return Assessment(
        received=tuple(received),
        current=current,
        answers=long_table_of(current, aside),
        findings=_without_covered(outcome.findings),
        aside=aside,
        superseded={one.former.file: one.kept.file for one in replacements},
        skipped=(*outcome.skipped, *switched_off(severities)),
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


def _without_covered(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """`findings` without those that another finding at the same cell says better."""
    covered = {(less.code, one.place) for one in findings for less in find_rule(one.code).covers}
    return tuple(one for one in findings if (one.code, one.place) not in covered)
