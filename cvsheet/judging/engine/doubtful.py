"""Which values a warning asks to confirm. The master marks them one by one; what is published does not, see
`cvsheet.figures.overview.PROVISIONAL`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.framework import Framework
from cvsheet.schema.roles import named
from cvsheet.schema.tables import Role

CampaignLine = tuple[str, str]


def asked_values(
    framework: Framework, findings: Iterable[Finding], decided: Callable[[CampaignLine], bool]
) -> frozenset[CampaignLine]:
    """Campaign and line of the values that a warning asks to confirm and that nobody decided. What is said of a
    comment, a year or a target is no doubt about the value."""
    asked = {
        (one.campaign, one.line)
        for one in _each(findings)
        if one.severity is Severity.WARNING and one.line in framework.line and _of_the_value(one)
    }
    return frozenset(key for key in asked if not decided(key))


def doubtful_values(
    framework: Framework, findings: Iterable[Finding], decided: Callable[[CampaignLine], bool]
) -> frozenset[CampaignLine]:
    """The `asked_values`, and those of the computed lines of which one is a term: of the same category where it has
    several."""
    found = set(asked_values(framework, findings, decided))
    for line in framework.line.values():
        if line.measure.computed:
            measures = filter(None, (line.measure.numerator, line.measure.denominator))
            terms = {framework.paired(code, line) for code in measures}
            found |= {(campaign, line.code) for campaign, code in found if code in terms}
    return frozenset(key for key in found if not decided(key))


def _of_the_value(finding: Finding) -> bool:
    """Whether the value itself is asked about, and not what stands beside it: a figure shown for comparison that was
    typed over changes no answer, another label may mean another question."""
    return not find_rule(finding.code).beside and finding.facts.get("name") not in named(Role.GOAL, Role.FORMER)


def _each(findings: Iterable[Finding]) -> Iterator[Finding]:
    for finding in findings:
        yield finding
        yield from finding.also
