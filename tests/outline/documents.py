"""Documents written for a test: the same rows as xlsx, ods or text, with merged cells where asked for."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

from cvsheet.books.contract.outline import Draft, draft_contract, read_outline

Rows = Sequence[Sequence[str]]
Merges = Iterable[tuple[int, int, int, int]]  # first row, first column, last row, last column, from 1


def table(text: str) -> list[list[str]]:
    """Rows of a table drawn with ``|``; ``\\n`` in a cell is a line break, a blank line an empty row."""
    lines = [line.strip() for line in text.strip("\n").splitlines()]
    return [[cell.strip().replace("\\n", "\n") for cell in line.split("|")] for line in lines]


def as_text(path: Path, rows: Rows, delimiter: str = ";", encoding: str = "utf-8") -> Path:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    path.write_bytes(stream.getvalue().encode(encoding))
    return path


def as_xlsx(path: Path, rows: Rows, merges: Merges = (), sheet: str = "Cadre") -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            if text:
                page.cell(number, column, text)
    for first_row, first_column, last_row, last_column in merges:
        page.merge_cells(start_row=first_row, start_column=first_column, end_row=last_row, end_column=last_column)
    book.save(path)
    return path


def as_ods(path: Path, rows: Rows, merges: Merges = ()) -> Path:
    areas = list(merges)
    document = OpenDocumentSpreadsheet()
    page = Table(name="Cadre")
    for number, row in enumerate(rows, start=1):
        line = TableRow()
        for column, text in enumerate(row, start=1):
            line.addElement(_ods_cell(number, column, text, areas))
        page.addElement(line)
    document.spreadsheet.addElement(page)
    document.save(str(path))
    return path


def _ods_cell(row: int, column: int, text: str, areas: list[tuple[int, int, int, int]]) -> object:
    for first_row, first_column, last_row, last_column in areas:
        if (row, column) == (first_row, first_column):
            spans = {"numberrowsspanned": last_row - row + 1, "numbercolumnsspanned": last_column - column + 1}
            return _with_lines(TableCell(valuetype="string", **spans), text)
        if first_row <= row <= last_row and first_column <= column <= last_column:
            return CoveredTableCell()
    return _with_lines(TableCell(valuetype="string"), text) if text else TableCell()


def _with_lines(cell: TableCell, text: str) -> TableCell:
    for line in text.split("\n"):
        cell.addElement(P(text=line))
    return cell


def drafted(path: Path, sheet: str = "") -> Draft:
    return draft_contract(read_outline(path, sheet))


def drawn(path: Path, text: str) -> Draft:
    """The draft of a table drawn in the test."""
    return drafted(as_text(path / "cadre.csv", table(text)))


def column(draft: Draft, name: str, of: str) -> list[str]:
    """The texts of one column of a table of the draft."""
    return [record.text(of) for record in draft.canonical.rows(name)]


def pairs(draft: Draft, name: str, *of: str) -> list[tuple[str, ...]]:
    return [tuple(record.text(one) for one in of) for record in draft.canonical.rows(name)]


def words(text: str) -> list[str]:
    """The words and numbers of a text, as nothing else must survive the cutting of bullets."""
    return re.findall(r"\w+", text)
