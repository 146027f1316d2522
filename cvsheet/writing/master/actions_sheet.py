"""*Actions*: where each action stands in the campaign judged, with the reports of its partners below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cvsheet.cells import cell_name
from cvsheet.consolidation.actions import Report, State, state_of
from cvsheet.coordination import Key
from cvsheet.framework import Action
from cvsheet.french import french_count
from cvsheet.submission import ActionReport, AnswerKind, Entry
from cvsheet.tables import Column, load_table
from cvsheet.writing.book import Book, put, put_formula, put_text
from cvsheet.writing.master.content import FIRST_ROW, HEADER_ROW, MasterContent, spread_columns
from cvsheet.writing.master.margin import MarginWriter
from cvsheet.writing.master.tables import A3, TOTAL_PAPER, colour_words, height, listing_style, start_table
from cvsheet.writing.style import FAIR, GOOD, MUTED, NEUTRAL, POOR

SUBTITLE = (
    "Campagne {campaign}. L’avis du pilote est retenu ; sans pilote, celui des partenaires ensemble. Budgets et "
    "bénéficiaires : somme des rapports de la campagne, une personne suivie par deux partenaires y compte deux fois."
)
SUMMED = ("budget_prevu", "budget_realise", "beneficiaires", "femmes")
ADDED = "Actions proposées par les partenaires"
STATUS_COLOURS = {
    "Réalisée": GOOD,
    "En cours": GOOD,
    "En préparation": NEUTRAL,
    "Non démarrée": FAIR,
    "Reportée": FAIR,
    "Abandonnée": POOR,
}
ACTION_HEIGHT, REPORT_HEIGHT = 20.0, 16.0


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The sheet being filled."""

    book: Book
    content: MasterContent
    sheet: Worksheet
    columns: tuple[Column, ...]
    margin: MarginWriter

    def position(self, name: str) -> int:
        return [column.name for column in self.columns].index(name)


def write_actions_sheet(book: Book, content: MasterContent) -> tuple[frozenset[Key], int]:
    """One row per action of the contract, its reports grouped below it, then what partners propose beside it.

    Returns the keys of its rows, and the last of them.
    """
    table = load_table("suivi_actions")
    subtitle = SUBTITLE.format(campaign=content.campaign.code)
    sheet = start_table(book, "Actions", spread_columns("suivi_actions"), table.title, subtitle)
    margin = MarginWriter(book, sheet, table, len(table.columns), content.coordination.margin(table.name))
    margin.titles(HEADER_ROW)
    sheet.outline_settings(symbols_below=False)
    sheet.set_paper(A3)
    place = _Sheet(book, content, sheet, table.columns, margin)
    reports, added = _reports(content)
    row = FIRST_ROW
    objective = ""
    for action in content.framework.actions:
        first, objective = action.objective != objective, action.objective
        row = _write_action(place, row, action, reports.get(action.code, ()), opens=first)
    if added:
        put_text(sheet, row, 0, ADDED, book.style("group"))
        for position in range(1, len(table.columns)):
            put(sheet, row, position, None, book.style("group"))
        row += 1
    for report in added:
        row = _write_report(place, row, report, level=0)
    if row > FIRST_ROW:
        sheet.autofilter(HEADER_ROW, 0, row - 1, margin.last)
        status = place.position("statut")
        colour_words(book, sheet, (FIRST_ROW, status, row - 1, status), STATUS_COLOURS)
    return margin.placed, row - 1


@dataclass(frozen=True, slots=True)
class ActionTotals:
    """The retained status of an action in the judged campaign, and the sums of its reports by column."""

    status: str
    sums: Mapping[str, float | None]


def totals_of(content: MasterContent) -> Mapping[str, ActionTotals]:
    """Action code -> what its row on *Actions* says."""
    known, _ = _reports(content)
    found = {}
    for action in content.framework.actions:
        current = [one for one in known.get(action.code, ()) if one.campaign == content.campaign.code]
        sums = {name: _sum(content, current, name) for name in SUMMED}
        found[action.code] = ActionTotals(_state(content, action, current).status, sums)
    return found


def _sum(content: MasterContent, reports: Sequence[ActionReport], name: str) -> float | None:
    given = [value for report in reports if (value := _number(content, report, name)) is not None]
    return fsum(given) if given else None


