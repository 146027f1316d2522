"""The canonical workbook from its records, sheet by sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from cvsheet.books.contract.outline.model import OpenPoint
from cvsheet.books.contract.writing.block import EXTRA_WIDTH, write_block
from cvsheet.books.contract.writing.home import write_home
from cvsheet.books.contract.writing.layout import HOME, RULES_SHEET, Block, SheetPlan, plan_sheets
from cvsheet.books.contract.writing.lists import write_lists
from cvsheet.books.contract.writing.pilot_sheet import write_pilot
from cvsheet.books.contract.writing.points import write_points
from cvsheet.books.contract.writing.settings import write_settings
from cvsheet.books.kit.book import Book, put_text
from cvsheet.books.kit.style import PILLAR_TAB, TABLE_TAB
from cvsheet.files.addresses import quoted
from cvsheet.model.records import Canonical
from cvsheet.text.french import typeset

LONG_AGO = date(2000, 1, 1)  # the file's date where the contract gives no start
PAGES_WIDE = 3  # a pillar's forty columns on one page could not be read


def canonical_workbook(canonical: Canonical, points: Sequence[OpenPoint] = ()) -> bytes:
    """The workbook that holds `canonical`: reading it gives the same records back.

    `points` are what a document that it was read from leaves open: a sheet of their own, which nothing reads.
    """
    settings = next(iter(canonical.rows("contrat")), None)
    start = settings.values.get("debut") if settings else None
    name = settings.text("nom") if settings else ""
    book = Book(f"{name or 'Contrat de ville'} : classeur du contrat", start if isinstance(start, date) else LONG_AGO)
    sheets = plan_sheets(canonical)
    write_home(book, canonical, sheets, points=bool(points))
    if points:
        write_points(book, points)
    write_pilot(book, sheets)
    write_settings(book, canonical)
    for plan in sheets:
        _write_sheet(book, plan)
    write_lists(book, sheets)
    return book.content()


def _write_sheet(book: Book, plan: SheetPlan) -> None:
    sheet = book.sheet(plan.name, tab_color=PILLAR_TAB if plan.pillar else TABLE_TAB)
    widths = _widths(plan.blocks)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    put_text(sheet, 0, 0, plan.title, book.style("title"))
    put_text(sheet, 1, 0, typeset(plan.subtitle), book.style("subtitle"))
    sheet.set_row(0, 28)
    sheet.write_url(2, 0, f"internal:{quoted(HOME)}!A1", book.style("link"), "← Accueil")
    for block in plan.blocks:
        write_block(book, sheet, block, widths)
    first, *others = plan.blocks
    if others:
        for column, block in enumerate(others, start=1):
            title_cell = f"internal:{quoted(plan.name)}!A{block.header_row - 1}"
            sheet.write_url(2, column, title_cell, book.style("link"), f"↓ {block.table.title}")
        sheet.freeze_panes(3, 1)
        sheet.repeat_rows(others[-1].header_row)  # on the pages after that row; a sheet has one such area only
    else:
        sheet.freeze_panes(first.header_row + 1, len(first.table.key))
        sheet.repeat_rows(first.header_row)
    if plan.pillar or plan.name == RULES_SHEET:
        sheet.set_h_pagebreaks([block.header_row - 2 for block in others])
    if plan.pillar:
        sheet.fit_to_pages(PAGES_WIDE, 0)
        sheet.repeat_columns(0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _widths(blocks: Iterable[Block]) -> tuple[float, ...]:
    """The widths of the sheet's columns: the widest that any of its tables asks for."""
    widths: list[float] = []
    for block in blocks:
        wanted = [column.width for column in block.table.columns] + [EXTRA_WIDTH] * len(block.extras)
        widths += [0.0] * (len(wanted) - len(widths))
        widths = [max(pair) for pair in zip(widths, [*wanted, *[0.0] * (len(widths) - len(wanted))], strict=True)]
    return tuple(widths)
