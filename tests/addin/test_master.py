"""*Consolider* with the master open: the same cells as a new master, and the person's place and filters left alone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from tests.addin.web_excel import WebExcel

from cvsheet.addin.launch import run_in  # isort: skip - the licence key comes first
from cvsheet.framework import Framework
from cvsheet.workflows.consolidate import consolidate
from cvsheet.workflows.folder import ContractFolder
from cvsheet.workflows.validate import validate

MASTER = "amboise_2021_maitre.xlsx"
EPOCH = datetime(1899, 12, 30)


@pytest.fixture
def master(folder: ContractFolder, framework: Framework) -> WebExcel:
    """The master of the example, open."""
    assessment = validate(framework, [folder.inbox], folder.root)
    return WebExcel.opened(consolidate(framework, assessment, None, folder.results).path)


def refreshed(master: WebExcel, folder: ContractFolder) -> list[str]:
    """*Run main* in the master; the names of the actions that Excel was asked for."""
    book = master.book()
    run_in(book, folder.root)
    asked = [action["func"] for action in book.json()["actions"]]
    master.apply(book)
    return asked


def new_master(folder: ContractFolder, framework: Framework) -> Path:
    assessment = validate(framework, [folder.inbox], folder.root)
    return consolidate(framework, assessment, None, folder.root / "neuf.xlsx").path


def plain(value: object) -> object:
    """A cell as compared: dates as Excel stores them, numbers rounded."""
    if isinstance(value, datetime):
        return (value - EPOCH).total_seconds() / 86_400
    return round(value, 9) if isinstance(value, float) else value


def cells(workbook: openpyxl.Workbook) -> dict[tuple[str, str], object]:
    return {
        (sheet.title, cell.coordinate): plain(cell.value)
        for sheet in workbook
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


@pytest.mark.parametrize("change", ["one return less", "nothing"])
def test_the_open_master_gets_the_cells_of_a_new_one(
    change: str, master: WebExcel, folder: ContractFolder, framework: Framework
) -> None:
    if change == "one return less":
        (folder.inbox / "2021" / "amboise_2021_PE.xlsx").unlink()
    refreshed(master, folder)
    assert cells(master.formulas) == cells(openpyxl.load_workbook(new_master(folder, framework)))
    assert "mis à jour" in master.alerts[-1]


def test_more_returns_make_more_rows_that_look_like_the_others(folder: ContractFolder, framework: Framework) -> None:
    late = folder.inbox / "2021" / "amboise_2021_PE.xlsx"
    content = late.read_bytes()
    late.unlink()
    assessment = validate(framework, [folder.inbox], folder.root)
    master = WebExcel.opened(consolidate(framework, assessment, None, folder.results).path)
    rows = master.formulas["Données"].max_row
    late.write_bytes(content)
    refreshed(master, folder)
    assert cells(master.formulas) == cells(openpyxl.load_workbook(new_master(folder, framework)))
    sheet = master.formulas["Données"]
    assert sheet.max_row > rows
    assert sheet.cell(sheet.max_row, 1).border.left.style == sheet.cell(rows, 1).border.left.style


def test_selection_filters_and_sheets_are_left_alone(master: WebExcel, folder: ContractFolder) -> None:
    (folder.inbox / "2021" / "amboise_2021_PE.xlsx").unlink()
    master.active = 2
    asked = refreshed(master, folder)
    assert set(asked) <= {"setFormula", "copyRange", "activateSheet", "setCalculation", "alert"}
    assert master.active == 2


def test_a_column_of_the_coordinator_at_the_right_stays(master: WebExcel, folder: ContractFolder) -> None:
    sheet = master.values["Emploi"]
    column = sheet.max_column + 3
    for workbook in (master.values, master.formulas):
        workbook["Emploi"].cell(6, column).value = "Vu en comité le 3 mars"
    (folder.inbox / "2021" / "amboise_2021_PE.xlsx").unlink()
    refreshed(master, folder)
    assert master.formulas["Emploi"].cell(6, column).value == "Vu en comité le 3 mars"


def test_a_master_of_other_lines_is_not_mixed_with_the_new_one(master: WebExcel, folder: ContractFolder) -> None:
    for workbook in (master.values, master.formulas):
        workbook["Emploi"].delete_rows(8)
    before = cells(master.formulas)
    refreshed(master, folder)
    assert "Rien n’a été modifié" in master.alerts[-1]
    after = {
        place: value for place, value in cells(master.formulas).items() if place[0] in {name for name, _ in before}
    }
    assert after == before
