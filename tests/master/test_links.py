"""Every number has a trace: from a line to its answers, from an answer to the cell of the received file."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvsheet.books.master.writing.data_sheet import file_link
from tests.master.test_accounts import judged, returned
from tests.master.test_coordination import CONTRACT, consolidate


def links(path: Path) -> list[str]:
    """Where the links of a workbook lead: cells of it, and files."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if "worksheets" in name}
    inside = [target for text in parts.values() for target in re.findall(r'<hyperlink [^>]*location="([^"]*)"', text)]
    outside = [target for text in parts.values() for target in re.findall(r'Target="([^"]*)" TargetMode', text)]
    return [*inside, *outside]


def test_an_answer_leads_to_its_cell_in_the_received_file_and_back_to_its_line(tmp_path: Path) -> None:
    one = returned("A", {"SUM.M1": 15}, file="retours/2021/classeur du CCAS.xlsx")
    path = consolidate(CONTRACT, judged(one), "2021", tmp_path / "sorties", tmp_path).path
    found = links(path)
    assert "../retours/2021/classeur%20du%20CCAS.xlsx" in found
    assert "'Pilier'!A5" in found  # from Données and Contributions to the line
    assert "'Données'!A5" in found  # from Contributions to the answer
    assert "'Contributions'!A5" in found  # from the line to its contributions


@pytest.mark.parametrize(("label", "linked"), [("Nord", True), ("Patte d'Oie / Malétrenne / Plaisance", False)])
def test_a_label_that_takes_two_lines_is_no_link_so_that_it_wraps(tmp_path: Path, label: str, linked: bool) -> None:
    north, *others = CONTRACT.categories
    contract = replace(CONTRACT, categories=(replace(north, title=label), *others))
    one = returned("A", {"SUM.M1": 15, "SUM.M1/N": 9})
    path = consolidate(contract, judged(one), "2021", tmp_path / "sorties", tmp_path).path
    cell = next(
        cell for row in openpyxl.load_workbook(path)["Pilier"].iter_rows() for cell in row if cell.value == label
    )
    assert (cell.hyperlink is not None, bool(cell.alignment.wrap_text)) == (linked, True)


@pytest.mark.parametrize("name", ["/ailleurs/a.xlsx", "a#b.xlsx", "C:/a.xlsx", "a\\b.xlsx"])
def test_a_name_that_might_lead_elsewhere_gets_no_link(name: str) -> None:
    assert file_link("..", {"fichier": name, "feuille": "Emploi", "cellule": "J12"}) == ""


@given(st.text(), st.text())
def test_a_link_goes_nowhere_but_to_a_file_below_the_contract_folder(name: str, sheet: str) -> None:
    way = file_link("..", {"fichier": name, "feuille": sheet, "cellule": "J12"})
    assert way == "" or (way.startswith("../") and ":" not in way.partition("#")[0] and way.count("#") == 1)
