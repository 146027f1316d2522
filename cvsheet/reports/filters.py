"""Findings chosen by what they are about: partner, pillar, severity, rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cvsheet.model.findings import Finding
from cvsheet.model.framework import Framework


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """What is wanted; an empty text is everything. `severity` is a word of `Severity`, `code` names a rule."""

    partner: str = ""
    pillar: str = ""
    severity: str = ""
    code: str = ""


def matching(framework: Framework, findings: Iterable[Finding], wanted: FindingFilter) -> tuple[Finding, ...]:
    """Those of `findings` that are wanted, in their order."""
    return tuple(
        one
        for one in findings
        if wanted.partner in ("", one.partner)
        and wanted.severity in ("", one.severity.value)
        and wanted.code in ("", one.code)
        and wanted.pillar in ("", pillar_of(framework, one))
    )


def pillar_of(framework: Framework, finding: Finding) -> str:
    """The code of the pillar that a finding is about: of its line or action, else of its sheet; empty where there is
    none, or several."""
    line = framework.line.get(finding.line)
    if line is not None:
        return line.measure.pillar
    action = framework.action.get(finding.line)
    if action is not None:
        return framework.pillar_of_action(action)
    sheet = finding.place.sheet
    return next((pillar.code for pillar in framework.pillars if sheet and pillar.sheet == sheet), "")
