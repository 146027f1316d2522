"""Where the tables stand in a sheet: found by the titles of their header row, wherever it was moved.

Second step of reading, between the grid (cells as facts) and the readers (cells as values). Nothing is judged here: a
missing title, an unknown one or one that stands twice are facts for the rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cvsheet.files.addresses import column_letters
from cvsheet.files.grid.model import Cell, CellKind, Sheet
from cvsheet.schema.tables import Table, fold

LONGEST_TITLE = 120  # characters; a longer text is no title
LEAST_TITLES = 3  # without the key among them, fewer say nothing
ENOUGH_TITLES = 4  # with the key among them, these many titles are no coincidence even in a very wide table
UNTITLED = "Colonne sans titre"
SETTING_TITLES = ("parametre", "reglage")
VALUE_TITLES = ("valeur",)


@dataclass(frozen=True, slots=True)
class FoundTable:
    """One occurrence of a table. Rows and columns are counted from 1.

    `columns` gives the sheet column of each recognised column name; `extras` that of each unknown title, as typed;
    `twice` names the columns whose title stands twice (the first one counts, the others are extras). `last_row` is the
    last row that can belong to the table: before the title of the next one, or the last of the sheet.
    """

    table: Table
    sheet: Sheet
    header_row: int
    columns: Mapping[str, int]
    extras: Mapping[str, int]
    twice: tuple[str, ...]
    last_row: int


@dataclass(frozen=True, slots=True)
class FoundSettings:
    """A vertical table: `rows` gives the row of each setting, whose value stands in `value_column`.

    `unknown` gives the rows whose label is no setting; `header_row` is 0 where the header was deleted.
    """

    table: Table
    sheet: Sheet
    header_row: int
    label_column: int
    value_column: int
    rows: Mapping[str, int]
    unknown: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Match:
    """A header row and the table that it fits best."""

    table: Table
    row: int
    columns: Mapping[str, int]
    repeated: tuple[tuple[str, int], ...]  # column name, sheet column of each further occurrence


def find_tables(sheet: Sheet, tables: Sequence[Table]) -> tuple[FoundTable, ...]:
    """The occurrences of `tables` in `sheet`, in order of rows.

    A header row holds the table's key and half of its titles (or `ENOUGH_TITLES` of them); where the key's own title is
    damaged, two thirds of the titles and at least `LEAST_TITLES`. Of several tables that fit, the one with
    most titles wins.
    """
    upright = tuple(table for table in tables if not table.vertical)
    titles = frozenset(title for table in upright for title in table.by_title)
    matches = [match for row in sorted(sheet.rows) if (match := _match(sheet, row, upright, titles)) is not None]
    if not matches:
        return ()
    ends = [*(_row_above_title(sheet, match.row, tables) for match in matches[1:]), max(sheet.rows)]
    return tuple(_found(sheet, match, end) for match, end in zip(matches, ends, strict=True))


def find_settings(sheet: Sheet, table: Table) -> FoundSettings | None:
    """The vertical `table` in `sheet`: the column that holds at least half of its labels; None where there is none."""
    known = table.by_title
    labels: dict[int, dict[str, int]] = {}
    for cell in sheet.cells():
        name = known.get(_folded(cell))
        if name is not None:
            labels.setdefault(cell.column, {}).setdefault(name, cell.row)
    if not labels:
        return None
    column = max(labels, key=lambda candidate: (len(labels[candidate]), -candidate))
    if 2 * len(labels[column]) < len(table.columns):
        return None
    header_row, value_column = _settings_header(sheet, column, min(labels[column].values()))
    taken = set(labels[column].values())
    unknown = {
        title_text(cells[column]): row
        for row, cells in sorted(sheet.rows.items())
        if row > header_row > 0 and row not in taken and column in cells
    }
    return FoundSettings(table, sheet, header_row, column, value_column, labels[column], unknown)


def untitled_columns(found: FoundTable) -> dict[str, int]:
    """The columns that hold something beside the rows of a table without a title above, under a title of ours."""
    titled = {*found.columns.values(), *found.extras.values()}
    rows = ((row, cells) for row, cells in found.sheet.rows.items() if found.header_row < row <= found.last_row)
    used = {column for _, cells in rows for column in cells} - titled
    return {f"{UNTITLED} {column_letters(column)}": column for column in sorted(used)}


def title_text(cell: Cell) -> str:
    """A header cell as one line of text."""
    return " ".join((cell.value if isinstance(cell.value, str) else cell.raw).split())


def _match(sheet: Sheet, row: int, tables: Sequence[Table], titles: frozenset[str]) -> _Match | None:
    """The one of `tables` whose header stands in `row`; `titles` are those of all of them."""
    cells = [(_folded(cell), cell.column) for cell in sheet.rows[row].values() if cell.kind is CellKind.TEXT]
    found = titles.intersection([title for title, _ in cells])
    if not found:
        return None
    best, best_score = None, (0, 0)
    for table in tables:
        names = {table.by_title[title] for title in found & table.by_title.keys()}
        score = (len(names), -len(table.columns))
        if score > best_score and _is_header(table, names):
            best, best_score = table, score
    if best is None:
        return None
    columns: dict[str, int] = {}
    repeated = []
    for title, column in sorted(cells, key=lambda pair: pair[1]):
        name = best.by_title.get(title)
        if name in columns:
            repeated.append((name, column))
        elif name is not None:
            columns[name] = column
    return _Match(best, row, columns, tuple(repeated))


def _is_header(table: Table, names: set[str]) -> bool:
    count, total = len(names), len(table.columns)
    if set(table.key) <= names:
        return count >= min(2, total) and (2 * count >= total or count >= ENOUGH_TITLES)
    return count >= LEAST_TITLES and 3 * count >= 2 * total


def _found(sheet: Sheet, match: _Match, last_row: int) -> FoundTable:
    known = set(match.columns.values())
    taken = {title_text(sheet.rows[match.row][column]).casefold() for column in known}
    extras: dict[str, int] = {}
    for column in sorted(sheet.rows[match.row]):
        title = title_text(sheet.rows[match.row][column])
        if column in known or not title:
            continue
        rank, unique = 1, title
        while unique.casefold() in taken:  # Excel compares the titles of a table so
            rank += 1
            unique = f"{title} ({rank})"
        taken.add(unique.casefold())
        extras[unique] = column
    twice = tuple(dict.fromkeys(name for name, _ in match.repeated))
    return FoundTable(match.table, sheet, match.row, match.columns, extras, twice, last_row)


def _row_above_title(sheet: Sheet, header_row: int, tables: Sequence[Table]) -> int:
    """The last row before the title lines of the table whose header stands at `header_row`.

    Title lines are rows of one text just above the header: the title or description of a table, or any text where a
    blank row parts them from what stands above.
    """
    known = {fold(text) for table in tables for text in (table.title, table.description)}
    row = header_row - 1
    while _lone_text(sheet, row) in known - {""}:
        row -= 1
    top = row
    while _lone_text(sheet, top):
        top -= 1
    return row if _contents(sheet, top) else top


def _lone_text(sheet: Sheet, row: int) -> str:
    """The folded text of a row that holds one text cell and nothing else, else empty."""
    cells = _contents(sheet, row)
    return fold(cells[0].raw) if len(cells) == 1 and cells[0].kind is CellKind.TEXT else ""


def _contents(sheet: Sheet, row: int) -> list[Cell]:
    return [cell for cell in sheet.rows.get(row, {}).values() if cell.raw.strip() or cell.formula]


def _settings_header(sheet: Sheet, label_column: int, first_row: int) -> tuple[int, int]:
    """The header row of the settings (0 where it is gone) and the column of the values."""
    for row in range(first_row - 1, 0, -1):
        cells = sheet.rows.get(row, {})
        values = [column for column, cell in sorted(cells.items()) if _folded(cell) in VALUE_TITLES]
        if values and (label_column not in cells or _folded(cells[label_column]) in SETTING_TITLES):
            return row, values[0]
    return 0, label_column + 1


def _folded(cell: Cell) -> str:
    text = cell.value
    return fold(text) if isinstance(text, str) and len(text) <= LONGEST_TITLE else ""
