"""A returned workbook to a `Submission`: identity, answers, facts about the structure, and what has no place.

Third step of the journey, after the grid (cells as facts) and before the rules, which judge. Nothing is judged here and
nothing is lost. Read on in this order: identity, expected, layout, rows, earlier, answers, locked, merges,
visibility, outside, drawings.

What the facts hold beside sheet, cell and line (`StructureFact.facts`):

- IDENTITY_RECOVERED lost (hidden, printed); IDENTITY_CONFLICT old (hidden, or first printed), new
- IDENTITY_MISSING count (codes of this contract in the file); CANONICAL_WORKBOOK, MASTER_WORKBOOK and
  RESULTS_WORKBOOK nothing
- SHEET_MISSING expected, count (lines); SHEET_RENAMED expected, found; SHEET_HIDDEN, SHEET_EXTRA found, count
- COLUMN_MISSING, COLUMN_MOVED, COLUMN_TWICE column (title), name, perhaps locked; COLUMN_RENAMED also found
  and, where the title names another year, expected; COLUMN_ADDED column, found, count
- HEADER_RECOVERED found; CODES_RECOVERED column (title), count (rows)
- LINE_UNKNOWN, ROW_WITHOUT_CODE found; LINE_TWICE first_sheet, first_cell, first, second (what was typed), identical
- ROWS_SHUFFLED expected, found (codes); ROW_OF_ANOTHER nothing; ROW_OF_ANOTHER_CAMPAIGN found
- LOCKED_CHANGED column (title), name, old, new; INPUT_MERGED found (area)
- TEXT_ABOVE what, found (the text); PICTURE_ABOVE what, name, found (area), count (answers under it)
- ROWS_HIDDEN count (lines), answers, what, lines; OUTSIDE_CONTENT found (the first), count; EXTERNAL_LINKS count
- INVISIBLE_MARKS found (the text without them)
- DAYS_FROM_ELSEWHERE found (the day that days are counted from), shift (days), count (dates), hint (one of them)
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from pathlib import Path

from cvsheet.books.partner.identity import HIDDEN_SHEET, READING_SHEET
from cvsheet.books.partner.reading.answers import Source, action_report, observations
from cvsheet.books.partner.reading.calendars import calendar_facts
from cvsheet.books.partner.reading.earlier import (
    correction_sheets,
    gone_lines,
    is_asked_already,
    kept_cells,
    open_questions,
)
from cvsheet.books.partner.reading.expected import Expected, expected_rows
from cvsheet.books.partner.reading.identity import FoundIdentity, find_identity
from cvsheet.books.partner.reading.layout import Layout, layouts_of
from cvsheet.books.partner.reading.locked import locked_facts
from cvsheet.books.partner.reading.lookalike import is_open_data, lookalike_facts
from cvsheet.books.partner.reading.merges import merge_facts, merged_cells
from cvsheet.books.partner.reading.outside import Outside, outside
from cvsheet.books.partner.reading.placed import PlacedRow
from cvsheet.books.partner.reading.rows import Rows, codeless_sheets, missing_facts, place_rows
from cvsheet.books.partner.reading.visibility import invisible_facts, visibility_facts
from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.files.grid import open_grid
from cvsheet.files.grid.model import Grid
from cvsheet.files.own_marks import without_marks
from cvsheet.model.framework import Framework
from cvsheet.model.submission import ActionReport, Identity, Observation, StructureFact, StructureKind, Submission
from cvsheet.schema.tables import fold

_SHEET_NAME = 31  # characters that Excel leaves of a name


def read_returned(path: Path, framework: Framework, shown_as: str) -> Submission:
    """What came back in the file at `path`, named `shown_as`; UnreadableFile where it is no workbook.

    A workbook of another contract, campaign or partner is returned with its identity and nothing else: the rules say
    so. One without identity has none, and a fact where its lines are those of this contract.
    """
    try:
        grid = open_grid(path, computed=(READING_SHEET,))
    except UnreadableFile as refusal:
        if refusal.reason in (Refusal.CSV, Refusal.PROSE) and is_open_data(path):
            raise UnreadableFile(Refusal.OPEN_DATA) from refusal
        raise
    return submission_of(without_marks(grid), framework, shown_as)


def submission_of(grid: Grid, framework: Framework, shown_as: str) -> Submission:
    """What the workbook `grid` holds for `framework`."""
    found = find_identity(grid)
    facts = (*found.facts, *_file_facts(grid))
    if found.identity is None:
        facts = (*facts, *lookalike_facts(grid, framework))
    if found.identity is None or not _is_known(found.identity, framework):
        return Submission(shown_as, grid.sha256, grid.format, grid.saved_at, found.identity, structure=facts)
    return _read(grid, found, expected_rows(framework, found.identity, found.columns), shown_as, facts)


def _read(
    grid: Grid, found: FoundIdentity, expected: Expected, shown_as: str, facts: tuple[StructureFact, ...]
) -> Submission:
    ours = {*correction_sheets(grid, found), READING_SHEET, HIDDEN_SHEET}
    layouts = [layout for sheet in grid.sheets if sheet.name not in ours for layout in layouts_of(sheet, expected)]
    rows = place_rows(layouts, expected)
    merged = merged_cells(layouts)
    kept = kept_cells(grid, found)
    questions = open_questions(found, expected, rows.placed, kept)
    gone = gone_lines(questions)
    source = Source(expected.identity, shown_as, merged, grid.uncomputed)
    codeless = codeless_sheets(layouts, rows, expected)
    file = Outside(grid, found, expected, layouts, rows, merged, frozenset(fact.sheet for fact in codeless.values()))
    leftovers, outside_facts = outside(file)
    reports = tuple(_reports(rows, source, gone))
    return Submission(
        shown_as,
        grid.sha256,
        grid.format,
        grid.saved_at,
        expected.identity,
        observations=tuple(_observations(rows, source, gone)),
        actions=reports,
        structure=(
            *facts,
            *calendar_facts(grid.first_day, reports),
            *missing_facts(rows, expected, codeless),
            *_renamed(rows),
            *_layout_facts(layouts, rows, file.answered),
            *rows.facts,
            *(question.fact for question in questions),
            *locked_facts(rows.placed, expected),
            *merge_facts(rows.placed, merged),
            *invisible_facts(rows.placed),
            *visibility_facts(rows.placed),
            *outside_facts,
        ),
        leftovers=leftovers,
        kept=kept,
    )


def _layout_facts(layouts: Sequence[Layout], rows: Rows, answered: frozenset[str]) -> Iterator[StructureFact]:
    """What was noticed about the tables of our sheets; not that codes are gone where the rows are known anyway."""
    placed = {id(row.layout) for row in rows.placed}
    for layout in layouts:
        for fact in layout.facts if layout.sheet.name in answered else ():
            lost = fact.kind is StructureKind.COLUMN_MISSING and fact.facts.get("name") == "code"
            if not (lost and id(layout) in placed):
                yield fact


def _observations(rows: Rows, source: Source, gone: frozenset[str]) -> Iterator[Observation]:
    for placed in rows.placed:
        yield from (seen for seen in observations(placed, source) if not is_asked_already(seen, gone))


def _reports(rows: Rows, source: Source, gone: frozenset[str]) -> Iterator[ActionReport]:
    for placed in rows.placed:
        row = placed.expected.row
        report = action_report(placed, source) if row.line is None and row.code not in gone else None
        if report is not None:
            yield report


def _is_known(identity: Identity, framework: Framework) -> bool:
    return (
        framework.contract.owns(identity.contract)
        and identity.campaign in framework.campaign
        and identity.partner in framework.partner
    )


def _file_facts(grid: Grid) -> Iterator[StructureFact]:
    if grid.has_macros:
        yield StructureFact(StructureKind.MACROS)
    if grid.external_links:
        yield StructureFact(StructureKind.EXTERNAL_LINKS, facts={"count": len(grid.external_links)})


def _renamed(rows: Rows) -> Iterator[StructureFact]:
    """Sheets that hold their rows under another name. Actions that stand below indicators are where they once stood."""
    below = {placed.layout.sheet.name for placed in rows.placed if placed.expected.row.line is not None}
    names = {(placed.expected.sheet, placed.layout.sheet.name): None for placed in rows.placed
             if placed.expected.row.line is not None or not _is_where_it_was(placed, below)}  # fmt: skip
    for written, name in names:
        if fold(written)[:_SHEET_NAME] != fold(name)[:_SHEET_NAME]:
            yield StructureFact(StructureKind.SHEET_RENAMED, name, facts={"expected": written, "found": name})


def _is_where_it_was(placed: PlacedRow, below: Container[str]) -> bool:
    """Whether an action stands on the sheet of its pillar, as in workbooks made before actions had one of their own."""
    name, former = placed.layout.sheet.name, placed.expected.former_sheet
    return name in below or (bool(former) and fold(former)[:_SHEET_NAME] == fold(name)[:_SHEET_NAME])