def _reports(content: MasterContent) -> tuple[Mapping[str, Sequence[ActionReport]], Sequence[ActionReport]]:
    """The reports of known actions by code, those of the judged campaign first, then backwards; and what partners add
    to the contract in the judged campaign, by pillar and objective."""
    dates = {campaign.code: campaign.end for campaign in content.framework.campaigns}
    judged = content.campaign
    told = [one for one in content.assessment.action_reports if dates[one.campaign] <= judged.end]
    told.sort(key=lambda one: (-dates[one.campaign].toordinal(), one.partner))
    known: dict[str, list[ActionReport]] = {}
    for report in told:
        known.setdefault(report.action, []).append(report)
    added = [one for one in told if one.action not in content.framework.action and one.campaign == judged.code]
    rank = {pillar.sheet: number for number, pillar in enumerate(content.framework.pillars)}
    added.sort(key=lambda one: (rank.get(one.sheet, len(rank)), one.objective, one.partner))
    return known, added


def _write_action(place: _Sheet, row: int, action: Action, reports: Sequence[ActionReport], *, opens: bool) -> int:
    """The row of `action` and, below it, those of its reports; returns the row after them.

    The first action of an objective `opens` it: the objective's text stands there in full.
    """
    content = place.content
    framework = content.framework
    current = [report for report in reports if report.campaign == content.campaign.code]
    values: dict[str, object] = {
        "code": action.code,
        "pilier": framework.pillar[framework.pillar_of_action(action)].sheet,
        "objectif": f"{action.objective} {framework.objective[action.objective].title}",
        "action": action.title,
        "pilote": action.pilot or "à désigner",
        "partenaire": french_count(len(current), "rapport") if current else "aucun rapport",
        "statut": _state(content, action, current).status,
    }
    formulas = _sums(place, row, action, current)
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


def _sums(
    place: _Sheet, row: int, action: Action, current: Sequence[ActionReport]
) -> dict[str, tuple[str, float | None]]:
    """Sums and retained progress over the rows of the campaign's reports, which follow the action's own."""
    if not current:
        return {}
    found: dict[str, tuple[str, float | None]] = {}
    state = _state(place.content, action, current)
    for name in (*SUMMED, "avancement"):
        column = place.position(name) + 1
        area = f"{cell_name(row + 2, column)}:{cell_name(row + 1 + len(current), column)}"
        if name != "avancement":
            found[name] = (f'=IF(COUNT({area})=0,"",SUM({area}))', _sum(place.content, current, name))
        elif state.spokesman:
            own = [report.partner for report in current].index(state.spokesman)
            cell = cell_name(row + 2 + own, column)
            found[name] = (f'=IF(ISNUMBER({cell}),{cell},"")', state.progress)
        else:
            found[name] = (f'=IF(COUNT({area})=0,"",AVERAGE({area}))', state.progress)
    return found


def _state(content: MasterContent, action: Action, current: Sequence[ActionReport]) -> State:
    reports = [
        Report(one.partner, str(_entries(content, one).get("statut") or ""), _number(content, one, "avancement"))
        for one in current
    ]
    return state_of(action.pilot, reports)


def _write_report(place: _Sheet, row: int, report: ActionReport, *, level: int) -> int:
    """One report in `row`; returns the row after it. A report under its action says only what is its own."""
    values: dict[str, object] = {
        "code": report.action,
        "partenaire": report.partner,
        "campagne": report.campaign,
        "fichier": report.file,
        **_entries(place.content, report),
    }
    if level == 0:
        values |= {"pilier": report.sheet, "objectif": report.objective, "action": report.title}
    place.sheet.set_row(row, max(REPORT_HEIGHT, height(place.columns, values)), None, {"level": level})
    for position, column in enumerate(place.columns):
        put(place.sheet, row, position, values.get(column.name), _style(place, column, total=False))
    place.margin.row(row, values)
    return row + 1


def _style(place: _Sheet, column: Column, *, total: bool, repeated: bool = False) -> Format:
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
        and (report.file, report.sheet, entry.cell) not in content.assessment.aside
        and (shown := _shown(entry)) is not None
    }


def _number(content: MasterContent, report: ActionReport, name: str) -> float | None:
    value = _entries(content, report).get(name)
    return value if isinstance(value, float) else None


def _shown(entry: Entry) -> object:
    answer = entry.answer
    if answer.kind is AnswerKind.NUMBER and answer.number is not None:
        return float(answer.number)
    if answer.day is not None:
        return answer.day
    return answer.text or (entry.raw if answer.kind is not AnswerKind.BLANK else None)
