"""One OpenDocument cell: its type, value, raw text and formula."""

from __future__ import annotations

import re
from math import isfinite

from cvsheet.files.grid.conversion import date_of_serial, days_of_duration, iso_date, number
from cvsheet.files.grid.markup import Element
from cvsheet.files.grid.model import PLAIN, Cell, CellKind, Look
from cvsheet.files.grid.number_formats import unit_seen
from cvsheet.files.grid.ods_looks import SILENT, Looks
from cvsheet.files.grid.ods_names import CALCEXT, OFFICE, TABLE
from cvsheet.files.grid.ods_text import is_mixed, paragraphs
from cvsheet.files.grid.sheet_builder import Budget

_ERROR = re.compile(r"(Err|Erreur)[\s:]*[0-9]{3}|#[A-Z/0_]+\s?[!?]|#N/[AD]|#GETTING_DATA")
_PREFIX = re.compile(r"\A(?:[a-z]+:)?=", re.ASCII)
_NUMBERS = {"float", "percentage", "currency"}


def read_cell(
    element: Element, row: int, column: int, budget: Budget, looks: Looks = SILENT, look: Look = PLAIN
) -> Cell | None:
    """The cell, or None if nothing is in it: no formula, and no value or the empty text.

    `look` is that of the whole cell. Where a part of its text looks otherwise, the text is what is read, with marks.
    """
    formula = _formula(element)
    kind = element.get(f"{OFFICE}value-type", "")
    if formula is None and not kind and len(element) == 0:
        return None
    if looks.speaks and is_mixed(element, looks, look):
        return _text(paragraphs(element, budget, looks, look), row, column, formula)
    cell = _read(element, row, column, budget, formula, kind)
    return cell if cell is None or look == PLAIN else cell._replace(look=look)


def _read(element: Element, row: int, column: int, budget: Budget, formula: str | None, kind: str) -> Cell | None:
    text = paragraphs(element, budget, SILENT)
    if _is_error(element, formula, text):
        return Cell(row, column, CellKind.ERROR, None, text or "#N/A", formula)
    if kind in _NUMBERS:
        raw = element.get(f"{OFFICE}value")
        if not raw:
            return _text(text, row, column, formula)
        found = _number(raw, row, column, formula, kind == "percentage")
        unit = unit_seen(text, found.value) if text and isinstance(found.value, float) and not found.percent else ""
        return found._replace(shown_in=unit) if unit else found
    if kind in ("boolean", "date", "time"):
        raw = element.get(f"{OFFICE}{kind}-value")
        return _READERS[kind](raw, row, column, formula) if raw else _text(text, row, column, formula)
    stored = element.get(f"{OFFICE}string-value")
    if stored is not None:
        budget.check_text(stored)
        text = stored
    if text is None and kind == "string" and formula is not None:
        text = ""  # the result of the formula is the empty text
    return _text(text, row, column, formula)


def _formula(element: Element) -> str | None:
    """``of:=SUM([.A1:.A3])`` without its prefix."""
    formula = element.get(f"{TABLE}formula")
    return None if formula is None else _PREFIX.sub("", formula)


def _is_error(element: Element, formula: str | None, text: str | None) -> bool:
    """LibreOffice marks errors; older programs only show them, so a text alone counts in a formula's cell."""
    if element.get(f"{CALCEXT}value-type") == "error":
        return True
    return formula is not None and text is not None and _ERROR.fullmatch(text) is not None


def _text(text: str | None, row: int, column: int, formula: str | None) -> Cell | None:
    if text is None:
        return None if formula is None else Cell(row, column, CellKind.MISSING, None, "", formula)
    if text == "" and formula is None:
        return None
    return Cell(row, column, CellKind.TEXT, text, text, formula)


def _number(raw: str, row: int, column: int, formula: str | None, percent: bool = False) -> Cell:
    value = number(raw)
    if value is None:
        return Cell(row, column, CellKind.TEXT, raw, raw, formula)
    if not isfinite(value):
        return Cell(row, column, CellKind.ERROR, None, raw, formula)
    return Cell(row, column, CellKind.NUMBER, value, raw, formula, percent)


def _boolean(raw: str, row: int, column: int, formula: str | None) -> Cell:
    if raw not in ("true", "false"):
        return Cell(row, column, CellKind.TEXT, raw, raw, formula)
    return Cell(row, column, CellKind.BOOLEAN, raw == "true", raw, formula)


def _date(raw: str, row: int, column: int, formula: str | None) -> Cell:
    value = iso_date(raw)
    return Cell(row, column, CellKind.TEXT if value is None else CellKind.DATE, value or raw, raw, formula)


def _time(raw: str, row: int, column: int, formula: str | None) -> Cell:
    """A duration becomes the date that xlsx makes of it; one that shows as no date stays a number of days."""
    days = days_of_duration(raw)
    if days is None:
        return Cell(row, column, CellKind.TEXT, raw, raw, formula)
    value = date_of_serial(days)
    if value is None:
        return Cell(row, column, CellKind.NUMBER, days, raw, formula)
    return Cell(row, column, CellKind.DATE, value, raw, formula, clock=True)


_READERS = {"boolean": _boolean, "date": _date, "time": _time}
