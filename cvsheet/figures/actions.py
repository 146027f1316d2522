"""Where an action stands, from what its partners report.

The pilot answers for the action; while no pilot is named or has reported, the reports are read together. The design
says no more than "retained status and progress": the choices below are ours. A reason (nd, ns, so) is an answer and
never a status: it is retained where nobody gives a status, so that it stays distinct from no report at all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from math import fsum

from cvsheet.figures.follow_up import Shown
from cvsheet.model.submission import REASONS, AnswerKind

UNDER_WAY = "En cours"
STARTED = (UNDER_WAY, "Réalisée")
OTHERS = ("En préparation", "Non démarrée", "Reportée", "Abandonnée")
FIRST_REASONS = (AnswerKind.SECRET, AnswerKind.NOT_AVAILABLE, AnswerKind.NOT_APPLICABLE)
"""Of several reasons the first of these stands: what is kept secret, or lacks, is there all the same."""


@dataclass(frozen=True, slots=True)
class Report:
    """The status and progress (0 to 100) that `partner` reports, or the reason for none; empty where it is silent."""

    partner: str
    status: str = ""
    progress: Shown = None


@dataclass(frozen=True, slots=True)
class ActionState:
    """The retained status and progress; `spokesman` is the pilot whose report they are, empty where several count."""

    status: str = ""
    progress: Shown = None
    spokesman: str = ""


def state_of(pilot: str, reports: Sequence[Report]) -> ActionState:
    """What is retained of `reports`: the pilot's own, else the common status and the mean progress.

    Partners that differ make the action *En cours* as soon as one has started; else the first of OTHERS that one says.
    """
    told = [report for report in reports if report.status and report.status not in REASONS]
    own = next((report for report in told if report.partner == pilot), None)
    if own is not None:
        return ActionState(own.status, own.progress, pilot)
    status = _common([report.status for report in told]) or first_reason([report.status for report in reports]) or ""
    return ActionState(status, AVERAGED.value([report.progress for report in reports]))


def first_reason(answers: Collection[Shown | str]) -> AnswerKind | None:
    """The first of FIRST_REASONS among `answers`."""
    return next((reason for reason in FIRST_REASONS if reason in answers), None)


@dataclass(frozen=True, slots=True)
class OfReports:
    """A figure of several reports: `formula` over their cells (first and last) yields the `value` of what they hold.

    Numbers make one; without any, the reason stands that comes first among FIRST_REASONS.
    """

    function: str
    combine: Callable[[Sequence[float]], float]

    def formula(self, first: str, last: str) -> str:
        cells, otherwise = f"{first}:{last}", '""'
        for reason in reversed(FIRST_REASONS):
            otherwise = f'IF(COUNTIF({cells},"{reason}")>0,"{reason}",{otherwise})'
        return f"=IF(COUNT({cells})>0,{self.function}({cells}),{otherwise})"

    def value(self, figures: Collection[Shown]) -> Shown:
        given = [figure for figure in figures if isinstance(figure, float | int)]
        return self.combine(given) if given else first_reason(figures)


ADDED = OfReports("SUM", fsum)
AVERAGED = OfReports("AVERAGE", lambda given: fsum(given) / len(given))


def _common(statuses: Sequence[str]) -> str:
    if len(set(statuses)) <= 1:
        return statuses[0] if statuses else ""
    if any(status in STARTED for status in statuses):
        return UNDER_WAY
    return next(status for status in OTHERS if status in statuses)
