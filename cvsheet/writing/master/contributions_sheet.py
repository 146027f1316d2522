"""*Contributions*: the part of each partner in each line, campaign by campaign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from cvsheet.cells import cell_name
from cvsheet.consolidation.aggregation import Contribution, unused
from cvsheet.consolidation.conflicts import quantities_of
from cvsheet.coordination import Key
from cvsheet.framework import Line
from cvsheet.submission import Quantity
from cvsheet.tables import load_table
from cvsheet.writing.book import Book, put, put_formula
from cvsheet.writing.master.content import (
    CONTRIBUTIONS_SHEET,
    DATA_SHEET,
    FIRST_ROW,
    HEADER_ROW,
    MasterContent,
    Spread,
)
from cvsheet.writing.master.data_sheet import MOST_LINKS, shown
from cvsheet.writing.master.margin import MarginWriter
from cvsheet.writing.master.tables import LINK, number_format, put_link, start_table

NOT_RECEIVED, NOT_ANSWERED = "non reçu", "sans réponse"
YES, NO = "oui", "non"
SUBTITLE = (
    "Chaque réponse est une formule sur « Données » et mène à sa ligne. "
    "nd : non disponible ; ns : secret statistique ; so : sans objet."
)


@dataclass(frozen=True, slots=True)
class Producer:
    """One row: a line, one of its producers, and what this one answered by (campaign, quantity)."""

    line: Line
    partner: str
    given: Mapping[tuple[str, str], Contribution]


def write_contributions_sheet(book: Book, content: MasterContent) -> frozenset[Key]:
    """One row per line and producer, for every line that somebody types."""
    spreads = contribution_columns(content)
    table = load_table("contributions")
    sheet = start_table(book, CONTRIBUTIONS_SHEET, spreads, table.title, SUBTITLE)
    margin = MarginWriter(book, sheet, table, len(spreads), content.coordination.margin(table.name))
    margin.titles(HEADER_ROW)
    answered = _answers(content)
    received = {(one.identity.campaign, one.identity.partner) for one in content.assessment.current if one.identity}
    row = FIRST_ROW
    for line in content.framework.input_lines:
        for partner in line.measure.producers:
            producer = Producer(line, partner, answered.get((line.code, partner), {}))
            _write_row(book, sheet, content, row, producer, frozenset(c for c, who in received if who == partner))
            margin.keyed(row, (line.code, partner))
            row += 1
    if row > FIRST_ROW:
        sheet.autofilter(HEADER_ROW, 0, row - 1, margin.last)
    return margin.placed


def contribution_columns(content: MasterContent) -> tuple[Spread, ...]:
    """The columns of the sheet: baseline and target of `référence` campaigns, the value of yearly ones."""
    found: list[Spread] = []
    for column in load_table("contributions").columns:
        if column.name != "campagnes":
            found.append(Spread(column))
            continue
        found += [
            Spread(column, campaign.code, quantity)
            for campaign in content.answered_campaigns
            for quantity in quantities_of(campaign)
        ]
    return tuple(found)


def _answers(content: MasterContent) -> dict[tuple[str, str], dict[tuple[str, str], Contribution]]:
    """(line, partner) -> (campaign, quantity) -> what was answered."""
    found: dict[tuple[str, str], dict[tuple[str, str], Contribution]] = {}
    for (campaign, line, quantity), result in content.consolidation.typed.items():
        for one in result.contributions:
            found.setdefault((line, one.partner), {})[campaign, quantity] = one
    return found


def _write_row(
    book: Book, sheet: Worksheet, content: MasterContent, row: int, producer: Producer, received: frozenset[str]
) -> None:
    line, spreads = producer.line, contribution_columns(content)
    known = content.framework.partner.get(producer.partner)
    values = {
        "code": line.code,
        "mesure": line.measure.title,
        "ventilation": line.label,
        "partenaire": producer.partner,
        "nom": known.name if known else producer.partner,
        "agregation": line.measure.aggregation.value,
    }
    for position, spread in enumerate(spreads):
        if spread.column.name == "code" and line.code in content.place:
            style = book.style("cell", valign="vcenter", font_color=LINK)
            put_link(sheet, row, position, line.code, content.place[line.code], style)
        elif spread.column.name in values:
            style = book.style("cell", text_wrap=spread.column.wrap, valign="vcenter")
            put(sheet, row, position, values[spread.column.name], style)
        elif spread.campaign:
            style = book.style("cell", num_format=number_format(line.measure), align="right", valign="vcenter")
            one = producer.given.get((spread.campaign, spread.quantity.value))
            word = NOT_ANSWERED if spread.campaign in received else NOT_RECEIVED
            found = _lookup(content, row, "lecture", spread.campaign, spread.quantity)
            value = shown(one) if one else word
            if one and content.data_rows < MOST_LINKS:  # the formula then takes the place of the link's text
                put_link(sheet, row, position, "", (DATA_SHEET, content.data_place[one.row]), style)
            put_formula(sheet, row, position, f'=IFERROR({found},"{word}")', value, style)
        else:
            found = _lookup(content, row, "retenu", content.campaign.code, content.quantity)
            style = book.style("cell", align="center", valign="vcenter")
            formula = f'=IFERROR(IF(ISNUMBER({found}),"{YES}","{NO}"),"{NO}")'
            put_formula(sheet, row, position, formula, _is_kept(content, producer), style)


def _lookup(content: MasterContent, row: int, name: str, campaign: str, quantity: Quantity) -> str:
    """The column `name` of *Données* in the row of this line, partner, campaign and quantity."""
    position = {column.name: n for n, column in enumerate(load_table("contributions").columns, start=1)}
    line, partner = (cell_name(row + 1, position[name]) for name in ("code", "partenaire"))
    key = f'"{campaign}|"&${line}&"|{quantity.value}|"&${partner}'
    return f"INDEX({content.data_range(name)},MATCH({key},{content.data_range('cle_partenaire')},0))"


def _is_kept(content: MasterContent, producer: Producer) -> str:
    """Whether the answer is in the number judged."""
    key = (content.campaign.code, content.quantity.value)
    one = producer.given.get(key)
    if one is None or not one.counts:
        return NO
    result = content.consolidation.typed[key[0], producer.line.code, key[1]]
    return YES if unused(content.framework, producer.line.code, result, one) is None else NO
