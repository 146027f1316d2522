"""The master workbook, sheet by sheet."""

from __future__ import annotations

from cvsheet.books.kit.book import Book
from cvsheet.books.kit.charts import DETAIL_SHEET, NAME
from cvsheet.books.kit.style import HOME_TAB
from cvsheet.books.master.content import MasterContent
from cvsheet.books.master.decisions import DECISIONS, DecisionKey
from cvsheet.books.master.review import REVIEW
from cvsheet.books.master.writing.actions_sheet import write_actions_sheet
from cvsheet.books.master.writing.breakdown_sheet import write_breakdown_sheet
from cvsheet.books.master.writing.conflicts_sheet import write_conflicts_sheet
from cvsheet.books.master.writing.contributions_sheet import write_contributions_sheet
from cvsheet.books.master.writing.data_sheet import write_data_sheet
from cvsheet.books.master.writing.decisions_sheet import write_decisions_sheet
from cvsheet.books.master.writing.detail_sheet import write_detail_sheet
from cvsheet.books.master.writing.journal_sheet import write_journal_sheet
from cvsheet.books.master.writing.listings import (
    write_findings_sheet,
    write_reception_sheet,
)
from cvsheet.books.master.writing.orphans_sheet import write_orphans_sheet
from cvsheet.books.master.writing.pillar_sheet import write_pillar_sheet
from cvsheet.books.master.writing.review_cells import Review
from cvsheet.books.master.writing.review_sheet import write_review_sheet
from cvsheet.books.master.writing.summary_sheet import write_summary_sheet
from cvsheet.files.atomic import ScratchFile

MANY_ANSWERS = 20_000  # of a thousand partners: from there on, what is written leaves memory


def master_workbook(content: MasterContent) -> bytes | ScratchFile:
    """The master as the bytes of an xlsx file, a large one as a file. The same content gives the same bytes."""
    contract, campaign = content.framework.contract, content.campaign
    title = f"{contract.name} – {campaign.title} – classeur maître"
    book = Book(title, campaign.end, contract.name, large=content.data.rows > MANY_ANSWERS)
    summary, review = book.sheet(NAME, tab_color=HOME_TAB), Review(content)
    reviewed = write_review_sheet(book, review)
    write_breakdown_sheet(book, content)
    detail = book.sheet(DETAIL_SHEET, tab_color=HOME_TAB)
    followed = frozenset[DecisionKey]().union(
        *(write_pillar_sheet(book, content, pillar) for pillar in content.framework.pillars)
    )
    actions, last_action = write_actions_sheet(book, content)
    placed = {
        REVIEW: reviewed,
        "suivi": followed,
        "suivi_actions": actions,
        "conflits": write_conflicts_sheet(book, content),
        DECISIONS: write_decisions_sheet(book, content),
        "contributions": write_contributions_sheet(book, content),
        "anomalies": write_findings_sheet(book, content),
        "reception": write_reception_sheet(book, content),
        "donnees": write_data_sheet(book, content),
        "journal": write_journal_sheet(book, content),
    }
    orphans = write_orphans_sheet(book, content, placed)
    write_detail_sheet(book, detail, content, last_action, orphans)
    write_summary_sheet(book, summary, review, orphans)
    return book.finished()
