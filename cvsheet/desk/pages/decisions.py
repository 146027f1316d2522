"""*À décider*: conflicts and arbitrations as the master has them, with the way to the cell where one decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.requests import Request

from cvsheet.books.kit.tables import in_words
from cvsheet.books.master.content import MasterContent
from cvsheet.books.master.writing.conflicts_sheet import conflict_rows, unsettled
from cvsheet.books.master.writing.decisions_sheet import decision_values
from cvsheet.desk.office import Office
from cvsheet.desk.pages import render, seen_in
from cvsheet.desk.pages.figures import figure_text
from cvsheet.figures.conflicts import Conflict


@dataclass(frozen=True, slots=True)
class ConflictView:
    """What is to be settled: the answers at stake, rows of *Conflits*, and where it is; `waiting`: nobody decided."""

    title: str
    nature: str
    campaign: str
    quantity: str
    decision: str
    where: str
    retained: str
    waiting: bool
    answers: tuple[dict[str, object], ...]


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A row of *Décisions*, as text."""

    title: str
    campaign: str
    computed: str
    decided: str
    motive: str
    note: str
    state: str
    answers: str
    where: str


def decisions_page(office: Office, request: Request) -> str:
    """What waits first, then what was decided; the master of the campaign that is asked for."""
    seen = seen_in(office)
    campaign = seen.campaign(request.query_params.get("campagne") or None)
    content = seen.content(campaign.code)
    conflicts = sorted(_conflicts(content), key=lambda one: not one.waiting)
    master = seen.contract.master_path(campaign.code)
    return render(
        office,
        "decisions.html",
        page="a-decider",
        campaigns=content.answered_campaigns[::-1],
        campaign=campaign,
        conflicts=conflicts,
        waiting=sum(one.waiting for one in conflicts),
        decisions=[*_decisions(content)],
        master=master if master.is_file() else None,
        figure=lambda value: figure_text(value) if isinstance(value, float | int) or value is None else str(value),
        root=seen.contract.folder.root,
    )


def _conflicts(content: MasterContent) -> Iterator[ConflictView]:
    waiting = {id(one) for one in unsettled(content)}
    rows: dict[int, tuple[Conflict, list[dict[str, object]]]] = {}
    for conflict, row in conflict_rows(content):
        rows.setdefault(id(conflict), (conflict, []))[1].append(row)
    for number, (conflict, answers) in rows.items():
        first = answers[0]
        retained = first["retenu"]
        yield ConflictView(
            str(first["mesure"]),
            conflict.nature,
            conflict.campaign,
            conflict.quantity.value,
            conflict.decision,
            str(first["arbitrage"]),
            figure_text(retained if isinstance(retained, float | int) else None),
            number in waiting,
            tuple(answers),
        )


def _decisions(content: MasterContent) -> Iterator[DecisionView]:
    """All that was decided or noted, in the order of the sheet."""
    for campaign, line in content.decided:
        arbitration = content.arbitration(campaign, line)
        if not arbitration.says_something:
            continue
        row = decision_values(content, arbitration, content.framework.line[line])
        decided = row["arbitre"]
        yield DecisionView(
            str(row["mesure"]),
            campaign,
            figure_text(row["calcule"]),
            figure_text(decided) if decided is None or isinstance(decided, float | int) else str(decided),
            row["motif"],
            row["note"],
            str(row["etat"] or ""),
            row["origine"],
            in_words(content.arbitration_cell(campaign, line)),
        )
