"""The reader loses nothing: every cell that comes back is an answer, a fact, a leftover, or what cvsheet wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.books.partner.reading import read_returned
from cvsheet.files.grid import open_grid
from cvsheet.files.values import is_blank, shown
from cvsheet.model.submission import Submission
from tests.every_cell import every_cell
from tests.examples import examples

from .conftest import Returns, amboise, damaged, untouched, workbook

PARTNER, CAMPAIGN = "CCVA", "2021"  # two sheets, lines and actions
Edit = tuple[str, int, int, int]  # what is done, on which sheet, and two numbers


FILLED = workbook(PARTNER, CAMPAIGN, every_cell(amboise(), CAMPAIGN, PARTNER))


def edit(book: Workbook, edits: list[Edit]) -> None:
    """Do `edits` in order; each types a text of its own where it types."""
    for rank, (what, which, first, second) in enumerate(edits):
        sheet = book.worksheets[which % len(book.worksheets)]
        EDITS[what](book, sheet, (first, second), f"ajout {rank}")


def put(sheet: Worksheet, row: int, column: int, value: object) -> None:
    """Type `value`, unless the cell lies under a merged area."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, MergedCell):
        cell.value = value  # type: ignore[assignment]


def _type(book: Workbook, sheet: Worksheet, at: tuple[int, int], text: str) -> None:
    put(sheet, *at, text)


def _type_number(book: Workbook, sheet: Worksheet, at: tuple[int, int], text: str) -> None:
    put(sheet, *at, 7000 + int(text.split()[1]))


def _insert_row(book: Workbook, sheet: Worksheet, at: tuple[int, int], text: str) -> None:
    sheet.insert_rows(at[0])
    put(sheet, *at, text)


def _insert_column(book: Workbook, sheet: Worksheet, at: tuple[int, int], text: str) -> None:
    sheet.insert_cols(at[1])
    put(sheet, *at, text)


def _copy_row(book: Workbook, sheet: Worksheet, at: tuple[int, int], text: str) -> None:
    for column in range(1, 16):
        put(sheet, at[0] + at[1], column, sheet.cell(at[0], column).value)


def _merge(book: Workbook, sheet: Worksheet, at: tuple[int, int], text: str) -> None:
    sheet.merge_cells(start_row=at[0], end_row=at[0] + 1, start_column=at[1], end_column=at[1] + 1)


def _add_sheet(book: Workbook, sheet: Worksheet, at: tuple[int, int], text: str) -> None:
    book.create_sheet(text).cell(at[0], at[1]).value = text


def _drop_hidden(book: Workbook, sheet: Worksheet, at: tuple[int, int], text: str) -> None:
    if "_cvsheet" in book.sheetnames:
        del book["_cvsheet"]


def _delete_row(book: Workbook, sheet: Worksheet, at: tuple[int, int], text: str) -> None:
    if sheet.title not in ("_cvsheet", "_lecture", book.sheetnames[0]):
        sheet.delete_rows(at[0])


EDITS: dict[str, Callable[[Workbook, Worksheet, tuple[int, int], str], None]] = {
    "type": _type,
    "type a number": _type_number,
    "insert a row": _insert_row,
    "insert a column": _insert_column,
    "copy a row": _copy_row,
    "merge": _merge,
    "add a sheet": _add_sheet,
    "drop the hidden sheet": _drop_hidden,
    "delete a row": _delete_row,
}


def kept(submission: Submission) -> Iterator[str]:
    """Every text that the submission holds of the file."""
    for seen in submission.observations:
        yield from (seen.entry.raw, *map(seen.words, seen.beside))
    for report in submission.actions:
        yield from (entry.raw for entry in report.entries.values())
    for fact in submission.structure:
        yield from (str(fact.facts.get(name, "")) for name in ("new", "found"))
    yield from (leftover.text for leftover in submission.leftovers)


PLACES = st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 3), st.integers(1, 40), st.integers(1, 18))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What cvsheet wrote, as the reader shows it."""
    path = tmp_path_factory.mktemp("untouched") / "envoi.xlsx"
    path.write_bytes(untouched(PARTNER, CAMPAIGN))
    return {shown(cell).strip() for sheet in open_grid(path).sheets for cell in sheet.cells()}


@examples(25)
@given(st.lists(PLACES, min_size=1, max_size=8))
def test_every_cell_is_accounted_for_whatever_was_done_to_the_workbook(
    returns: Returns, written: set[str], edits: list[Edit]
) -> None:
    path = returns.folder / "retour.xlsx"
    path.write_bytes(damaged(FILLED, lambda book: edit(book, edits)))
    grid = open_grid(path)
    submission = read_returned(path, amboise(), "retour.xlsx")
    if submission.identity is None:
        return
    texts = {text.strip() for text in kept(submission)} | written
    cells = [cell for sheet in grid.sheets for cell in sheet.cells() if not is_blank(cell) and cell.formula is None]
    assert [shown(cell) for cell in cells if shown(cell).strip() not in texts] == []
