"""The workbook of totals: one row a contract, live sums, the state of each contract."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.country import SmallContract
from cvsheet import open_contract
from cvsheet.files.grid import open_grid
from tests.conftest import Convert
from tests.observatory.country import CAMPAIGN, contract, observed, plain, rows

Sheet = list[dict[str, object]]


def table(path: Path, name: str, header: int = 5) -> Sheet:
    """The rows of a sheet by their titles; the row above them is that of the sums."""
    (sheet,) = (sheet for sheet in open_grid(path).sheets if sheet.name == name)
    titles = {column: plain(str(cell.value)) for column, cell in sheet.rows[header].items()}
    return [
        {titles[column]: cell.value for column, cell in cells.items() if column in titles}
        for number, cells in sheet.rows.items()
        if number > header
    ]


def sums(path: Path, name: str) -> Mapping[int, object]:
    (sheet,) = (sheet for sheet in open_grid(path).sheets if sheet.name == name)
    return {column: cell.value for column, cell in sheet.rows[4].items()}


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workbook")
    years = SmallContract("aa", name="Zed", years=(2023, 2024))
    contract(folder / "aa", years, {"A2023": {"I1.M1": 300}, "A2024": {"I1.M1": 300, "I2.M1": 10, "I3.M1": 4000}})
    contract(folder / "bb", SmallContract("bb", name="Été"), {CAMPAIGN: {"I1.M1": 1, "I3.M1": 9000}})
    contract(folder / "cc", SmallContract("cc", name="Sans réponse"))
    (folder / "dd" / "retours").mkdir(parents=True)
    observed(folder / "out", folder)
    return folder / "out" / "observatoire.xlsx"


def test_one_row_a_contract_at_its_latest_campaign(workbook: Path) -> None:
    found = table(workbook, "Synthèse")
    assert [(row["Contrat"], row["Campagne"], row["Année"]) for row in found] == [
        ("Été", "A2024", 2024),
        ("Zed", "A2024", 2024),
    ]
    assert [row["Indicateurs"] for row in found] == [3, 3]


def test_the_counts_are_those_of_the_tables(workbook: Path) -> None:
    words = [row["situation"] for row in rows(workbook.parent, "situations")
             if row["contrat"] == "aa" and row["campagne"] == "A2024" and row["ventilation"] is None]  # fmt: skip
    (row,) = [row for row in table(workbook, "Synthèse") if row["Contrat"] == "Zed"]
    assert row["✔\nAtteinte"] == words.count("Cible atteinte")
    assert row["✖\nEn recul"] == words.count("En recul") > 0


def test_the_sums_are_live(workbook: Path) -> None:
    (sheet,) = (sheet for sheet in open_grid(workbook).sheets if sheet.name == "Par campagne")
    assert sheet.rows[4][5].formula == "SUBTOTAL(109,E6:E8)"
    assert sheet.rows[4][5].value == 9


def test_the_state_of_each_contract_and_of_a_folder_without_one(workbook: Path) -> None:
    found = {row["Contrat"]: plain(str(row["État"])) for row in table(workbook, "Contrats")}
    assert found["Zed"] == found["Été"] == found["Sans réponse"] == "À jour"
    assert found["dd"].startswith("Aucun classeur")


def test_who_answered(workbook: Path) -> None:
    found = [(row["Contrat"], row["Campagne"], row["Sollicités"]) for row in table(workbook, "Réception")]
    assert ("Zed", "A2023", 2) in found
    assert ("Été", "A2024", 2) in found


def test_the_counts_are_those_of_the_first_page_of_the_publication(tmp_path: Path) -> None:
    """Masked situations are counted apart in both."""
    contract(tmp_path / "aa", SmallContract("aa", breakdowns=()), {CAMPAIGN: {"I1.M1": 3, "I2.M1": 30, "I3.M1": 1}})
    observed(tmp_path / "pub", tmp_path / "aa", public=True)
    (row,) = table(tmp_path / "pub" / "observatoire.xlsx", "Synthèse")
    one = open_contract(tmp_path / "aa")
    judged = one.validate()
    published = one.publish(one.consolidate(assessment=judged), judged)
    (first,) = (sheet for sheet in open_grid(published.path).sheets if sheet.name == "Synthèse")
    titles = {plain(str(cell.value)): column for column, cell in first.rows[8].items()}
    counts = {
        title.replace(" ", "\n", 1): first.rows[9][column].value for title, column in titles.items() if column > 1
    }
    assert {title: row[title] for title in counts} == counts
    assert row["■\nSecret"] == 1


@pytest.mark.parametrize("name", ["Synthèse", "Par campagne", "Réception", "Contrats"])
def test_all_columns_fit_a_screen_of_1366_pixels(workbook: Path, name: str) -> None:
    """LibreOffice shows 1268 pixels of a sheet there, 7.85 for a unit of width."""
    sheet = openpyxl.load_workbook(workbook)[name]
    titles = [cell.column_letter for cell in sheet[5] if cell.value]
    assert sum(sheet.column_dimensions[_of(sheet, letter)].width for letter in titles) * 7.85 < 1268


def _of(sheet: Worksheet, letter: str) -> str:
    """The column whose width `letter` has: openpyxl keeps those of equal neighbours once."""
    number = column_index_from_string(letter)
    return next(key for key, one in sheet.column_dimensions.items() if one.min <= number <= one.max)


def test_libreoffice_finds_the_same_sums(workbook: Path, libreoffice: Convert) -> None:
    again = libreoffice(workbook, "xlsx")
    for name in ("Synthèse", "Par campagne", "Réception"):
        assert sums(again, name) == sums(workbook, name)
