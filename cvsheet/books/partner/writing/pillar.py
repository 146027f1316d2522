"""A pillar sheet of a partner workbook: its title, the *Indicateurs* table, the *Actions* table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import FORMULA_SIGNS, Book, format_where, put, put_formula, put_text
from cvsheet.books.kit.heights import LINE, PADDING, height_of
from cvsheet.books.kit.style import FAIR, GOOD, NAVY, NEUTRAL, NUMBER_FORMATS, POOR
from cvsheet.books.partner.rows import PartnerRow
from cvsheet.books.partner.writing.checks import CellValue, Word
from cvsheet.books.partner.writing.entries import Control, FilledArea, Marks, Prefill
from cvsheet.books.partner.writing.layout import Area, SheetLayout
from cvsheet.books.partner.writing.styles import (
    INDENTED,
    TEXT,
    RowKind,
    Styles,
    column_format,
    figure_format,
    is_input,
    on_one_line,
    row_kinds,
)
from cvsheet.books.partner.writing.validations import validate_actions, validate_indicators
from cvsheet.files.addresses import column_letters
from cvsheet.schema.tables import Column, Role
from cvsheet.text.french import typeset

FIRST_COLUMN = 1  # column A is the hidden Empreinte
_FREE = {
    "autofilter": True, "sort": True, "format_columns": True, "format_rows": True,
    "select_locked_cells": True, "select_unlocked_cells": True,
}  # fmt: skip
_NOTE_WIDTH, _NOTE_LINE = 210, 17  # pixels
_NOTE_LETTERS = 32  # per line of a note
_INDENT = 1.0  # units of column width
CONTROL_COLOURS = {Word.OK: GOOD, Word.TO_FILL: FAIR, Word.OPTIONAL: NEUTRAL, Word.COMMENT: FAIR}


def write_pillar(
    book: Book,
    layout: SheetLayout,
    subtitle: str,
    filled: tuple[FilledArea, ...],
    typed: Prefill,
    lists: Mapping[str, str],
    marks: Marks,
) -> Worksheet:
    """Add the sheet of one pillar; `lists` gives the range of each dropdown by column name."""
    sheet = book.sheet(layout.name, tab_color=NAVY, growing=True)
    _columns(sheet, layout)
    put_text(sheet, 0, FIRST_COLUMN, layout.title, book.style("title"))
    sheet.set_row(0, 27)
    put_text(sheet, 1, FIRST_COLUMN, subtitle, book.style("subtitle"))
    for table in filled:
        _write_table(book, sheet, layout, table, typed, marks)
    if layout.indicators is not None:
        validate_indicators(sheet, layout.indicators, lists)
    if layout.actions is not None:
        validate_actions(sheet, layout.actions, lists)
    _arrange(sheet, layout)
    return sheet


def protect(sheet: Worksheet) -> None:
    """Keep typing in the input cells, without a password; filters, sorting and widths stay free."""
    sheet.protect("", _FREE)


def _columns(sheet: Worksheet, layout: SheetLayout) -> None:
    for number, (_, width) in enumerate(layout.columns()):
        sheet.set_column(number, number, width, None, {"hidden": number == 0})


def _arrange(sheet: Worksheet, layout: SheetLayout) -> None:
    """Panes, filter, print, protection. A sheet has one filter and one repeated header: those of its first table."""
    first = layout.areas[0]
    columns = len(layout.columns()) - 1
    sheet.freeze_panes(first.first, FIRST_COLUMN + 1)
    if first is layout.indicators:
        sheet.autofilter(first.header, 0, first.last, len(first.table.columns) - 1)
    sheet.repeat_rows(first.header)
    sheet.print_area(0, FIRST_COLUMN, layout.areas[-1].last, columns)
    start = next(n for n, column in enumerate(first.table.columns) if column.input)
    sheet.set_selection(first.first, start, first.first, start)
    _no_green_triangles(sheet, layout)
    protect(sheet)


def _no_green_triangles(sheet: Worksheet, layout: SheetLayout) -> None:
    """Excel marks formulas unlike their neighbours and figures kept as text: here both are meant, or said in words."""
    where = [area.range("controle").replace("$", "") for area in layout.areas]
    table = f"B{layout.areas[0].first + 1}:{column_letters(len(layout.columns()))}{layout.areas[-1].last + 1}"
    sheet.ignore_errors({"formula_differs": " ".join(where), "number_stored_as_text": table})


def _write_table(
    book: Book, sheet: Worksheet, layout: SheetLayout, filled: FilledArea, typed: Prefill, marks: Marks
) -> None:
    area, styles = filled.area, Styles(book, filled.area.table)
    put_text(sheet, area.header - 1, FIRST_COLUMN, area.table.title, book.style("section", bottom=0))
    sheet.set_row(area.header - 1, 22)
    _write_header(book, sheet, layout, area)
    widths = {column.name: width for column, (_, width) in zip(area.table.columns, layout.columns(), strict=False)}
    for (row, entry), kind, control in zip(area.placed(), row_kinds(area.rows), filled.controls, strict=True):
        _write_row(sheet, styles, area.table.columns, _Row(row, entry, kind, control, typed, marks))
        sheet.set_row(row, _row_height(area.table.columns, widths, entry, kind, typed))
    _colour_controls(book, sheet, area)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row on its way to the sheet."""

    row: int
    entry: PartnerRow
    kind: RowKind
    control: Control
    typed: Prefill
    marks: Marks


