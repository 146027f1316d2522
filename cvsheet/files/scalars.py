"""One canonical cell to one value, typed as its column says; what cannot be typed stays as the text that was seen."""

from __future__ import annotations

from datetime import datetime

from cvsheet.files.grid.model import Cell, CellKind
from cvsheet.files.values import UNREADABLE, is_blank, read_date, read_number, shown
from cvsheet.model.records import Scalar
from cvsheet.model.submission import BLANK, Answer, AnswerKind, Form
from cvsheet.schema.tables import Column, fold
from cvsheet.text.numerals import number_in, reason_in, tidy

_TRUE, _FALSE = ("oui", "vrai", "true"), ("non", "faux", "false")


def typed_value(cell: Cell | None, column: Column) -> Scalar:
    """The value of `cell` in `column`: str, float, int, bool or date as the column's type says, None where blank.

    What is no such value stays as text. A date in a text column is a date still: Excel makes one of the code ``1-1``,
    and only the whole workbook tells which code it was.
    """
    if cell is None or is_blank(cell):
        return None
    match column.type:
        case "boolean":
            return _boolean(cell)
        case "number" | "integer":
            return _number(cell, whole=column.type == "integer")
        case "date":
            return read_date(cell).answer.day or tidy(seen_text(cell))
        case _:
            return _choice(cell, column.enum) if column.enum else _text(cell, code=is_code(column))


def free_value(cell: Cell | None) -> Scalar:
    """The value of a cell in a column that a coordinator added: as the spreadsheet has it."""
    if cell is None or is_blank(cell):
        return None
    if cell.kind is CellKind.DATE and isinstance(cell.value, datetime):
        midnight = (cell.value.hour, cell.value.minute, cell.value.second, cell.value.microsecond) == (0, 0, 0, 0)
        return cell.value.date() if midnight else cell.value
    if cell.kind in (CellKind.NUMBER, CellKind.BOOLEAN) and isinstance(cell.value, int | float):
        return cell.value
    return seen_text(cell)


def answer_of(value: Scalar) -> Answer:
    """The number, or *nd*, *ns*, *so*, that a value which was written down stands for; else BLANK or UNREADABLE."""
    if value is None or value == "":
        return BLANK
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return UNREADABLE
    if isinstance(value, str):
        reason, read = reason_in(value), number_in(value)
        if reason is not None:
            return Answer(reason)
        return UNREADABLE if isinstance(read, Form) else Answer(AnswerKind.NUMBER, read)
    return Answer(AnswerKind.NUMBER, float(value))


def is_code(column: Column) -> bool:
    """Whether the texts of `column` are codes and not prose."""
    return bool(column.pattern or column.reference)


def seen_text(cell: Cell) -> str:
    """The text of `cell` as a reader sees it, line breaks as one character."""
    seen = cell.raw if cell.kind is CellKind.TEXT else shown(cell)
    return seen.replace("\r\n", "\n").replace("\r", "\n")


def _text(cell: Cell, *, code: bool) -> Scalar:
    if not code:
        return seen_text(cell)
    if cell.kind is CellKind.DATE and isinstance(cell.value, datetime):
        return cell.value.date()
    return tidy(seen_text(cell))


def _boolean(cell: Cell) -> Scalar:
    if isinstance(cell.value, bool):
        return cell.value
    typed = fold(seen_text(cell))
    if typed in _TRUE:
        return True
    return False if typed in _FALSE else tidy(seen_text(cell))


def _number(cell: Cell, *, whole: bool) -> Scalar:
    for measure_type in ("pourcentage", "montant"):
        answer = read_number(cell, measure_type).answer
        if answer.kind is AnswerKind.NUMBER and answer.number is not None:
            if not whole:
                return answer.number
            return int(answer.number) if answer.number.is_integer() else tidy(seen_text(cell))
    return tidy(seen_text(cell))


def _choice(cell: Cell, choices: tuple[str, ...]) -> str:
    """The choice that was meant; ``= N-3`` typed by hand is a broken formula for Excel and says what it is anyway."""
    text = f"={cell.formula}" if cell.formula and not isinstance(cell.value, str) else seen_text(cell)
    typed = fold(text.replace("≤", "<=")).replace(" ", "")
    for choice in choices:
        if typed and fold(choice).replace(" ", "") == typed:
            return choice
    return tidy(text)
