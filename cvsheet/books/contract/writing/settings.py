"""The sheet *Contrat*: one setting per row, with what it means beside it."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.contract.writing.block import explanation, put_free, rule_for, value_format
from cvsheet.books.contract.writing.layout import SETTINGS_SHEET
from cvsheet.books.kit.book import Book, input_message, put, put_text, validate
from cvsheet.books.kit.heights import row_height
from cvsheet.books.kit.page import set_widths, write_titles
from cvsheet.books.kit.style import HOME_TAB
from cvsheet.model.records import Canonical, Record
from cvsheet.schema.tables import load_table
from cvsheet.text.french import typeset

TITLES = ("Paramètre", "Valeur", "Aide")
WIDTHS = (34, 50, 70)
_HEADER_ROW = 3


def write_settings(book: Book, canonical: Canonical) -> None:
    """Write the sheet *Contrat*; the coordinator's own settings stand at its end."""
    table = load_table("contrat")
    record = next(iter(canonical.rows("contrat")), Record("contrat", {}))
    sheet = book.sheet(SETTINGS_SHEET, tab_color=HOME_TAB)
    set_widths(sheet, WIDTHS)
    subtitle = typeset("Les réglages du contrat : un par ligne. Seule la colonne « Valeur » se modifie.")
    write_titles(book, sheet, SETTINGS_SHEET, subtitle, 28)
    _write_table(book, sheet, len(table.columns) + len(record.extras))
    for row, column in enumerate(table.columns, start=_HEADER_ROW + 1):
        label = book.style("group" if column.required else "locked", num_format="@", valign="vcenter")
        put_text(sheet, row, 0, typeset(column.title), label)
        wrapped = column.type == "string"
        style = book.style("input", num_format=value_format(column), text_wrap=wrapped, align="left", valign="vcenter")
        put(sheet, row, 1, record.values.get(column.name), style)
        told = explanation(column)
        put_text(sheet, row, 2, told.replace("\n", " "), book.style("locked", text_wrap=True, valign="vcenter"))
        validate(sheet, (row, 1, row, 1), {**rule_for(column), **input_message(column.title, told)})
        texts = [(record.text(column.name), WIDTHS[1]), (told.replace("\n", " "), WIDTHS[2])]
        sheet.set_row(row, max(20.0, row_height(texts)))
    for row, (title, value) in enumerate(record.extras.items(), start=_HEADER_ROW + 1 + len(table.columns)):
        put_text(sheet, row, 0, title, book.style("locked", num_format="@"))
        put_free(book, sheet, row, 1, value, "input")
        put(sheet, row, 2, None, book.style("locked"))
        sheet.set_row(row, max(20.0, row_height([(str(value), WIDTHS[1])])))
    sheet.freeze_panes(_HEADER_ROW + 1, 1)
    sheet.repeat_rows(_HEADER_ROW)


def _write_table(book: Book, sheet: Worksheet, rows: int) -> None:
    styles = (book.style("header"), book.style("header_input"), book.style("header"))
    options = {
        "name": "t_contrat",
        "style": None,
        "autofilter": False,
        "columns": [{"header": title, "header_format": style} for title, style in zip(TITLES, styles, strict=True)],
    }
    sheet.add_table(_HEADER_ROW, 0, _HEADER_ROW + rows, len(TITLES) - 1, options)
    sheet.set_row(_HEADER_ROW, 24)
