"""Documents that hold no table of a framework: one clear French line, and nothing written."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from cvsheet.cli.main import execute
from tests.conftest import ROOT
from tests.outline.documents import as_text, as_xlsx, table
from tests.words import plain

GOOD = "Objectif | Indicateur\nRecruter | Nombre d’emplois"
Captured = pytest.CaptureFixture[str]


def refused(here: Path, capsys: Captured, document: Path, *more: str) -> str:
    """What the command says of a document that it refuses."""
    before = sorted(here.rglob("*"))
    code = execute(["import-framework", str(document), "-o", str(here / "contrat.xlsx"), *more])
    assert code in (2, 3)
    assert sorted(here.rglob("*")) == before
    return said_plainly(capsys)


def said_plainly(capsys: Captured) -> str:
    """What was said, its no-break spaces as ordinary ones."""
    return plain(capsys.readouterr().err)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (b"Bonjour, veuillez trouver ci-joint le tableau.", "Aucun tableau de contrat"),
        (b"a;b;c\n1;2;3\n", "Aucun tableau de contrat"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"<html><table><tr><td>Pilier</td></tr></table></html>", "page web"),
        (b"PK\x03\x04 broken", "incomplet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), ".xls"),
        (b"\x00\x01\x02\x03" * 50, "pas reconnu"),
        (b"Pilier;Objectif;Action\nEmploi;Recruter;Forum\n", "pas de colonne d’indicateurs"),
        (b"Objectif;Indicateur\na;" + b"x" * 40_000 + b"\n", "32"),
    ],
)
def test_what_is_no_table_is_said(tmp_path: Path, capsys: Captured, content: bytes, said: str) -> None:
    document = tmp_path / "cadre.csv"
    document.write_bytes(content)
    assert said in refused(tmp_path, capsys, document)


@pytest.mark.parametrize("titles", ["Pillar;Goal;Action;Indicator", "Theme;Measure;Owner"])
def test_headings_that_are_not_understood_are_shown(tmp_path: Path, capsys: Captured, titles: str) -> None:
    document = tmp_path / "cadre.csv"
    document.write_text(f"Plan 2026\n{titles}\na;b;c;d\n", encoding="utf-8")
    said = refused(tmp_path, capsys, document)
    assert all(f"« {title} »" in said for title in titles.split(";"))


def test_a_bomb_is_not_opened(tmp_path: Path, capsys: Captured) -> None:
    good, document = as_xlsx(tmp_path / "bon.xlsx", table(GOOD)), tmp_path / "a.xlsx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(document, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            room = b" " * 20_000_000 if name.endswith("sheet1.xml") else b""
            target.writestr(name, source.read(name) + room)
    assert "archive piégée" in refused(tmp_path, capsys, document)


@pytest.mark.parametrize(
    "rows",
    [
        [*table(GOOD), [], ["Action", "Objectif", "Indicateur"], ["Forum", "Recruter", "Nombre"]],
        [
            ["Objectif", "Action", "Indicateur"],
            ["a", "b", "c"],
            [],
            ["Indicateur", "Action", "Objectif"],
            ["d", "e", "f"],
        ],
        [["Objectif", "Indicateur", "", "Objectif", "Indicateur"], ["a", "b", "", "c", "d"]],
    ],
    ids=["below, wider", "below", "beside"],
)
def test_two_tables_on_one_sheet_are_not_mixed(tmp_path: Path, capsys: Captured, rows: list[list[str]]) -> None:
    document = as_text(tmp_path / "a.csv", rows)
    code = execute(["import-framework", str(document), "-o", str(tmp_path / "contrat.xlsx")])
    assert code == 3
    assert "deux tableaux" in said_plainly(capsys)
    assert not (tmp_path / "contrat.xlsx").exists()


def test_of_several_sheets_one_is_to_be_chosen(tmp_path: Path, capsys: Captured) -> None:
    from openpyxl import load_workbook

    document = as_xlsx(tmp_path / "a.xlsx", table(GOOD), sheet="2024")
    book = load_workbook(document)
    book.copy_worksheet(book["2024"]).title = "2030"
    book.save(document)
    assert "« 2024 » et « 2030 »" in refused(tmp_path, capsys, document)
    assert "pas de feuille « 2020 »" in refused(tmp_path, capsys, document, "--sheet", "2020")
    assert execute(["import-framework", str(document), "-o", str(tmp_path / "contrat.xlsx"), "--sheet", "2030"]) == 0


def test_an_existing_workbook_is_replaced_only_where_that_is_asked(tmp_path: Path, capsys: Captured) -> None:
    document = as_text(tmp_path / "a.csv", table(GOOD))
    target = tmp_path / "contrat.xlsx"
    target.write_bytes(b"mine")
    assert "--force" in refused(tmp_path, capsys, document)
    assert target.read_bytes() == b"mine"
    assert execute(["import-framework", str(document), "-o", str(target), "--force"]) == 0
    assert target.read_bytes().startswith(b"PK")


def test_the_document_is_never_replaced_by_the_workbook(tmp_path: Path, capsys: Captured) -> None:
    document = as_xlsx(tmp_path / "contrat.xlsx", table(GOOD))
    before = document.read_bytes()
    assert "existe déjà" in refused(tmp_path, capsys, document, "--force")
    assert document.read_bytes() == before


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, capsys: Captured) -> None:
    document = as_text(tmp_path / "a.csv", table(GOOD))
    (tmp_path / "fichier").write_text("", encoding="utf-8")
    code = execute(["import-framework", str(document), "-o", str(tmp_path / "fichier" / "contrat.xlsx")])
    assert code == 3
    assert "Impossible d’écrire" in said_plainly(capsys)


def test_a_document_that_is_not_there_is_said(tmp_path: Path, capsys: Captured) -> None:
    assert "n’existe pas" in refused(tmp_path, capsys, tmp_path / "absent.xlsx")


def test_a_workbook_of_a_contract_is_not_taken_apart(tmp_path: Path, capsys: Captured) -> None:
    document = ROOT / "workbook" / "contrat_ville_template.xlsx"
    assert "est déjà un classeur du contrat" in refused(tmp_path, capsys, document)
