"""Where an action stands, from what its partners report.

The pilot answers for the action; while no pilot is named or has reported, the reports are read together. The design
says no more than "retained status and progress": the choices below are ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

UNDER_WAY = "En cours"
STARTED = (UNDER_WAY, "Réalisée")
OTHERS = ("En préparation", "Non démarrée", "Reportée", "Abandonnée")


@dataclass(frozen=True, slots=True)
class Report:
    """The status and progress (0 to 100) that `partner` reports; empty where it says nothing."""

    partner: str
    status: str = ""
    progress: float | None = None


@dataclass(frozen=True, slots=True)
class State:
    """The retained status and progress; `spokesman` is the pilot whose report they are, empty where several count."""

    status: str = ""
    progress: float | None = None
    spokesman: str = ""


def state_of(pilot: str, reports: Sequence[Report]) -> State:
    """What is retained of `reports`: the pilot's own, else the common status and the mean progress.

    Partners that differ make the action *En cours* as soon as one has started; else the first of OTHERS that one says.
    """
    own = next((report for report in reports if report.partner == pilot and report.status), None)
    if own is not None:
        return State(own.status, own.progress, pilot)
    given = [report.progress for report in reports if report.progress is not None]
    return State(
        _common([report.status for report in reports if report.status]), fsum(given) / len(given) if given else None
    )


def _common(statuses: Sequence[str]) -> str:
    if len(set(statuses)) <= 1:
        return statuses[0] if statuses else ""
    if any(status in STARTED for status in statuses):
        return UNDER_WAY
    return next((status for status in OTHERS if status in statuses), statuses[0])
