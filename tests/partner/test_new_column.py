"""The recipe of CONTRIBUTING.md tried: a column declared in the schema of a partner's table is one everywhere."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cvsheet.books.partner.correction import correct
from cvsheet.books.partner.reading import read_returned
from cvsheet.books.partner.writing import partner_workbook
from cvsheet.cli.main import execute
from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Received
from cvsheet.model.framework import Framework
from cvsheet.schema import roles, tables
from tests.conftest import ROOT
from tests.every_cell import Filled, every_cell

PARTNER = "A"
METHOD: dict[str, Any] = {
    "name": "methode", "title": "Méthode", "type": "string", "description": "Comment le chiffre a été obtenu.",
    "example": "Extraction du logiciel", "excel": {"width": 20, "input": True, "wrap": True},
}  # fmt: skip
MODE = {**METHOD, "name": "mode", "title": "Mode de recueil", "constraints": {"enum": ["Comptage", "Estimation"]},
        "example": "Comptage"}  # fmt: skip
SHARE = {**METHOD, "name": "couverts", "title": "Dossiers couverts (%)", "type": "number", "example": 80,
         "constraints": {"minimum": 0, "maximum": 100}}  # fmt: skip
DAY = {**METHOD, "name": "releve_le", "title": "Relevé le", "type": "date", "example": "2021-12-31"}
ADDED = (METHOD, MODE, SHARE, DAY)


@pytest.fixture
def more_columns(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Four columns declared in each of the three tables that partners fill, and nothing else changed."""
    schemas = shutil.copytree(tables.data_folder("schemas"), tmp_path / "schemas")
    for name in (roles.YEARLY, roles.BASELINES, roles.ACTIONS):
        path = schemas / f"{name}.json"
        schema = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**schema, "fields": [*schema["fields"], *ADDED]}), encoding="utf-8")
    own = tables.data_folder
    monkeypatch.setattr(tables, "data_folder", lambda name: schemas if name == "schemas" else own(name))
    forget()
    yield
    monkeypatch.undo()
    forget()