def _write_row(sheet: Worksheet, styles: Styles, columns: tuple[Column, ...], item: _Row) -> None:
    entry, kind, row = item.entry, item.kind, item.row
    for number, column in enumerate(columns):
        name = column.name
        if column.role is Role.MARK:
            put_text(sheet, row, number, entry.fingerprint, styles.of(name, kind))
        elif column.role is Role.CONTROL:
            put_formula(sheet, row, number, item.control.formula, item.control.word, styles.of(name, kind))
        elif is_input(column, kind):
            value, mark = item.typed.get((entry.code, name)), item.marks.get((entry.code, name))
            form, paper = _input_format(column, entry, value), mark.paper if mark else ""
            quoted = isinstance(value, str) and value.startswith(FORMULA_SIGNS)
            put(sheet, row, number, value, styles.of(name, kind, form, paper, quoted=quoted))
            if mark:
                sheet.write_comment(row, number, mark.note, _note(mark.note))
        else:
            locked = entry.locked.get(name)
            figure = figure_format(locked) if isinstance(locked, int | float) else ""
            put(sheet, row, number, locked, styles.of(name, kind, figure))


def _input_format(column: Column, entry: PartnerRow, value: CellValue) -> str:
    """Words stay words: in a text cell, ``12/3`` is no date and ``=`` no formula."""
    if isinstance(value, date):
        return NUMBER_FORMATS["date"]
    if column.role is Role.ANSWER:
        return TEXT if entry.line is not None and entry.line.measure.is_text else ""
    return column_format(column)


def _row_height(
    columns: tuple[Column, ...], widths: Mapping[str, float], entry: PartnerRow, kind: RowKind, typed: Prefill
) -> float:
    texts = []
    for column in columns:
        content = typed.get((entry.code, column.name)) if is_input(column, kind) else entry.locked.get(column.name)
        if isinstance(content, str) and not on_one_line(column.name, kind):
            texts.append((content, widths[column.name] - _INDENT * (column.name == INDENTED)))
    return height_of(texts, 1 if entry.line is not None else 2)


def _write_header(book: Book, sheet: Worksheet, layout: SheetLayout, area: Area) -> None:
    """The titles, with the description of each column as a note."""
    titles = []
    for number, (column, (_, width)) in enumerate(zip(area.table.columns, layout.columns(), strict=False)):
        style = book.style("header_input" if column.input else "header")
        put_text(sheet, area.header, number, column.title, style)
        if number >= FIRST_COLUMN:
            sheet.write_comment(area.header, number, typeset(column.description), _note(column.description))
            titles.append((column.title, width - 3))  # the filter's arrow
    sheet.set_row(area.header, max(height_of(titles), 2 * LINE + PADDING))


def _note(text: str) -> dict[str, Any]:
    lines = len(text) // _NOTE_LETTERS + 1
    return {"author": "cvsheet", "width": _NOTE_WIDTH, "height": _NOTE_LINE * lines + 10, "font_name": "Calibri"}


def _colour_controls(book: Book, sheet: Worksheet, area: Area) -> None:
    """The colour follows the word; any word without a colour of its own asks to look again."""
    column = area.table.position("controle")
    where = (area.first, column, area.last, column)
    for word, colours in CONTROL_COLOURS.items():
        _colour(book, sheet, where, {"type": "cell", "criteria": "==", "value": f'"{word}"'}, colours)
    cell = area.cell("controle", area.first)
    _colour(book, sheet, where, {"type": "formula", "criteria": f'={cell}<>""'}, POOR)


def _colour(
    book: Book, sheet: Worksheet, where: tuple[int, int, int, int], rule: dict[str, Any], colours: tuple[str, str]
) -> None:
    ink, paper = colours
    look = book.workbook.add_format({"font_color": ink, "bg_color": paper})
    format_where(sheet, where, {**rule, "format": look, "stop_if_true": True})
