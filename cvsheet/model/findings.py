"""What is wrong in a workbook, as facts: a rule's code, a place and the values in question.

Prose is not here: a rule's French template is filled with the facts when the finding is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias

Fact: TypeAlias = str | float | int | bool | None


class Severity(StrEnum):
    """*Doit* makes an ERROR (the value stays out of the totals), *devrait* a WARNING (kept, flagged), the rest INFO."""

    ERROR = "erreur"
    WARNING = "avertissement"
    INFO = "info"


SEVERITY_CHOICES: Final[Mapping[str, Severity | None]] = {"désactivée": None, **{one.value: one for one in Severity}}
"""What a contract may choose for a rule, in the words of the table *Sévérités*; None switches it off."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands; empty fields are unknown or do not apply. `file` is a path as it is shown."""

    file: str = ""
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """What a sentence names beside its own cell: its title, where there is one, and where it stands."""

    places: tuple[Place, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: `code` names the rule, `facts` fills its template. `line` is a line or action code.

    `named`: what it compares, by the name that its template gives each (``{at_total}`` is its cells, ``{the_left}`` its
    title with them). `also`: the same fault elsewhere in the sheet, by the same gesture, where this one stands for all.
    """

    code: str
    severity: Severity
    place: Place = field(default_factory=Place)
    line: str = ""
    partner: str = ""
    campaign: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    named: Mapping[str, Named] = field(default_factory=dict)
    also: tuple[Finding, ...] = ()


def counts_by_severity(findings: Iterable[Finding]) -> tuple[int, int, int]:
    """How many of `findings` are ERRORs, WARNINGs and INFOs."""
    counted = Counter(finding.severity for finding in findings)
    return counted[Severity.ERROR], counted[Severity.WARNING], counted[Severity.INFO]
