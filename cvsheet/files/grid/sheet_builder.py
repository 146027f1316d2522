"""One sheet while it is being read, cell by cell, within the limits; `build` gives the finished `Sheet`.

Both formats end here, so that what is ambiguous or too large in one is so in the other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.files.addresses import LAST_COLUMN, LAST_ROW, cell_name
from cvsheet.files.grid.limits import FileLimits
from cvsheet.files.grid.model import Cell, Drawn, Merge, Sheet

_MOST_ROWS = 500_000  # of which each hidden one is counted, also where it holds nothing


@dataclass(slots=True)
class Budget:
    """What the sheets of one file have used up together of the limits."""

    limits: FileLimits
    cells: int = 0
    filled: int = 0
    merges: int = 0
    sheet: str = ""  # where the reading has come to: what a refusal names
    row: int = 0

    def spend_cells(self, count: int) -> None:
        self.cells += count
        if self.cells > self.limits.cells:
            raise self.refusal(Refusal.GEOMETRY, f"more than {self.limits.cells} cells")

    def spend_filled(self, count: int) -> None:
        self.filled += count
        if self.filled > self.limits.filled:
            raise self.refusal(Refusal.GEOMETRY, f"more than {self.limits.filled} filled cells")

    def spend_merge(self) -> None:
        self.merges += 1
        if self.merges > self.limits.merges:
            raise self.refusal(Refusal.GEOMETRY, f"more than {self.limits.merges} merges")

    def check_text(self, text: str) -> None:
        if len(text) > self.limits.text_length:
            raise self.refusal(Refusal.TOO_LARGE, f"a text of {len(text)} characters")

    def refusal(self, reason: Refusal, detail: str, column: int = 1) -> UnreadableFile:
        """Why the file is not read, with the sheet and the cell (the first of its row) that the reading has come to."""
        cell = cell_name(self.row, column) if self.row else ""
        return UnreadableFile(reason, detail, at=(self.sheet, cell))


@dataclass(slots=True)
class SheetBuilder:
    """A sheet being filled."""

    name: str
    budget: Budget
    _rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    _hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    _hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    _merges: list[Merge] = field(default_factory=list)
    _notes: dict[tuple[int, int], str] = field(default_factory=dict)
    _drawn: list[Drawn] = field(default_factory=list)

    def add_row(self, row: int, cells: list[Cell]) -> None:
        """Add cells of one row; the same row may come in several pieces, the same cell may not."""
        if not cells:
            return
        self.budget.spend_filled(len(cells))
        known = self._rows.setdefault(row, {})
        before = len(known)
        for cell in cells:
            known[cell.column] = cell
        if len(known) != before + len(cells):
            raise UnreadableFile(Refusal.AMBIGUOUS, f"{self.name}: a cell of row {row} is there twice")

    def add_merge(self, merge: Merge) -> None:
        self.budget.spend_merge()
        self._merges.append(merge)

    def add_note(self, row: int, column: int, text: str) -> None:
        if text:
            self._notes[row, column] = text

    def add_drawn(self, drawn: Iterable[Drawn]) -> None:
        self._drawn += drawn

    def hide_rows(self, first: int, last: int) -> None:
        self._hidden_rows.append((first, last))

    def hide_columns(self, first: int, last: int) -> None:
        self._hidden_columns.append((first, last))

    def build(self, hidden: bool) -> Sheet:
        """The sheet in reading order. Rows and columns that are hidden beyond its last cell are left out."""
        rows = {row: _in_order(self._rows[row]) for row in sorted(self._rows)}
        last_column = max((next(reversed(cells)) for cells in rows.values()), default=0)
        if rows:
            self._check_places(next(iter(rows)), next(reversed(rows)), last_column)
        return Sheet(
            name=self.name,
            hidden=hidden,
            rows=rows,
            hidden_rows=_hidden_among(rows, self._hidden_rows),
            hidden_columns=_numbers(self._hidden_columns, last_column),
            merges=tuple(self._merges),
            notes=self._notes,
            drawn=tuple(self._drawn),
        )

    def _check_places(self, first_row: int, last_row: int, last_column: int) -> None:
        if first_row < 1 or min(next(iter(cells)) for cells in self._rows.values()) < 1:
            raise UnreadableFile(Refusal.DAMAGED, f"{self.name}: row {first_row}")
        if last_row > LAST_ROW or last_column > LAST_COLUMN:
            far = cell_name(last_row, last_column)
            raise UnreadableFile(Refusal.GEOMETRY, f"filled cells as far as {far}", at=(self.name, far))


def _in_order(cells: dict[int, Cell]) -> dict[int, Cell]:
    columns = sorted(cells)
    return cells if columns == list(cells) else {column: cells[column] for column in columns}


def _hidden_among(rows: Mapping[int, object], ranges: list[tuple[int, int]]) -> frozenset[int]:
    """The hidden rows as far as `rows` go; where one cell stands very far away, only those that hold something, for a
    range may be a million of them."""
    last = max(rows, default=0)
    if last <= _MOST_ROWS:
        return _numbers(ranges, last)
    ordered, hidden = list(rows), set()
    for first, end in ranges:
        hidden.update(ordered[bisect_left(ordered, first) : bisect_right(ordered, end)])
    return frozenset(hidden)


def _numbers(ranges: list[tuple[int, int]], last: int) -> frozenset[int]:
    """The numbers in the ranges as far as `last`; each is visited once, however often the ranges repeat it."""
    numbers: set[int] = set()
    reached = 0
    for first, end in sorted(ranges):
        numbers.update(range(max(first, reached + 1), min(end, last) + 1))
        reached = max(reached, end)
    return frozenset(numbers)


def refuse_duplicates(names: list[str]) -> None:
    """Refuse a workbook in which one name means two sheets; Excel knows no difference of case."""
    if len({name.casefold() for name in names}) != len(names):
        raise UnreadableFile(Refusal.AMBIGUOUS, f"two sheets of one name among {names}")
