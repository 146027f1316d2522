"""The rules that look at one return at a time: what they said of one that did not change need not be worked out again.

Judging some returns and knowing of the others what was said of them comes to the same, finding by finding and in the
same order, as judging all: these rules never look beyond a return, and what they set aside is its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from cvsheet.judging.engine.evidence import Evidence
from cvsheet.judging.engine.rule import AnyRule, Family
from cvsheet.judging.engine.ruling import Outcome, Severities, incident_of
from cvsheet.model.groups import grouped
from cvsheet.model.submission import Submission

Said: TypeAlias = tuple[Outcome, ...]
"""What was said of one return, stage by stage."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One judge of what the returns that count hold. `rules` are told one after the other, each of all returns; where
    there are none, one return is told after the other."""

    family: Family
    judge: Callable[[Evidence, Severities], Outcome]
    rules: Sequence[AnyRule] = ()

    def say(self, evidence: Evidence, severities: Severities) -> Outcome:
        """What it says; a crash is an incident of the whole family, and the other families still run."""
        try:
            return self.judge(evidence, severities)
        except Exception as error:
            return Outcome(incidents=(incident_of(self.family, error),))

    def together(self, said: Iterable[Outcome]) -> Outcome:
        """What it would have said of several returns together, from what it said of each, in their order."""
        several = tuple(said)
        rank = {rule.code: number for number, rule in enumerate(self.rules)}
        findings = (finding for one in several for finding in one.findings)
        skipped = (skip for one in several for skip in one.skipped)
        return Outcome(
            tuple(sorted(findings, key=lambda finding: rank.get(finding.code, 0))),
            {key: code for one in several for key, code in one.aside.items()},
            tuple(sorted(skipped, key=lambda skip: rank.get(skip.code, 0))),
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """The outcome of several stages, with what was `said` of each return that was judged, by its leading file; of none
    where something cannot be told of one return alone."""

    outcome: Outcome
    said: Mapping[str, Said]


def judge_returns(
    stages: Sequence[Stage], evidence: Evidence, start: Outcome, severities: Severities, known: Mapping[str, Said]
) -> Judged:
    """What `stages` say of the returns in `evidence`, after `start`: of those `known`, by their leading file, what was
    said of them. A return of which `start` sets something aside must be judged anew."""
    new = tuple(one for one in evidence.submissions if one.file not in known)
    total, apart = start, replace(evidence, submissions=new)
    told: list[Mapping[str, Outcome]] = []
    for rank, stage in enumerate(stages):
        outcome = stage.say(apart.with_aside(total.aside), severities)
        parts = _by_return(outcome, new)
        if parts is None:
            return _at_once(stages, evidence, start, severities)
        told.append(parts)
        total += stage.together(
            parts[one.file] if one.file in parts else known[one.file][rank] for one in evidence.submissions
        )
    return Judged(total, {one.file: tuple(parts[one.file] for parts in told) for one in new})


def _at_once(stages: Sequence[Stage], evidence: Evidence, start: Outcome, severities: Severities) -> Judged:
    """The same of all together, where a rule crashed: that is told once."""
    total = start
    for stage in stages:
        total += stage.say(evidence.with_aside(total.aside), severities)
    return Judged(total, {})


def _by_return(outcome: Outcome, submissions: Sequence[Submission]) -> Mapping[str, Outcome] | None:
    """What `outcome` says of each of `submissions`, by its leading file; None where that is not all of it."""
    leading = {file: one.file for one in submissions for file in one.files}
    files = [finding.place.file for finding in outcome.findings]
    files += [file for file, _, _ in outcome.aside] + [skip.file for skip in outcome.skipped]
    if outcome.incidents or not leading.keys() >= set(files):
        return None
    findings = grouped((leading[finding.place.file], finding) for finding in outcome.findings)
    aside = grouped((leading[key[0]], (key, code)) for key, code in outcome.aside.items())
    skipped = grouped((leading[skip.file], skip) for skip in outcome.skipped)
    return {
        one.file: Outcome(
            tuple(findings.get(one.file, ())), dict(aside.get(one.file, ())), tuple(skipped.get(one.file, ()))
        )
        for one in submissions
    }
