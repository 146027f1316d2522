"""One pillar of the master: every line with baseline, target, values, progress and situation, as live formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, input_message, put, put_formula, validate
from cvsheet.books.kit.colours import SITUATION_COLOURS, colour_words
from cvsheet.books.kit.heights import row_height
from cvsheet.books.kit.spreads import CAMPAIGNS, Spread
from cvsheet.books.kit.style import MUTED, NAVY, PILLAR_TAB, PROGRESS, WHOLE
from cvsheet.books.kit.tables import (
    FIGURE,
    FIRST_ROW,
    HEADER_ROW,
    LINK,
    TOTAL_PAPER,
    by_measure,
    change_format,
    follow_base,
    height,
    keep_together,
    never_rounded_up,
    number_format,
    put_link,
    start_table,
    write_bands,
)
from cvsheet.books.master.content import TREND, MasterContent
from cvsheet.books.master.decisions import DecisionKey
from cvsheet.books.master.writing.listing import STATE_COLOURS
from cvsheet.books.master.writing.margin import MarginWriter
from cvsheet.books.master.writing.pillar_cells import campaign_before, cell_of, texts_of, variation_of
from cvsheet.books.master.writing.pillar_row import PillarRow
from cvsheet.figures.changes import ChangeKind, is_rate
from cvsheet.files.addresses import cell_name
from cvsheet.model.framework import Line, Pillar
from cvsheet.schema.tables import load_table
from cvsheet.text.french import french_date
from cvsheet.text.widths import ROOM, ems

CATEGORY_HEIGHT, TOTAL_HEIGHT = 16.0, 20.0
REPEATED = ("priorite", "objectif", "indicateur", "mesure", "unite", "principale", "sens", "agregation")
CENTRED = ("priorite", "objectif", "sens", "statut_reference", "statut_cible", "couverture", "principale")
VALUES = ("reference", "cible", "campagnes", "calcule", "arbitre", "retenu", "attendu")
BANDS = {
    "mesure": "Ligne",
    "unite": "Où en est-on ? Campagne {campaign}",
    "arbitre": "Arbitrage",
    "variation": "Pour en savoir plus",
    "motif": "Coordination",
    "campagnes": "Valeurs retenues",
    "calcule": "Calcul",
    "indicateur": "Pour mémoire",
}
"""Headings above the header row, each from its first column on."""
LINKED = "ventilation"  # leads to the answers of the line
INDENT = 1.5  # of a category, in units of column width
WRAPPED = ("mesure", LINKED)  # whole in every row: people read, filter and print them
PLAIN, SMALLER = 10, 9  # points, of a label and of one that the row above has already
LAST_PRINTED = "texte"  # what follows is for the coordination, or explains the calculation
TREND_LOOK = {
    "type": "column", "series_color": "#8FA3BF", "last_point": True, "last_color": NAVY, "show_hidden": True,
}  # fmt: skip
TYPED = "Un nombre remplace la valeur calculée ; nd, ns ou so : aucune valeur n’est retenue. Donnez le motif à droite."


def write_pillar_sheet(book: Book, content: MasterContent, pillar: Pillar) -> frozenset[DecisionKey]:
    """The sheet of `pillar`: totals in bold, their categories grouped below them. Returns the keys of its rows."""
    judged = content.campaign
    subtitle = f"{content.framework.contract.name} · {judged.title}, au {french_date(judged.end)}"
    sheet = start_table(book, content.sheet_of(pillar), content.spread, pillar.title, subtitle, tab=PILLAR_TAB)
    write_bands(book, sheet, content.spread, BANDS, judged.code)
    lines = content.framework.lines_of(pillar)
    table, keys = load_table("suivi"), [(line.code,) for line in lines]
    added = content.coordination.margin(table.name, keys, content.sheet_of(pillar))
    margin = MarginWriter(book, sheet, table, len(content.spread), added)
    margin.titles(HEADER_ROW)
    heights = []
    for number, line in enumerate(lines, start=FIRST_ROW):
        margin.keyed(number, (line.code,))
        row = PillarRow(content, line, content.sheet_of(pillar), number)
        texts = texts_of(row)
        heights.append(_set_height(sheet, row, texts))
        for position, spread in enumerate(content.spread):
            formula, value = cell_of(row, spread, texts)
            style = _style(book, row, spread)
            if formula:
                put_formula(sheet, number, position, formula, value, style)
            elif _is_linked(row, spread):
                put_link(sheet, number, position, line.label, content.contributions_place[line.code], style)
            else:
                put(sheet, number, position, value, style)
    printed = [spread.column for spread in content.spread[: content.position(LAST_PRINTED) + 1]]
    keep_together(sheet, printed, [*by_measure(lines, heights)])
    if lines:
        _dress(book, sheet, content, lines, margin.last)
    return margin.placed


def _dress(book: Book, sheet: Worksheet, content: MasterContent, lines: Sequence[Line], last_column: int) -> None:
    """Filters, colours beside the words, trends, what is printed."""
    last = FIRST_ROW + len(lines) - 1
    sheet.autofilter(HEADER_ROW, 0, last, last_column)
    sheet.print_area(0, 0, last, content.position(LAST_PRINTED))
    for name, colours in (("situation", SITUATION_COLOURS), ("decision", STATE_COLOURS)):
        column = content.position(name)
        colour_words(book, sheet, (FIRST_ROW, column, last, column), colours)
    progress = content.position("progression")
    never_rounded_up(book, sheet, (FIRST_ROW, progress, last, progress))
    _follow_bases(book, sheet, content, lines)
    typed = content.position("arbitre")
    validate(sheet, (FIRST_ROW, typed, last, typed), {"validate": "any", **input_message("Valeur arbitrée", TYPED)})
    if content.position(TREND) >= 0:
        _add_trends(sheet, content, lines)


def _follow_bases(book: Book, sheet: Worksheet, content: MasterContent, lines: Sequence[Line]) -> None:
    """Changes are shown as what they are counted in, by one rule for the rows below one another that look alike."""
    former, column = campaign_before(content), content.position("variation")
    if former is None:
        return
    for _, group in groupby(enumerate(lines, start=FIRST_ROW), lambda placed: number_format(placed[1].measure)):
        (first, line), *others = group
        if not line.measure.is_text and not is_rate(line.measure):
            names = (("campagnes", former), ("retenu", ""), ("variation", ""))
            cells = (f"${content.cell(first, name, campaign)}" for name, campaign in names)
            area = (first, column, others[-1][0] if others else first, column)
            follow_base(book, sheet, area, line.measure, *cells)


def _kind(content: MasterContent, line: Line) -> ChangeKind:
    """What the change of `line` is counted in; without one, in what it mostly is."""
    change = variation_of(content, line)
    return change.kind if change else ChangeKind.POINTS if is_rate(line.measure) else ChangeKind.RELATIVE


def _add_trends(sheet: Worksheet, content: MasterContent, lines: Sequence[Line]) -> None:
    """Small bars of the values, campaign after campaign: from 0 on, as bars that start elsewhere mislead."""
    first, trend = content.position(CAMPAIGNS), content.position(TREND) + 1
    alike: dict[bool, dict[str, str]] = {}  # whether a value is below 0 -> the cells and what they draw
    for row, line in enumerate(lines, start=FIRST_ROW):
        values = [content.consolidation.retained(campaign.code, line.code) for campaign in content.campaigns]
        below = any(value is not None and value < 0 for value in values)
        area = f"{cell_name(row + 1, first + 1)}:{cell_name(row + 1, first + len(content.campaigns))}"
        alike.setdefault(below, {})[cell_name(row + 1, trend)] = area
    for below, areas in alike.items():
        places = {"location": [*areas], "range": [*areas.values()]}
        sheet.add_sparkline(FIRST_ROW, trend - 1, {**places, **TREND_LOOK, **({} if below else {"min": 0})})


def _set_height(sheet: Worksheet, row: PillarRow, texts: Mapping[str, str]) -> float:
    """Make the row as tall as its texts ask for; gives its height."""
    columns = [spread.column for spread in row.content.spread]
    if row.line.category is not None:
        rooms = {column.name: column.width for column in columns}
        rooms["mesure"] *= PLAIN / SMALLER
        label = row_height((texts[name], rooms[name]) for name in WRAPPED)
        tall = max(CATEGORY_HEIGHT, label)
        sheet.set_row(row.row, tall, None, {"level": 1})
        return tall
    tall = max(TOTAL_HEIGHT, height(columns, texts if row.opens_indicator else {**texts, "indicateur": ""}))
    sheet.set_row(row.row, tall)
    return tall


def _style(book: Book, row: PillarRow, spread: Spread) -> Format:
    name, line = spread.column.name, row.line
    total = line.category is None
    looks: dict[str, Any] = {"text_wrap": spread.column.wrap and (total or name in WRAPPED), "valign": "vcenter"}
    if spread.column.input and not (name == "arbitre" and line.measure.is_text):
        return book.style("input", **{**looks, "text_wrap": spread.column.wrap, **_number_look(row, name)})
    looks |= _number_look(row, name)
    if _is_linked(row, spread):
        looks["font_color"] = LINK
    if name in CENTRED:
        looks["align"] = "center"
    repeated = not total or (name == "indicateur" and not row.opens_indicator)
    if repeated and name in REPEATED:
        looks |= {"font_color": MUTED} | ({"font_size": SMALLER} if name in WRAPPED else {"text_wrap": False})
    if name.startswith("statut"):
        looks["font_color"] = MUTED
    if name == "situation" or (name == "ventilation" and not total):
        looks["indent"] = 1
    if total:
        looks["bg_color"] = TOTAL_PAPER
        looks["bold"] = name in ("mesure", "situation", "retenu")
    return book.style("cell", **looks)


def _is_linked(row: PillarRow, spread: Spread) -> bool:
    """Whether the cell leads to the answers of its line: where its label fits on one line, as LibreOffice does not wrap
    a link. The answers of a longer one stand below those of its total."""
    fits = ems(row.line.label) <= (spread.column.width - INDENT) * ROOM
    return spread.column.name == LINKED and fits and row.line.code in row.content.contributions_place


def _number_look(row: PillarRow, name: str) -> dict[str, Any]:
    """The number format of a column, by the measure where it shows the measure's values."""
    formats = {"progression": PROGRESS, "retard": "0.0", "date_reference": "dd/mm/yyyy", "part_ecoulee": WHOLE}
    if name in VALUES:
        formats[name] = number_format(row.line.measure)
    elif name == "variation":
        formats[name] = change_format(row.line.measure, _kind(row.content, row.line))
    return {"num_format": formats[name], **FIGURE} if name in formats else {}
