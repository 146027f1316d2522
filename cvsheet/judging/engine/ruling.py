"""How rules are run: what a rule yields, how its severity is settled, and what a crash inside it becomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from cvsheet.figures.conflicts import Dispute
from cvsheet.judging.engine.assessment import SkippedRule
from cvsheet.judging.engine.catalogue import all_rules, find_rule
from cvsheet.judging.engine.rule import AnyRule, Given, LooksAt, Rule
from cvsheet.model.findings import Fact, Finding, Named, Place, Severity
from cvsheet.model.submission import CellKey
from cvsheet.text.french import typeset

Severities: TypeAlias = Mapping[str, Severity | None]
"""What a contract decides otherwise than the catalogue, by rule code; None switches the rule off. It has no say in the
rules whose severity is fixed."""
JUDGED_APART = (LooksAt.CAMPAIGN, LooksAt.CONTRACT)  # by commands of their own
SWITCHED_OFF = typeset("règle désactivée, table « Sévérités »")


@dataclass(frozen=True, slots=True)
class Ruling:
    """A finding, and the cells whose answers it puts in doubt: where it is an ERROR they are set aside."""

    finding: Finding
    doubtful: tuple[CellKey, ...] = ()

    def naming(self, named: Mapping[str, Named]) -> Ruling:
        """The same with what it compares, by the name that its template gives each."""
        return replace(self, finding=replace(self.finding, named=dict(named)))

    def as_severe_as(self, severity: Severity) -> Ruling:
        """The same with the severity that the contract's own table gives."""
        return replace(self, finding=replace(self.finding, severity=severity))


Rulings: TypeAlias = Iterator[Ruling | SkippedRule]
Judge: TypeAlias = Rule[Given, Rulings]
"""A rule that looks at something (a return, all of them, the contract) and yields what it found."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a family of rules found. Outcomes add up."""

    findings: tuple[Finding, ...] = ()
    aside: Mapping[CellKey, str] = field(default_factory=dict)
    skipped: tuple[SkippedRule, ...] = ()
    incidents: tuple[str, ...] = ()

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(
            self.findings + other.findings,
            {**other.aside, **self.aside},  # the first reason to set a cell aside stays
            self.skipped + other.skipped,
            self.incidents + other.incidents,
        )


def found(
    rule: AnyRule,
    place: Place,
    *,
    line: str = "",
    partner: str = "",
    campaign: str = "",
    facts: Mapping[str, Fact] | None = None,
    doubtful: Sequence[CellKey] = (),
) -> Ruling:
    """The fault of `rule` at `place`."""
    finding = Finding(rule.code, rule.severity, place, line, partner, campaign, dict(facts or {}))
    return Ruling(finding, tuple(doubtful))


def run_rules(rules: Sequence[Judge[Given]], given: Given, severities: Severities) -> Outcome:
    """What every rule of `rules` says of `given`; one that crashes becomes an incident, the others still run."""
    total = Outcome()
    for rule in rules:
        total = total + run_rule(rule, given, severities)
    return total


def run_rule(rule: Judge[Given], given: Given, severities: Severities) -> Outcome:
    """What one rule says of `given`, all of it or, where it crashes, an incident."""
    try:
        said = tuple(rule(given))
    except Exception as error:  # a rule's own fault must not hide what the others found
        return Outcome(incidents=(incident_of(rule.code, error),))
    rulings = [ruling for ruling in said if isinstance(ruling, Ruling)]
    skipped = tuple(dict.fromkeys(skip for skip in said if isinstance(skip, SkippedRule)))
    return settle(rulings, severities) + Outcome(skipped=skipped)


def settle(rulings: Iterable[Ruling], severities: Severities) -> Outcome:
    """The findings with the contract's severities, and the cells that the ERRORs set aside."""
    findings: list[Finding] = []
    aside: dict[CellKey, str] = {}
    for ruling in rulings:
        severity = _severity(ruling.finding, severities)
        if severity is None:
            continue
        findings.append(replace(ruling.finding, severity=severity))
        if severity is Severity.ERROR:
            for key in ruling.doubtful:
                aside.setdefault(key, ruling.finding.code)
    return Outcome(tuple(findings), aside)


def switched_off(severities: Severities, *, audit: bool = False) -> Iterator[SkippedRule]:
    """The rules on returns that the contract switches off, so that a report can say what it does not judge; those of
    the audit only where there is one."""
    for known in all_rules():
        judged_here = known.looks_at is LooksAt.CAMPAIGN if audit else known.looks_at not in JUDGED_APART
        if severities.get(known.code, known.severity) is None and not known.fixed and judged_here:
            yield SkippedRule(known.code, "classeur du contrat", SWITCHED_OFF)


def _severity(finding: Finding, severities: Severities) -> Severity | None:
    """That of the contract where it has a say, else that of the finding."""
    fixed = find_rule(finding.code).fixed
    return finding.severity if fixed else severities.get(finding.code, finding.severity)


def disputed_in(findings: Iterable[Finding]) -> Iterator[tuple[Dispute, Finding]]:
    """Those of `findings` that wait for a decision between partners, each with what it is."""
    for finding in findings:
        dispute = find_rule(finding.code).dispute
        if dispute is not None:
            yield dispute, finding


def incident_of(code: str, error: Exception) -> str:
    """The line of the report for a rule that crashed."""
    return f"{code} : {type(error).__name__} : {error}"
