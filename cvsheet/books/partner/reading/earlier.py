"""What an earlier correction left in a workbook: its own sheets, content set apart, questions still open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cvsheet.books.partner.identity import KEPT_TITLE, TO_FIX_TITLE, TextPlace, row_fingerprint, text_mark
from cvsheet.books.partner.questions import Question, kept_mark
from cvsheet.books.partner.reading.expected import Expected, code_key
from cvsheet.books.partner.reading.identity import FoundIdentity
from cvsheet.books.partner.reading.layout import Layout
from cvsheet.books.partner.reading.placed import PlacedRow
from cvsheet.files.grid.model import Cell, Grid, Sheet
from cvsheet.model.submission import Leftover, Observation, StructureFact, StructureKind
from cvsheet.schema.roles import named
from cvsheet.schema.tables import Role
from cvsheet.text.numerals import tidy

KEPT_COLUMNS = (2, 3, 4)  # sheet, cell, content
_TITLE_ROWS = 10  # in which the title of a correction's sheet stands
_AT_THE_ANSWER = (
    StructureKind.ROWS_SHUFFLED,
    StructureKind.INPUT_MERGED,
    StructureKind.ROW_OF_ANOTHER,
    StructureKind.ROW_OF_ANOTHER_CAMPAIGN,
)


def correction_sheets(grid: Grid, found: FoundIdentity) -> dict[str, str]:
    """The name of each sheet that an earlier correction added -> its title as written; known by the title alone where
    the hidden sheet is gone."""
    titles = [
        title
        for title in (TO_FIX_TITLE, KEPT_TITLE)
        if not found.texts or text_mark(TextPlace.CORRECTION, title) in found.texts
    ]
    return {sheet.name: title for title in titles for sheet in grid.sheets if _is_titled(sheet, title)}


def kept_cells(grid: Grid, found: FoundIdentity) -> tuple[Leftover, ...]:
    """The rows of *Contenu non repris* that nobody erased, each cell with its first place."""
    names = correction_sheets(grid, found)
    sheets = [sheet for sheet in grid.sheets if names.get(sheet.name) == KEPT_TITLE]
    rows = (_kept(sheet, row) for sheet in sheets for row in sheet.rows)
    return tuple(leftover for leftover in rows if leftover.text and mark_of(leftover) in found.texts)


def mark_of(leftover: Leftover) -> str:
    """The mark of a row of *Contenu non repris*, whatever a spreadsheet makes of its spaces."""
    return kept_mark(Leftover(tidy(leftover.where), tidy(leftover.cell), tidy(leftover.text)))


def open_questions(
    found: FoundIdentity, expected: Expected, placed: Sequence[PlacedRow], kept: Sequence[Leftover]
) -> tuple[Question, ...]:
    """The questions about which nothing was done, at their place in this file."""
    rows = {code_key(row.expected.row.code): row for row in placed}
    standing = frozenset(map(mark_of, kept))
    return tuple(
        replace(question, fact=_placed(question.fact, rows.get(code_key(question.fact.line))))
        for question in found.questions
        if all(code_key(code) in expected.rows for code in question.lines)
        and (not question.kept or question.kept & standing)
        and question.typed == row_fingerprint(_typed(question, rows))
    )


def gone_lines(questions: Sequence[Question]) -> frozenset[str]:
    """The lines that did not come back and are still empty: not asked for a second time."""
    return frozenset(code for one in questions if _is_gone(one.fact) for code in one.lines)


def _is_gone(fact: StructureFact) -> bool:
    if fact.kind is StructureKind.COLUMN_MISSING:
        return fact.facts.get("name") in named(Role.CODE, Role.ANSWER) and not fact.facts.get("locked")
    return fact.kind in (StructureKind.SHEET_MISSING, StructureKind.LINE_MISSING)


def first_answer(layout: Layout) -> str:
    """The first column in which the table asks for an answer."""
    return next(column.name for column in layout.table.columns if column.input)


def is_asked_already(seen: Observation, gone: frozenset[str]) -> bool:
    """Whether `seen` is the empty answer of a line that an open question speaks of."""
    return seen.line in gone and not seen.entry.raw.strip()


def _is_titled(sheet: Sheet, title: str) -> bool:
    top = [row for row in sheet.rows if row <= _TITLE_ROWS]
    return any(_text(cell) == title for row in top for cell in sheet.rows[row].values())


def _kept(sheet: Sheet, row: int) -> Leftover:
    cells = (sheet.cell(row, column) for column in KEPT_COLUMNS)
    return Leftover(*(cell.raw.strip() if cell else "" for cell in cells))


def _text(cell: Cell | None) -> str:
    return tidy(cell.raw) if cell else ""


def _typed(question: Question, rows: dict[str, PlacedRow]) -> Iterator[object]:
    """What stands in the input cells of the question's lines, row by row."""
    for code in question.lines:
        placed = rows.get(code_key(code))
        for column in placed.layout.table.columns if placed else ():
            if column.input and placed:
                cell = placed.cell(column.name)
                yield None if cell is None else tidy(cell.raw) if cell.value is None else _tidied(cell.value)


def _tidied(value: object) -> object:
    return tidy(value) if isinstance(value, str) else value


def _placed(fact: StructureFact, row: PlacedRow | None) -> StructureFact:
    """`fact` at the answer that it waits for."""
    if row is None or fact.kind not in _AT_THE_ANSWER:
        return fact
    return replace(fact, sheet=row.layout.sheet.name, cell=row.name(first_answer(row.layout)))
