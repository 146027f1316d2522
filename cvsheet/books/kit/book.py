"""XlsxWriter made loud and safe: text stays text, nothing is dropped quietly, the same content gives the same bytes.

Every workbook that cvsheet writes goes through `Book`. XlsxWriter answers a title or list that is too long with a
warning and a negative number: here that is an exception.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.worksheet import CellFormulaTuple, Worksheet

from cvsheet.books.kit.limits import LONGEST_RULE, refuse_formula, refuse_name
from cvsheet.books.kit.style import BASE, STYLES
from cvsheet.books.kit.xml_text import escape_everywhere, without_impossible
from cvsheet.files.atomic import scratch_folder, write_workbook
from cvsheet.text.french import french_date

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")  # a text that begins so is quoted
TEXT_LIMIT = 32_767  # characters in an Excel cell
MOST_LINKS = 65_530  # in one sheet: Excel drops the others
MOST_ROWS = 1_048_576  # in one sheet
FIRST_YEAR = 1900  # that a cell can hold as a date
SIDE_MARGIN, TOP_MARGIN, BOTTOM_MARGIN = 0.4, 0.5, 0.6  # inches of paper
MESSAGE_LIMIT = 255  # characters in an input message
MESSAGE_TITLE_LIMIT = 32
_ACTING = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")  # in the text of a cell


class PlainSheet(Worksheet):  # type: ignore[misc]
    """A sheet for formulas in functions that every spreadsheet has: XlsxWriter looks through each formula for thirty
    newer ones, which is half of the time that a sheet of formulas takes. Its cells are told by numbers, so that no
    call looks for « A1 » before."""

    fh: Any
    table: Any
    write_string = Worksheet._write_string
    write_number = Worksheet._write_number
    write_blank = Worksheet._write_blank

    def write_formula(self, row: int, col: int, formula: str, cell_format: Format | None = None, value: Any = 0) -> int:
        if self._check_dimensions(row, col):
            return -1
        self.table[row][col] = CellFormulaTuple(formula.removeprefix("="), cell_format, value)
        return 0

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("{").removeprefix("=").removesuffix("}")

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        """XlsxWriter's own words, for most cells without its list of attributes: a third of the time they take."""
        kind, style = type(cell).__name__, cell.format
        if style is None or kind not in ("String", "Number", "Blank"):
            super()._write_cell(row, col, cell)
            return
        start = f'<c r="{xl_rowcol_to_cell_fast(row, col)}" s="{style._get_xf_index()}"'
        if kind == "String":
            self.fh.write(f'{start} t="s"><v>{cell.string}</v></c>')
        elif kind == "Number":
            self.fh.write(f"{start}><v>{cell.number:.16G}</v></c>")
        else:
            self.fh.write(f"{start}/>")

    def _assemble_xml_file(self) -> None:
        super()._assemble_xml_file()
        # XlsxWriter writes the way to a file with backslashes, which lead nowhere outside Windows; slashes always do.
        for link in vars(self)["external_hyper_links"]:
            link[1] = link[1].replace("\\", "/")


