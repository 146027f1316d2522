"""The pillars for which the first screen of *Synthèse* has no room: further down, each by name, on pages of their own
under their own titles."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book
from cvsheet.books.kit.first_page import (
    GAP,
    HEADER_ROW,
    HEIGHTS,
    LABEL_WIDTH,
    PILLAR_HEIGHT,
    WORDS_WIDTH,
    write_card_titles,
)
from cvsheet.books.kit.heights import row_height
from cvsheet.books.kit.paper import pages_of

SCALE = 85  # percent at which the columns fit a landscape page
FURTHER_LOOKS = {"valign": "vcenter", "text_wrap": True}  # in rows as tall as their texts
PAGE = 600.0  # points of height that a page takes at this scale


def further_height(title: str, words: str = "") -> float:
    """The height of the row of a pillar with `words` beside its counts."""
    return max(PILLAR_HEIGHT, row_height([(title, LABEL_WIDTH), (words, WORDS_WIDTH)]))


def write_further_pages(
    book: Book,
    sheet: Worksheet,
    first: int,
    titles: tuple[str, str],
    heights: Sequence[float],
    put_pillar: Callable[[int, int], None],
) -> int:
    """From the row `first` on, a row of each of these `heights` for a pillar (`put_pillar` gets the row and which one),
    each page under the `titles` of the cards; returns the last row.

    Excel breaks pages where it is told to only at a fixed scale.
    """
    sheet.set_row(first - 1, GAP)
    breaks, row = [], first
    for page in pages_of(heights, PAGE - HEIGHTS[HEADER_ROW]):
        breaks.append(row)
        sheet.set_row(row, HEIGHTS[HEADER_ROW])
        write_card_titles(book, sheet, *titles, row)
        for position in page:
            row += 1
            sheet.set_row(row, heights[position])
            put_pillar(row, position)
        row += 1
    sheet.set_print_scale(SCALE)
    sheet.set_h_pagebreaks(breaks)
    return row - 1
