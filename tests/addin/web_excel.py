"""Excel on the web, as far as the add-in sees it: the JSON book that its client sends, the actions that it applies.

The engine is xlwings' own `remote` engine. Only the two ends are here, as xlwings' JavaScript client has them: a
workbook file becomes the JSON of a request, and the actions of the answer change the workbook.
"""

from __future__ import annotations

import os
import re
import warnings
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.workbook.defined_name import DefinedName

from tests.opened import opened

os.environ["XLWINGS_LICENSE_KEY"] = "noncommercial"

import xlwings as xw

ADDRESS = re.compile(r"=ADDRESS\(ROW\((?P<sheet>'(?:[^']|'')+')!(?P<cell>[A-Z]+[0-9]+)\),.*", re.DOTALL)
LOOKS = (
    "setFontProperty", "setColumnWidth", "setWrapText", "setRangeColor", "setNumberFormat", "setDataValidationList",
    "setCalculation", "setScreenUpdating",
)  # fmt: skip
"""What changes looks only, which no test here reads."""


def loaded(content: bytes, *, data_only: bool = False) -> openpyxl.Workbook:
    """A workbook as openpyxl reads it, which says that it knows no sparklines."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*extension is not supported")
        return opened(content, data_only=data_only)


class WebExcel:
    """One workbook open in a browser. `values` has results in the place of formulas, as Excel shows them."""

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        self.values = loaded(content, data_only=True)
        self.formulas = loaded(content)
        self.alerts: list[str] = []
        self.links: dict[tuple[str, str], str] = {}
        self.active = 0

    @classmethod
    def opened(cls, path: Path) -> WebExcel:
        return cls(path.read_bytes(), path.name)

    def book(self) -> xw.Book:
        """The workbook as the server gets it."""
        return xw.Book(json=self._request())

    def apply(self, book: xw.Book) -> None:
        """Do what the server answered."""
        for action in book.json()["actions"]:
            self._apply(action)
        book.json()["actions"].clear()

    def saved(self) -> bytes:
        """The file that this Excel saves."""
        buffer = BytesIO()
        self.values.save(buffer)
        return buffer.getvalue()

    def coloured(self, sheet: str) -> dict[str, str]:
        """The cells that a rule of the add-in colours now: its name must stand."""
        found = {}
        for area in self.values[sheet].conditional_formatting:
            for rule in area.rules:
                name = str(rule.formula[0] if rule.formula else "").split("=")[0]
                if name in self.values.defined_names:
                    found[str(area.sqref)] = f"#{rule.dxf.fill.bgColor.rgb[2:].upper()}"
        return found

    def notes(self, sheet: str) -> dict[str, str]:
        """The notes of a sheet by cell."""
        cells = (cell for row in self.values[sheet].iter_rows() for cell in row)
        return {cell.coordinate: cell.comment.text for cell in cells if cell.comment}

    def _request(self) -> dict[str, Any]:
        sheets = [self._sheet(sheet) for sheet in self.values.worksheets]
        book = {"name": self.name, "active_sheet_index": self.active, "selection": "A1", "calculation": "Automatic"}
        names = [self._name(name) for name in self.values.defined_names]
        return {"client": "Office.js", "version": xw.__version__, "book": book, "names": names, "sheets": sheets}

    def _name(self, name: str) -> dict[str, Any]:
        empty = {"sheet_index": None, "address": None, "scope_sheet_name": None, "scope_sheet_index": None}
        return {"name": name, "book_scope": True, "refers_to": f"={self.values.defined_names[name].attr_text}", **empty}

    def _sheet(self, sheet: Any) -> dict[str, Any]:
        rows = [[_sent(cell.value) for cell in row] for row in sheet.iter_rows(1, sheet.max_row, 1, sheet.max_column)]
        notes = [{"address": cell} for cell in self.notes(sheet.title)]
        visible = {"visible": "Visible", "hidden": "Hidden", "veryHidden": "VeryHidden"}[sheet.sheet_state]
        lists: dict[str, list[Any]] = {"pictures": [], "shapes": [], "charts": [], "tables": [], "pivot_tables": []}
        shown = {"name": sheet.title, "visibility": visible, "used_range_address": sheet.calculate_dimension()}
        return {**shown, "values": rows, "notes": notes, **lists}

    def _apply(self, action: dict[str, Any]) -> None:
        if action["func"] in LOOKS:
            return
        getattr(self, f"_do_{action['func']}")(action, *action["args"])

    def _both(self, action: dict[str, Any]) -> tuple[Any, Any]:
        at = action["sheet_position"]
        return self.values.worksheets[at], self.formulas.worksheets[at]

    def _do_setValues(self, action: dict[str, Any], *_: Any) -> None:
        for row, line in enumerate(action["values"], start=action["start_row"] + 1):
            for column, value in enumerate(line, start=action["start_column"] + 1):
                assert not (isinstance(value, str) and value.startswith(("=", "+", "@"))), "a text became a formula"
                for sheet in self._both(action):
                    _put(sheet, row, column, _typed(value))

    def _do_setFormula(self, action: dict[str, Any], *_: Any) -> None:
        values, formulas = self._both(action)
        for row, line in enumerate(action["values"], start=action["start_row"] + 1):
            for column, value in enumerate(line, start=action["start_column"] + 1):
                is_formula = isinstance(value, str) and value.startswith("=")
                _put(formulas, row, column, value if is_formula else _typed(value))
                _put(values, row, column, _computed(value) if is_formula else _typed(value))

    def _do_rangeClear(self, action: dict[str, Any], *_: Any) -> None:
        for row in range(action["start_row"] + 1, action["start_row"] + action["row_count"] + 1):
            for column in range(action["start_column"] + 1, action["start_column"] + action["column_count"] + 1):
                for sheet in self._both(action):
                    _put(sheet, row, column, None)

    def _do_copyRange(self, action: dict[str, Any], target: int, address: str) -> None:
        assert target == action["sheet_position"]
        left, top, right, bottom = range_boundaries(address.replace("$", ""))
        for sheet in self._both(action):
            for column in range(left, right + 1):
                source = sheet.cell(action["start_row"] + 1, column)
                for row in range(top, bottom + 1):
                    sheet.cell(row, column).value = source.value
                    sheet.cell(row, column)._style = source._style

    def _do_addSheet(self, action: dict[str, Any], position: int, name: str) -> None:
        for book in (self.values, self.formulas):
            book.create_sheet(name, position)
        self.active = position

    def _do_setSheetName(self, action: dict[str, Any], name: str) -> None:
        for sheet in self._both(action):
            sheet.title = name

    def _do_sheetDelete(self, action: dict[str, Any], *_: Any) -> None:
        for book, sheet in zip((self.values, self.formulas), self._both(action), strict=True):
            book.remove(sheet)

    def _do_activateSheet(self, action: dict[str, Any], position: int) -> None:
        self.active = position

    def _do_namesAdd(self, action: dict[str, Any], name: str, refers_to: str) -> None:
        self.values.defined_names[name] = DefinedName(name, attr_text=refers_to.lstrip("="))

    def _do_nameDelete(self, action: dict[str, Any], name: str, *_: Any) -> None:
        del self.values.defined_names[name]

    def _do_addNote(self, action: dict[str, Any], address: str, text: str) -> None:
        cell = self._both(action)[0][address.replace("$", "")]
        assert cell.comment is None, "a cell has one note only"
        cell.comment = Comment(text, "Excel")

    def _do_deleteNote(self, action: dict[str, Any], address: str) -> None:
        self._both(action)[0][address.replace("$", "")].comment = None

    def _do_addConditionalFormat(self, action: dict[str, Any], rule: dict[str, Any]) -> None:
        sheet = self._both(action)[0]
        cell = sheet.cell(action["start_row"] + 1, action["start_column"] + 1).coordinate
        fill = PatternFill(bgColor=rule["fill_color"].lstrip("#"), fill_type="solid")
        sheet.conditional_formatting.add(cell, FormulaRule([rule["formula"].lstrip("=")], fill=fill))

    def _do_addHyperlink(self, action: dict[str, Any], address: str, text: str, tip: str) -> None:
        cell = f"{get_column_letter(action['start_column'] + 1)}{action['start_row'] + 1}"
        self.links[self._both(action)[0].title, cell] = address
        for sheet in self._both(action):
            _put(sheet, action["start_row"] + 1, action["start_column"] + 1, text)

    def _do_alert(self, action: dict[str, Any], prompt: str, *_: Any) -> None:
        self.alerts.append(prompt)


def _put(sheet: Any, row: int, column: int, value: Any) -> None:
    """Write without reading: a text that begins with a sign stays a text."""
    cell = sheet.cell(row, column)
    cell.value = value
    if isinstance(value, str) and not (value.startswith("=") and cell.data_type == "f"):
        cell.data_type = "s"


def _sent(value: Any) -> Any:
    """A value as the client sends it: dates as ISO texts, blank cells as empty texts."""
    if isinstance(value, datetime):
        return f"{value.isoformat(timespec='milliseconds')}Z"
    return "" if value is None else value


def _typed(value: Any) -> Any:
    """What Excel makes of a value: the leading sign of a text is not part of it."""
    if value == "":
        return None
    return value[1:] if isinstance(value, str) and value.startswith("'") else value


def _computed(formula: str) -> Any:
    """The result of the formulas that the add-in itself writes; others keep their text until Excel computes them."""
    address = ADDRESS.fullmatch(formula)
    return address["cell"] if address else ("→" if formula.startswith("=HYPERLINK(") else formula)
