"""Each indicator broken down, a block for each breakdown: by quartier, by sexe, by whatever the contract asks.

The master and the publication lay it out alike and fill its cells in their own way. A breakdown of many categories has
parts, one below the other; on paper a part that fits on a page stays on one, a longer one repeats its titles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import ceil

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put_text
from cvsheet.books.kit.heights import LEAST, row_height
from cvsheet.books.kit.paper import pages_of
from cvsheet.books.kit.tables import LINK, put_link
from cvsheet.model.framework import Category, Framework, Line, Measure
from cvsheet.text.french import french_count, typeset

BREAKDOWN_SHEET = "Par ventilation"
LABEL_WIDTH, FIGURE_WIDTH = 42, 12.4
MOST_CATEGORIES = 8  # of a part: with the total they fit a screen of 1366 pixels and the width of a page
SCALE, PAGE = 80, 620.0  # percent at which they do, points of height that a page then takes
TITLE_HEIGHT = 27.0
FEW = 5  # rows for which no block that is longer than a page begins at the end of one
TOTAL, AGAIN = "Total", " (suite)"
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


@dataclass(frozen=True, slots=True)
class _Part:
    """As many columns of a block as a page is wide: their titles, the measures with what stands in each."""

    titles: tuple[str, ...]
    lines: tuple[tuple[Line, tuple[Line | None, ...]], ...]

    @property
    def header(self) -> float:
        """The height of the row of titles."""
        first, *titles = self.titles
        return max(20.0, row_height([(f"{first}{AGAIN}", LABEL_WIDTH), *((title, FIGURE_WIDTH) for title in titles)]))

    @property
    def heights(self) -> list[float]:
        """Those of the rows of measures."""
        return [max(18.0, row_height([(total.measure.title, LABEL_WIDTH)])) for total, _ in self.lines]


@dataclass(frozen=True, slots=True)
class _Piece:
    """The `rows` of a part that stand on one page under its titles, which are in the row `row` of the sheet."""

    row: int
    part: _Part
    rows: range


def write_breakdowns(
    book: Book,
    sheet: Worksheet,
    framework: Framework,
    titles: tuple[str, str],
    put_figure: PutFigure,
) -> None:
    """Fill the sheet under its `titles`: links to the blocks, then these."""
    blocks = blocks_of(framework)
    sheet.set_column(0, 0, LABEL_WIDTH)
    sheet.set_column(1, 1 + MOST_CATEGORIES, FIGURE_WIDTH)
    sheet.set_print_scale(SCALE)  # where Excel fits pages to a width, it passes over breaks
    sheet.set_row(0, TITLE_HEIGHT)
    put_text(sheet, 0, 0, titles[0], book.style("title"))
    put_text(sheet, 1, 0, typeset(titles[1]), book.style("subtitle"))
    parts = [tuple(_parts(block)) for block in blocks]
    first = 3 + len(blocks)
    pieces, breaks = _laid_out([*chain(*parts)], first, TITLE_HEIGHT + LEAST * (first - 1))
    for piece in pieces:
        _write_piece(book, sheet, piece, put_figure)
    for number, (block, own) in enumerate(zip(blocks, parts, strict=True), start=2):
        start = next(piece.row for piece in pieces if piece.part is own[0])
        words = f"{block.title} : {french_count(len(block.lines), 'mesure')}"
        put_link(sheet, number, 0, typeset(words), (BREAKDOWN_SHEET, start), book.style(font_size=11, font_color=LINK))
    if not blocks:
        put_text(sheet, 3, 0, NOTHING, book.style("paragraph", text_wrap=False))
    sheet.set_h_pagebreaks(breaks)


def _parts(block: BreakdownTable) -> Iterator[_Part]:
    """The block, or parts of it with about as many categories each."""
    parts = ceil(len(block.categories) / MOST_CATEGORIES)
    size = ceil(len(block.categories) / parts)
    for number, start in enumerate(range(0, len(block.categories), size), start=1):
        chosen = slice(start, start + size)
        title = f"{block.title} ({number} sur {parts})" if parts > 1 else block.title
        titles = (title, TOTAL, *(one.title for one in block.categories[chosen]))
        yield _Part(titles, tuple((total, categories[chosen]) for total, categories in block.lines))


def _laid_out(parts: Sequence[_Part], row: int, used: float) -> tuple[list[_Piece], list[int]]:
    """What stands where from `row` on, where the page is filled to `used` points; the rows that start a page."""
    pieces, breaks = list[_Piece](), list[int]()
    for part in parts:
        heights, room = part.heights, PAGE - part.header
        left = room - used
        fits = sum(heights) <= left
        begins = (sum(heights) > room or not pieces) and sum(heights[:FEW]) <= left  # links do not stand alone
        if not (fits or begins):
            breaks.append(row)
            left, used = room, 0.0
        for rows in pages_of(heights, room, left):
            if rows.start:
                breaks.append(row)
                used = 0.0
            pieces.append(_Piece(row, part, rows))
            row += 1 + len(rows)
            used += part.header + sum(heights[rows.start : rows.stop])
        row, used = row + 1, used + LEAST
    return pieces, breaks


def _lines(
    framework: Framework, measure: Measure, categories: tuple[Category, ...]
) -> tuple[Line, tuple[Line | None, ...]]:
    own = {line.category: line for line in framework.line.values() if line.measure.code == measure.code}
    return own[None], tuple(own.get(category) for category in categories)


def _write_piece(book: Book, sheet: Worksheet, piece: _Piece, put_figure: PutFigure) -> None:
    header = book.style("header", valign="vcenter")
    name = book.style("cell", text_wrap=True, valign="vcenter")
    figures = book.style("header", valign="vcenter", align="center")
    title, *titles = piece.part.titles
    heights = piece.part.heights
    sheet.set_row(piece.row, piece.part.header)
    put_text(sheet, piece.row, 0, typeset(f"{title}{AGAIN}" if piece.rows.start else title), header)
    for column, words in enumerate(titles, start=1):
        put_text(sheet, piece.row, column, words, figures)
    for row, position in enumerate(piece.rows, start=piece.row + 1):
        total, categories = piece.part.lines[position]
        sheet.set_row(row, heights[position])
        put_text(sheet, row, 0, total.measure.title, name)
        for column, line in enumerate((total, *categories), start=1):
            if line is not None:
                put_figure((row, column), line)
