"""A file that a command is told to write: over its own kind or nothing, never over what somebody else made."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cvsheet.cli.main import execute
from tests.conftest import ROOT
from tests.folders import files_in
from tests.words import Captured, said


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A contract folder with one return."""
    folder = tmp_path_factory.mktemp("cibles") / "contrat"
    (folder / "retours").mkdir(parents=True)
    shutil.copy(ROOT / "examples" / "campagne" / "contrat.xlsx", folder)
    returns = sorted((ROOT / "examples" / "campagne" / "retours").rglob("*.xlsx"))
    shutil.copy(returns[0], folder / "retours" / "cs.xlsx")
    return folder


@pytest.mark.parametrize(
    "options",
    [
        ("validate", "--html", "retours/cs.xlsx"),
        ("validate", "--json", "contrat.xlsx"),
        ("validate", "--json", "rapport"),
        ("validate", "--json", "rapport.html"),
        ("validate", "--html", "rapport.json"),
        ("validate", "--html", "courrier.html"),
        ("validate", "--json", "donnees.json"),
        ("audit", "--html", "courrier.html"),
        ("audit", "--json", "donnees.json"),
        ("validate", "--annotate", "retours"),
        ("validate", "--annotate", "retours/2020"),
        ("status", "--relances", "retours"),
        ("consolidate", "-o", "retours/maitre.xlsx"),
        ("consolidate", "-o", "retours"),
        ("export", "-o", "envois"),
        ("import-framework", "tableau.csv", "-o", "contrat.csv"),
        ("import-framework", "tableau.csv", "-o", "contrat.ods"),
        ("import-framework", "tableau.csv", "--force", "-o", "retours/cs.xlsx"),
        ("schema", "export", "-o", "schemas"),
        ("demo", "envois"),
    ],
    ids=" ".join,
)
def test_what_is_of_another_kind_is_refused_and_left_as_it_was(
    campaign: Path, options: tuple[str, ...], capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("courrier.html", "donnees.json", "envois/2020/cs.eml", "schemas/table-schema/contrat.json"):
        (campaign / name).parent.mkdir(parents=True, exist_ok=True)
        (campaign / name).write_text("[1]", encoding="utf-8")
    (campaign / "tableau.csv").write_text("Pilier;Priorité;Objectif;Action;Indicateur\nA;B;C;D;E\n", encoding="utf-8")
    monkeypatch.chdir(campaign)
    before = files_in(campaign)
    assert execute([*options]) == 2
    assert files_in(campaign) == before
    assert "Erreur" in said(capsys)


@pytest.mark.parametrize("name", ["constats.html", "constats.HTM"])
def test_an_earlier_page_is_replaced(campaign: Path, tmp_path: Path, name: str) -> None:
    page = tmp_path / name
    for _ in range(2):
        assert execute(["validate", "-C", str(campaign), "-q", "--html", str(page)]) in (0, 1)
    page.write_bytes(page.read_bytes() + b" ")
    execute(["validate", "-C", str(campaign), "-q", "--html", str(page)])
    assert not page.read_bytes().endswith(b" ")


def test_an_earlier_json_report_or_an_empty_file_is_replaced(campaign: Path, tmp_path: Path) -> None:
    report = tmp_path / "rapport.json"
    report.write_bytes(b"")
    for _ in range(2):
        assert execute(["validate", "-C", str(campaign), "-q", "--json", str(report)]) in (0, 1)
    assert b"cvsheet-rapport" in report.read_bytes()


def test_a_forced_import_keeps_a_copy_of_the_former_contract(tmp_path: Path) -> None:
    (tmp_path / "tableau.csv").write_text("Pilier;Priorité;Objectif;Action;Indicateur\nA;B;C;D;E\n", encoding="utf-8")
    former = (ROOT / "examples" / "campagne" / "contrat.xlsx").read_bytes()
    target = tmp_path / "contrat.xlsx"
    target.write_bytes(former)
    target.chmod(0o600)
    assert execute(["import-framework", str(tmp_path / "tableau.csv"), "-o", str(target), "--force", "-q"]) == 0
    (copy,) = tmp_path.glob("contrat.avant-import-*.xlsx")
    assert copy.read_bytes() == former
    assert copy.stat().st_mode == target.stat().st_mode
