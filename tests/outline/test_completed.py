"""From a plain table to partners' workbooks: what is left to type after an import, and nothing else."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.cli.main import execute
from tests.outline.documents import as_text, table

TABLE = """
Pilier | Objectif | Action | Indicateur
Emploi | Recruter | Forum | - Nombre d’emplois\\n- Montant des aides
Santé | Soigner | Bus dentaire | Nombre de soins
"""
Value = str | date | datetime | int


def header(sheet: Worksheet, title: str) -> tuple[int, int]:
    """The row and column of the cell that holds `title`."""
    return next((cell.row, cell.column) for row in sheet.iter_rows() for cell in row if cell.value == title)


def fill(sheet: Worksheet, key: str, title: str, value: Value) -> None:
    """Type `value` under `title` in each row that has something under `key`."""
    (row, at), (_, column) = header(sheet, key), header(sheet, title)
    while sheet.cell(row := row + 1, at).value:
        sheet.cell(row, column, value)


def add(sheet: Worksheet, values: dict[str, Value]) -> None:
    """Type a first row below the titles of a table."""
    for title, value in values.items():
        row, column = header(sheet, title)
        sheet.cell(row + 1, column, value)


def test_who_and_when_and_which_way_are_enough_to_send(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    as_text(tmp_path / "cadre.csv", table(TABLE))
    assert execute(["import-framework", "cadre.csv", "--quiet"]) == 0
    assert execute(["check", "--quiet"]) == 1
    book = load_workbook("contrat.xlsx")
    settings = {
        "Nom du contrat": "Contrat de Gien",
        "Début du contrat": date(2024, 1, 1),
        "Fin du contrat": date(2030, 12, 31),
    }
    for title, value in settings.items():
        row, column = header(book["Contrat"], title)
        book["Contrat"].cell(row, column + 1, value)
    add(book["Partenaires"], {"Code": "ML", "Nom": "Mission locale"})
    days = {"Début": date(2024, 1, 1), "Fin": date(2024, 12, 31)}
    add(book["Campagnes"], {"Code": "2024", "Intitulé": "Bilan 2024", "Type": "annuelle", "Année": 2024, **days})
    for pillar in ("Emploi", "Santé"):
        fill(book[pillar], "Code mesure", "Sens", "hausse")
        fill(book[pillar], "Code mesure", "Producteurs", "ML")
    fill(book["Actions"], "Code action", "Pilote", "ML")
    book.save("contrat.xlsx")
    assert execute(["check", "--quiet"]) == 0
    assert execute(["generate", "--campaign", "2024", "--quiet"]) == 0
    assert [path.name for path in (tmp_path / "envois" / "2024").iterdir()] == ["cadre_2024_ML.xlsx"]
