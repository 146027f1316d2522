"""One pillar as it is published: values only, masked where they must be."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put
from cvsheet.books.kit.colours import colour_words
from cvsheet.books.kit.spreads import Spread, spread_columns
from cvsheet.books.kit.style import MUTED, PILLAR_TAB, PROGRESS
from cvsheet.books.kit.tables import (
    FIGURE,
    FIRST_ROW,
    HEADER_ROW,
    TOTAL_PAPER,
    by_measure,
    change_format,
    height,
    keep_together,
    never_rounded_up,
    number_format,
    start_table,
    write_bands,
)
from cvsheet.books.publication.cells import COLOURS, LEGEND, put_figure
from cvsheet.books.publication.content import PublicationContent
from cvsheet.figures.follow_up import FollowUp, Shown
from cvsheet.model.framework import Line, Pillar
from cvsheet.text.french import french_date, typeset

CATEGORY_HEIGHT, TOTAL_HEIGHT = 16.0, 20.0
COLUMNS = (
    "mesure", "ventilation", "unite", "retenu", "situation", "progression", "reference", "cible", "variation",
    "campagnes", "attendu", "retard", "indicateur", "sens", "statut_reference", "statut_cible", "code",
)  # fmt: skip
BANDS = {
    "mesure": "Mesures",
    "unite": "Où en est-on ? Campagne {campaign}",
    "campagnes": "Valeur par campagne",
    "attendu": "Calcul",
    "indicateur": "Pour mémoire",
}
"""Headings above the header row, each from its first column on."""
TEXTS = (
    "code", "indicateur", "mesure", "ventilation", "unite", "sens", "statut_reference", "statut_cible", "situation",
)  # fmt: skip
SAID_ONCE = ("indicateur", "mesure")  # categories stand below their total, measures below their indicator
FORMATS = {"progression": PROGRESS, "retard": "0.0"}


def columns(content: PublicationContent) -> tuple[Spread, ...]:
    """The columns of a pillar sheet, as the table *suivi* describes them: here the values of all campaigns are seen."""
    found = (one for one in spread_columns("suivi", content.campaigns) if one.column.name in COLUMNS)
    return tuple(replace(one, column=replace(one.column, folded=False)) if one.campaign else one for one in found)


def write_pillar_sheet(book: Book, content: PublicationContent, pillar: Pillar) -> Worksheet:
    """The sheet of `pillar`: totals in bold, their categories grouped below them."""
    judged, spreads = content.campaign, columns(content)
    subtitle = f"{content.framework.contract.name} · {judged.title}, au {french_date(judged.end)} · {LEGEND}"
    sheet = start_table(book, content.sheet_of(pillar), spreads, pillar.title, typeset(subtitle), tab=PILLAR_TAB)
    write_bands(book, sheet, spreads, BANDS, judged.code)
    lines = content.framework.lines_of(pillar)
    heights = [_write_row(book, sheet, content, row, line) for row, line in enumerate(lines, start=FIRST_ROW)]
    keep_together(sheet, [spread.column for spread in spreads], [*by_measure(lines, heights)])
    if lines:
        last = FIRST_ROW + len(lines) - 1
        names = [spread.column.name for spread in spreads]
        situation, progress = names.index("situation"), names.index("progression")
        never_rounded_up(book, sheet, (FIRST_ROW, progress, last, progress))
        sheet.autofilter(HEADER_ROW, 0, last, len(spreads) - 1)
        colour_words(book, sheet, (FIRST_ROW, situation, last, situation), COLOURS)
    return sheet


def _write_row(book: Book, sheet: Worksheet, content: PublicationContent, row: int, line: Line) -> float:
    """Write the row of `line`; gives its height."""
    spreads, followed = columns(content), content.followed[line.code]
    texts = _texts(content, followed)
    least, level = (TOTAL_HEIGHT, {}) if line.category is None else (CATEGORY_HEIGHT, {"level": 1})
    tall = max(least, height([spread.column for spread in spreads], texts))
    sheet.set_row(row, tall, None, level)
    for position, spread in enumerate(spreads):
        looks = _looks(line, spread, followed)
        if spread.column.name in TEXTS:
            put(sheet, row, position, texts[spread.column.name], book.style("cell", **looks))
        else:
            put_figure(book, sheet, (row, position), _figure(content, followed, spread), looks)
    return tall


def _texts(content: PublicationContent, followed: FollowUp) -> dict[str, str]:
    line, measure = followed.line, followed.line.measure
    once = dict.fromkeys(
        SAID_ONCE if line.category else () if line.code in content.framework.opening else SAID_ONCE[:1], ""
    )
    return {
        "code": line.code,
        "indicateur": measure.indicator_title,
        "mesure": measure.title,
        "ventilation": line.label,
        "unite": measure.unit,
        "sens": measure.direction.value,
        "statut_reference": followed.baseline_status,
        "statut_cible": followed.target_status,
        "situation": followed.situation,
        **once,
    }


def _figure(content: PublicationContent, followed: FollowUp, spread: Spread) -> Shown:
    if spread.campaign:
        return content.value(content.framework.campaign[spread.campaign], followed.line)
    return {
        "reference": followed.baseline,
        "cible": followed.target,
        "retenu": followed.value,
        "variation": followed.change,
        "progression": followed.progress,
        "attendu": followed.expected,
        "retard": followed.lag,
    }[spread.column.name]


def _looks(line: Line, spread: Spread, followed: FollowUp) -> dict[str, Any]:
    """The look of a cell: totals stand out."""
    name, total = spread.column.name, line.category is None
    looks: dict[str, Any] = {"text_wrap": spread.column.wrap, "valign": "vcenter"}
    if name not in TEXTS:
        plain = (
            change_format(line.measure, followed.change_kind) if name == "variation" else number_format(line.measure)
        )
        looks |= {"num_format": FORMATS.get(name, plain), **FIGURE}
    if name in ("sens", "statut_reference", "statut_cible"):
        looks |= {"align": "center", "text_wrap": True}  # folded, a text that is not wrapped shows beside its column
    if name.startswith("statut") or (name in ("unite", "sens") and not total):
        looks["font_color"] = MUTED
    if name in ("situation", "indicateur") or (name == "ventilation" and not total):  # right after figures
        looks["indent"] = 1
    if total:
        looks |= {"bg_color": TOTAL_PAPER, "bold": name in ("mesure", "situation", "retenu")}
    return looks
