"""A return, its correction, and what is said of each: the rounds that a workbook makes."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.books.partner.correction import correct
from cvsheet.books.partner.reading import read_returned
from cvsheet.books.partner.writing import partner_workbook
from cvsheet.books.partner.writing.entries import Prefill
from cvsheet.files.grid import open_grid
from cvsheet.files.grid.model import Cell
from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Assessment, Received
from cvsheet.model.findings import Severity
from cvsheet.model.framework import Framework
from cvsheet.model.submission import Submission
from tests.returned.conftest import Damage, damaged

PARTNER, CAMPAIGN = "A", "2021"
WIDE = 14  # columns of the table of indicators, and one
ADDED = ("À corriger", "Contenu non repris")


@dataclass(frozen=True)
class Round:
    """One file that came back, as read and judged, and its correction."""

    framework: Framework
    path: Path
    submission: Submission
    assessment: Assessment

    @property
    def said(self) -> Counter[tuple[str, str, Severity]]:
        """Code, line and severity of what calls for a correction."""
        return Counter(
            (one.code, one.line, one.severity)
            for one in self.assessment.findings
            if one.place.file and one.severity is not Severity.INFO
        )

    @property
    def correction(self) -> bytes:
        return correct(self.framework, self.submission, self.assessment.findings).content


def returned(framework: Framework, folder: Path, content: bytes, name: str = "retour.xlsx") -> Round:
    """`content` as it comes back in a file called `name`."""
    path = folder / name
    path.write_bytes(content)
    submission = read_returned(path, framework, name)
    assessment = assess(framework, [Received(name, submission)])
    assert assessment.incidents == ()
    return Round(framework, path, submission, assessment)


def sent(framework: Framework, typed: Prefill, *damages: Damage) -> bytes:
    """The workbook of A, filled with `typed`, then opened in a spreadsheet and damaged."""
    content = partner_workbook(framework, CAMPAIGN, PARTNER, prefill=typed)
    for damage in damages:
        content = damaged(content, damage)
    return content


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def pillar(book: Workbook) -> Worksheet:
    """The sheet of the first pillar."""
    return next(sheet for sheet in book.worksheets if "insertion" in sheet.title)


def sheet_of(book: Workbook, code: str) -> Worksheet:
    """The sheet on which the row `code` stands."""
    sheets = (sheet for sheet in book.worksheets if sheet.title not in ADDED)
    return next(sheet for sheet in sheets if any(code in row for row in sheet.values))


def column_of(sheet: Worksheet, title: str) -> int:
    """The first column that is called `title`."""
    return next(cell.column for cells in sheet.iter_rows() for cell in cells if cell.value == title)


def first_pillar(content: bytes) -> tuple[Workbook, Worksheet]:
    book = opened(content)
    return book, pillar(book)


def cell_of(sheet: Worksheet, code: str, column: str) -> str:
    """The name of the cell of row `code` under the title `column`."""
    row = next(cells[1].row for cells in sheet.iter_rows() if code in [cell.value for cell in cells])
    above = reversed(list(sheet.iter_rows(max_row=row)))
    header = next(cells for cells in above if {"Code", "Code action"} & {cell.value for cell in cells})
    title = next(cell for cell in header if cell.value == column)
    return f"{title.column_letter}{row}"


def typed_cells(path: Path) -> Iterator[Cell]:
    """Every cell of the file at `path` that holds something."""
    for sheet in open_grid(path).sheets:
        yield from sheet.cells()