def forget() -> None:
    for module in (tables, roles):
        for known in vars(module).values():
            if hasattr(known, "cache_clear"):
                known.cache_clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a contract: that of the example, without its returns."""
    contract = tmp_path / "contrat"
    contract.mkdir()
    shutil.copy(ROOT / "examples" / "campagne" / "contrat.xlsx", contract)
    return contract


def values(path: Path) -> list[object]:
    """Every value in a workbook."""
    book = openpyxl.load_workbook(path)
    return [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def table(path: Path, sheet: str, header: int) -> list[dict[str, object]]:
    titles, *rows = openpyxl.load_workbook(path)[sheet].iter_rows(min_row=header, values_only=True)
    return [dict(zip(map(str, titles), row, strict=True)) for row in rows]


@pytest.mark.usefixtures("more_columns")
@pytest.mark.parametrize("campaign", ["REF", "2021"])
def test_nothing_typed_in_it_is_lost_in_a_correction(small: Framework, tmp_path: Path, campaign: str) -> None:
    typed = every_cell(small, campaign, PARTNER)
    assert {name for _, name in typed} >= {"methode", "mode", "couverts", "releve_le"}
    path = tmp_path / "retour.xlsx"
    path.write_bytes(partner_workbook(small, campaign, PARTNER, prefill=typed))
    submission = read_returned(path, small, path.name)
    assert submission.leftovers == ()
    findings = assess(small, [Received(path.name, submission)]).findings
    path.write_bytes(correct(small, submission, findings).content)
    again = read_returned(path, small, path.name)
    assert answers(again) == answers(submission)
    assert set(map(seen, typed.values())) - set(map(seen, values(path))) == set()


def seen(value: object) -> str:
    """A value as it looks, in a cell as where it was typed."""
    return str(value).removesuffix(" 00:00:00").removesuffix(".0")


def answers(submission: Any) -> list[object]:
    told = [(one.line, one.quantity, one.entry.answer, {name: entry.answer for name, entry in one.beside.items()})
            for one in submission.observations]  # fmt: skip
    return [
        *told,
        *((one.action, {name: entry.answer for name, entry in one.entries.items()}) for one in submission.actions),
    ]


@pytest.mark.usefixtures("more_columns")
@pytest.mark.parametrize(
    ("column", "typed", "code"),
    [
        ("methode", "voir avec prenom.nom@exemple.fr", "VAL-021"),
        ("methode", "Extraction du logiciel", ""),
        ("mode", "Au jugé", "VAL-014"),
        ("mode", "comptage", "VAL-030"),
        ("mode", "Comptage", ""),
        ("couverts", 100, ""),
        ("couverts", 101, "VAL-016"),
        ("releve_le", date(2021, 12, 31), ""),
        ("releve_le", "fin 2021", "VAL-012"),
    ],
)
@pytest.mark.parametrize(("row", "answer"), [("E-I1.M2", ("valeur", 45.5)), ("A1", ("statut", "En cours"))])
@pytest.mark.sample(6)
def test_the_rules_judge_it_in_its_cell(
    small: Framework, tmp_path: Path, row: str, answer: tuple[str, Any], column: str, typed: Any, code: str
) -> None:
    path = tmp_path / "retour.xlsx"
    filled: Filled = {(row, answer[0]): answer[1], (row, column): typed}
    path.write_bytes(partner_workbook(small, "2021", PARTNER, prefill=filled))
    findings = assess(small, [Received(path.name, read_returned(path, small, path.name))]).findings
    title = next(field["title"] for field in ADDED if field["name"] == column)
    sheet, cell = place(path, row, title)
    told = [one.code for one in findings if (one.place.sheet, one.place.cell) == (sheet, cell)]
    assert told == ([code] if code else [])


def place(path: Path, row: str, title: str) -> tuple[str, str]:
    for sheet in openpyxl.load_workbook(path):
        columns: dict[object, int] = {}
        for cells in sheet.iter_rows():
            columns = {cell.value: cell.column for cell in cells} if title in [c.value for c in cells] else columns
            if row in [cell.value for cell in cells] and columns:
                return sheet.title, cells[columns[title] - 1].coordinate
    raise AssertionError(f"{row}: {title}")


@pytest.mark.usefixtures("more_columns")
@pytest.mark.long
def test_the_master_and_the_export_show_it(folder: Path) -> None:
    assert execute(["generate", "-C", str(folder), "-c", "2021", "-p", "CAF", "--oui", "--quiet"]) == 0
    sent = next((folder / "envois").rglob("*.xlsx"))
    returned = folder / "retours" / "2021" / sent.name
    returned.parent.mkdir(parents=True)
    book = openpyxl.load_workbook(sent)
    type_in_column(book, "Valeur", 12)
    type_in_column(book, "Méthode", "Extraction du logiciel")
    type_in_column(book, "Mode de recueil", "Comptage")
    book.save(returned)
    assert execute(["consolidate", "-C", str(folder), "--quiet"]) in (0, 1)
    rows = [row for row in table(next((folder / "sorties").glob("*maitre*.xlsx")), "Données", 4) if row["Ligne"]]
    assert {(row["Méthode"], row["Mode de recueil"]) for row in rows} == {("Extraction du logiciel", "Comptage")}
    reports = table(next((folder / "sorties").glob("*maitre*.xlsx")), "Actions", 4)
    assert {row["Méthode"] for row in reports if row["Rapporté par"] == "CAF"} == {"Extraction du logiciel"}
    assert execute(["export", "-C", str(folder), "--quiet"]) == 0
    with (folder / "sorties" / "export" / "observations.csv").open(encoding="utf-8", newline="") as stream:
        exported = list(csv.DictReader(stream))
    assert {(row["methode"], row["mode"]) for row in exported} == {("Extraction du logiciel", "Comptage")}


def type_in_column(book: openpyxl.Workbook, title: str, value: object) -> None:
    """Type `value` in every unlocked cell under `title`."""
    for sheet in book:
        columns: set[int] = set()
        for cells in sheet.iter_rows():
            if {"Code", "Code action"} & {cell.value for cell in cells}:
                columns = {cell.column for cell in cells if cell.value == title}
            for cell in cells:
                if cell.column in columns and not cell.protection.locked:
                    cell.value = value
