"""What the reports of one campaign say of each action of the contract: state, budget, beneficiaries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from cvsheet.consolidation.actions import Report, State, state_of
from cvsheet.consolidation.confidentiality import hidden_beneficiaries
from cvsheet.consolidation.follow_up import Shown
from cvsheet.framework import Action, Framework
from cvsheet.submission import ActionReport, AnswerKind
from cvsheet.tables import load_table

CellKey = tuple[str, str, str]  # file, sheet, cell


@dataclass(frozen=True, slots=True)
class ActionResult:
    """An action in one campaign: sums of its reports (euros, persons), None where nobody reports any."""

    action: Action
    status: str
    progress: float | None
    planned: float | None
    spent: float | None
    beneficiaries: Shown
    women: Shown


def action_results(
    framework: Framework, reports: Sequence[ActionReport], aside: Mapping[CellKey, str], campaign: str, *, masked: bool
) -> Iterator[ActionResult]:
    """Every action of the contract. Entries that a rule sets aside (`aside`) do not count; with `masked`, small numbers
    of persons, and what would give them back, are hidden. Actions that partners propose are their words: left out."""
    for action in framework.actions:
        own = [one for one in reports if one.action == action.code and one.campaign == campaign]
        state = _state(action, own, aside)
        total, women = (_sum(own, aside, name) for name in ("beneficiaires", "femmes"))
        hidden = hidden_beneficiaries(total, women, framework.contract.secrecy_people) if masked else (False, False)
        yield ActionResult(
            action=action,
            status=state.status,
            progress=state.progress,
            planned=_sum(own, aside, "budget_prevu"),
            spent=_sum(own, aside, "budget_realise"),
            beneficiaries=AnswerKind.SECRET if hidden[0] else total,
            women=AnswerKind.SECRET if hidden[1] else women,
        )


def masked_beneficiaries(*campaigns: Sequence[ActionResult]) -> int:
    """How many numbers of beneficiaries, or of women among them, are masked."""
    results = [one for campaign in campaigns for one in campaign]
    return sum(figure is AnswerKind.SECRET for one in results for figure in (one.beneficiaries, one.women))


def _state(action: Action, reports: Sequence[ActionReport], aside: Mapping[CellKey, str]) -> State:
    """As in the master; a status that is no word of the list is not passed on."""
    words = load_table("saisie_actions").column("statut").enum
    told = [
        Report(one.partner, status if status in words else "", _number(one, aside, "avancement"))
        for one in reports
        for status in (one.entries["statut"].answer.text if _counts(one, aside, "statut") else "",)
    ]
    return state_of(action.pilot, told)


def _sum(reports: Sequence[ActionReport], aside: Mapping[CellKey, str], name: str) -> float | None:
    given = [value for one in reports if (value := _number(one, aside, name)) is not None]
    return fsum(given) if given else None


def _number(report: ActionReport, aside: Mapping[CellKey, str], name: str) -> float | None:
    answer = report.entries[name].answer if _counts(report, aside, name) else None
    return answer.number if answer is not None and answer.kind is AnswerKind.NUMBER else None


def _counts(report: ActionReport, aside: Mapping[CellKey, str], name: str) -> bool:
    entry = report.entries.get(name)
    return entry is not None and (report.file, report.sheet, entry.cell) not in aside
