"""One formula for a run of cells in a column, as Excel keeps a formula that was filled down: a workbook of many rows
stays small. XlsxWriter has no word for it.

Only what looks at its own sheet may be shared: Excel shares no formula that names another one.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Any

from cvsheet.books.kit.book import Book, put_formula, stored_result
from cvsheet.books.kit.sheets import PlainSheet
from cvsheet.files.addresses import cell_name

_MARK = "\x01"  # around what is said of a shared formula, in front of it


class SharingSheet(PlainSheet):
    """A sheet in which `put_down` may be used."""

    def __init__(self) -> None:
        super().__init__()
        self.shared = count()

    def _xml_formula_element(self, formula: str, result: Any, attributes: list[tuple[str, Any]]) -> None:
        if not formula.startswith(_MARK):
            super()._xml_formula_element(formula, result, attributes)
            return
        _, number, area, text = formula.split(_MARK)
        own = "".join(f' {key}="{value}"' for key, value in attributes)
        where = f' ref="{area}"' if area else ""
        text, shown = self._escape_data(text), self._escape_data(result)
        self.fh.write(f'<c{own}><f t="shared"{where} si="{number}">{text}</f><v>{shown}</v></c>')


def sharing_sheet(book: Book, name: str) -> SharingSheet:
    """A new sheet for `put_down`, which nobody prints."""
    sheet = book.workbook.add_worksheet(name, SharingSheet)
    assert isinstance(sheet, SharingSheet)
    return sheet


def put_down(sheet: SharingSheet, row: int, column: int, formula: str, values: Iterable[float | str]) -> None:
    """Write `formula`, which is that of the first of these cells, down from 0-based `row`, `column`, with the computed
    `values`. CvsheetError where Excel would not take it."""
    shown = tuple(values)
    put_formula(sheet, row, column, formula, shown[0])
    if len(shown) == 1:
        return
    number, area = next(sheet.shared), f"{cell_name(row + 1, column + 1)}:{cell_name(row + len(shown), column + 1)}"
    for place, value in enumerate(shown, start=row):
        said = f"{_MARK}{number}{_MARK}{area if place == row else ''}{_MARK}"
        _put(sheet, place, column, said + (formula.removeprefix("=") if place == row else ""), value)


def _put(sheet: SharingSheet, row: int, column: int, formula: str, value: float | str) -> None:
    shown = stored_result(value) if isinstance(value, str) else value
    assert sheet.write_formula(row, column, formula, None, shown) == 0
