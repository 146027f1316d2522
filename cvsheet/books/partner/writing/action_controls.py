"""*Contrôle* of action reports, known and complementary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from cvsheet.books.partner.rows import PartnerRow
from cvsheet.books.partner.writing.checks import (
    ControlCheck,
    Seen,
    Word,
    blank,
    is_error,
    not_an_answer,
    not_whole,
    outside,
    text_literal,
    unlikely,
)
from cvsheet.books.partner.writing.layout import Area
from cvsheet.books.partner.writing.slots import seen_in
from cvsheet.books.partner.writing.typed import CellValue, serial
from cvsheet.judging.cells.values import speaks_of_percents
from cvsheet.schema.tables import Column

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
_DONE, _NOT_STARTED = "Réalisée", "Non démarrée"
_COMPLETE = 100  # percent


@dataclass(frozen=True, slots=True)
class ActionControl:
    """One action in its sheet row, with everything that is typed in the workbook so far; `likely` are the first and
    the last day of each column that is not asked about."""

    area: Area
    row: int
    action: PartnerRow
    typed: Mapping[tuple[str, str], CellValue]
    likely: Mapping[str, tuple[date, date]]

    def seen(self, column: str) -> Seen:
        return seen_in(self.area, self.row, self.action, column, self.typed)


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
    yield not_an_answer(*(seen for seen in cells if seen.read))
    yield from (check for column in counted for check in _bounds(column, control.seen(column.name)))
    yield from _missing(control)
    yield from _contradictions(control)
    yield from _doubtful(control)


def _bounds(column: Column, seen: Seen) -> Iterator[ControlCheck]:
    if column.type == "date":
        yield from outside(seen, serial(FIRST_DAY), serial(LAST_DAY))
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
    done = progress.number
    yield ControlCheck(
        Word.PROGRESS,
        f"AND(ISNUMBER({progress.read}),OR(AND({status.read}={text_literal(_DONE)},{progress.read}<{_COMPLETE}),"
        f"AND({status.read}={text_literal(_NOT_STARTED)},{progress.read}>0)))",
        done is not None
        and ((status.answer == _DONE and done < _COMPLETE) or (status.answer == _NOT_STARTED and done > 0)),
    )
    yield _order(Word.DATES, control.seen("debut"), control.seen("fin"))
    yield _order(Word.WOMEN, control.seen("femmes"), control.seen("beneficiaires"))


def _doubtful(control: ActionControl) -> Iterator[ControlCheck]:
    """A share of 1 for a percentage, a day outside the contract: possible, and to be explained."""
    comment = control.seen("commentaire")
    yield _share_for_percent(control.seen("avancement"), comment)
    for column, days in control.likely.items():
        if column in control.area.read_columns:
            yield unlikely(control.seen(column), comment, (serial(days[0]), serial(days[1])), of_days=True)


def _share_for_percent(progress: Seen, comment: Seen) -> ControlCheck:
    words = f'SUBSTITUTE(LOWER({comment.cell}),"pour cent","%")'
    words = f'SUBSTITUTE({words},"pourcent","%")'
    done = progress.number
    return ControlCheck(
        Word.COMMENT,
        f'IF(ISNUMBER({progress.read}),AND({progress.read}<>0,ABS({progress.read})<=1,ISERROR(FIND("%",{words}))),FALSE)',
        done is not None and 0 < abs(done) <= 1 and not speaks_of_percents(str(comment.value or "")),
    )


def _order(word: Word, small: Seen, large: Seen) -> ControlCheck:
    """`word` where the first of two numbers is above the second."""
    low, high = small.number, large.number
    return ControlCheck(
        word,
        f"AND(ISNUMBER({small.read}),ISNUMBER({large.read}),{small.read}>{large.read})",
        low is not None and high is not None and low > high,
    )
