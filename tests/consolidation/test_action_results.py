"""What the reports of a campaign say of each action: its state, its sums, and what of them may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from cvsheet.figures.action_results import ActionResult, action_results, masked_beneficiaries
from cvsheet.figures.disclosure.editions import Edition
from cvsheet.model.framework import Action
from cvsheet.model.submission import ActionReport, Answer, AnswerKind, CellKey, Entry
from tests.consolidation.frameworks import framework, measure

CONTRACT = replace(framework(measure("M.M1")), actions=(Action("A1", "", "Action", "B"), Action("A2", "", "Autre")))
SECRET, NOT_AVAILABLE = AnswerKind.SECRET, AnswerKind.NOT_AVAILABLE
COLUMNS = ("statut", "avancement", "budget_prevu", "beneficiaires", "femmes")
Told = Mapping[str, object]
UNDER_WAY: Told = {"statut": "En cours", "avancement": 40}


def entry(told: object, cell: str) -> Entry:
    if isinstance(told, AnswerKind):
        return Entry(Answer(told), cell=cell)
    if isinstance(told, str):
        return Entry(Answer(AnswerKind.TEXT, text=told), cell=cell)
    return Entry(Answer(AnswerKind.NUMBER, float(str(told))), cell=cell)


def report(partner: str, told: Told, campaign: str = "2021") -> ActionReport:
    entries = {name: entry(value, f"{'EFGHI'[COLUMNS.index(name)]}5") for name, value in told.items()}
    return ActionReport(campaign, partner, "A1", "", "", False, entries, f"{partner}.xlsx", "Actions")


def result(
    *reports: ActionReport,
    aside: Mapping[CellKey, str] | None = None,
    masked: bool = False,
    editions: tuple[Edition, ...] = (),
) -> ActionResult:
    found = [*action_results(CONTRACT, reports, aside or {}, "2021", masked=masked, editions=editions)]
    assert [one.action.code for one in found] == ["A1", "A2"]
    assert (found[1].status, found[1].reports) == ("", ())
    return found[0]


@pytest.mark.parametrize(
    ("a", "b", "status", "progress"),
    [
        ({}, {}, "", None),  # reports in which nothing stands
        (UNDER_WAY, {}, "En cours", 40),
        (UNDER_WAY, {"statut": "Réalisée", "avancement": 100}, "Réalisée", 100),  # B pilots
        (UNDER_WAY, {"statut": NOT_AVAILABLE, "avancement": NOT_AVAILABLE}, "En cours", 40),
        ({"statut": NOT_AVAILABLE}, {}, "nd", None),
        ({"statut": "finie"}, {}, "", None),  # no word of the list
    ],
)  # fmt: skip
def test_the_state_of_an_action(a: Told, b: Told, status: str, progress: float | None) -> None:
    found = result(report("A", a), report("B", b))
    assert (found.status, found.progress) == (status, progress)


@pytest.mark.parametrize(
    ("a", "b", "total"),
    [({"budget_prevu": 10}, {"budget_prevu": 5}, 15), ({"budget_prevu": 10}, {}, 10), ({}, {}, None),
     ({"budget_prevu": NOT_AVAILABLE}, {}, NOT_AVAILABLE), ({"budget_prevu": NOT_AVAILABLE}, {"budget_prevu": 5}, 5)],
)  # fmt: skip
def test_figures_are_added_and_reasons_are_none(a: Told, b: Told, total: object) -> None:
    assert result(report("A", a), report("B", b)).sums["budget_prevu"] == total


def test_what_a_rule_sets_aside_and_other_campaigns_do_not_count() -> None:
    mine, last_year = report("A", {"statut": "En cours", "budget_prevu": 10}), report("B", {"budget_prevu": 5}, "2020")
    found = result(mine, last_year, aside={("A.xlsx", "Actions", "G5"): "VAL-016"})
    assert (found.status, found.sums["budget_prevu"], len(found.reports)) == ("En cours", None, 1)


@pytest.mark.parametrize(
    ("told", "masked", "shown"),
    [
        ({"beneficiaires": 30, "femmes": 12}, set(), (30, 12)),
        ({"beneficiaires": 30, "femmes": 2}, {"femmes"}, (30, SECRET)),
        ({"beneficiaires": 3}, {"beneficiaires"}, (SECRET, None)),
        ({"beneficiaires": NOT_AVAILABLE, "femmes": 2}, {"femmes"}, (NOT_AVAILABLE, SECRET)),
        ({}, set(), (None, None)),
    ],
)
def test_few_people_are_masked_where_it_is_asked_for(told: Told, masked: set[str], shown: tuple[object, ...]) -> None:
    found = result(report("A", told), masked=True)
    assert (found.masked, tuple(found.sums[name] for name in ("beneficiaires", "femmes"))) == (masked, shown)
    assert masked_beneficiaries([found], [found]) == 2 * len(masked)
    assert result(report("A", told)).masked == frozenset()


@pytest.mark.parametrize(("before", "masked"), [(27, {"beneficiaires"}), (25, set()), (30, set())])
def test_who_came_in_since_a_former_edition_is_not_told_by_the_difference(before: float, masked: set[str]) -> None:
    edition = Edition({}, actions={("2021", "A1", "beneficiaires"): before, ("2021", "A2", "beneficiaires"): 29})
    assert result(report("A", {"beneficiaires": 30}), masked=True, editions=(edition,)).masked == masked
