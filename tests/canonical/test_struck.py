"""What is struck through in a contract is asked about, sheet by sheet, and still read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.books.contract.reading.workbook import read_canonical
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.model.findings import Finding, Severity
from cvsheet.workflows.check import check
from tests.canonical.conftest import TEMPLATE
from tests.conftest import Convert
from tests.opened import opened

CODE = "REF-017"
STRUCK = Font(strike=True)


def strike(sheet: Worksheet, cells: Iterable[str]) -> None:
    for cell in cells:
        sheet[cell].font = STRUCK


def struck(path: Path) -> list[Finding]:
    return [one for one in check(path).findings if one.code == CODE]


def test_the_template_has_nothing_struck() -> None:
    assert struck(TEMPLATE) == []


@pytest.mark.parametrize("extension", ["xlsx", pytest.param("ods", marks=pytest.mark.other_program)])
def test_one_finding_a_sheet_names_its_cells(contract: Path, extension: str, request: pytest.FixtureRequest) -> None:
    workbook = opened(contract)
    strike(workbook["Emploi"], ["D8", "C9", "C8", "C10"])
    strike(workbook["Partenaires"], [cell.coordinate for cell in workbook["Partenaires"][6] if cell.value is not None])
    workbook["Emploi"]["D8"] = "CAF"
    workbook.save(contract)
    if extension == "ods":
        convert: Convert = request.getfixturevalue("libreoffice")
        contract = convert(contract, "ods")
    found = {one.place.sheet: one for one in struck(contract)}
    assert {sheet: (one.place.cell, one.severity) for sheet, one in found.items()} == {
        "Partenaires": ("A6", Severity.WARNING),
        "Emploi": ("C8", Severity.WARNING),
    }
    last = max(cell.coordinate for cell in opened(TEMPLATE)["Partenaires"][6] if cell.value is not None)
    assert found["Partenaires"].facts["places"] == f"A6:{last}"
    assert found["Emploi"].facts == {"count": 4, "places": "C8, D8, C9, C10"}
    assert "C8, D8, C9, C10" in find_rule(CODE).message(found["Emploi"])


def test_a_part_of_a_text_is_enough(contract: Path) -> None:
    workbook = openpyxl.load_workbook(contract, rich_text=True)
    sheet = workbook["Emploi"]
    sheet["C8"] = CellRichText(TextBlock(InlineFont(strike=True), "Forum"), " Salon de l’emploi")
    workbook.save(contract)
    assert [one.facts["places"] for one in struck(contract)] == ["C8"]


@pytest.mark.long
def test_what_is_struck_is_still_read(contract: Path) -> None:
    workbook = opened(contract)
    for sheet in workbook:
        strike(sheet, [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.value is not None])
    workbook.save(contract)
    read, whole = read_canonical(contract), read_canonical(TEMPLATE)
    assert {name: [row.values for row in rows] for name, rows in read.tables.items()} == {
        name: [row.values for row in rows] for name, rows in whole.tables.items()
    }
    assert len({one.place.sheet for one in struck(contract)}) == len(struck(contract)) > 5


def test_blank_cells_are_not_struck(contract: Path) -> None:
    workbook = opened(contract)
    strike(workbook["Partenaires"], ["A400", "B401"])
    workbook.save(contract)
    assert struck(contract) == []
