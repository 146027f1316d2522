"""*Contributions*: the part of each partner in each line, campaign by campaign."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from cvsheet.cells import cell_name
from cvsheet.consolidation.aggregation import Contribution
from cvsheet.framework import Line
from cvsheet.submission import REASONS, AnswerKind, Quantity
from cvsheet.tables import load_table
from cvsheet.writing.book import Book, put, put_formula
from cvsheet.writing.master.content import FIRST_ROW, HEADER_ROW, MasterContent, spread_columns
from cvsheet.writing.master.formulas import key_of
from cvsheet.writing.master.tables import height, number_format, start_table

NOT_RECEIVED, NOT_ANSWERED = "non reçu", "sans réponse"
SUBTITLE = (
    "Les nombres sont des formules sur « Données ». nd : non disponible ; ns : secret statistique ; so : sans objet."
)


def write_contributions_sheet(book: Book, content: MasterContent) -> Worksheet:
    """One row per line and producer, for every line that somebody types."""
    table = load_table("contributions")
    spreads = spread_columns("contributions", content.campaigns)
    sheet = start_table(book, "Contributions", spreads, table.title, SUBTITLE)
    row = FIRST_ROW
    for line in content.framework.input_lines:
        for partner in line.measure.producers:
            _write_row(book, sheet, content, row, line, partner)
            row += 1
    if row > FIRST_ROW:
        sheet.autofilter(HEADER_ROW, 0, row - 1, len(spreads) - 1)
    return sheet


def _write_row(book: Book, sheet: Worksheet, content: MasterContent, row: int, line: Line, partner: str) -> None:
    name = content.framework.partner[partner].name if partner in content.framework.partner else partner
    values = {
        "code": line.code,
        "mesure": line.measure.title,
        "ventilation": line.label,
        "partenaire": partner,
        "nom": name,
        "agregation": line.measure.aggregation.value,
    }
    spreads = spread_columns("contributions", content.campaigns)
    sheet.set_row(row, height([spread.column for spread in spreads], values))
    for position, spread in enumerate(spreads):
        if not spread.campaign:
            put(sheet, row, position, values[spread.column.name], book.style("cell", text_wrap=spread.column.wrap))
            continue
        style = book.style("cell", num_format=number_format(line.measure), align="right")
        given = _given(content, line, partner, spread.campaign)
        word = _word(content, partner, spread.campaign, given)
        if line.measure.is_text:
            put(sheet, row, position, word, style)
        else:
            value = given.number if given and given.counts else word
            put_formula(sheet, row, position, _formula(content, row, spread.campaign, word), value, style)


def _formula(content: MasterContent, row: int, campaign: str, word: str) -> str:
    """The partner's number where it counts, else the word that stands for it."""
    position = {column.name: n for n, column in enumerate(load_table("contributions").columns, start=1)}
    key = key_of(cell_name(row + 1, position["code"]), campaign, Quantity.VALUE)
    partner = cell_name(row + 1, position["partenaire"])
    pairs = (
        (content.data_range("cle"), key),
        (content.data_range("partenaire"), partner),
        (content.data_range("repond"), "1"),
    )
    criteria = ",".join(f"{area},{wanted}" for area, wanted in pairs)
    return f'=IF(COUNTIFS({criteria})=0,"{word}",SUMIFS({content.data_range("nombre")},{criteria}))'


def _given(content: MasterContent, line: Line, partner: str, campaign: str) -> Contribution | None:
    contributions = content.consolidation.result(campaign, line.code).contributions
    return next((one for one in contributions if one.partner == partner), None)


def _word(content: MasterContent, partner: str, campaign: str, given: Contribution | None) -> str:
    """What stands where no number counts."""
    if given is None:
        received = {(one.identity.campaign, one.identity.partner) for one in content.assessment.current if one.identity}
        return NOT_ANSWERED if (campaign, partner) in received else NOT_RECEIVED
    if given.kind in REASONS:
        return given.kind.value
    if given.kind is AnswerKind.TEXT and given.kept:
        return given.text
    return "écartée"
