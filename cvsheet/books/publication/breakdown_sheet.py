"""*Par ventilation* as published: masked figures stay masked."""

from __future__ import annotations

from cvsheet.books.kit.book import Book
from cvsheet.books.kit.breakdowns import BREAKDOWN_SHEET, write_breakdowns
from cvsheet.books.kit.style import HOME_TAB
from cvsheet.books.kit.tables import FITTED, number_format
from cvsheet.books.publication.cells import LEGEND
from cvsheet.books.publication.cells import put_figure as put_published
from cvsheet.books.publication.content import PublicationContent
from cvsheet.model.framework import Line


def write_breakdown_sheet(book: Book, content: PublicationContent) -> None:
    """Fill the sheet with the figures that the pillar sheets publish, the same ones masked."""
    sheet = book.sheet(BREAKDOWN_SHEET, tab_color=HOME_TAB)

    def put_figure(place: tuple[int, int], line: Line) -> None:
        looks = {"num_format": number_format(line.measure), "align": "center", "bold": line.category is None,
                 "valign": "vcenter", **FITTED}  # fmt: skip
        put_published(book, sheet, place, content.followed[line.code].value, looks)

    title = f"Indicateurs par ventilation – {content.campaign.title}"
    write_breakdowns(book, sheet, content.framework, (title, LEGEND), put_figure)
