"""What may be typed in each input cell: numbers within hard bounds or a reason, dates, lists, lengths.

Rows that share a constraint share one validation. A custom formula keeps nd, ns and so possible beside a number; IF
keeps INT away from text (LibreOffice and Excel both evaluate every argument of AND). There is no input message: it
would hide the rows below; what a column wants stands in the note on its title, and in what is said of a refused entry.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import shorten, validate
from cvsheet.books.partner.writing.action_controls import FIRST_DAY, LAST_DAY, input_columns
from cvsheet.books.partner.writing.checks import literal
from cvsheet.books.partner.writing.layout import Area
from cvsheet.books.partner.writing.typed import serial
from cvsheet.model.framework import Line
from cvsheet.model.groups import grouped
from cvsheet.schema.tables import Column, Role
from cvsheet.text.french import french_date, french_number, typeset

LONGEST_TEXT = 2000  # characters in a comment or an answer in words
_TITLE_LIMIT, _MESSAGE_LIMIT = 32, 225  # of an error message in Excel


@dataclass(frozen=True, slots=True)
class Accepted:
    """What one answer cell accepts: a text, or a number between bounds."""

    text: bool
    whole: bool
    low: float | None
    high: float | None

    @property
    def sentence(self) -> str:
        """``Un nombre entier, de 0 à 100.``"""
        noun = "un nombre entier" if self.whole else "un nombre"
        if self.low is not None and self.high is not None:
            return f"{noun}, de {french_number(self.low)} à {french_number(self.high)}"
        if self.low is not None:
            return f"{noun}, {french_number(self.low)} ou plus"
        return f"{noun}, {french_number(self.high)} au plus" if self.high is not None else noun


def wanted(line: Line) -> Accepted:
    """What an answer cell of `line` accepts."""
    limits = line.limits
    if line.measure.is_text:
        return Accepted(True, False, None, None)
    return Accepted(False, limits.whole, limits.minimum, limits.maximum)


def validate_indicators(sheet: Worksheet, area: Area, lists: Mapping[str, str]) -> None:
    """The validations of every input column of an indicators table; `lists` as in `validate_actions`."""
    kinds = grouped((wanted(entry.line), row) for row, entry in area.placed() if entry.line is not None)
    for column in area.table.columns:
        if column.role is Role.ANSWER:
            for kind, rows in kinds.items():
                _attach(sheet, area, column, rows, _answer_options(area, column, kind, rows[0]))
        elif column.input:
            options = _plain_options(column) if column.role is Role.YEAR else _options(area, column, area.first, lists)
            _attach(sheet, area, column, area.places, options)


def validate_actions(sheet: Worksheet, area: Area, lists: Mapping[str, str]) -> None:
    """The validations of an actions table; `lists` gives the range of each column that has a dropdown."""
    columns = ((column.name, row) for row, action in area.placed() for column in input_columns(area, action))
    for name, rows in grouped(columns).items():
        column = area.table.column(name)
        _attach(sheet, area, column, rows, _options(area, column, rows[0], lists))


def _options(area: Area, column: Column, row: int, lists: Mapping[str, str]) -> dict[str, Any]:
    """The validation of a column that holds no answer to a line; `row` is the first that it is for."""
    if column.name in lists:
        return _list_options(column, lists[column.name])
    if column.type in ("number", "integer", "date"):
        return _report_options(area, column, row)
    return _plain_options(column)


def _answer_options(area: Area, column: Column, kind: Accepted, row: int) -> dict[str, Any]:
    if kind.text:
        return {**_length(LONGEST_TEXT), **_error(column, _too_long())}
    return {
        **_number_or_reason(area.cell(column.name, row), kind),
        **_error(
            column,
            f"Tapez {kind.sentence}. Si vous n’avez pas le chiffre : nd (non disponible), ns (secret statistique) "
            "ou so (sans objet). Une précision se met en commentaire.",
        ),
    }


def _report_options(area: Area, column: Column, row: int) -> dict[str, Any]:
    """A number or a day of an action report, or a reason; nothing at all is fine too."""
    if column.type == "date":
        kind = Accepted(False, False, serial(FIRST_DAY), serial(LAST_DAY))
        words = f"une date, jj/mm/aaaa (du {french_date(FIRST_DAY)} au {french_date(LAST_DAY)})"
    else:
        kind = Accepted(False, column.type == "integer", column.minimum, column.maximum)
        words = kind.sentence
    return {
        **_number_or_reason(area.cell(column.name, row), kind),
        **_error(column, f"Tapez {words}, ou nd, ns, so si vous n’avez pas la donnée, ou laissez la cellule vide."),
    }


def _number_or_reason(cell: str, kind: Accepted) -> dict[str, Any]:
    tests = [f"{cell}>={literal(kind.low)}"] if kind.low is not None else []
    tests += [f"{cell}<={literal(kind.high)}"] if kind.high is not None else []
    tests += [f"{cell}=INT({cell})"] if kind.whole else []
    number = f"AND({','.join(tests)})" if tests else "TRUE"
    reason = f'ISNUMBER(FIND("|"&SUBSTITUTE(LOWER(TRIM({cell})),".","")&"|","|nd|ns|so|"))'
    return {"validate": "custom", "value": f"=IF(ISNUMBER({cell}),{number},{reason})"}


def _plain_options(column: Column) -> dict[str, Any]:
    """The validation that the schema of `column` says."""
    if column.type in ("number", "integer"):
        kind = Accepted(False, column.type == "integer", column.minimum, column.maximum)
        return {
            "validate": "integer" if kind.whole else "decimal", **_between(column),
            **_error(column, f"Tapez {kind.sentence}, ou laissez la cellule vide."),
        }  # fmt: skip
    return {**_length(LONGEST_TEXT), **_error(column, _too_long())}


def _between(column: Column) -> dict[str, Any]:
    if column.maximum is None:
        return {"criteria": ">=", "value": column.minimum or 0}
    return {"criteria": "between", "minimum": column.minimum or 0, "maximum": column.maximum}


def _list_options(column: Column, cells: str) -> dict[str, Any]:
    absent = " ; nd, ns ou so si vous n’avez pas la donnée" if column.enum else ""
    return {
        "validate": "list", "source": f"={cells}",
        **_error(column, f"Choisissez dans la liste, avec la flèche à droite de la cellule{absent}."),
    }  # fmt: skip


def _length(limit: int) -> dict[str, Any]:
    return {"validate": "length", "criteria": "<=", "value": limit}


def _too_long() -> str:
    return f"Le texte dépasse {french_number(LONGEST_TEXT)} caractères : raccourcissez-le."


def _error(column: Column, message: str) -> dict[str, Any]:
    return {
        "error_type": "stop",
        "error_title": shorten(column.title, _TITLE_LIMIT),
        "error_message": shorten(typeset(message), _MESSAGE_LIMIT),
    }


def _attach(sheet: Worksheet, area: Area, column: Column, rows: Sequence[int], options: dict[str, Any]) -> None:
    """One validation for all of `rows`; its formula is written for the first of them."""
    at = area.table.position(column.name)
    (first, last), *others = _runs(rows)
    cells = {"other_cells": [[top, at, bottom, at] for top, bottom in others]} if others else {}
    validate(sheet, (first, at, last, at), {**options, **cells})


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Rows in order as runs without a gap."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
