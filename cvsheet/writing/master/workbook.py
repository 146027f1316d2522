"""The master workbook, sheet by sheet."""

from __future__ import annotations

from cvsheet.writing.book import Book
from cvsheet.writing.master.actions_sheet import write_actions_sheet
from cvsheet.writing.master.conflicts_sheet import write_conflicts_sheet
from cvsheet.writing.master.content import MasterContent
from cvsheet.writing.master.contributions_sheet import write_contributions_sheet
from cvsheet.writing.master.data_sheet import write_data_sheet
from cvsheet.writing.master.journal_sheet import write_journal_sheet
from cvsheet.writing.master.listings import (
    write_findings_sheet,
    write_reception_sheet,
)
from cvsheet.writing.master.pillar_sheet import write_pillar_sheet
from cvsheet.writing.master.summary_charts import NAME
from cvsheet.writing.master.summary_sheet import write_summary_sheet


def master_workbook(content: MasterContent) -> bytes:
    """The master as the bytes of an xlsx file. The same content gives the same bytes."""
    contract, campaign = content.framework.contract, content.campaign
    book = Book(f"{contract.name} – {campaign.title} – classeur maître", campaign.end, "Contrat de ville")
    summary = book.sheet(NAME)
    for pillar in content.framework.pillars:
        write_pillar_sheet(book, content, pillar)
    write_actions_sheet(book, content)
    write_contributions_sheet(book, content)
    write_conflicts_sheet(book, content)
    write_findings_sheet(book, content)
    write_reception_sheet(book, content)
    write_data_sheet(book, content)
    write_journal_sheet(book, content)
    write_summary_sheet(book, summary, content)
    return book.content()
