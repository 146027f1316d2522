"""One worksheet part of an xlsx file to a sheet: rows, cells, merges and what is hidden.

The declared dimension is ignored, rows and cells may come in any order and without their reference. A file in which
two programs could read two values is refused as ambiguous.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import isfinite

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.files.addresses import parse_cell_name
from cvsheet.files.grid.conversion import date_of_serial, iso_date, number, whole_number
from cvsheet.files.grid.looks import joined
from cvsheet.files.grid.margins import margins_of, typed_in_margins
from cvsheet.files.grid.markup import Element, elements
from cvsheet.files.grid.model import Cell, CellKind, Look, Merge, Value
from cvsheet.files.grid.number_formats import CellFormats
from cvsheet.files.grid.relationships import is_on, main_tags
from cvsheet.files.grid.sheet_builder import Budget, SheetBuilder
from cvsheet.files.grid.xlsx_cells import with_one_formula, without_blanks
from cvsheet.files.grid.xlsx_strings import Strings, plain_text, rich_text, unescaped

_ROOTS = main_tags("worksheet", "chartsheet", "dialogsheet") | {
    "{http://schemas.microsoft.com/office/excel/2006/main}macrosheet"
}
_VALUE, _FORMULA, _INLINE = main_tags("v"), main_tags("f"), main_tags("is")
_BOOLEANS = {"1": True, "true": True, "0": False, "false": False}


@dataclass(frozen=True, slots=True)
class WorkbookParts:
    """What the cells of a sheet refer to in their workbook; the names of the sheets that are left with one formula."""

    strings: Strings
    formats: CellFormats
    date1904: bool
    budget: Budget
    computed: frozenset[str]


def read_sheet(content: bytes, part: str, name: str, book: WorkbookParts) -> SheetBuilder:
    """The sheet in one worksheet part, to be completed with its notes. A chart sheet has no cells."""
    sheet = SheetBuilder(name, book.budget)
    book.budget.sheet, book.budget.row = name, 0
    row_tags, merge_tags, margin_tags = main_tags("row"), main_tags("mergeCell"), main_tags("headerFooter")
    row = 0
    content = with_one_formula(content) if name in book.computed else without_blanks(content)
    for element in elements(content, part, _ROOTS, main_tags("row", "mergeCell", "col", "headerFooter")):
        if element.tag in row_tags:
            row = _read_row(element, row, sheet, book)
        elif element.tag in merge_tags:
            _read_merge(element, sheet)
        elif element.tag in margin_tags:
            sheet.add_drawn(margins_of(typed_in_margins(element)))
        elif is_on(element, "hidden"):
            sheet.hide_columns(_integer(element, "min"), _integer(element, "max"))
    return sheet


def _read_row(element: Element, previous: int, sheet: SheetBuilder, book: WorkbookParts) -> int:
    """Add what a row holds; returns its number. Most rows of a sheet formatted to its end hold nothing."""
    row = book.budget.row = _row_number(element, previous)
    if len(element):
        book.budget.spend_cells(len(element))
        sheet.add_row(row, _read_cells(element, row, sheet.name, book))
    if element.get("hidden") is not None and is_on(element, "hidden"):
        sheet.hide_rows(row, row)
    return row


def _read_cells(element: Element, row: int, sheet: str, book: WorkbookParts) -> list[Cell]:
    """The filled cells of a row: the loop that all cells of all files go through."""
    cells = []
    column = 0
    looks = book.formats.looks
    for child in element:
        reference = child.get("r")
        if reference is None:
            column += 1
        else:
            at, column = _position(reference)
            if at != row:
                raise UnreadableFile(Refusal.AMBIGUOUS, f"{sheet}: cell {reference} stands in row {row}")
        if len(child):
            cell = _read_cell(child, row, column, book)
            if cell is not None:
                cells.append(_looking(cell, child, book) if looks and child.get("s", "0") in looks else cell)
    return cells


def _row_number(element: Element, previous: int) -> int:
    if element.get("r") is not None:
        return _integer(element, "r")
    reference = element[0].get("r") if len(element) else None
    return previous + 1 if reference is None else _position(reference)[0]


@lru_cache(maxsize=16_384)  # the sheets of all files name the same cells
def _position(reference: str) -> tuple[int, int]:
    try:
        return parse_cell_name(reference)
    except ValueError as error:
        raise UnreadableFile(Refusal.DAMAGED, str(error)) from error


def _read_cell(element: Element, row: int, column: int, book: WorkbookParts) -> Cell | None:
    """The cell, or None if nothing is in it: no formula, and no value or the empty text."""
    formula = inline = None
    first = element[0]
    if len(element) == 1 and first.tag in _VALUE:
        stored = first.text
    else:
        stored, formula, inline = _content(element)
    cell_type = element.get("t")
    if stored:
        if cell_type is None or cell_type == "n":
            return _number_cell(element.get("s", "0"), row, column, stored, formula, book)
        if cell_type == "s":
            text = book.strings.texts.get(stored)
            if text is None:
                text = book.strings.texts[_rank(stored, book.strings)]
            return Cell(row, column, CellKind.TEXT, text, text, formula) if text or formula is not None else None
    elif inline is None and (stored is None or cell_type != "str"):
        return None if formula is None else Cell(row, column, CellKind.MISSING, None, "", formula)
    kind, value, raw = _typed(cell_type or "n", stored, inline, book)
    return Cell(row, column, kind, value, raw, formula) if raw or formula is not None else None


def _looking(cell: Cell, element: Element, book: WorkbookParts) -> Cell:
    """The cell with the look of its format; where its text is rich, each piece without a font of its own has it."""
    look = book.formats.looks[element.get("s", "0")]
    text = None
    if cell.kind is CellKind.TEXT and cell.formula is None:
        text = _rich(element, look, book.strings)
    return cell._replace(look=look) if text is None else cell._replace(value=text, raw=text)


def _rich(element: Element, look: Look, strings: Strings) -> str | None:
    """The rich text of a cell whose own look is `look`, None where it is not rich."""
    for child in element:
        if child.tag in _INLINE and plain_text(child) is None:
            return rich_text(child, look)
        if child.tag in _VALUE and element.get("t") == "s":
            pieces = strings.rich.get(_rank(child.text or "", strings))
            return None if pieces is None else joined(pieces, look)
    return None


def _content(element: Element) -> tuple[str | None, str | None, str | None]:
    """The stored value, the formula and the inline text of a cell, None for each that it does not have."""
    stored = formula = inline = None
    for child in element:
        if child.tag in _VALUE:
            if stored is not None:
                raise UnreadableFile(Refusal.AMBIGUOUS, f"two values in cell {element.get('r')}")
            stored = child.text or ""
        elif child.tag in _FORMULA:
            formula = (child.text or "").removeprefix("=")
        elif child.tag in _INLINE:
            inline = rich_text(child)
    return stored, formula, inline


def _number_cell(style: str, row: int, column: int, raw: str, formula: str | None, book: WorkbookParts) -> Cell:
    value = number(raw)
    if value is None:
        return Cell(row, column, CellKind.TEXT, raw, raw, formula)
    if not isfinite(value):  # NaN, INF, 1E400: no program can count with it, and it is no text either
        return Cell(row, column, CellKind.ERROR, None, raw, formula)
    if style in book.formats.dates:
        date = date_of_serial(value, book.date1904)
        if date is not None:
            # A moment whose day is hidden by its format is still that day; a duration is not.
            clock = style in book.formats.clocks and (value < 1 or style in book.formats.durations)
            return Cell(row, column, CellKind.DATE, date, raw, formula, clock=clock)
    found = Cell(row, column, CellKind.NUMBER, value, raw, formula, style in book.formats.percents)
    return found._replace(shown_in=book.formats.units[style]) if style in book.formats.units else found


def _typed(cell_type: str, stored: str | None, inline: str | None, book: WorkbookParts) -> tuple[CellKind, Value, str]:
    """Kind, value and raw text of a cell that is neither a number nor a shared string."""
    raw = inline if stored is None or (cell_type == "inlineStr" and inline is not None) else unescaped(stored)
    raw = raw or ""
    book.budget.check_text(raw)
    if cell_type == "e" and raw:
        return CellKind.ERROR, None, raw
    if cell_type == "b" and raw.lower() in _BOOLEANS:
        return CellKind.BOOLEAN, _BOOLEANS[raw.lower()], raw
    if cell_type == "d" and (date := iso_date(raw)) is not None:
        return CellKind.DATE, date, raw
    return CellKind.TEXT, raw, raw


def _rank(stored: str, strings: Strings) -> str:
    """The rank of a shared string, as `strings` has it: some programs write spaces around it, or zeros before."""
    rank = str(whole_number(stored))
    if rank not in strings.texts:
        raise UnreadableFile(Refusal.DAMAGED, f"no shared string {stored[:20]!r}")
    return rank


def _read_merge(element: Element, sheet: SheetBuilder) -> None:
    first, _, last = element.get("ref", "").partition(":")
    if last:
        top, left = _position(first)
        bottom, right = _position(last)
        sheet.add_merge(Merge(min(top, bottom), min(left, right), max(top, bottom), max(left, right)))


def _integer(element: Element, attribute: str) -> int:
    text = element.get(attribute, "")
    found = whole_number(text)
    if found is None:
        raise UnreadableFile(Refusal.DAMAGED, f"{attribute}={text[:20]!r} is no number")
    return found
