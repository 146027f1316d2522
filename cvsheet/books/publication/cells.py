"""How a published figure looks in a cell, whichever sheet it stands in."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put
from cvsheet.books.kit.colours import SITUATION_COLOURS
from cvsheet.books.kit.style import MUTED, NEUTRAL
from cvsheet.figures.follow_up import Shown
from cvsheet.model.submission import AnswerKind

COLOURS = SITUATION_COLOURS
MASKED = AnswerKind.SECRET.value
LEGEND = "ns : chiffre masqué, secret statistique (voir « Lecture »)."


def put_figure(book: Book, sheet: Worksheet, place: tuple[int, int], figure: Shown, looks: dict[str, Any]) -> None:
    """Write `figure` at `place` (row, column from 0): its number, or the word for why there is none."""
    if isinstance(figure, AnswerKind):
        paper = {"bg_color": NEUTRAL[1]} if figure is AnswerKind.SECRET else {}
        style = book.style("cell", **{**looks, "align": "center", "font_color": MUTED, "italic": True, **paper})
        put(sheet, *place, figure.value, style)
    else:
        put(sheet, *place, figure, book.style("cell", **looks))
