"""The canonical workbook from its records, sheet by sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cvsheet.books.contract.outline.model import OpenPoint
from cvsheet.books.contract.writing.block import write_block
from cvsheet.books.contract.writing.home import write_home
from cvsheet.books.contract.writing.layout import HEADER_ROW, HOME, SheetPlan, plan_sheets
from cvsheet.books.contract.writing.lists import write_lists
from cvsheet.books.contract.writing.paper import TITLE_HEIGHT, put_on_paper
from cvsheet.books.contract.writing.pilot_sheet import write_pilot
from cvsheet.books.contract.writing.points import write_points
from cvsheet.books.contract.writing.settings import write_settings
from cvsheet.books.kit.book import Book, put_text
from cvsheet.books.kit.page import write_titles
from cvsheet.books.kit.style import PILLAR_TAB, TABLE_TAB
from cvsheet.files.addresses import quoted
from cvsheet.model.records import Canonical
from cvsheet.text.french import typeset

LONG_AGO = date(2000, 1, 1)  # the file's date where the contract gives no start
UNFOLD = "[+] au-dessus d’un titre : les colonnes qui le précisent. « 2 » à gauche : toutes."


def canonical_workbook(canonical: Canonical, points: Sequence[OpenPoint] = ()) -> bytes:
    """The workbook that holds `canonical`: reading it gives the same records back.

    `points` are what a document that it was read from leaves open: a sheet of their own, which nothing reads.
    """
    settings = next(iter(canonical.rows("contrat")), None)
    start = settings.values.get("debut") if settings else None
    name = settings.text("nom") if settings else ""
    book = Book(f"{name or 'Contrat'} : classeur du contrat", start if isinstance(start, date) else LONG_AGO)
    sheets = plan_sheets(canonical)
    write_home(book, canonical, sheets, points=bool(points))
    if points:
        write_points(book, points)
    write_pilot(book, sheets)
    write_settings(book, canonical)
    for plan in sheets:
        _write_sheet(book, plan)
    write_lists(book, canonical, sheets)
    return book.content()


def _write_sheet(book: Book, plan: SheetPlan) -> None:
    sheet = book.sheet(plan.name, tab_color=PILLAR_TAB if plan.pillar else TABLE_TAB)
    write_titles(book, sheet, plan.title, typeset(plan.subtitle), TITLE_HEIGHT)
    sheet.write_url(2, 0, f"internal:{quoted(HOME)}!A1", book.style("link"), "← Accueil")
    if any(column.folded for column in plan.block.table.columns):
        put_text(sheet, 2, 1, typeset(UNFOLD), book.style("subtitle"))
    heights = write_block(book, sheet, plan.block)
    sheet.freeze_panes(HEADER_ROW + 1, len(plan.block.table.key))
    sheet.repeat_rows(HEADER_ROW)
    put_on_paper(sheet, plan.block, heights, of_pillar=bool(plan.pillar))
    if plan.pillar:
        sheet.repeat_columns(0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