class GrowingSheet(PlainSheet):
    """A sheet whose rows keep an automatic height: XlsxWriter marks every height as chosen by hand, and a row so marked
    hides the end of a long comment instead of growing."""

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[tuple[str, Any]]) -> None:
        if tag == "row":
            attributes = [pair for pair in attributes if pair[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)


class StreamedSheet(PlainSheet):
    """A sheet whose rows are written from top to bottom: those done leave memory, compressed, block by block.

    What stands in the file is what a `PlainSheet` writes; XlsxWriter's own `constant_memory` would repeat every string
    in its cell, and keep the rows in a file that a crash leaves behind.
    """

    dim_rowmin: int | None
    dim_rowmax: int
    BLOCK = 16  # rows with one `spans` attribute in common, which XlsxWriter works out when it writes them

    def __init__(self) -> None:
        super().__init__()
        self._block = 0
        self._packed: list[bytes] = []

    def _check_dimensions(self, row: int, col: int, ignore_row: bool = False, ignore_col: bool = False) -> int:
        block = row // self.BLOCK
        if block != self._block and not ignore_row:
            if block < self._block:
                raise ValueError(f"row {row} of {self.name} comes after rows below it")
            self._pack()
            self._block = block
        return int(super()._check_dimensions(row, col, ignore_row, ignore_col))

    def _pack(self) -> None:
        """Write the rows of the current block as XML, and let go of their cells."""
        if self.dim_rowmin is None:
            return
        whole, fh = (self.dim_rowmin, self.dim_rowmax), self.fh
        first = self._block * self.BLOCK
        self.dim_rowmin, self.dim_rowmax = max(whole[0], first), min(whole[1], first + self.BLOCK - 1)
        self.fh = io.StringIO()
        self._write_rows()
        self._packed.append(zlib.compress(self.fh.getvalue().encode(), level=1))
        (self.dim_rowmin, self.dim_rowmax), self.fh = whole, fh
        self.table.clear()

    def _write_sheet_data(self) -> None:
        self._pack()
        self._xml_start_tag("sheetData")
        for block in self._packed:
            self.fh.write(zlib.decompress(block).decode())
        self._xml_end_tag("sheetData")


class Book:
    """A new workbook in memory, written to disk as a whole by `save`.

    `created` fixes the date in the file's properties, without which the bytes differ from run to run. A `large` one
    keeps in memory neither the rows of sheets written in order nor, while it is put together, its parts: these pass
    through a temporary folder.
    """

    def __init__(self, title: str, created: date, subject: str = "", *, large: bool = False) -> None:
        escape_everywhere()
        self._buffer = io.BytesIO()
        self._large = large
        self._workbook = xlsxwriter.Workbook(
            self._buffer,
            {
                "in_memory": not large,
                "use_zip64": large,  # a part may pass 2 GB
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._workbook.set_properties(
            {"title": title, "subject": subject, "author": "cvsheet", "created": datetime.combine(created, time())}
        )
        self._workbook.set_custom_property("Language", "fr-FR")
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._asked: dict[tuple[Any, ...], Format] = {}

    @property
    def workbook(self) -> xlsxwriter.Workbook:
        """XlsxWriter's own object, for charts and formats."""
        return self._workbook

    def define_name(self, name: str, formula: str) -> None:
        """Give `formula`, a range most often, a name. CvsheetError where Excel would not take it."""
        refuse_name(name, formula)
        _loud(self._workbook.define_name(name, formula), name)

    def sheet(
        self, name: str, *, landscape: bool = True, tab_color: str = "", growing: bool = False, in_order: bool = False
    ) -> Worksheet:
        """A new sheet set up for A4, one page wide, with page numbers; LibreOffice and Excel both print it so.

        On a `growing` sheet the row heights given are estimates: rows grow with what is typed in them. The rows of one
        written `in_order` (from top to bottom, never going back) leave memory where the book is large.
        """
        kind = GrowingSheet if growing else StreamedSheet if in_order and self._large else PlainSheet
        sheet = self._workbook.add_worksheet(name, kind)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=SIDE_MARGIN, right=SIDE_MARGIN, top=TOP_MARGIN, bottom=BOTTOM_MARGIN)
        sheet.set_footer("&L&8&F&C&8&A&R&8Page &P / &N")
        if tab_color:
            sheet.set_tab_color(tab_color)
        return sheet

    def style(self, name: str = "plain", **overrides: Any) -> Format:
        """The format of style `name` with `overrides`; equal ones are shared, as Excel limits their number."""
        asked = (name, *sorted(overrides.items()))
        if asked not in self._asked:
            self._asked[asked] = self._format({**BASE, **STYLES[name], **overrides})
        return self._asked[asked]

    def _format(self, properties: dict[str, Any]) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(properties)
        return self._formats[key]

    def save(self, path: Path) -> None:
        """Write the workbook at `path`, whole or not at all."""
        write_workbook(path, self.content())

    def content(self) -> bytes:
        """The finished file. Nothing can be added afterwards."""
        with scratch_folder() if self._large else nullcontext() as folder:
            self._workbook.tmpdir = folder and str(folder)
            self._workbook.close()
        return self._buffer.getvalue()


def put(sheet: Worksheet, row: int, column: int, value: object, style: Format | None = None) -> None:
    """Write `value` by its type at 0-based `row`, `column`; text is never read as a formula, a link or a number."""
    if isinstance(value, str) and value:
        put_text(sheet, row, column, value, style)
    elif value is None or value == "":
        _loud(sheet.write_blank(row, column, None, style), "a blank cell")
    elif isinstance(value, bool):
        put_text(sheet, row, column, "oui" if value else "non", style)
    elif isinstance(value, int | float):
        _loud(sheet.write_number(row, column, value, style), value)
    elif isinstance(value, date) and value.year < FIRST_YEAR:
        put_text(sheet, row, column, french_date(value), style)
    elif isinstance(value, date):
        _loud(sheet.write_datetime(row, column, value, style), value)
    else:
        put_text(sheet, row, column, str(value), style)


def put_text(sheet: Worksheet, row: int, column: int, text: str, style: Format | None = None) -> None:
    """Write `text` as text whatever it looks like."""
    _loud(sheet.write_string(row, column, _writable(text), style), text)


def put_formula(
    sheet: Worksheet, row: int, column: int, formula: str, value: float | str | None, style: Format | None = None
) -> None:
    """Write `formula` (English names, commas) with its computed `value`, which previews and other programs show.

    CvsheetError where Excel would not take it.
    """
    refuse_formula(sheet, row, column, formula)
    stored = stored_result(value or "") if value is None or isinstance(value, str) else value
    _loud(sheet.write_formula(row, column, without_impossible(formula), style, stored), formula)


def validate(sheet: Worksheet, area: tuple[int, int, int, int], options: Mapping[str, Any]) -> None:
    """Attach a data validation to the 0-based `area` (first row, first column, last row, last column)."""
    _refuse_rule(sheet, area, options, ("value", "minimum", "maximum", "source"))
    _loud(sheet.data_validation(*area, dict(options)), options)


def format_where(sheet: Worksheet, area: tuple[int, int, int, int], options: Mapping[str, Any]) -> None:
    """Attach a conditional format to the 0-based `area` (first row, first column, last row, last column)."""
    _refuse_rule(sheet, area, options, ("criteria", "value", "minimum", "maximum"))
    _loud(sheet.conditional_format(*area, dict(options)), options)


def _refuse_rule(
    sheet: Worksheet, area: tuple[int, int, int, int], options: Mapping[str, Any], names: Sequence[str]
) -> None:
    """CvsheetError where one of the formulas of a rule is more than Excel takes; a list is one text for it."""
    for name in names:
        given = options.get(name)
        formula = ",".join(map(str, given)) if isinstance(given, list | tuple) else str(given or "")
        refuse_formula(sheet, area[0], area[1], formula, LONGEST_RULE)


def input_message(title: str, message: str) -> dict[str, str]:
    """The input message of a validation, cut at a word where Excel's limits ask for it."""
    return {"input_title": shorten(title, MESSAGE_TITLE_LIMIT), "input_message": shorten(message, MESSAGE_LIMIT)}


def shorten(text: str, limit: int) -> str:
    """`text` in at most `limit` characters, cut at a word and marked with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut}…"


def _writable(text: str) -> str:
    """`text` without what XML cannot hold; a text over Excel's limit is refused, never cut."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def stored_result(text: str) -> str:
    """`text` as the result of a formula: XlsxWriter escapes control characters in plain cells only, and one of them
    left as it is makes the whole workbook unreadable."""
    return _ACTING.sub(lambda match: f"_x{ord(match[0]):04X}_", _writable(text))


def put_url(sheet: Worksheet, row: int, column: int, url: str, text: str, tip: str, style: Format) -> None:
    """Write `text` as a link to `url`; a sheet takes `MOST_LINKS` of them."""
    _loud(sheet.write_url(row, column, url, style, text, tip), url)


def _loud(code: int | None, what: object) -> None:
    if code:
        raise ValueError(f"XlsxWriter refused ({code}): {str(what)[:200]}")
