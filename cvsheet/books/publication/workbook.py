"""The publication workbook, sheet by sheet."""

from __future__ import annotations

from cvsheet.books.kit.book import Book
from cvsheet.books.kit.charts import DETAIL_SHEET, NAME
from cvsheet.books.kit.style import HOME_TAB
from cvsheet.books.publication.actions_sheet import write_actions_sheet
from cvsheet.books.publication.breakdown_sheet import write_breakdown_sheet
from cvsheet.books.publication.content import PublicationContent
from cvsheet.books.publication.detail_sheet import write_detail_sheet
from cvsheet.books.publication.pillar_sheet import write_pillar_sheet
from cvsheet.books.publication.reading_sheet import write_reading_sheet
from cvsheet.books.publication.summary_sheet import write_summary_sheet


def publication_workbook(content: PublicationContent) -> bytes:
    """The bytes of an xlsx file that anybody may read. The same content gives the same bytes."""
    contract, campaign = content.framework.contract, content.campaign
    book = Book(f"{contract.name} – {campaign.title}", campaign.end, contract.name)
    summary = book.sheet(NAME, tab_color=HOME_TAB)
    write_breakdown_sheet(book, content)
    detail = book.sheet(DETAIL_SHEET, tab_color=HOME_TAB)
    for pillar in content.framework.pillars:
        write_pillar_sheet(book, content, pillar)
    if content.framework.actions:
        write_actions_sheet(book, content)
    write_reading_sheet(book, content)
    write_detail_sheet(book, detail, content)
    write_summary_sheet(book, summary, content)
    return book.content()
