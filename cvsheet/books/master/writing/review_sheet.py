"""*Bilan*: one row for each pillar and each indicator, with what the coordination comments on, ready to print.

What the first page says is read here: it holds the figures by which indicators are ranked, folded at the right.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put, put_formula
from cvsheet.books.kit.colours import SITUATION_COLOURS
from cvsheet.books.kit.spreads import spread_columns
from cvsheet.books.kit.style import FAIR, HOME_TAB, PROGRESS
from cvsheet.books.kit.tables import (
    FIGURE,
    FIRST_ROW,
    HEADER_ROW,
    LINK,
    change_format,
    height,
    last_in_sight,
    never_rounded_up,
    number_format,
    put_link,
    start_table,
)
from cvsheet.books.master.decisions import DecisionKey
from cvsheet.books.master.review import PROPOSED_TARGET, REVIEW, REVIEW_SHEET, ReviewRow
from cvsheet.books.master.writing.margin import MarginWriter
from cvsheet.books.master.writing.review_cells import Review
from cvsheet.figures.changes import ChangeKind, is_rate
from cvsheet.figures.overview import TO_CONFIRM
from cvsheet.model.framework import Measure
from cvsheet.schema.tables import Column, load_table

DOUBT_COLOURS = {TO_CONFIRM: FAIR, PROPOSED_TARGET: FAIR}
SUBTITLE = (
    "Écrivez vos commentaires dans la dernière colonne : ils sont repris dans « Synthèse », imprimés ici en entier, et "
    "gardés d’une consolidation à l’autre."
)
LEAST_HEIGHT = 20.0


def write_review_sheet(book: Book, review: Review) -> frozenset[DecisionKey]:
    """Fill *Bilan*; returns the keys whose comments have their place, those of other campaigns among them."""
    content, table = review.content, load_table(REVIEW)
    judged = content.campaign
    sheet = start_table(
        book, REVIEW_SHEET, spread_columns(REVIEW), f"{table.title} – {judged.title}", SUBTITLE, tab=HOME_TAB
    )
    margin = _margin(book, sheet, review)
    margin.titles(HEADER_ROW)
    for row in review.rows:
        _write_row(book, sheet, review, row)
        margin.keyed(row.row, row.key(judged.code))
    _dress(review, margin)
    others = {key for key in review.comments if key[0] != judged.code and key[0] in content.framework.campaign}
    return margin.placed | others | {key for row in review.rows if (key := row.key(judged.code)) in review.comments}


def _margin(book: Book, sheet: Worksheet, review: Review) -> MarginWriter:
    """The columns that the coordination added; its own column of comments is none of them."""
    table, campaign = load_table(REVIEW), review.content.campaign.code
    keys = [row.key(campaign) for row in review.rows]
    added = review.content.coordination.margin(REVIEW, keys, REVIEW_SHEET)
    own = table.column("commentaire").title
    added = replace(added, titles=tuple(title for title in added.titles if title != own))
    return MarginWriter(book, sheet, table, len(table.columns), added)


def _write_row(book: Book, sheet: Worksheet, review: Review, row: ReviewRow) -> None:
    cells, texts = review.written.get(row.row, {}), review.plain(row)
    columns = load_table(REVIEW).columns
    comment = review.comment(row)
    shown: dict[str, object] = {**texts, "commentaire": comment[1]}
    sheet.set_row(row.row, max(LEAST_HEIGHT, height([c for c in columns if c.name in shown], shown)))
    for position, column in enumerate(columns):
        style = _style(book, review, row, column)
        formula, value = comment if column.name == "commentaire" else cells.get(column.name, ("", None))
        if formula:
            put_formula(sheet, row.row, position, formula, value, style)
        elif column.name == "code" and row.line is not None:  # LibreOffice does not break the lines of a link
            put_link(sheet, row.row, position, row.code, review.content.place[row.line.code], style)
        else:
            put(sheet, row.row, position, texts.get(column.name, value), style)


def _style(book: Book, review: Review, row: ReviewRow, column: Column) -> Format:
    looks: dict[str, Any] = {"text_wrap": column.wrap, "valign": "vcenter"}
    if column.input:
        return book.style("input", **looks, quote_prefix=True)
    if row.line is None:
        return book.style("group", **looks)
    measure = row.line.measure
    if column.name in ("precedente", "valeur", "cible"):
        looks |= {"num_format": number_format(measure), **FIGURE, "bold": column.name == "valeur"}
    elif column.name == "ecart":
        looks |= {"num_format": gap_format(measure), **FIGURE}
    elif column.name == "variation":
        change = review.change(row.line)
        kind = change.kind if change else ChangeKind.POINTS if is_rate(measure) else ChangeKind.RELATIVE
        looks |= {"num_format": change_format(measure, kind), **FIGURE}
    elif column.name == "progression":
        looks |= {"num_format": PROGRESS, "align": "right"}
    elif column.name == "fiabilite":
        looks["align"] = "center"
    elif column.name == "code":
        looks["font_color"] = LINK
    return book.style("cell", **looks)


def gap_format(measure: Measure) -> str:
    """How the way from a value to its target is shown."""
    return change_format(measure, ChangeKind.POINTS if is_rate(measure) else ChangeKind.DIFFERENCE)


def _dress(review: Review, margin: MarginWriter) -> None:
    sheet, table = margin.sheet, margin.table
    last = FIRST_ROW + max(1, len(review.rows)) - 1
    sheet.print_area(0, 0, last, last_in_sight(table.columns))
    progress = table.position("progression")
    never_rounded_up(margin.book, sheet, (FIRST_ROW, progress, last, progress))
    margin.finish(len(review.rows), colours={"situation": SITUATION_COLOURS, "fiabilite": DOUBT_COLOURS})
