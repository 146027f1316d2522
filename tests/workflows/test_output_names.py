"""A folder is written where a folder is asked for, a file where a file is; a name that says the other makes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cvsheet.cli.main import execute

Captured = pytest.CaptureFixture[str]
FOLDERS = (  # what writes a folder, whatever lies in the contract
    "export -o",
    "schema export -o",
    "observatory essai -o",
    "generate --messages",
    "validate --annotate",
    "status --relances",
    "init",
    "demo",
)
FILES = (  # what writes a file, and how it may be called in a folder
    ("consolidate -o", "maitre.xlsx"),
    ("validate --json", "constats.json"),
    ("validate --html", "constats.html"),
    ("audit --html", "constats.html"),
    ("site -o", "site.html"),
    ("import-framework tableau.csv -o", "contrat.xlsx"),
)


@pytest.fixture
def contract(new_contract: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A contract folder, and the prompt in it."""
    shutil.copytree(new_contract, tmp_path / "essai")
    monkeypatch.chdir(tmp_path / "essai")
    (tmp_path / "essai" / "tableau.csv").write_text("Pilier;Indicateur\nEmploi;Nombre de places\n", encoding="utf-8")
    return tmp_path / "essai"


@pytest.mark.parametrize(
    ("command", "name"),
    [
        *((command, "résultat.xlsx") for command in FOLDERS),
        *(("export -o", name) for name in ("a.HTML", "a.parquet", "a.zip")),
    ],
)
def test_a_folder_with_the_name_of_a_file_is_refused(contract: Path, capsys: Captured, command: str, name: str) -> None:
    assert execute([*command.split(), name]) == 2
    said = capsys.readouterr().err.replace("\u00a0", " ")
    assert f"« {name} » est un nom de fichier" in said
    assert f"par exemple « {name.partition('.')[0]} »" in said
    assert not (contract / name).exists()


@pytest.mark.parametrize("command", FOLDERS)
def test_a_file_in_the_place_of_a_folder_is_refused(contract: Path, capsys: Captured, command: str) -> None:
    (contract / "notes").write_bytes(b"a moi")
    assert execute([*command.split(), "notes"]) == 2
    assert "« notes » est un fichier" in capsys.readouterr().err.replace("\u00a0", " ")
    assert (contract / "notes").read_bytes() == b"a moi"


@pytest.mark.parametrize(("command", "file"), FILES)
def test_a_folder_in_the_place_of_a_file_is_refused(contract: Path, capsys: Captured, command: str, file: str) -> None:
    name = f"sorties/dossier{Path(file).suffix}"
    (contract / name).mkdir()
    assert execute([*command.split(), name]) == 2
    said = capsys.readouterr().err.replace("\u00a0", " ")
    assert "est un dossier, et ce qui s’écrit est un fichier" in said
    assert f"{name}/{file}" in said.replace("\\", "/")
    assert list((contract / name).iterdir()) == []


@pytest.mark.parametrize("name", ["maitre.pdf", "maitre.docx", "maitre.ods", "maitre.zip"])
def test_a_master_of_another_format_makes_no_folder(contract: Path, capsys: Captured, name: str) -> None:
    assert execute(["consolidate", "-o", name]) == 2
    assert "format .xlsx" in capsys.readouterr().err.replace("\u00a0", " ")
    assert not (contract / name).exists()
