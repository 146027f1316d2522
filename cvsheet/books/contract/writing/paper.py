"""A table of the contract on paper: no page holds nothing but its blank rows."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.contract.writing.layout import Block
from cvsheet.books.kit.heights import LEAST
from cvsheet.books.kit.paper import LIBREOFFICE, LONG_SIDE, POINTS, UNSURE, pages_of, room_for_rows, scale_for

TITLE_HEIGHT = 28.0
ABOVE = TITLE_HEIGHT + 2 * LEAST  # points of height above the titles of the table: title, subtitle, link
SIDE, PILLAR_SIDE, TOP, BOTTOM = 0.4, 0.3, 0.5, 0.6  # inches of margin
PILLAR_SCALE = 70  # percent: what is in sight takes a page; all columns could not be read
_LEAST_SHARE = 0.8  # of the usual scale
_UNSURE_SCALE = 4  # percent: programs fit a sheet to a width each in its own way


def put_on_paper(sheet: Worksheet, block: Block, heights: Sequence[float], *, of_pillar: bool) -> None:
    """What is in sight, as wide as a page; the table's titles, then its records, have these `heights`.

    A sheet keeps the scale that fits its width while columns are added, unless blank rows alone would take a page:
    then it is smaller by what these ask for.
    """
    blanks = block.last_row - len(heights) - 2
    if of_pillar:
        sheet.set_margins(left=PILLAR_SIDE, right=PILLAR_SIDE, top=TOP, bottom=BOTTOM)
        scales = range(PILLAR_SCALE, PILLAR_SCALE + 1)
    else:
        usual = scale_for(block.widths_in_sight, LONG_SIDE - 2 * SIDE * POINTS)
        scales = range(usual - _UNSURE_SCALE, min(100, int(usual * LIBREOFFICE)) + 1)
    if of_pillar or not all(_holds(scale, heights, blanks) for scale in scales):
        sheet.set_print_scale(_scale(PILLAR_SCALE if of_pillar else usual, heights, blanks))


def _scale(usual: int, heights: Sequence[float], blanks: int) -> int:
    smaller = range(usual, int(usual * _LEAST_SHARE), -1)
    return next((scale for scale in smaller if _holds(scale, heights, blanks)), usual)


def _holds(scale: int, heights: Sequence[float], blanks: int) -> bool:
    """Whether the blank rows begin on the last page of the records, whichever part of its pages a program fills."""
    titles, *records = heights
    for filled in (UNSURE, 1.0, 2 - UNSURE):
        room = room_for_rows(scale, TOP, BOTTOM, filled) - titles
        whole, written = ([*pages_of(rows, room, room - ABOVE)] for rows in ([*records, *[LEAST] * blanks], records))
        if written and len(whole) > len(written):
            return False
    return True
