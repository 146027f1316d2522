"""A generated workbook as openpyxl sees it, found by row code and column title."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.books.partner.rows import entry_table, partner_sheets
from cvsheet.books.partner.writing import partner_workbook
from cvsheet.books.partner.writing.entries import Prefill
from cvsheet.books.partner.writing.layout import SheetLayout, sheet_layouts
from cvsheet.books.partner.writing.typed import serial
from cvsheet.model.framework import Framework
from cvsheet.schema.tables import load_table
from tests.opened import opened


def made(
    framework: Framework,
    campaign: str,
    partner: str,
    typed: Prefill | None = None,
    *,
    values: bool = False,
    previous: Mapping[str, float | str] | None = None,
) -> Workbook:
    """The workbook of `partner`, filled with `typed`: formulas, or the values cached beside them."""
    content = partner_workbook(framework, campaign, partner, prefill=typed, previous=previous)
    return opened(content, data_only=values)


def layouts(
    framework: Framework, campaign: str, partner: str, previous: Mapping[str, float | str] | None = None
) -> tuple[SheetLayout, ...]:
    return sheet_layouts(partner_sheets(framework, campaign, partner, previous), entry_table(framework, campaign))


def cell(book: Workbook, sheet: str, code: str, column: str) -> Cell:
    """The cell of `column` (name of the schema) on the row of `code`."""
    titles = {load_table(name).column(column).title for name in TABLES if column in COLUMNS[name]}
    return next(found for found in row_cells(book[sheet], code) if title_of(book[sheet], found) in titles)


TABLES = ("saisie_annuelle", "saisie_reference", "saisie_actions")
COLUMNS = {name: {column.name for column in load_table(name).columns} for name in TABLES}


def row_cells(sheet: Worksheet, code: str) -> tuple[Cell, ...]:
    return next(row for row in sheet.iter_rows() if code in [cell.value for cell in row])


def title_of(sheet: Worksheet, found: Cell) -> str:
    """The title that stands above `found`: the nearest header row is the one that has a code title."""
    for row in range(found.row, 0, -1):
        if {"Code", "Code action"} & {cell.value for cell in sheet[row]}:
            return str(sheet.cell(row, found.column).value)
    return ""


def formula_values(path: Path, formulas: Workbook) -> Mapping[tuple[str, str], object]:
    """What each formula cell of `formulas` shows in the file at `path`; an empty text counts as nothing."""
    book = load_workbook(path, data_only=True)
    return {
        (sheet.title, found.coordinate): _shown(book[sheet.title][found.coordinate].value)
        for sheet in formulas
        for row in sheet.iter_rows()
        for found in row
        if found.data_type == "f"
    }


def _shown(value: object) -> object:
    """Of a day its number, for a program may show one as a day."""
    if isinstance(value, date):
        return serial(value)
    return None if value == "" else value
