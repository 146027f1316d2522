"""*Décisions*: what the coordination decided or still has to decide, campaign by campaign, with the answers behind it.

The campaign judged is arbitrated in its pillar sheets, which this sheet repeats; the others are arbitrated here.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put, put_formula
from cvsheet.books.kit.style import TO_DO_TAB
from cvsheet.books.kit.tables import FIGURE, LINK, height, number_format, put_link
from cvsheet.books.master.content import DECISIONS_SHEET, MasterContent
from cvsheet.books.master.decision_doubts import doubts_of
from cvsheet.books.master.decisions import DECIDED, DECISIONS, Arbitration, DecisionKey, as_text, state_formula
from cvsheet.books.master.writing import formulas
from cvsheet.books.master.writing.listing import STATE_COLOURS
from cvsheet.books.master.writing.margin import start_noted_table
from cvsheet.books.master.writing.pillar_cells import decision_cells
from cvsheet.model.framework import Line
from cvsheet.model.submission import judged_quantity
from cvsheet.schema.tables import Column, load_table

SUBTITLE = (
    "La campagne jugée s’arbitre dans la feuille du pilier ; les autres, ici. Pour confirmer une décision dont les "
    "réponses ont changé, effacez « Décidée d’après », puis relancez la consolidation."
)
NOTHING = "Aucune décision, et aucune qui attende dans une autre campagne."
NUMBERS = ("calcule", "arbitre", "alors")


def write_decisions_sheet(book: Book, content: MasterContent) -> frozenset[DecisionKey]:
    """One row per campaign and line with a decision, a comment or a conflict. Returns the keys of its rows."""
    margin = start_noted_table(book, DECISIONS_SHEET, DECISIONS, SUBTITLE, content.coordination)
    for (campaign, line), row in content.decided.items():
        _write_row(book, margin.sheet, content, row, content.arbitration(campaign, line))
        margin.keyed(row, (campaign, line))
    if content.decided:
        margin.sheet.set_tab_color(TO_DO_TAB)
    return margin.finish(len(content.decided), NOTHING, {"etat": STATE_COLOURS})


def _write_row(book: Book, sheet: Worksheet, content: MasterContent, row: int, one: Arbitration) -> None:
    line = content.framework.line[one.line]
    written = _written(content, row, one)
    values = decision_values(content, one, line)
    table = load_table(DECISIONS)
    sheet.set_row(row, height(table.columns, values))
    for position, column in enumerate(table.columns):
        style = _style(book, content, one, column)
        if column.name in written:
            put_formula(sheet, row, position, written[column.name], _cached(values[column.name]), style)
        elif column.name == "mesure":
            put_link(sheet, row, position, values["mesure"], content.place[one.line], style)
        else:
            put(sheet, row, position, values[column.name], style)


def decision_values(content: MasterContent, one: Arbitration, line: Line) -> dict[str, Any]:
    """The values of a row by column."""
    answers = content.answers_of(one.campaign, one.line)
    return {
        "campagne": one.campaign,
        "ligne": one.line,
        "mesure": f"{line.measure.title} – {line.label}",
        "calcule": _computed(content, one),
        "arbitre": one.written,
        "motif": one.motive,
        "note": one.comment,
        "etat": content.decision_state(one.campaign, one.line),
        "etabli": (one.basis.answers if one.basis else answers) if one.decides else "",
        "origine": answers,
        "alors": one.written if one.decides else None,
    }


def _computed(content: MasterContent, one: Arbitration) -> float | None:
    campaign = content.framework.campaign[one.campaign]
    return content.consolidation.result(one.campaign, one.line, judged_quantity(campaign)).value


def _written(content: MasterContent, row: int, one: Arbitration) -> dict[str, str]:
    """The formulas of a row: what the pillar sheet says of the campaign judged, and the state of the decision."""
    table, line = load_table(DECISIONS), content.framework.line[one.line]
    cells = {column.name: content.decision_cell(row, column.name) for column in table.columns}
    found = {
        "etat": state_formula(
            cells["arbitre"],
            cells["motif"],
            decision_cells(content, one.campaign, one.line),
            doubts_of(line),
            text_only=line.measure.is_text,
        )
    }
    campaign = content.framework.campaign[one.campaign]
    if not line.measure.computed and line.measure.method.gathers:
        code = cells["ligne"]
        found["calcule"] = formulas.aggregated(content, line, code, one.campaign, judged_quantity(campaign))
    if one.campaign == content.campaign.code:
        typed = {name: content.cell_of(one.line, name) for name in DECIDED}
        found |= {name: f'=IF({cell}="","",{cell})' for name, cell in typed.items()}
        found["calcule"] = formulas.same(content.cell_of(one.line, "calcule"))
    return found


def _cached(value: object) -> float | str | None:
    return value if isinstance(value, float | int | str | None) else as_text(str(value))


def _style(book: Book, content: MasterContent, one: Arbitration, column: Column) -> Format:
    typed_here = column.input and one.campaign != content.campaign.code
    looks: dict[str, Any] = {"text_wrap": column.wrap, "valign": "vcenter"}
    if column.name in NUMBERS:
        looks |= {"num_format": number_format(content.framework.line[one.line].measure), **FIGURE}
    if column.name == "mesure":
        looks["font_color"] = LINK
    return book.style("input" if typed_here else "cell", **looks)
