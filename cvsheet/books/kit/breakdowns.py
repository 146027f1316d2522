"""Each indicator broken down, a block for each breakdown: by quartier, by sexe, by whatever the contract asks.

The master and the publication lay it out alike and fill its cells in their own way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put_text
from cvsheet.books.kit.heights import row_height
from cvsheet.books.kit.tables import LINK, put_link
from cvsheet.model.framework import Category, Framework, Line, Measure
from cvsheet.text.french import french_count, typeset

BREAKDOWN_SHEET = "Par ventilation"
LABEL_WIDTH, FIGURE_WIDTH = 52, 14
PAGE_ROWS = 22  # of a landscape page, whatever the heights of its rows
TOTAL = "Total"
NOTHING = "Le contrat ne demande aucune ventilation."

PutFigure = Callable[[tuple[int, int], Line], None]


@dataclass(frozen=True, slots=True)
class BreakdownTable:
    """A breakdown, its categories, and the measures that are asked by it: each total with its category lines."""

    name: str
    categories: tuple[Category, ...]
    lines: tuple[tuple[Line, tuple[Line | None, ...]], ...]

    @property
    def title(self) -> str:
        first, *more = self.name.split(" ")
        inside = " ".join([first if any(map(str.isupper, first[1:])) else first[:1].lower() + first[1:], *more])
        return self.name if first.casefold() == "par" else f"Par {inside}"


def blocks_of(framework: Framework) -> tuple[BreakdownTable, ...]:
    """The breakdowns that measures with figures are asked by, the one of most measures first."""
    found = []
    for breakdown in dict.fromkeys(category.breakdown for category in framework.categories):
        categories = tuple(one for one in framework.categories if one.breakdown == breakdown)
        asked = [one for one in framework.measures if breakdown in one.breakdowns and not one.is_text]
        lines = tuple(_lines(framework, measure, categories) for measure in asked)
        if lines:
            found.append(BreakdownTable(framework.breakdown_title(breakdown), categories, lines))
    return tuple(sorted(found, key=lambda block: -len(block.lines)))


def write_breakdowns(
    book: Book,
    sheet: Worksheet,
    framework: Framework,
    titles: tuple[str, str],
    put_figure: PutFigure,
) -> None:
    """Fill the sheet under its `titles`: links to the blocks, then these; on paper a block that fits on a page stays on
    one."""
    blocks = blocks_of(framework)
    sheet.set_column(0, 0, LABEL_WIDTH)
    sheet.set_column(1, 1 + max((len(block.categories) for block in blocks), default=0), FIGURE_WIDTH)
    sheet.set_row(0, 27)
    put_text(sheet, 0, 0, titles[0], book.style("title"))
    put_text(sheet, 1, 0, typeset(titles[1]), book.style("subtitle"))
    starts, row = [], 3 + len(blocks)
    for block in blocks:
        starts.append(row)
        row = _write_block(book, sheet, block, row, put_figure) + 1
    for number, (block, start) in enumerate(zip(blocks, starts, strict=True), start=2):
        words = f"{block.title} : {french_count(len(block.lines), 'mesure')}"
        style = book.style(font_size=11, font_color=LINK)
        put_link(sheet, number, 0, typeset(words), (BREAKDOWN_SHEET, start), style)
    if not blocks:
        put_text(sheet, 3, 0, NOTHING, book.style("paragraph", text_wrap=False))
    sheet.set_h_pagebreaks(_page_starts(starts, row))


def _page_starts(starts: Sequence[int], end: int) -> list[int]:
    """The rows of `starts` that begin a page: those of blocks (each goes to the next, the last to `end`) that do not
    fit below what stands above. The first one stays under the links."""
    pages, first = list[int](), 0
    for start, following in pairwise((*starts, end)):
        if start != starts[0] and following - first > PAGE_ROWS:
            pages.append(start)
            first = start
    return pages


def _lines(
    framework: Framework, measure: Measure, categories: tuple[Category, ...]
) -> tuple[Line, tuple[Line | None, ...]]:
    own = {line.category: line for line in framework.line.values() if line.measure.code == measure.code}
    return own[None], tuple(own.get(category) for category in categories)


def _write_block(book: Book, sheet: Worksheet, block: BreakdownTable, row: int, put_figure: PutFigure) -> int:
    """The block from `row` on; returns the row after it."""
    header = book.style("header", valign="vcenter")
    name = book.style("cell", text_wrap=True, valign="vcenter")
    figures = book.style("header", valign="vcenter", align="center")
    titles = [block.title, TOTAL, *(category.title for category in block.categories)]
    sheet.set_row(row, max(20.0, row_height([(title, FIGURE_WIDTH) for title in titles[1:]])))
    for column, title in enumerate(titles):
        put_text(sheet, row, column, title, header if column == 0 else figures)
    for number, (total, categories) in enumerate(block.lines, start=row + 1):
        sheet.set_row(number, max(18.0, row_height([(total.measure.title, LABEL_WIDTH)])))
        put_text(sheet, number, 0, total.measure.title, name)
        for column, line in enumerate((total, *categories), start=1):
            if line is not None:
                put_figure((number, column), line)
    return row + 1 + len(block.lines)
