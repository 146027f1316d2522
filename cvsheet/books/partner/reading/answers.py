"""What was typed in a row: observations of an indicator line, the report of an action."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cvsheet.books.partner.reading.merges import Merged, covered
from cvsheet.books.partner.reading.placed import PlacedRow
from cvsheet.files.grid.model import Cell, CellKind
from cvsheet.files.looks import as_seen
from cvsheet.files.values import read_as_shown, read_choice, read_date, read_text
from cvsheet.model.framework import Measure
from cvsheet.model.submission import ActionReport, AnswerKind, Entry, Identity, Observation, Quantity
from cvsheet.schema.roles import columns_of
from cvsheet.schema.tables import Column, Role


@dataclass(frozen=True, slots=True)
class Source:
    """What all answers of a file have in common."""

    identity: Identity
    file: str
    merged: Merged
    uncomputed: bool = False  # no spreadsheet computed its formulas yet

    def cell(self, placed: PlacedRow, column: str) -> Cell | None:
        """The cell to read, as it is seen; None where it is empty or lies under a merged area.

        Programs that compute nothing (XlsxWriter, polars) store 0 as the result of a formula: it is no answer.
        """
        sheet, place = placed.layout.sheet.name, placed.layout.columns.get(column, 0)
        hidden = self.merged and covered(self.merged, sheet, placed.row, place)
        cell = None if hidden else placed.cell(column)
        if cell is None:
            return None
        if self.uncomputed and cell.formula is not None and cell.value == 0:
            return cell._replace(kind=CellKind.MISSING, value=None, raw="")
        return as_seen(cell)


def observations(placed: PlacedRow, source: Source) -> Iterator[Observation]:
    """One observation per quantity that the table asks for, blank ones included; none where its column is missing."""
    line = placed.expected.row.line
    if line is None:
        return
    for quantity in Quantity:
        column, year = columns_of(quantity)
        if column not in placed.layout.columns or not placed.layout.table.column(column).input:
            continue
        yield Observation(
            source.identity.campaign,
            source.identity.partner,
            line.code,
            quantity,
            _answer(placed, source, column, line.measure),
            source.file,
            placed.layout.sheet.name,
            dict(_beside(placed, source, year)),
        )


def action_report(placed: PlacedRow, source: Source) -> ActionReport | None:
    """The report of an action; None for a free row in which nothing was typed."""
    row = placed.expected.row
    labels = (Role.LABEL,) if row.complementary else ()  # locked in known actions, typed by the partner in its own
    names = [one.name for one in placed.layout.table.columns if one.input or one.role in labels]
    entries = {name: _entry(placed, source, name) for name in names if name in placed.layout.columns}
    if row.complementary and not any(entry.filled for entry in entries.values()):
        return None
    return ActionReport(
        source.identity.campaign,
        source.identity.partner,
        row.code,
        _words(placed, source, "action") if row.complementary else str(row.locked["action"] or ""),
        _words(placed, source, "objectif") if row.complementary else str(row.locked["objectif"] or ""),
        row.complementary,
        entries,
        source.file,
        placed.layout.sheet.name,
    )


def _beside(placed: PlacedRow, source: Source, year: str) -> Iterator[tuple[str, Entry]]:
    """What else is typed in the row, empty remarks aside; of the years only that of the answer."""
    for column in placed.layout.table.columns:
        name = column.name
        if not column.beside or name not in placed.layout.columns or (column.role is Role.YEAR and name != year):
            continue
        entry = _entry(placed, source, name)
        if not column.remark or entry.answer.kind is not AnswerKind.BLANK:
            yield name, entry


def _answer(placed: PlacedRow, source: Source, column: str, measure: Measure) -> Entry:
    cell, name = source.cell(placed, column), placed.name(column)
    if measure.is_text:
        return read_text(cell, name)
    return read_as_shown(cell, measure.type, measure.unit, name)


def _entry(placed: PlacedRow, source: Source, name: str) -> Entry:
    column = placed.layout.table.column(name)
    return _reader(column)(source.cell(placed, name), placed.name(name))


def _reader(column: Column) -> Callable[[Cell | None, str], Entry]:
    """How the entries of a column are read, from its description."""
    if column.enum:
        return lambda cell, at: read_choice(cell, column.enum, at)
    if column.type == "date":
        return read_date
    if column.type in ("number", "integer"):
        return lambda cell, at: read_as_shown(cell, column.counts, "", at)
    return lambda cell, at: read_text(cell, at, reasons=False)


def _words(placed: PlacedRow, source: Source, column: str) -> str:
    """A comment or the like as text, empty where there is none; an error or a lost formula as it stands."""
    entry = read_text(source.cell(placed, column), reasons=False)
    return entry.raw if entry.answer.kind is AnswerKind.UNREADABLE else entry.answer.text
