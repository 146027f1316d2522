"""What the reports of one campaign say of each action of the contract: state, budget, beneficiaries.

The only place where reports become figures: the master, the publication and the open data ask here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cvsheet.figures.actions import ADDED, ActionState, Report, state_of
from cvsheet.figures.disclosure.confidentiality import hidden_beneficiaries, hidden_beside
from cvsheet.figures.disclosure.editions import Edition
from cvsheet.figures.follow_up import Shown
from cvsheet.model.framework import Action, Framework
from cvsheet.model.groups import grouped
from cvsheet.model.submission import REASONS, ActionReport, Answer, AnswerKind, CellKey, place_of
from cvsheet.schema.roles import ACTIONS
from cvsheet.schema.tables import load_table

PERSONS = ("beneficiaires", "femmes")
SUMMED = ("budget_prevu", "budget_realise", *PERSONS)


@dataclass(frozen=True, slots=True)
class ActionResult:
    """An action in one campaign: what is retained of its `reports`, and their sums by column (euros, persons).

    A figure is None where nobody reports any, and the reason (nd, ns, so) where only reasons are given. `spokesman` is
    the pilot whose report the state is, empty where several count. `masked` names the sums hidden for their size.
    """

    action: Action
    reports: tuple[ActionReport, ...]
    status: str
    progress: Shown
    spokesman: str
    sums: Mapping[str, Shown]
    masked: frozenset[str] = frozenset()


def action_results(
    framework: Framework,
    reports: Iterable[ActionReport],
    aside: Mapping[CellKey, str],
    campaign: str,
    *,
    masked: bool = False,
    editions: Sequence[Edition] = (),
) -> Iterator[ActionResult]:
    """Every action of the contract. Entries that a rule sets aside (`aside`) do not count; with `masked`, small numbers
    of persons, and what would give them back beside former `editions`, are hidden. Actions that partners propose are
    their words: left out."""
    by_action = grouped((report.action, report) for report in reports if report.campaign == campaign)
    for action in framework.actions:
        result = _result(action, sorted(by_action.get(action.code, ()), key=lambda one: one.partner), aside)
        former = [
            {
                column: edition.actions[key]
                for column in PERSONS
                if (key := (campaign, action.code, column)) in edition.actions
            }
            for edition in editions
        ]
        yield _with_masks(result, framework.contract.secrecy_people, former) if masked else result


def masked_beneficiaries(*campaigns: Iterable[ActionResult]) -> int:
    """How many numbers of beneficiaries, or of women among them, are masked."""
    return sum(len(one.masked) for campaign in campaigns for one in campaign)


def figure_of(answer: Answer) -> Shown:
    """What an answer gives to a sum: its number, its reason, or nothing."""
    return answer.number if answer.kind is AnswerKind.NUMBER else answer.kind if answer.kind in REASONS else None


def _result(action: Action, reports: Sequence[ActionReport], aside: Mapping[CellKey, str]) -> ActionResult:
    state = _state(action, reports, aside)
    sums = {name: ADDED.value([_figure(one, aside, name) for one in reports]) for name in SUMMED}
    return ActionResult(action, tuple(reports), state.status, state.progress, state.spokesman, sums)


def _with_masks(result: ActionResult, threshold: int, former: Sequence[Mapping[str, float]]) -> ActionResult:
    total, women = (number if isinstance(number := result.sums[name], float) else None for name in PERSONS)
    told = [hidden_beneficiaries(total, women, threshold)]
    told += [hidden_beside((total, women), (one.get(PERSONS[0]), one.get(PERSONS[1])), threshold) for one in former]
    masked = frozenset(name for at, name in enumerate(PERSONS) if any(hides[at] for hides in told))
    return replace(result, sums={**result.sums, **dict.fromkeys(masked, AnswerKind.SECRET)}, masked=masked)


def _state(action: Action, reports: Sequence[ActionReport], aside: Mapping[CellKey, str]) -> ActionState:
    told = [Report(one.partner, _status(one, aside), _figure(one, aside, "avancement")) for one in reports]
    return state_of(action.pilot, told)


def _status(report: ActionReport, aside: Mapping[CellKey, str]) -> str:
    """The status reported, or the reason; a text that is no word of the list is none."""
    answer = _answer(report, aside, "statut")
    if answer is None or answer.kind in REASONS:
        return answer.kind if answer else ""
    return answer.text if answer.text in load_table(ACTIONS).column("statut").enum else ""


def _figure(report: ActionReport, aside: Mapping[CellKey, str], name: str) -> Shown:
    answer = _answer(report, aside, name)
    return figure_of(answer) if answer else None


def _answer(report: ActionReport, aside: Mapping[CellKey, str], name: str) -> Answer | None:
    entry = report.entries.get(name)
    return None if entry is None or place_of(report, entry) in aside else entry.answer
