"""A table of a partner's workbook on paper: one page wide, no band apart from its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.paper import LONG_SIDE, POINTS, room_for_rows, scale_for, starts_of_pages
from cvsheet.books.partner.writing.layout import Area

_SIDE, _TOP, _BOTTOM = 0.25, 0.5, 0.6  # inches of margin


def put_on_paper(sheet: Worksheet, area: Area, above: float, heights: Mapping[int, float]) -> None:
    """The columns meant for paper, on as many pages as the rows ask for, each under the titles. What stands above them
    takes so many points, each row of the table its own of `heights`.

    A program prints a range without gaps, but the columns that it repeats on each page may stand apart from it: so what
    speaks while one types is left out.
    """
    *repeated, rest = area.table.paper
    if repeated:
        sheet.repeat_columns(repeated[0][0], repeated[-1][-1])
    sheet.repeat_rows(area.header)
    sheet.print_area(0, rest[0], area.last, rest[-1])
    sheet.set_margins(left=_SIDE, right=_SIDE, top=_TOP, bottom=_BOTTOM)
    sheet.set_footer("&L&8&F&C&8&A&R&8Page &P / &N", {"scale_with_doc": False})
    widths = (area.table.columns[at].width for run in area.table.paper for at in run)
    scale = scale_for(widths, LONG_SIDE - 2 * _SIDE * POINTS)
    sheet.set_print_scale(scale)
    room = room_for_rows(scale, _TOP, _BOTTOM) - heights[area.header]
    starts = starts_of_pages([*_blocks(area, heights)], room, room - above)
    sheet.set_h_pagebreaks([area.first + start for start in starts])


def _blocks(area: Area, heights: Mapping[int, float]) -> Iterator[tuple[int, Sequence[float]]]:
    """The rows from each band to the next: how many lines the band has, and how tall each row is."""
    banded = [(place - len(lines), len(lines)) for place, lines in zip(area.places, area.bands, strict=True) if lines]
    ends = [start for start, _ in banded[1:]] + [area.last + 1]
    for (start, lines), end in zip(banded, ends, strict=True):
        yield lines, [heights[row] for row in range(start, end)]
