"""*Contrôle* of action reports, known and complementary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from cvsheet.books.partner.rows import PartnerRow
from cvsheet.books.partner.writing.checks import (
    CellValue,
    ControlCheck,
    Seen,
    Word,
    blank,
    is_error,
    not_whole,
    outside,
    reason,
    text_literal,
)
from cvsheet.books.partner.writing.layout import Area
from cvsheet.books.partner.writing.typed_as_text import WRITTEN_REASONS, no_answers
from cvsheet.schema.tables import Column

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
_DONE, _NOT_STARTED = "réalisée", "non démarrée"
_COMPLETE = 100  # percent


@dataclass(frozen=True, slots=True)
class ActionControl:
    """One action in its sheet row, with everything that is typed in the workbook so far."""

    area: Area
    row: int
    action: PartnerRow
    typed: Mapping[tuple[str, str], CellValue]

    def seen(self, column: str) -> Seen:
        return Seen(self.area.cell(column, self.row), self.typed.get((self.action.code, column)))


def input_columns(area: Area, row: PartnerRow) -> tuple[Column, ...]:
    """The columns in which the partner types on `row`."""
    return tuple(column for column in area.table.columns if column.input or (row.complementary and column.added))


def action_checks(control: ActionControl) -> tuple[ControlCheck, ...]:
    """The checks of one action, in the order in which they speak."""
    return tuple(_checks(control))


def _checks(control: ActionControl) -> Iterator[ControlCheck]:
    columns = input_columns(control.area, control.action)
    cells = tuple(control.seen(column.name) for column in columns)
    counted = tuple(column for column in columns if column.type in ("number", "integer", "date"))
    yield is_error(cells)
    if control.action.complementary:
        yield ControlCheck(Word.OPTIONAL, blank(cells), all(seen.blank for seen in cells))
    yield _unknown_status(control)
    yield no_answers([(column, control.seen(column.name)) for column in counted])
    yield from (check for column in counted for check in _bounds(column, control.seen(column.name)))
    yield from _missing(control)
    yield from _contradictions(control)


def _unknown_status(control: ActionControl) -> ControlCheck:
    status = control.seen("statut")
    words = [word.lower() for word in control.area.table.column("statut").enum]
    listed = text_literal(f";{';'.join(words)};")
    known = reason(status, WRITTEN_REASONS)
    return ControlCheck(
        Word.UNREADABLE,
        f'NOT(OR({blank((status,))},ISNUMBER(FIND(";"&LOWER(TRIM({status.cell}))&";",{listed})),{known}))',
        not status.blank and _lower(status) not in words and not status.reason_among(WRITTEN_REASONS),
    )


def _bounds(column: Column, seen: Seen) -> Iterator[ControlCheck]:
    if column.type == "date":
        yield from outside(seen, Seen("", FIRST_DAY).number, Seen("", LAST_DAY).number)
    else:
        yield from outside(seen, column.minimum, column.maximum)
    if column.type == "integer":
        yield not_whole(seen)


def _missing(control: ActionControl) -> Iterator[ControlCheck]:
    status = control.seen("statut")
    if not control.action.complementary:
        yield ControlCheck(Word.TO_FILL, blank((status,)), status.blank)
        return
    title = control.seen("action")
    yield ControlCheck(Word.INCOMPLETE, f"OR({blank((title,))},{blank((status,))})", title.blank or status.blank)


def _contradictions(control: ActionControl) -> Iterator[ControlCheck]:
    status, progress = control.seen("statut"), control.seen("avancement")
    word, done = f"LOWER(TRIM({status.cell}))", progress.number
    yield ControlCheck(
        Word.PROGRESS,
        f"AND(ISNUMBER({progress.cell}),OR(AND({word}={text_literal(_DONE)},{progress.cell}<{_COMPLETE}),"
        f"AND({word}={text_literal(_NOT_STARTED)},{progress.cell}>0)))",
        done is not None
        and ((_lower(status) == _DONE and done < _COMPLETE) or (_lower(status) == _NOT_STARTED and done > 0)),
    )
    yield _order(Word.DATES, control.seen("debut"), control.seen("fin"))
    yield _order(Word.WOMEN, control.seen("femmes"), control.seen("beneficiaires"))


def _order(word: Word, small: Seen, large: Seen) -> ControlCheck:
    """`word` where the first of two numbers is above the second."""
    low, high = small.number, large.number
    return ControlCheck(
        word,
        f"AND(ISNUMBER({small.cell}),ISNUMBER({large.cell}),{small.cell}>{large.cell})",
        low is not None and high is not None and low > high,
    )


def _lower(seen: Seen) -> str:
    return " ".join(part for part in str(seen.value or "").split(" ") if part).lower()
