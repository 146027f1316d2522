"""*Contributions*: the part of each partner in each line, campaign by campaign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import MOST_LINKS, Book, put, put_formula
from cvsheet.books.kit.spreads import Spread, spread_columns
from cvsheet.books.kit.tables import FIGURE, FIRST_ROW, LINK, number_format, put_link
from cvsheet.books.master.content import CONTRIBUTIONS_SHEET, MasterContent
from cvsheet.books.master.data_places import DATA_IN_ORDER, DATA_SHEET
from cvsheet.books.master.decisions import DecisionKey
from cvsheet.books.master.writing.margin import start_noted_table
from cvsheet.figures.consolidation import retained
from cvsheet.figures.contributions import IN_RESULT, READING, Contribution
from cvsheet.files.addresses import column_letters
from cvsheet.model.framework import Line
from cvsheet.model.submission import quantities_of

NOT_RECEIVED, NOT_ANSWERED = "non reçu", "sans réponse"
WORDS = "nd : non disponible ; ns : secret statistique ; so : sans objet."
SUBTITLE = f"Chaque réponse est une formule sur « Données » et mène à sa ligne. {WORDS}"
SUBTITLE_UNLINKED = f"Chaque réponse est une formule sur « Données ». {WORDS}"
NO_ANSWER: Mapping[tuple[str, str], Contribution] = {}


@dataclass(frozen=True, slots=True)
class Producer:
    """One row: a line, one of its producers, and what this one answered by (campaign, quantity)."""

    line: Line
    partner: str
    given: Mapping[tuple[str, str], Contribution]


@dataclass(frozen=True)
class _ContributionsSheet:
    """The sheet being filled: its columns, the letters of those that formulas need, the styles of its cells.

    `received` are the partners and campaigns of the returns that count; `linked` says whether its rows lead
    to the lines and to the answers.
    """

    book: Book
    content: MasterContent
    sheet: Worksheet
    spreads: tuple[Spread, ...]
    received: set[tuple[str, str]]
    linked: bool
    letters: Mapping[str, str]
    plain: Mapping[str, Format]


def write_contributions_sheet(book: Book, content: MasterContent) -> frozenset[DecisionKey]:
    """One row per line and producer, for every line that somebody types."""
    spreads = contribution_columns(content)
    rows = sum(len(line.measure.producers) for line in content.framework.input_lines)
    linked = rows + content.data.rows <= MOST_LINKS
    subtitle = SUBTITLE if linked else SUBTITLE_UNLINKED
    margin = start_noted_table(
        book, CONTRIBUTIONS_SHEET, "contributions", subtitle, content.coordination, spreads=spreads, rows=rows
    )
    place = _place(book, content, margin.sheet, spreads, linked=linked)
    row = FIRST_ROW
    for line in content.framework.input_lines:
        answered = _answers(content, line)
        number = book.style("cell", num_format=number_format(line.measure), valign="vcenter", **FIGURE)
        for partner in line.measure.producers:
            _write_row(place, row, Producer(line, partner, answered.get(partner, NO_ANSWER)), number)
            margin.keyed(row, (line.code, partner))
            row += 1
    return margin.finish(row - FIRST_ROW)


def _place(
    book: Book, content: MasterContent, sheet: Worksheet, spreads: tuple[Spread, ...], *, linked: bool
) -> _ContributionsSheet:
    identities = (one.identity for one in content.assessment.current)
    received = {(one.partner, one.campaign) for one in identities if one}
    letters = {spread.column.name: column_letters(number) for number, spread in enumerate(spreads, start=1)}
    plain = {
        spread.column.name: book.style("cell", text_wrap=spread.column.wrap, valign="vcenter") for spread in spreads
    }
    return _ContributionsSheet(book, content, sheet, spreads, received, linked, letters, plain)


def contribution_columns(content: MasterContent) -> tuple[Spread, ...]:
    """The columns of the sheet: baseline and target of `référence` campaigns, the value of yearly ones."""
    return spread_columns("contributions", content.answered_campaigns, quantities=quantities_of)


def _answers(content: MasterContent, line: Line) -> Mapping[str, Mapping[tuple[str, str], Contribution]]:
    """Partner -> (campaign, quantity) -> what was answered to `line`; of all lines at once, it would fill memory."""
    found: dict[str, dict[tuple[str, str], Contribution]] = {}
    for campaign in content.answered_campaigns:
        for quantity in quantities_of(campaign):
            for one in content.consolidation.result(campaign.code, line.code, quantity).contributions:
                found.setdefault(one.partner, {})[campaign.code, quantity.value] = one
    return found


def _write_row(place: _ContributionsSheet, row: int, producer: Producer, number: Format) -> None:
    """One row; `number` is the style of the line's values."""
    content, sheet, line = place.content, place.sheet, producer.line
    values = {
        "code": line.code,
        "mesure": line.measure.title,
        "ventilation": line.label,
        "partenaire": producer.partner,
        "nom": content.framework.partner_name(producer.partner),
        "agregation": line.measure.aggregation.value,
    }
    for position, spread in enumerate(place.spreads):
        name = spread.column.name
        if name == "mesure" and place.linked and line.code in content.place:
            style = place.book.style("cell", valign="vcenter", font_color=LINK)
            put_link(sheet, row, position, line.measure.title, content.place[line.code], style)
        elif name in values:
            put(sheet, row, position, values[name], place.plain[name])
        elif spread.campaign:
            one = producer.given.get((spread.campaign, spread.quantity.value))
            word = NOT_ANSWERED if (producer.partner, spread.campaign) in place.received else NOT_RECEIVED
            if one and place.linked:  # the formula then takes the place of the link's text
                put_link(sheet, row, position, "", (DATA_SHEET, content.data.place[one.row]), number)
            formula = f'=IFERROR({_found(place, row, "lecture", spread, producer)},"{word}")'
            put_formula(sheet, row, position, formula, READING.value(one) if one else word, number)
        else:
            style = place.book.style("cell", align="center", valign="vcenter")
            judged = Spread(spread.column, content.campaign.code, content.quantity)
            formula = IN_RESULT.formula(_found(place, row, "retenu", judged, producer))
            put_formula(sheet, row, position, formula, IN_RESULT.value(_retained(content, producer)), style)


def _found(place: _ContributionsSheet, row: int, name: str, spread: Spread, producer: Producer) -> str:
    """The column `name` of *Données* in the row of the answer of this campaign and quantity: the cell itself, or as it
    is found once *Données* is in another order; where there is none, what somebody may have added below."""
    content = place.content
    one = producer.given.get((spread.campaign, spread.quantity.value))
    if one is None:
        line, partner = (f"${place.letters[column]}{row + 1}" for column in ("code", "partenaire"))
        key, keys = f'"{spread.campaign}|"&{line}&"|{spread.quantity.value}|"&{partner}', "cle_partenaire"
    else:
        key, keys = str(content.data.place[one.row] - FIRST_ROW + 1), "ordre"
    searched = f"INDEX({content.data.column(name)},MATCH({key},{content.data.column(keys)},0))"
    return f"IF({DATA_IN_ORDER},{content.data.cell(name, one.row) if one else 'NA()'},{searched})"


def _retained(content: MasterContent, producer: Producer) -> float | None:
    """The number of the answer that is in the number judged."""
    key = (content.campaign.code, content.quantity.value)
    one = producer.given.get(key)
    if one is None:
        return None
    result = content.consolidation.typed[key[0], producer.line.code, key[1]]
    return retained(content.framework, producer.line.code, result, one)
