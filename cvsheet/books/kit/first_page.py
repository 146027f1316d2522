"""The layout of *Synthèse*, in the master and in the publication: one screen of 1366 x 768 pixels, one page of A4.

A contract of more pillars than the screen names has the others further down, on pages of their own (`further_pages`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put, put_text
from cvsheet.books.kit.charts import GROUPS
from cvsheet.books.kit.heights import TEXT_SIZE, fitted, height_of
from cvsheet.books.kit.page import set_widths
from cvsheet.text.french import french_number, typeset

LABEL_WIDTH, COUNT_WIDTH, LAST_COUNT_WIDTH, WORDS_WIDTH = 39, 9.4, 9.4, 30
FIRST_CARD, LAST_COUNT, WORDS = 1, len(GROUPS) + 1, len(GROUPS) + 2  # columns
SCREEN = 434.0  # points of height that LibreOffice shows of a sheet on a screen of 768 pixels
TITLE_ROW, FACTS_ROW, SENTENCE_ROW, CHANGE_ROW, MOVES_ROW, WAITING_ROW, HEADER_ROW, CARDS_ROW = 0, 1, 2, 3, 4, 5, 7, 8
HEIGHTS = {
    TITLE_ROW: 21.0, FACTS_ROW: 14.0, SENTENCE_ROW: 21.0, CHANGE_ROW: 15.0, MOVES_ROW: 15.0, WAITING_ROW: 15.0,
    WAITING_ROW + 1: 4.0, HEADER_ROW: 27.0, CARDS_ROW: 26.0,
}  # fmt: skip
FIRST_PILLAR = CARDS_ROW + 1
GAP = 5.0
FEW_PILLARS = 6  # whose rows may be as tall as their texts
PILLAR_HEIGHT, EASY_HEIGHT, LEAST_HEIGHT = 15.0, 12.0, 10.0
SIZES = ((14.0, 10), (12.0, 9), (0.0, 8))  # from this height of a row on, the size of its text
LEAST_TROUBLE, MOST_TROUBLE = 3, 14  # rows
SPARE = 2  # rows for indicators that fall behind before the next consolidation
LIST_TITLE_HEIGHT, LIST_HEADER_HEIGHT, LIST_HEIGHT = 17.0, 15.0, 22.0
LONGEST_LISTED = 75  # characters of a name in the list: two lines
NAME, SITUATION, FORMER, VALUE, TARGET, DISTANCE, DOUBT, PILOT = range(8)  # columns of the list; a pilot's name runs on
WELL, WATCHED, TROUBLE = ("Atteinte", "En bonne voie"), ("À surveiller",), ("En retard", "En recul")


@dataclass(frozen=True, slots=True)
class Window:
    """Where the list of what is in trouble stands: its first row, the points of height it has, how many there are."""

    first: int
    room: float
    found: int

    @staticmethod
    def least() -> float:
        """The height that it needs at least."""
        return LIST_TITLE_HEIGHT + LIST_HEADER_HEIGHT + LEAST_TROUBLE * LIST_HEIGHT

    @property
    def rows(self) -> int:
        """How many it shows: as many as there are, as far as the screen goes."""
        fit = int((self.room - LIST_TITLE_HEIGHT - LIST_HEADER_HEIGHT) // LIST_HEIGHT)
        return max(LEAST_TROUBLE, min(MOST_TROUBLE, fit, self.found + SPARE))


def set_up(sheet: Worksheet) -> None:
    """Widths, heights and paper."""
    set_widths(sheet, (LABEL_WIDTH, *[COUNT_WIDTH] * len(GROUPS), LAST_COUNT_WIDTH, WORDS_WIDTH))
    for row, height in HEIGHTS.items():
        sheet.set_row(row, height)
    sheet.fit_to_pages(1, 1)
    sheet.set_margins(left=0.35, right=0.35, top=0.4, bottom=0.5)
    sheet.center_horizontally()


def window_below(sheet: Worksheet, heights: Sequence[float], found: int) -> Window:
    """The window below the rows of pillars, of these `heights`."""
    first = FIRST_PILLAR + len(heights) + 1
    sheet.set_row(first - 1, GAP)
    return Window(first, SCREEN - sum(HEIGHTS.values()) - sum(heights) - GAP, found)


def write_card_titles(book: Book, sheet: Worksheet, last: str, words: str, row: int = HEADER_ROW) -> None:
    """The titles of the cards: each group of situations, then what is counted `last`, then `words`."""
    title = "Indicateurs par situation" if row == HEADER_ROW else "Autres piliers"
    put_text(sheet, row, 0, title, book.style("header", valign="vcenter"))
    for column, group in enumerate(GROUPS, start=FIRST_CARD):
        looks = {"font_color": group.look[0], "bg_color": group.look[1], "align": "center", "valign": "vcenter"}
        put_text(sheet, row, column, group.heading, book.style("header", **looks))
    put_text(sheet, row, LAST_COUNT, last, book.style("header", align="center", valign="vcenter"))
    if words:
        put_text(sheet, row, WORDS, words, book.style("header", valign="vcenter"))


def write_list_titles(book: Book, sheet: Worksheet, row: int, titles: Sequence[str | None]) -> None:
    """The header row of the list of what is in trouble."""
    sheet.set_row(row, LIST_HEADER_HEIGHT)
    for column, title in enumerate(titles):
        align = "left" if column in (NAME, PILOT, WORDS) else "center"
        edges = {} if title else {"left": 0, "right": 0}
        put(sheet, row, column, title, book.style("header", align=align, valign="vcenter", **edges))


def list_looks(column: int) -> dict[str, Any]:
    """Long names and texts stand on two lines; a pilot's name runs on."""
    looks: dict[str, Any] = {"valign": "vcenter"}
    if column == NAME:
        return looks | {"bold": True, "text_wrap": True, "font_size": 9}
    if column == WORDS:
        return looks | {"text_wrap": True, "font_size": 8}
    if column >= PILOT:
        return looks | {"font_size": 8, "left": int(column == PILOT), "right": int(column == LAST_COUNT)}
    return looks | {"align": "center", "shrink": True, "bold": column == VALUE}


