"""The hidden sheet on which every typed cell is read: *Contrôle* looks at what it says, never at a typed cell itself.

A row stands for a row of the table, found by its code, so that sorting breaks nothing; four cells of it for each column
in which a number, a day or a choice is typed: what stands there, and the steps of `typed`. What is searched for stands
above, units in the row that they are for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from cvsheet.books.kit.book import Book, put_formula, put_text
from cvsheet.books.kit.shared_formulas import SharingSheet, put_down, sharing_sheet
from cvsheet.books.partner.identity import READING_SHEET, TextPlace
from cvsheet.books.partner.writing.entries import Prefill
from cvsheet.books.partner.writing.layout import Area, SheetLayout
from cvsheet.books.partner.writing.pillar import protect
from cvsheet.books.partner.writing.slots import slot_of
from cvsheet.books.partner.writing.typed import (
    MONTHS,
    CellValue,
    Lists,
    Slot,
    SlotKind,
    answer_formula,
    answer_in,
    reason_lists,
    spelled_choice,
    spelled_formula,
    spelled_in,
    typed_value,
    words_formula,
    words_of,
)
from cvsheet.files.addresses import cell_name, column_letters, quoted
from cvsheet.schema.tables import Column, Role

EXPLANATION = "Feuille technique : « Contrôle » y lit ce qui est tapé. Ne pas modifier."
_REASONS_ROW, _CHOICES_ROW = 1, 2
_CODE, _PLACE, _UNITS = range(3)  # columns: the code of a row, where it stands in its table, the units of its answer
_MONTHS_KEY = "mois"

Searched = Mapping[str, str]
"""What is searched for (a reason, the months, a choice) -> the cell with the list of how it may be typed."""


def write_reading(book: Book, layouts: Sequence[SheetLayout], typed: Prefill) -> None:
    """Add the hidden sheet."""
    sheet = sharing_sheet(book, READING_SHEET)
    for row, at, text in _fixed(layouts):
        put_text(sheet, row, at, text)
    where = {key: f"${column_letters(at + 1)}${row + 1}" for row, at, key, _ in _lists(layouts)}
    for area in (layout.area for layout in layouts):
        _write_places(sheet, area)
        for name in area.read_columns:
            _write_column(sheet, area, area.table.column(name), typed, where)
    protect(sheet)
    sheet.hide()


def reading_texts(layouts: Sequence[SheetLayout]) -> Iterator[tuple[TextPlace, object]]:
    """The fixed texts of the sheet."""
    return ((TextPlace.READING, text) for _, _, text in _fixed(layouts))


def _fixed(layouts: Sequence[SheetLayout]) -> Iterator[tuple[int, int, str]]:
    yield 0, 0, EXPLANATION
    yield from ((row, at, text) for row, at, _, text in _lists(layouts))
    for area in (layout.area for layout in layouts):
        titles = area.read_from - 1
        yield titles, _CODE, area.sheet
        for name in area.read_columns:
            column = area.table.column(name)
            yield titles, area.read_column(name), column.title
            if column.role is not Role.ANSWER and (units := slot_of(area.rows[0], column).units):
                yield titles, area.read_column(name) + 1, units
        for row, entry in zip(area.read_rows, area.rows, strict=True):
            yield row, _CODE, entry.code
            if units := _units_of_answers(area, row):
                yield row, _UNITS, units


def _lists(layouts: Sequence[SheetLayout]) -> Iterator[tuple[int, int, str, str]]:
    """Row, column, what the list is for, and its text."""
    reasons = {**reason_lists(), _MONTHS_KEY: MONTHS}
    yield from ((_REASONS_ROW, at, key, text) for at, (key, text) in enumerate(reasons.items()))
    columns = [layout.area.table.column(name) for layout in layouts for name in layout.area.read_columns]
    choices = dict.fromkeys(choice for column in columns for choice in column.enum)
    yield from ((_CHOICES_ROW, at, choice, spelled_choice(choice)) for at, choice in enumerate(choices))


def _units_of_answers(area: Area, row: int) -> str:
    answers = [area.table.column(name) for name in area.read_columns]
    slots = [slot_of(area.rows[row - area.read_from], column) for column in answers if column.role is Role.ANSWER]
    return next((slot.units for slot in slots), "")


def _write_places(sheet: SharingSheet, area: Area) -> None:
    codes = f"{quoted(area.sheet)}!{area.range('code')}"
    for row, place in zip(area.read_rows, area.places, strict=True):
        formula = f"=MATCH({cell_name(row + 1, _CODE + 1)},{codes},0)"
        put_formula(sheet, row, _PLACE, formula, place - area.first + 1)


def _write_column(sheet: SharingSheet, area: Area, column: Column, typed: Prefill, where: Searched) -> None:
    """What is typed in `column`, and how it is read: of rows that ask for the same, one formula."""
    cells = f"{quoted(area.sheet)}!{area.range(column.name)}"
    values = [typed.get((entry.code, column.name)) for entry in area.rows]
    for row, value in zip(area.read_rows, values, strict=True):
        source = f"INDEX({cells},{cell_name(row + 1, _PLACE + 1)})"
        formula = f'=IF(ISBLANK({source}),"",{source})'
        put_formula(sheet, row, area.read_column(column.name), formula, typed_value(value))
    slots = [slot_of(entry, column) for entry in area.rows]
    for kind, run in groupby(range(len(slots)), lambda place: slots[place].kind):
        places = list(run)
        _write_steps(sheet, area, column, kind, places[0], [(slots[place], values[place]) for place in places], where)


def _write_steps(
    sheet: SharingSheet,
    area: Area,
    column: Column,
    kind: SlotKind,
    first: int,
    cells: Sequence[tuple[Slot, CellValue]],
    where: Searched,
) -> None:
    row, at = area.read_from + first, area.read_column(column.name)
    source, words, spelled = (cell_name(row + 1, at + step) for step in (1, 2, 3))
    units = f"${column_letters(_UNITS + 1)}{row + 1}"
    if column.role is not Role.ANSWER:
        units = f"${column_letters(at + 2)}${area.read_from}" if cells[0][0].units else ""
    lists = Lists(
        {reason: where[reason] for reason in reason_lists()},
        where[_MONTHS_KEY],
        units,
        {choice: where[choice] for choice in column.enum},
    )
    put_down(sheet, row, at + 1, words_formula(source), [words_of(value) for _, value in cells])
    if formula := spelled_formula(kind, words, lists):
        put_down(sheet, row, at + 2, formula, [spelled_in(kind, words_of(value)) for _, value in cells])
    formula = answer_formula(kind, source, words, spelled, lists)
    put_down(sheet, row, at + 3, formula, [answer_in(slot, value) for slot, value in cells])
