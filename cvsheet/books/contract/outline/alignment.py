"""Cells that a copy and paste shifted sideways, put back under their heading.

A text extracted from merged cells loses some of its blanks, and a row moves by one or two columns. How cells begin
tells: where « 1-1 », « 1-2 » mostly stand under *Objectifs*, a « 3-2 » under *Pilier* is shifted. Such a row, and no
other, is laid out anew: its cells keep their order, each mark goes to its column, the whole moves as little as it can.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

from cvsheet.books.contract.outline.headings import Header
from cvsheet.books.contract.outline.marks import mark_of
from cvsheet.books.contract.outline.model import Level
from cvsheet.schema.tables import fold

LEAST_SEEN = 3  # marks of one kind, before they say anything about a column
MARGIN = 2  # how many times as often a mark must stand in its own column as in any other
BULLET_MARGIN = 3
_WRONG_COLUMN, _WRONG_LIST, _MOVE = 100, 3, 2
_LARGEST_ROW = 14  # cells; combinations grow fast, and no framework has more columns

TextsByColumn = Mapping[int, str]  # column -> text


def owners(rows: Sequence[TextsByColumn], header: Header) -> dict[str, int]:
    """The column that each kind of mark belongs to, where one clearly has it: mark -> column."""
    seen: dict[str, Counter[int]] = {}
    for row in rows:
        for column, text in row.items():
            kind = mark_of(text).kind
            if kind:
                seen.setdefault(kind, Counter())[column] += 1
    found: dict[str, int] = {}
    for kind, counts in seen.items():
        named = _named_column(kind, header)
        if named is not None:
            found[kind] = named
            continue
        (column, most), *others = counts.most_common(2)
        margin = BULLET_MARGIN if kind == "bullet" else MARGIN
        if column in header.levels and most >= max(LEAST_SEEN, margin * sum(count for _, count in others)):
            found[kind] = column
    return found


def is_shifted(row: TextsByColumn, owned: Mapping[str, int]) -> bool:
    """Whether a number or a level's name stands in another column than its own."""
    for column, text in row.items():
        mark = mark_of(text)
        if mark.strong and owned.get(mark.kind, column) != column:
            return True
    return False


def realigned(row: TextsByColumn, owned: Mapping[str, int], header: Header) -> dict[int, int] | None:
    """Where each cell of a shifted `row` belongs: its column -> the column of its heading; None where no place fits."""
    columns, slots = sorted(row), header.slots
    if len(columns) > len(slots) or len(slots) > _LARGEST_ROW:
        return None
    best = min(combinations(slots, len(columns)), key=lambda places: _cost(row, columns, places, owned, header))
    placed = dict(zip(columns, best, strict=True))
    return None if is_shifted({placed[column]: text for column, text in row.items()}, owned) else placed


def _named_column(kind: str, header: Header) -> int | None:
    """The column whose heading is the word of the mark: « PRIORITE 3 » belongs under « Priorités »."""
    word = kind.removeprefix("word ")
    for column in header.levels:
        if word != kind and word in {first.rstrip("sx") for first in fold(header.titles.get(column, "")).split()[:1]}:
            return column
    return None


def _cost(
    row: TextsByColumn, columns: Sequence[int], places: Sequence[int], owned: Mapping[str, int], header: Header
) -> tuple[int, int]:
    """How badly `places` suit; of two that suit alike, the one that moves cells least."""
    cost, offset = 0, 0
    for column, place in zip(columns, places, strict=True):
        mark = mark_of(row[column])
        if mark.kind and owned.get(mark.kind, place) != place:
            cost += _WRONG_COLUMN if mark.strong else _WRONG_LIST
        if not mark.kind and owned.get("bullet") == place and header.levels.get(place) is Level.INDICATOR:
            cost += _WRONG_LIST
        if place - column != offset:
            cost, offset = cost + _MOVE, place - column
    return cost, sum(abs(place - column) for column, place in zip(columns, places, strict=True))