def named_pillars(pillars: int) -> int:
    """How many of several `pillars` have a row on the first screen: all, as far as it goes in small letters. Else as
    many as are read with ease, and the last of the rows adds up the others, which stand further down."""
    if pillars * LEAST_HEIGHT <= _room_of_pillars():
        return pillars
    return int(_room_of_pillars() // EASY_HEIGHT) - 1


def others_in(pillars: int) -> str:
    """What the row says that adds up the pillars further down."""
    return typeset(f"{french_number(pillars - named_pillars(pillars))} autres piliers : plus bas")


def least_height(pillars: int) -> float:
    """The height of a pillar's row that leaves some of the screen to the indicators in trouble."""
    if named_pillars(pillars) < pillars:
        return EASY_HEIGHT
    return max(LEAST_HEIGHT, min(PILLAR_HEIGHT, floor(4 * _room_of_pillars() / max(1, pillars)) / 4))


def text_size(pillars: int) -> int:
    """The size of the text in a pillar's row."""
    return next(size for least, size in SIZES if least_height(pillars) >= least)


def pillar_looks(pillars: int) -> dict[str, Any]:
    """How the rows of several `pillars` look: few have room for titles of two lines."""
    return {"valign": "vcenter", "font_size": text_size(pillars), "text_wrap": pillars <= FEW_PILLARS}


def pillar_height(pillars: int, title: str, words: str = "") -> float:
    """The height of the row of one of several `pillars`, with `words` beside its counts."""
    if pillars > FEW_PILLARS:
        return least_height(pillars)
    return max(least_height(pillars), min(2 * PILLAR_HEIGHT, height_of([(title, LABEL_WIDTH), (words, WORDS_WIDTH)])))


def pillar_title(pillars: int, title: str) -> str:
    """As much of the `title` of one of several `pillars` as its row shows."""
    width = LABEL_WIDTH * TEXT_SIZE / text_size(pillars)
    return fitted(title, width, 2 if pillars <= FEW_PILLARS else 1)


def _room_of_pillars() -> float:
    return SCREEN - sum(HEIGHTS.values()) - GAP - Window.least()
