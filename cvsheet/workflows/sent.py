"""What an earlier `generate` left in envois/, before it is replaced: answers typed there, and what changed since."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cvsheet.books.partner.reading import submission_of
from cvsheet.books.partner.reading.expected import Expected, comparable, expected_rows
from cvsheet.books.partner.reading.layout import FINGERPRINT
from cvsheet.errors import UnreadableFile
from cvsheet.files.grid import open_grid
from cvsheet.files.grid.model import Grid
from cvsheet.files.headers import FoundTable, find_tables
from cvsheet.files.own_marks import saved_by_another, without_marks
from cvsheet.model.framework import Framework
from cvsheet.model.submission import Identity, Submission
from cvsheet.schema.tables import Role
from cvsheet.text.french import french_count

MOST_CODES = 3  # named of each kind of change; the others are counted

SentRows = Mapping[str, Mapping[str, str]]
"""Code of a line or action -> what its row says it is about, by column, as compared."""


@dataclass(frozen=True, slots=True)
class QuestionChanges:
    """How the lines and actions asked of one partner differ from those sent: their codes."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    relabelled: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.relabelled)

    def __str__(self) -> str:
        """``2 lignes ajoutées (A, B), 1 libellé changé (C)``."""
        return ", ".join(
            f"{french_count(len(codes), *words)} ({_named(codes)})"
            for codes, *words in (
                (self.added, "ligne ajoutée", "lignes ajoutées"),
                (self.removed, "ligne retirée", "lignes retirées"),
                (self.relabelled, "libellé changé", "libellés changés"),
            )
            if codes
        )


NO_CHANGES = QuestionChanges()


@dataclass(frozen=True, slots=True)
class Sent:
    """A workbook found in envois/: how many answers were typed in it, whether a person left anything there, whether it
    says the same as the new one, and what changed of its lines."""

    answers: int = 0
    touched: bool = False
    same: bool = False
    changes: QuestionChanges = NO_CHANGES


def read_sent(path: Path, content: bytes, framework: Framework, campaign: str, partner: str) -> Sent:
    """What stands at `path`, before `content` takes its place; a file that cannot be read counts as touched."""
    data = path.read_bytes()
    if data == content:
        return Sent(same=True)
    try:
        grid = open_grid(path)
    except UnreadableFile:
        return Sent(touched=True)
    submission = submission_of(without_marks(grid), framework, path.name)
    answers, typed = len(submission.filled_cells), _typed_beside(submission)
    expected = expected_rows(framework, Identity(framework.contract.code, campaign, partner))
    return Sent(
        answers,
        touched=bool(answers) or typed or saved_by_another(grid),
        same=not answers and not typed and _same_package(data, content),
        changes=_changes(_rows_in(grid, expected), _rows_of(expected)),
    )


def _typed_beside(submission: Submission) -> bool:
    """Whether a person typed anything but answers: what stands beside them, texts without a place."""
    return bool(submission.leftovers) or any(
        entry.raw for seen in submission.observations for entry in seen.beside.values()
    )


def _same_package(one: bytes, other: bytes) -> bool:
    """Whether both files hold the same parts: another machine packs them otherwise."""
    try:
        return _parts(one) == _parts(other)
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _changes(before: SentRows, now: SentRows) -> QuestionChanges:
    if not before:  # no workbook of ours: nothing to compare with
        return NO_CHANGES
    return QuestionChanges(
        added=tuple(code for code in now if code not in before),
        removed=tuple(code for code in before if code not in now),
        relabelled=tuple(code for code, labels in now.items() if _differ(before.get(code, {}), labels)),
    )


def _differ(before: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Whether a column that both have says something else: an older layout has other columns."""
    return any(now[name] != text for name, text in before.items() if name in now)


def _rows_of(expected: Expected) -> SentRows:
    """What is asked now; rows for a partner's own actions are asked of everybody."""
    asked = (one for one in expected.rows.values() if not one.row.complementary)
    return {
        one.row.code: {
            name: comparable(one.row.locked[name])
            for name in expected.tables[one.kind].names(Role.LABEL)
            if name in one.row.locked
        }
        for one in asked
    }


def _rows_in(grid: Grid, expected: Expected) -> SentRows:
    """What `grid` asked, by the titles of its tables; rows for a partner's own actions say nothing."""
    found: dict[str, dict[str, str]] = {}
    for sheet in grid.sheets:
        for table in find_tables(sheet, tuple(expected.tables.values())):
            for row in range(table.header_row + 1, table.last_row + 1):
                code, labels = _code(table, row), _labels(table, row, table.table.names(Role.LABEL))
                if code and any(labels.values()):
                    found[code] = labels
    return found


def _code(table: FoundTable, row: int) -> str:
    """The code of a row that cvsheet wrote, which its mark tells; empty elsewhere."""
    code, mark = (table.sheet.cell(row, table.columns.get(name, 0)) for name in ("code", "empreinte"))
    ours = code is not None and mark is not None and FINGERPRINT.fullmatch(mark.raw.strip())
    return code.raw.strip() if code is not None and ours else ""


def _labels(table: FoundTable, row: int, names: Iterable[str]) -> dict[str, str]:
    cells = {name: table.sheet.cell(row, table.columns[name]) for name in names if name in table.columns}
    return {name: comparable(None if cell is None else cell.value) for name, cell in cells.items()}


def _named(codes: tuple[str, ...]) -> str:
    return ", ".join(codes[:MOST_CODES]) + ("…" if len(codes) > MOST_CODES else "")
