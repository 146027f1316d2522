"""The sheet *Pilotage*: what to do, for which campaign and partners; the Excel add-in answers below."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.contract import pilotage
from cvsheet.books.contract.pilotage import Field, Task
from cvsheet.books.contract.writing.layout import HOME, SheetPlan
from cvsheet.books.contract.writing.lists import growing
from cvsheet.books.kit.book import Book, input_message, put, put_text, validate
from cvsheet.books.kit.page import set_widths, write_section, write_titles
from cvsheet.books.kit.style import HOME_TAB
from cvsheet.files.addresses import quoted
from cvsheet.text.french import typeset

CAMPAIGNS = "liste_campagnes"
_SOURCES = {Field.CAMPAIGN: f"={CAMPAIGNS}", Field.PARTNERS: "=liste_partenaires"}
_FIRST_SECTION = 4


def write_pilot(book: Book, plans: Sequence[SheetPlan]) -> Worksheet:
    """Write the sheet; its dropdowns follow the tables *Campagnes* and *Partenaires* of `plans`."""
    block = next(plan.block for plan in plans if plan.block.table.name == "campagnes")
    book.define_name(CAMPAIGNS, growing(block.reference("code", header=True), block.reference("code")))
    sheet = book.sheet(pilotage.SHEET, tab_color=HOME_TAB)
    columns = len(pilotage.WIDTHS)
    set_widths(sheet, pilotage.WIDTHS)
    write_titles(book, sheet, pilotage.TITLE, typeset(pilotage.SUBTITLE), 28)
    sheet.write_url(2, 0, f"internal:{quoted(HOME)}!A1", book.style("link"), "← Accueil")
    write_section(book, sheet, _FIRST_SECTION, pilotage.SECTION, columns)
    for row, label in enumerate(Field, start=_FIRST_SECTION + 1):
        _write_choice(book, sheet, row, label)
    below = _FIRST_SECTION + 1 + len(Field)
    put_text(sheet, below, 0, typeset(pilotage.LAUNCH), book.style("plain", bold=True))
    sheet.set_row(below, 24)
    write_section(book, sheet, below + 2, pilotage.LAST_RUN, columns)
    put_text(sheet, below + 3, 0, pilotage.NEVER, book.style("plain"))
    return sheet


def _write_choice(book: Book, sheet: Worksheet, row: int, label: Field) -> None:
    """One choice: its label, its cell, what it means. Codes are text, or Excel would make a date of ``1-1``."""
    help_text = typeset(pilotage.HELP[label])
    put_text(sheet, row, 0, label.value, book.style("group", valign="vcenter"))
    put(
        sheet,
        row,
        1,
        Task.CHECK.value if label is Field.TASK else None,
        book.style("input", num_format="@", valign="vcenter"),
    )
    put_text(sheet, row, 2, help_text, book.style("locked", text_wrap=True, valign="vcenter"))
    sheet.set_row(row, 22)
    message = input_message(label.value, help_text)
    if label is Field.TASK:
        choices = {"validate": "list", "source": [task.value for task in Task], "error_title": "Hors liste"}
        validate(sheet, (row, 1, row, 1), {**choices, "error_message": "Choisissez dans la liste déroulante."})
    elif label in _SOURCES:
        validate(
            sheet, (row, 1, row, 1), {"validate": "list", "source": _SOURCES[label], "show_error": False, **message}
        )
    else:
        validate(sheet, (row, 1, row, 1), {"validate": "any", **message})
