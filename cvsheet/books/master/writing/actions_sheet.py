"""*Actions*: where each action stands in the campaign judged, with the reports of its partners below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put, put_formula, put_text
from cvsheet.books.kit.colours import STATUS_COLOURS
from cvsheet.books.kit.style import MUTED, PILLAR_TAB
from cvsheet.books.kit.tables import A3, FIRST_ROW, TOTAL_PAPER, height, listing_style
from cvsheet.books.master.content import MasterContent
from cvsheet.books.master.decisions import DecisionKey
from cvsheet.books.master.writing.margin import MarginWriter, start_noted_table
from cvsheet.figures.action_results import SUMMED, ActionResult, figure_of
from cvsheet.figures.actions import ADDED as SUM
from cvsheet.figures.actions import AVERAGED, OfReports
from cvsheet.figures.follow_up import Shown
from cvsheet.files.addresses import cell_name
from cvsheet.model.groups import grouped
from cvsheet.model.submission import ActionReport, AnswerKind, Entry, place_of
from cvsheet.schema.roles import ACTIONS
from cvsheet.schema.tables import Column, load_table
from cvsheet.text.french import french_count

SUBTITLE = (
    "Campagne {campaign}. L’avis du pilote est retenu ; sans pilote, celui des partenaires ensemble. Budgets et "
    "bénéficiaires : somme des rapports de la campagne, une personne suivie par deux partenaires y compte deux fois."
)
ADDED = "Actions proposées par les partenaires"
ACTION_HEIGHT, REPORT_HEIGHT = 20.0, 16.0


@dataclass(frozen=True, slots=True)
class _ActionsSheet:
    """The sheet being filled."""

    book: Book
    content: MasterContent
    margin: MarginWriter

    @property
    def sheet(self) -> Worksheet:
        return self.margin.sheet

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.margin.table.columns


def write_actions_sheet(book: Book, content: MasterContent) -> tuple[frozenset[DecisionKey], int]:
    """One row per action of the contract, its reports grouped below it, then what partners propose beside it.

    Returns the keys of its rows, and the last of them.
    """
    subtitle = SUBTITLE.format(campaign=content.campaign.code)
    margin = start_noted_table(book, "Actions", "suivi_actions", subtitle, content.coordination)
    sheet = margin.sheet
    sheet.set_paper(A3)
    sheet.set_tab_color(PILLAR_TAB)
    place = _ActionsSheet(book, content, margin)
    reports, added = _reports(content)
    row = FIRST_ROW
    objective = ""
    for result in content.actions:
        first, objective = result.action.objective != objective, result.action.objective
        row = _write_action(place, row, result, reports.get(result.action.code, ()), opens=first)
    if added:
        put_text(sheet, row, 0, ADDED, book.style("group"))
        for position in range(1, len(place.columns)):
            put(sheet, row, position, None, book.style("group"))
        row += 1
    for report in added:
        row = _write_report(place, row, report, level=0)
    return margin.finish(row - FIRST_ROW, colours={"statut": STATUS_COLOURS}), row - 1


def _reports(content: MasterContent) -> tuple[Mapping[str, Sequence[ActionReport]], Sequence[ActionReport]]:
    """The reports of known actions by code, those of the judged campaign first, then backwards; and what partners add
    to the contract in the judged campaign, by pillar and objective."""
    dates = {campaign.code: campaign.end for campaign in content.framework.campaigns}
    judged = content.campaign
    told = [one for one in content.assessment.action_reports if dates[one.campaign] <= judged.end]
    told.sort(key=lambda one: (-dates[one.campaign].toordinal(), one.partner))
    known = grouped((report.action, report) for report in told)
    added = [one for one in told if one.action not in content.framework.action and one.campaign == judged.code]
    rank = {pillar.sheet: number for number, pillar in enumerate(content.framework.pillars)}
    added.sort(key=lambda one: (rank.get(_pillar(content, one), len(rank)), one.objective, one.partner))
    return known, added


def _pillar(content: MasterContent, report: ActionReport) -> str:
    """The pillar of an action that a partner added: that of its objective, else of the sheet on which it was typed, as
    long as each pillar had one; empty where neither tells."""
    framework, (code, _, _) = content.framework, report.objective.strip().partition(" ")
    if code in framework.objective:
        return framework.pillar[framework.priority[framework.objective[code].priority].pillar].sheet
    return report.sheet if report.sheet in {pillar.sheet for pillar in framework.pillars} else ""


def _write_action(
    place: _ActionsSheet, row: int, result: ActionResult, reports: Sequence[ActionReport], *, opens: bool
) -> int:
    """The row of an action and, below it, those of its reports; returns the row after them.

    The first action of an objective `opens` it: the objective's text stands there in full.
    """
    framework, action = place.content.framework, result.action
    values: dict[str, object] = {
        "code": action.code,
        "pilier": framework.pillar[framework.pillar_of_action(action)].sheet,
        "objectif": f"{action.objective} {framework.objective[action.objective].title}",
        "action": action.title,
        "pilote": action.pilot or "à désigner",
        "partenaire": french_count(len(result.reports), "rapport") if result.reports else "aucun rapport",
        "statut": str(result.status),
    }
    formulas = _sums(place, row, result)
    texts = values if opens else {**values, "objectif": ""}
    place.sheet.set_row(row, max(ACTION_HEIGHT, height(place.columns, texts)))
    for position, column in enumerate(place.columns):
        style = _style(place, column, total=True, repeated=not opens and column.name == "objectif")
        if column.name in formulas:
            formula, number = formulas[column.name]
            put_formula(place.sheet, row, position, formula, number, style)
        else:
            put(place.sheet, row, position, values.get(column.name), style)
    place.margin.row(row, values)
    for number, report in enumerate(reports, start=row + 1):
        _write_report(place, number, report, level=1)
    return row + 1 + len(reports)


def _sums(place: _ActionsSheet, row: int, result: ActionResult) -> dict[str, tuple[str, float | str | None]]:
    """Sums and retained progress over the rows of the campaign's reports, which follow the action's own."""
    partners = [report.partner for report in result.reports]
    if not partners:
        return {}
    last = len(partners) - 1
    found = {name: (_formula(place, row, name, (0, last), SUM), _cached(result.sums[name])) for name in SUMMED}
    own = partners.index(result.spokesman) if result.spokesman else None
    rows = (0, last) if own is None else (own, own)
    return found | {"avancement": (_formula(place, row, "avancement", rows, AVERAGED), _cached(result.progress))}


def _formula(place: _ActionsSheet, row: int, name: str, reports: tuple[int, int], method: OfReports) -> str:
    """`method` over the cells `name` of the reports (first and last, from 0) below the action in `row`."""
    column = place.margin.table.position(name) + 1
    return method.formula(*(cell_name(row + 2 + report, column) for report in reports))


def _cached(figure: Shown) -> float | str | None:
    return figure.value if isinstance(figure, AnswerKind) else figure


def _write_report(place: _ActionsSheet, row: int, report: ActionReport, *, level: int) -> int:
    """One report in `row`; returns the row after it. A report under its action says only what is its own."""
    values: dict[str, object] = {
        "code": report.action,
        "partenaire": report.partner,
        "campagne": report.campaign,
        "fichier": _files(report),
        **_entries(place.content, report),
    }
    if level == 0:
        values |= {"pilier": _pillar(place.content, report), "objectif": report.objective, "action": report.title}
    place.sheet.set_row(row, max(REPORT_HEIGHT, height(place.columns, values)), None, {"level": level})
    for position, column in enumerate(place.columns):
        put(place.sheet, row, position, values.get(column.name), _style(place, column, total=False))
    place.margin.row(row, values)
    return row + 1


def _files(report: ActionReport) -> str:
    """The file of a report; of one that several files make, what was read in each of the others."""
    titles = {column.name: column.title for column in load_table(ACTIONS).columns}
    others = grouped(
        (entry.elsewhere[0], titles[name]) for name, entry in report.entries.items() if entry.elsewhere and entry.filled
    )
    return "\n".join([report.file, *(f"{file} ({', '.join(names)})" for file, names in others.items())])


def _style(place: _ActionsSheet, column: Column, *, total: bool, repeated: bool = False) -> Format:
    looks: dict[str, Any] = {"valign": "vcenter"}
    if total:
        looks |= {"bg_color": TOTAL_PAPER, "bold": column.name in ("action", "statut", "avancement")}
    if repeated:
        looks |= {"font_color": MUTED, "text_wrap": False}
    if column.name == "avancement":
        looks["num_format"] = "0"
    elif (column.name == "code" and not total) or column.name in ("statut", "commentaire"):
        looks["indent"] = 1
    return listing_style(place.book, column, **looks)


def _entries(content: MasterContent, report: ActionReport) -> dict[str, object]:
    """What a report says by column; an entry that a rule sets aside is left out and stands in *Anomalies*."""
    names = {column.name for column in load_table("suivi_actions").columns}
    return {
        name: shown
        for name, entry in report.entries.items()
        if name in names
        and place_of(report, entry) not in content.assessment.aside
        and (shown := _shown(entry)) is not None
    }


def _shown(entry: Entry) -> object:
    """The number, the day, the text or the reason (one word for each, however it was typed) that an entry gives."""
    answer = entry.answer
    figure = _cached(figure_of(answer))
    if figure is not None or answer.day is not None:
        return answer.day if figure is None else figure
    return answer.text or (entry.raw if entry.filled else None)
