"""*Actions* as published: state, budget and beneficiaries of the contract's actions, by objective."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put
from cvsheet.books.kit.colours import STATUS_COLOURS, colour_words
from cvsheet.books.kit.spreads import Spread
from cvsheet.books.kit.style import NUMBER_FORMATS, PILLAR_TAB
from cvsheet.books.kit.tables import A3, FIRST_ROW, HEADER_ROW, height, listing_style, start_table
from cvsheet.books.publication.cells import LEGEND, put_figure
from cvsheet.books.publication.content import PublicationContent
from cvsheet.figures.action_results import ActionResult
from cvsheet.figures.follow_up import Shown
from cvsheet.schema.tables import Column, load_table
from cvsheet.text.french import french_date, typeset

SHEET = "Actions"
COLUMNS = (
    "action", "statut", "avancement", "pilote", "budget_prevu", "budget_realise", "beneficiaires", "femmes", "objectif",
    "pilier", "code",
)  # fmt: skip
SUBTITLE = (
    "{campaign}, au {date}. Budgets et bénéficiaires : somme des rapports ; une personne suivie par deux partenaires y "
    "compte deux fois. {legend}"
)
FIGURES = {"avancement": "0", "budget_prevu": NUMBER_FORMATS["money"], "budget_realise": NUMBER_FORMATS["money"]}
ACTION_HEIGHT = 20.0


def write_actions_sheet(book: Book, content: PublicationContent) -> Worksheet:
    """One row per action of the contract; the actions and comments that partners add are their own words: left out."""
    table = load_table("suivi_actions")
    chosen = [table.column(name) for name in COLUMNS]
    judged = content.campaign
    subtitle = typeset(SUBTITLE.format(campaign=judged.title, date=french_date(judged.end), legend=LEGEND))
    sheet = start_table(book, SHEET, [Spread(column) for column in chosen], table.title, subtitle, tab=PILLAR_TAB)
    sheet.set_paper(A3)
    objective = ""
    for row, result in enumerate(content.actions, start=FIRST_ROW):
        opens, objective = result.action.objective != objective, result.action.objective
        _write_row(book, sheet, content, row, result, chosen, opens=opens)
    last = FIRST_ROW + len(content.actions) - 1
    if content.actions:
        sheet.autofilter(HEADER_ROW, 0, last, len(chosen) - 1)
        status = COLUMNS.index("statut")
        colour_words(book, sheet, (FIRST_ROW, status, last, status), STATUS_COLOURS)
    return sheet


def _write_row(
    book: Book,
    sheet: Worksheet,
    content: PublicationContent,
    row: int,
    result: ActionResult,
    chosen: list[Column],
    *,
    opens: bool,
) -> None:
    """One action. The first one of an objective `opens` it: the objective's text stands there only."""
    texts = _texts(content, result, opens=opens)
    sheet.set_row(row, max(ACTION_HEIGHT, height(chosen, texts)))
    for position, column in enumerate(chosen):
        looks: dict[str, Any] = {"valign": "vcenter"}
        if column.name in ("pilote", "objectif"):  # right after figures
            looks["indent"] = 1
        if column.name in texts:
            put(sheet, row, position, texts[column.name], listing_style(book, column, **looks))
        else:
            looks |= {"num_format": FIGURES.get(column.name, "#,##0"), "align": "right"}
            put_figure(book, sheet, (row, position), _figures(result)[column.name], looks)


def _texts(content: PublicationContent, result: ActionResult, *, opens: bool) -> dict[str, str]:
    framework, action = content.framework, result.action
    return {
        "code": action.code,
        "pilier": framework.pillar[framework.pillar_of_action(action)].sheet,
        "objectif": f"{action.objective} {framework.objective[action.objective].title}" if opens else "",
        "action": action.title,
        "pilote": action.pilot or "à désigner",
        "statut": result.status,
    }


def _figures(result: ActionResult) -> dict[str, Shown]:
    return {"avancement": result.progress, **result.sums}
