"""A sheet of a partner workbook: title and progress, then the table of *Indicateurs* or of *Actions*."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import FORMULA_SIGNS, Book, format_where, put, put_formula, put_text
from cvsheet.books.kit.heights import LEAST, LINE, PADDING, height_of
from cvsheet.books.kit.style import FAIR, GOOD, MUTED, NAVY, NEUTRAL, NUMBER_FORMATS, POOR
from cvsheet.books.partner.rows import HELP, PartnerRow
from cvsheet.books.partner.writing.checks import Word
from cvsheet.books.partner.writing.entries import Control, FilledArea, Marks, Prefill
from cvsheet.books.partner.writing.layout import PROGRESS_ROW, SUBTITLE_ROW, TITLE_ROW, Area, SheetLayout
from cvsheet.books.partner.writing.paper import put_on_paper
from cvsheet.books.partner.writing.progress import count_of
from cvsheet.books.partner.writing.styles import (
    BAND_LOOKS,
    INDENTED,
    SMALLER,
    SMALLEST,
    TEXT,
    RowKind,
    Styles,
    column_format,
    is_input,
    lightened,
    on_one_line,
    row_format,
    row_kinds,
)
from cvsheet.books.partner.writing.typed import CellValue
from cvsheet.books.partner.writing.validations import validate_actions, validate_indicators
from cvsheet.files.addresses import column_letters
from cvsheet.schema.tables import Column, Role
from cvsheet.text.french import typeset
from cvsheet.text.widths import PLAIN, ROOM, ems

_FREE = {
    "autofilter": True, "sort": True, "format_columns": True, "format_rows": True,
    "select_locked_cells": True, "select_unlocked_cells": True,
}  # fmt: skip
_TITLE, _SUBTITLE = 18, 11  # points
_TOP = (27.0, LEAST, LEAST)  # points of height: title, subtitle, progress
_NOTE_WIDTH, _NOTE_LINE = 210, 17  # pixels
_NOTE_LETTERS = 32  # per line of a note
_INDENT = 1.0  # units of column width
_LETTERS = 10  # points, of ordinary text
CONTROL_COLOURS = {
    Word.OK: GOOD, Word.TO_FILL: FAIR, Word.OPTIONAL: NEUTRAL, Word.COMMENT: FAIR, Word.CHANGE: FAIR
}  # fmt: skip


def write_pillar(
    book: Book,
    layout: SheetLayout,
    subtitle: str,
    filled: FilledArea,
    typed: Prefill,
    lists: Mapping[str, str],
    marks: Marks,
) -> Worksheet:
    """Add a sheet in which the partner types; `lists` gives the range of each dropdown by column name."""
    sheet = book.sheet(layout.name, tab_color=NAVY, growing=True)
    area = layout.area
    for number, column in enumerate(area.table.columns):
        sheet.set_column(number, number, column.width, None, {"hidden": column.hidden})
    _write_top(book, sheet, layout, subtitle, filled)
    heights = _write_table(book, sheet, filled, typed, marks)
    if layout.of_actions:
        validate_actions(sheet, area, lists)
    else:
        validate_indicators(sheet, area, lists)
    _arrange(sheet, area)
    put_on_paper(sheet, area, sum(_TOP), heights)
    return sheet


def protect(sheet: Worksheet, **options: bool) -> None:
    """Keep typing in the input cells, without a password; filters, sorting and widths stay free."""
    sheet.protect("", {**_FREE, **options})


def _write_top(book: Book, sheet: Worksheet, layout: SheetLayout, subtitle: str, filled: FilledArea) -> None:
    """What stays in sight above the table: whose sheet it is, how far it is, what to type where no figure is known."""
    table, count, words = layout.area.table, count_of(filled), typeset(HELP)
    room, beside = table.room_on_paper, table.room_on_paper - table.columns[0].width
    put_text(sheet, TITLE_ROW, 0, layout.title, book.style("title", font_size=_size(layout.title, room, _TITLE)))
    for row, height in enumerate(_TOP):
        sheet.set_row(row, height)
    below = book.style("subtitle", font_size=_size(subtitle, room * PLAIN, _SUBTITLE))
    put_text(sheet, SUBTITLE_ROW, 0, subtitle, below)
    put_formula(sheet, PROGRESS_ROW, 0, count.formula, count.value, book.style("plain", bold=True, font_color=NAVY))
    aside = book.style("plain", font_color=MUTED, font_size=_size(words, beside * PLAIN, _LETTERS))
    put_text(sheet, PROGRESS_ROW, 1, words, aside)


def _size(text: str, width: float, wanted: int) -> int:
    """The size in points, at most `wanted`, at which `text` keeps within `width` units of column width."""
    return max(SMALLEST, min(wanted, int(_LETTERS * width * ROOM / ems(text))))


def _arrange(sheet: Worksheet, area: Area) -> None:
    """Panes, filter, protection. Only input cells can be selected, so that Enter passes over the bands."""
    sheet.freeze_panes(area.first, area.frozen)
    sheet.autofilter(area.header, 0, area.last, len(area.table.columns) - 1)
    start = next(n for n, column in enumerate(area.table.columns) if column.input)
    sheet.set_selection(area.places[0], start, area.places[0], start)
    _no_green_triangles(sheet, area)
    protect(sheet, select_locked_cells=False)


def _no_green_triangles(sheet: Worksheet, area: Area) -> None:
    """Excel marks formulas unlike their neighbours and figures kept as text: here both are meant, or said in words."""
    table = f"A{area.first + 1}:{column_letters(len(area.table.columns))}{area.last + 1}"
    where = area.range("controle").replace("$", "")
    sheet.ignore_errors({"formula_differs": where, "number_stored_as_text": table})


def _write_table(book: Book, sheet: Worksheet, filled: FilledArea, typed: Prefill, marks: Marks) -> Mapping[int, float]:
    """Write titles, bands and rows, and give the height of each."""
    area, styles = filled.area, Styles(book, filled.area.table)
    heights = {area.header: _write_header(book, sheet, area)}
    for row, depth, text in area.banded():
        _write_band(book, sheet, area, row, depth, text)
        heights[row] = LEAST
    for (row, entry), kind, control in zip(area.placed(), row_kinds(area.rows), filled.controls, strict=True):
        _write_row(sheet, styles, area.table.columns, _Row(row, entry, kind, control, typed, marks))
        heights[row] = _row_height(area.table.columns, entry, kind, typed)
    for row, height in heights.items():
        sheet.set_row(row, height)
    _colour_controls(book, sheet, area)
    return heights


def _write_band(book: Book, sheet: Worksheet, area: Area, row: int, depth: int, text: str) -> None:
    """One line across the printed columns: its text runs over the empty cells beside it."""
    style = book.style("band", **BAND_LOOKS[depth])
    put_text(sheet, row, 0, text, style)
    for column in range(1, area.printed + 1):
        put(sheet, row, column, None, style)


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
    figures = _figures(columns, entry, item.typed)
    for number, column in enumerate(columns):
        name = column.name
        if column.role is Role.MARK:
            put_text(sheet, row, number, entry.fingerprint, styles.of(name, kind))
        elif column.role is Role.CONTROL:
            put_formula(sheet, row, number, item.control.formula, item.control.word, styles.of(name, kind))
        elif is_input(column, kind):
            value, mark = item.typed.get((entry.code, name)), item.marks.get((entry.code, name))
            form, paper = _input_format(column, entry, value, figures), mark.paper if mark else ""
            quoted = isinstance(value, str) and value.startswith(FORMULA_SIGNS)
            put(sheet, row, number, value, styles.of(name, kind, form, paper, quoted=quoted))
            if mark:
                sheet.write_comment(row, number, mark.note, _note(mark.note))
        else:
            locked = entry.locked.get(name)
            put(sheet, row, number, locked, styles.of(name, kind, figures * isinstance(locked, int | float)))


def _figures(columns: tuple[Column, ...], entry: PartnerRow, typed: Prefill) -> str:
    """The format of the figures of an indicator row: of its answers, and of what they are compared with."""
    if entry.line is None:
        return ""
    answers = (typed.get((entry.code, column.name)) for column in columns if column.role is Role.ANSWER)
    numbers = [value for value in (*entry.locked.values(), *answers) if isinstance(value, int | float)]
    return row_format(numbers, whole=entry.line.limits.whole)


def _input_format(column: Column, entry: PartnerRow, value: CellValue, figures: str) -> str:
    """Words stay words: in a text cell, ``12/3`` is no date and ``=`` no formula."""
    if isinstance(value, date):
        return NUMBER_FORMATS["date"]
    if column.role is Role.ANSWER:
        return TEXT if entry.line is not None and entry.line.measure.is_text else figures
    return column_format(column)


def _row_height(columns: tuple[Column, ...], entry: PartnerRow, kind: RowKind, typed: Prefill) -> float:
    texts = []
    for column in columns:
        content = typed.get((entry.code, column.name)) if is_input(column, kind) else entry.locked.get(column.name)
        if isinstance(content, str) and not on_one_line(column, kind):
            width = column.width - _INDENT * (column.name == INDENTED)
            texts.append((content, width * PLAIN * _LETTERS / SMALLER if lightened(column.name, kind) else width))
    return max(LEAST, height_of(texts))


def _write_header(book: Book, sheet: Worksheet, area: Area) -> float:
    """The titles, with the description of each column as a note; gives the height that they need."""
    titles = []
    for number, column in enumerate(area.table.columns):
        style = book.style("header_input" if column.input else "header")
        put_text(sheet, area.header, number, column.title, style)
        if not column.hidden:
            sheet.write_comment(area.header, number, typeset(column.description), _note(column.description))
            titles.append((column.title, column.width - 3))  # the filter's arrow
    return max(height_of(titles), 2 * LINE + PADDING)


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
