"""The rows of the table as a tree: blanks below a filled cell belong to it, cells hang on the branch beside them."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cvsheet.books.contract.outline.headings import Header, levels_of_word, names_numbers
from cvsheet.books.contract.outline.marks import mark_of
from cvsheet.books.contract.outline.model import (
    BRANCH_LEVELS,
    Branch,
    Leaf,
    Level,
    OpenPoint,
    Outline,
    Passage,
    PointSubject,
)
from cvsheet.books.contract.outline.sources import open_sheets
from cvsheet.books.contract.outline.table import OutlineTable, TableRow, find_table
from cvsheet.files.addresses import column_letters
from cvsheet.files.grid.model import Merge
from cvsheet.schema.tables import fold


@dataclass(frozen=True, slots=True)
class _Seed:
    """A leaf's cell: the rank of its row, its column as typed (merges speak of that one), the branch beside it."""

    rank: int
    typed: int
    leaf: Leaf


def read_outline(path: Path, sheet: str = "") -> Outline:
    """The framework that the document at `path` lays out, on the sheet `sheet` where several have a table.

    UnreadableFile, FrameworkError or UsageError where there is none.
    """
    table = find_table(open_sheets(path), path.name, sheet)
    homes, branches, banners = _branches(table)
    seeds = _distinct(_seed(table, rank, column, homes[rank]) for rank, column in _leaf_cells(table, banners))
    leaves = tuple(_spanning(table, seeds, homes))
    return Outline(path.name, table.title, branches, leaves, (*table.points, *_left_over(table, banners)))


def _branches(table: OutlineTable) -> tuple[tuple[Branch | None, ...], tuple[Branch, ...], frozenset[int]]:
    """The lowest branch beside each row, all branches in order, and the ranks of the rows that only name a branch.

    A branch named twice under the same parent is one: some tables repeat it on every row.
    """
    known: dict[tuple[Branch | None, Level, str], Branch] = {}
    current: dict[Level, Branch] = {}
    homes: list[Branch | None] = []
    banners = set()
    for rank, row in enumerate(table.rows):
        banner = _banner(table, row)
        named = {banner: next(iter(row.passages.values()))} if banner is not None else _named(table.header, row)
        if banner is not None:
            banners.add(rank)
        for level, passage in named.items():
            above = [current[upper] for upper in BRANCH_LEVELS if upper < level and upper in current]
            parent = above[-1] if above else None
            key = (parent, level, fold(passage.text) or passage.text)
            branch = known.setdefault(key, Branch(level, passage, parent))
            if current.get(level) is not branch:
                current = {upper: found for upper, found in current.items() if upper < level} | {level: branch}
        homes.append(current[max(current)] if current else None)
    return tuple(homes), tuple(known.values()), frozenset(banners)


def _named(header: Header, row: TableRow) -> dict[Level, Passage]:
    """The branches that `row` names: a number in a column of its own is read with its text."""
    found: dict[Level, Passage] = {}
    for level in BRANCH_LEVELS:
        passage = _joined(
            [row.passages[column] for column in _columns(header, level) if column in row.passages],
        )
        if passage is not None:
            found[level] = passage
    return found


def _columns(header: Header, level: Level) -> list[int]:
    """The columns of `level`, those of its numbers first."""
    numbers = [column for column, numbered in header.numbers.items() if numbered is level]
    return [*numbers, *(column for column, titled in header.levels.items() if titled is level)]


def _joined(passages: Sequence[Passage]) -> Passage | None:
    if not passages:
        return None
    return replace(passages[-1], text=" ".join(passage.text.strip() for passage in passages))


def _banner(table: OutlineTable, row: TableRow) -> Level | None:
    """The level of a row that holds one text, a branch without a column of its own (« PILIER 2 : Emploi »)."""
    if len(row.passages) != 1:
        return None
    (passage,) = row.passages.values()
    missing = [level for level in BRANCH_LEVELS if level not in table.header.found]
    named = [level for level in levels_of_word(mark_of(passage.text).kind.removeprefix("word ")) if level in missing]
    if named:
        return named[0]
    return missing[0] if missing and (_is_wide(table, row) or _is_sister(table, row)) else None


def _is_wide(table: OutlineTable, row: TableRow) -> bool:
    """Whether the one text of `row` stands in a cell merged over most of the table."""
    if len(row.passages) != 1:
        return False
    (column,) = row.typed.values()
    merge = _merge_at(table, row.number, column)
    return merge is not None and 2 * (merge.last_column - merge.first_column + 1) > len(table.header.slots)


def _is_sister(table: OutlineTable, row: TableRow) -> bool:
    """Whether the one text of `row`, which nobody merged, stands where the merged ones do and where every other row
    has more than one text."""
    (column,) = row.typed.values()
    wide = [other for other in table.rows if _is_wide(table, other) and column in other.typed.values()]
    plain = [other for other in table.rows if column in other.passages and other not in wide and other is not row]
    alone = sum(len(other.passages) == 1 for other in plain)
    return bool(wide) and alone < len(plain) - alone


