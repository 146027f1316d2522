"""The canonical workbook under openpyxl: opened whatever its styles, some of which openpyxl refuses although every
program shows them; rows for lines that are not in a table yet, with the Excel table grown around them."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from copy import copy

from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.errors import FrameworkError
from cvsheet.files.grid.limits import DEFAULT_LIMITS
from cvsheet.files.grid.package import Package
from cvsheet.files.grid.xlsx import read_xlsx
from cvsheet.text.french import french_count, typeset

_STYLES = "xl/styles.xml"
_FAMILY = re.compile(rb'(<(?:\w+:)?family\s+val=")([0-9]+)(")')
_LAST_FAMILY = 14  # ECMA-376, part 1, 18.8.18: a hint for choosing a substitute font; the font's name says more
_UNKNOWN_FAMILY = b"0"


def opened(data: bytes) -> Workbook:
    """The workbook in the xlsx file `data`; FrameworkError, in French, where openpyxl refuses it.

    openpyxl 3.1.5 refuses a whole workbook for a font family above 14, which public templates hold: it is set to
    « not applicable » first. Its warnings are about content that `what_would_be_lost` has judged already.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _without_texts_of_links(load_workbook(io.BytesIO(_with_known_families(data)), rich_text=True), data)
        except Exception as error:  # openpyxl raises a dozen types for the styles of innocent files
            raise FrameworkError(
                typeset(
                    "Ce classeur s’ouvre dans Excel, mais sa mise en forme est écrite d’une façon que cvsheet ne sait "
                    "pas reprendre. Ouvrez-le dans LibreOffice ou dans Excel, enregistrez-le au format .xlsx, "
                    f"puis relancez. Rien n’a été modifié. (Détail : {type(error).__name__}, {error})"
                )
            ) from error


def _without_texts_of_links(book: Workbook, data: bytes) -> Workbook:
    """`book` with empty cells where the file `data` has them: where the cell of a link is empty, openpyxl 3.1.5 writes
    the link's target into it."""
    told = [
        (number, cell)
        for number, sheet in enumerate(book.worksheets)
        for row in sheet.iter_rows()
        for cell in row
        if (link := cell.hyperlink) is not None and cell.value in (link.target, link.location)
    ]
    if told:
        sheets = read_xlsx(Package(data, DEFAULT_LIMITS), "", "", DEFAULT_LIMITS).sheets
        for number, cell in told:
            if sheets[number].cell(cell.row or 0, cell.column or 0) is None:
                cell.value = None
    return book


def _with_known_families(data: bytes) -> bytes:
    """`data`, itself where all its font families are known."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        styles = archive.read(_STYLES) if _STYLES in archive.namelist() else b""
        known = _FAMILY.sub(_known, styles)
        if known == styles:
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in archive.infolist():
                target.writestr(entry, known if entry.filename == _STYLES else archive.read(entry))
        return out.getvalue()


def _known(match: re.Match[bytes]) -> bytes:
    family = match[2] if int(match[2]) <= _LAST_FAMILY else _UNKNOWN_FAMILY
    return match[1] + family + match[3]


def free_rows(sheet: Worksheet, after: int, count: int) -> tuple[int, ...]:
    """The `count` rows below row `after`; FrameworkError where something stands in one of them."""
    rows = tuple(range(after + 1, after + 1 + count))
    taken = next((row for row in rows if any(cell.value is not None for cell in sheet[row])), None)
    if taken is not None:
        lacking = french_count(count - (taken - after - 1), "ligne vide", "lignes vides")
        raise FrameworkError(
            typeset(
                f"La place manque, feuille « {sheet.title} » : insérez {lacking} "
                f"au-dessus de la ligne {taken}, enregistrez, puis relancez."
            )
        )
    return rows


def grow(sheet: Worksheet, header_row: int, last_row: int) -> None:
    """Make the Excel table below `header_row` reach `last_row`, with the look and the dropdowns of its last row."""
    for table in sheet.tables.values():
        left, top, right, bottom = range_boundaries(table.ref)
        if top != header_row or not (left and right and bottom) or bottom >= last_row:
            continue
        table.ref = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{last_row}"
        if table.autoFilter is not None:
            table.autoFilter.ref = table.ref
        for row in range(bottom + 1, last_row + 1):
            for column in range(left, right + 1):
                sheet.cell(row, column)._style = copy(sheet.cell(bottom, column)._style)  # type: ignore[union-attr]
        _grow_validations(sheet, left, right, bottom, last_row)


def _grow_validations(sheet: Worksheet, left: int, right: int, bottom: int, last_row: int) -> None:
    for validation in sheet.data_validations.dataValidation:
        for area in list(validation.sqref.ranges):
            if bottom <= area.max_row < last_row and left <= area.min_col and area.max_col <= right:
                columns = {"min_col": area.min_col, "max_col": area.max_col}
                below = CellRange(**columns, min_row=area.max_row + 1, max_row=last_row)
                validation.sqref.add(below)
