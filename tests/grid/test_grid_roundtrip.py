"""What a program wrote is what is read: XlsxWriter, openpyxl, LibreOffice, on generated values."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st

from cvsheet.files.grid import open_grid
from cvsheet.files.grid.model import Cell, CellKind, Grid
from tests.examples import examples
from tests.grid.samples import sample

# What XML cannot contain is escaped by XlsxWriter as _x0007_ and the like; a lone surrogate no program can write.
texts = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\ufffe\uffff"), min_size=1, max_size=60
)
numbers = st.floats(-1e300, 1e300)
moments = st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 31, 23, 59, 59)).map(
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
values = st.one_of(texts, numbers, st.booleans(), moments)


def written(cells: list[list[object]], constant_memory: bool = False) -> bytes:
    """A workbook by XlsxWriter whose first sheet has these rows; None is an empty cell."""
    buffer = io.BytesIO()
    options = {"constant_memory": constant_memory, "default_date_format": "dd/mm/yyyy hh:mm", "nan_inf_to_errors": True}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet()
        writers: dict[type, Callable[..., int]] = {
            str: sheet.write_string,
            float: sheet.write_number,
            bool: sheet.write_boolean,
            datetime: sheet.write_datetime,
        }
        for row, line in enumerate(cells):
            for column, value in enumerate(line):
                if value is not None:
                    assert writers[type(value)](row, column, value) == 0
    return buffer.getvalue()


def read(content: bytes, folder: Path) -> Grid:
    path = folder / "file.xlsx"
    path.write_bytes(content)
    return open_grid(path)


def same(value: object, cell: Cell | None) -> bool:
    """Whether a cell holds what was written: exactly, numbers to 16 digits, moments to the millisecond."""
    if cell is None:
        return value is None
    if isinstance(value, float):
        return cell.kind is CellKind.NUMBER and cell.value == float(f"{value:.16g}")  # as XlsxWriter writes it
    if isinstance(value, datetime):
        return isinstance(cell.value, datetime) and abs(cell.value - value) <= timedelta(milliseconds=1)
    return type(cell.value) is type(value) and cell.value == value


@examples(50)
@given(cells=st.lists(st.lists(st.none() | values, max_size=4), max_size=4), inline=st.booleans())
@example(cells=[["_x000D_", "_x005F_", "\r\n", " ", "\u00a0", "=1+1", "😀", "\x07", "a\tb"]], inline=False)
@example(cells=[[True, 1.0, "1", datetime(2025, 2, 1), 0.1 + 0.2, 1e300, -0.0]], inline=True)
def test_what_xlsxwriter_writes(tmp_path: Path, cells: list[list[object]], inline: bool) -> None:
    sheet = read(written(cells, constant_memory=inline), tmp_path).sheets[0]
    for row, line in enumerate(cells, start=1):
        for column, value in enumerate(line, start=1):
            assert same(value, sheet.cell(row, column)), (value, sheet.cell(row, column))
    assert sum(1 for _ in sheet.cells()) == sum(value is not None for line in cells for value in line)


def test_what_openpyxl_writes_after_editing(tmp_path: Path) -> None:
    before = read(sample(), tmp_path)
    book = openpyxl.load_workbook(tmp_path / "file.xlsx", rich_text=False)
    book.save(tmp_path / "edited.xlsx")
    after = open_grid(tmp_path / "edited.xlsx")
    assert [sheet.name for sheet in after.sheets] == [sheet.name for sheet in before.sheets]
    for cell in before.sheets[0].cells():
        edited = after.sheets[0].cell(cell.row, cell.column)
        assert edited is not None
        if cell.formula is None:
            assert (edited.kind, edited.value) == (cell.kind, cell.value)
        else:  # openpyxl drops the results of all formulas, and that is told
            assert (edited.kind, edited.value, edited.formula) == (CellKind.MISSING, None, cell.formula)


@pytest.mark.parametrize("chain", ["xlsx", "ods", "ods-xlsx"])
def test_what_libreoffice_saves(tmp_path: Path, resaved: dict[str, Path], chain: str) -> None:
    before = read(sample(), tmp_path)
    after = open_grid(resaved[chain])
    assert after.format == chain.rsplit("-", maxsplit=1)[-1]
    assert "LibreOffice" in after.producer
    assert [(sheet.name, sheet.hidden) for sheet in after.sheets] == [("Emploi", False), ("_cvsheet", True)]
    sheet, saved = before.sheets[0], after.sheets[0]
    for cell in sheet.cells():
        found = saved.cell(cell.row, cell.column)
        assert found is not None, cell
        if cell.kind is CellKind.MISSING:  # XlsxWriter writes an empty result as none; LibreOffice computes it
            assert (found.kind, found.value) == (CellKind.TEXT, "")
            continue
        assert found.kind is cell.kind
        assert found.percent == cell.percent
        if cell.kind is CellKind.NUMBER:
            assert found.value == pytest.approx(cell.value, rel=1e-14)
        elif cell.kind is CellKind.ERROR:
            assert found.raw == cell.raw
        elif cell.value != "ligne 1\nligne 2\tfin  " or "ods" not in chain:  # OpenDocument loses tabs in texts
            assert found.value == cell.value
        if cell.kind is not CellKind.BOOLEAN:  # LibreOffice makes the formula TRUE() of a typed TRUE
            assert (found.formula is None) == (cell.formula is None)
    assert (saved.merges, saved.hidden_rows, saved.hidden_columns) == (
        sheet.merges,
        sheet.hidden_rows,
        sheet.hidden_columns,
    )
    assert list(saved.notes) == list(sheet.notes) == [(3, 2)]