def _leaf_cells(table: OutlineTable, banners: frozenset[int]) -> Iterator[tuple[int, int]]:
    """The rank and column of every cell of actions or indicators."""
    for rank, row in enumerate(table.rows):
        for column in sorted(row.passages):
            if rank not in banners and table.header.levels.get(column, Level.PILLAR) not in BRANCH_LEVELS:
                yield rank, column


def _seed(table: OutlineTable, rank: int, column: int, home: Branch | None) -> _Seed:
    row, level = table.rows[rank], table.header.levels[column]
    branches = () if home is None else (home,)
    extras = {
        _title(table.header, at): row.passages[at].text
        for at in _extra_columns(table.header, row)
        if _beside(table.header, row, at) == column
    }
    return _Seed(rank, row.typed[column], Leaf(level, row.passages[column], branches, extras=extras))


def _extra_columns(header: Header, row: TableRow) -> Iterator[int]:
    return (column for column in row.passages if column not in header.levels and column not in header.numbers)


def _beside(header: Header, row: TableRow, column: int) -> int | None:
    """The cell of actions or indicators that a cell of another column speaks of: the nearest on its left, else right.

    A number comes before what it numbers: for a column of those it is the other way round.
    """
    leaves = [at for at in row.passages if header.levels.get(at, Level.PILLAR) not in BRANCH_LEVELS]
    before = names_numbers(header.others.get(column, ""))
    return min(leaves, key=lambda at: ((at > column) is not before, abs(at - column)), default=None)


def _title(header: Header, column: int) -> str:
    """The title of another column, told from those of the same name by its letters."""
    title = header.others.get(column, "")
    if not title:
        return f"Colonne sans titre {column_letters(column)}"
    same = [at for at, other in header.others.items() if fold(other) == fold(title)]
    return title if same[0] == column else f"{title} ({column_letters(column)})"


def _distinct(seeds: Iterator[_Seed]) -> tuple[_Seed, ...]:
    """The seeds without those that repeat one of the same branch word for word, as tables with a row per action do."""
    found: dict[tuple[Level, tuple[Branch, ...], str, tuple[tuple[str, str], ...]], _Seed] = {}
    for seed in seeds:
        extras = tuple(seed.leaf.extras.items())
        found.setdefault((seed.leaf.level, seed.leaf.branches, seed.leaf.passage.text.strip(), extras), seed)
    return tuple(found.values())


def _spanning(table: OutlineTable, seeds: Sequence[_Seed], homes: Sequence[Branch | None]) -> Iterator[Leaf]:
    """The leaves, each with every branch that its cell stands beside: those of its merged rows, else of the blanks
    below where the table does not say."""
    rows = {row.number: rank for rank, row in enumerate(table.rows)}
    says_spans = _says_spans(table)
    filled = {seed.rank for seed in seeds if seed.leaf.level is Level.INDICATOR}
    cells = Counter(id(homes[rank]) for rank in filled)
    for seed in seeds:
        area = _merge_at(table, table.rows[seed.rank].number, seed.typed)
        if area is not None and area.last_row > area.first_row:
            spanned = [rows[row] for row in range(area.first_row, area.last_row + 1) if row in rows]
            yield replace(seed.leaf, branches=_unique([homes[rank] for rank in spanned]))
        elif seed.leaf.level is Level.ACTION or says_spans or cells[id(homes[seed.rank])] > 1:
            yield seed.leaf
        else:
            branches = _unique([homes[seed.rank], *_silent_below(seed.rank, filled, homes)])
            yield replace(seed.leaf, branches=branches, inferred=len(branches) > 1)


def _silent_below(rank: int, filled: set[int], homes: Sequence[Branch | None]) -> Iterator[Branch]:
    """The sisters of the branch of row `rank` that follow it and have no indicators."""
    home = homes[rank]
    for later in range(rank + 1, len(homes)):
        below = homes[later]
        if later in filled or home is None or below is None:
            return
        if below.level is not home.level or below.parent is not home.parent:
            return
        yield below


def _says_spans(table: OutlineTable) -> bool:
    """Whether the table itself says which rows a cell covers: it has merged rows, or repeats its branches."""
    if any(merge.last_row > merge.first_row > table.header.last for merge in table.sheet.merges):
        return True
    named = [_named(table.header, row) for row in table.rows]
    return any(
        level in below and fold(passage.text) == fold(below[level].text)
        for above, below in itertools.pairwise(named)
        for level, passage in above.items()
    )


def _unique(branches: Sequence[Branch | None]) -> tuple[Branch, ...]:
    return tuple(dict.fromkeys(branch for branch in branches if branch is not None))


def _merge_at(table: OutlineTable, row: int, column: int) -> Merge | None:
    """The merged area that begins at a cell: only that cell of it has a text."""
    return table.merges.get((row, column))


def _left_over(table: OutlineTable, banners: frozenset[int]) -> Iterator[OpenPoint]:
    """What other columns say in rows that have neither action nor indicator."""
    for rank, row in enumerate(table.rows):
        for column in _extra_columns(table.header, row):
            if rank not in banners and _beside(table.header, row, column) is None:
                title = _title(table.header, column)
                done = f"Non repris : colonne « {title} », sans action ni indicateur sur sa ligne."
                yield OpenPoint(PointSubject.OUTSIDE, row.passages[column], done, "Où ce texte a-t-il sa place ?")
