"""XlsxWriter made loud and safe: text stays text, nothing is dropped quietly, the same content gives the same bytes.

Every workbook that cvsheet writes goes through `Book`. XlsxWriter answers a title or list that is too long with a
warning and a negative number: here that is an exception.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.limits import LONGEST_RULE, refuse_formula, refuse_name
from cvsheet.books.kit.sheets import GrowingSheet, PlainSheet, StreamedSheet
from cvsheet.books.kit.style import BASE, STYLES
from cvsheet.books.kit.xml_text import escape_everywhere, without_impossible
from cvsheet.files.atomic import ScratchFile, write_workbook
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
        made = self.finished()
        return made if isinstance(made, bytes) else made.path.read_bytes()

    def finished(self) -> bytes | ScratchFile:
        """The same; of a large book, where it is."""
        if not self._large:
            self._workbook.close()
            return self._buffer.getvalue()
        whole = ScratchFile("whole.xlsx")
        self._workbook.tmpdir, self._workbook.filename = str(whole.path.parent), str(whole.path)
        self._workbook.close()
        return whole


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


def put_own_text(sheet: Worksheet, row: int, column: int, text: str, style: Format | None = None) -> None:
    """Write `text`, which no other cell repeats: kept in its cell where the rows of the sheet leave memory, since there
    a table of such texts would fill it."""
    if isinstance(sheet, StreamedSheet) and len(text) <= TEXT_LIMIT:
        _loud(sheet.write_own_text(row, column, stored_result(text), style), text)
    else:
        put_text(sheet, row, column, text, style)


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
    """`text` as the result of a formula, or in its own cell: XlsxWriter escapes control characters in shared texts, and
    one of them left as it is makes the whole workbook unreadable."""
    return _ACTING.sub(lambda match: f"_x{ord(match[0]):04X}_", _writable(text))


def put_url(sheet: Worksheet, row: int, column: int, url: str, text: str, tip: str, style: Format) -> None:
    """Write `text` as a link to `url`; a sheet takes `MOST_LINKS` of them."""
    _loud(sheet.write_url(row, column, url, style, text, tip), url)


def _loud(code: int | None, what: object) -> None:
    if code:
        raise ValueError(f"XlsxWriter refused ({code}): {str(what)[:200]}")
