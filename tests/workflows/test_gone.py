"""What happens when a file of a contract folder is gone: what docs/fichiers.md promises of each."""

# ruff: noqa: F811 - fixtures are asked for by the names that they are imported under

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from cvsheet.cli.main import execute
from cvsheet.workflows.folder import ContractFolder
from tests.addin.conftest import small, small_original  # noqa: F401 - fixtures
from tests.conftest import ROOT
from tests.workflows.test_register import all_there, made, master, original, root  # noqa: F401 - fixtures

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # openpyxl and sparklines

PAGE = (ROOT / "docs" / "fichiers.md").read_text(encoding="utf-8")
NEVER = {"contrat.xlsx", "retours/", "sorties/archives/editions-publiees.json"}


def run(folder: ContractFolder, *words: str) -> int:
    return execute([*words, "-C", str(folder.root), "--quiet"])


def test_the_page_names_what_must_stay() -> None:
    bold = re.findall(r"^\| `([^`]+)`.*à ne pas effacer", PAGE, re.MULTILINE)
    assert set(bold) == NEVER


def test_without_the_contract_no_command_runs_and_says_why(
    small: ContractFolder,
    capsys: pytest.CaptureFixture[str],
) -> None:
    small.workbook.rename(small.root / "contrat.avant-adoption-2020-01-01.xlsx")
    for command in ("check", "validate", "consolidate", "status"):
        assert run(small, command) == 2
        assert "contrat.xlsx" in capsys.readouterr().err


def test_without_returns_the_master_stays_as_it_is(small: ContractFolder) -> None:
    run(small, "consolidate")
    (kept,) = small.results.glob("*_maitre.xlsx")
    before = kept.read_bytes()
    shutil.rmtree(small.inbox)
    assert run(small, "consolidate") != 0
    assert kept.read_bytes() == before


@pytest.mark.parametrize("command", ["validate", "status", "status --relances --oui", "consolidate", "export"])
def test_without_the_folder_of_returns_nobody_is_said_not_to_have_answered(
    small: ContractFolder, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    shutil.rmtree(small.inbox)
    small.outbox.mkdir(exist_ok=True)
    assert run(small, *command.split()) == 2
    assert "« retours » de ce contrat n’existe plus" in capsys.readouterr().err.replace("\xa0", " ")


def test_before_anything_was_sent_the_folder_of_returns_may_be_missing(
    small: ContractFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    for place in (small.inbox, small.outbox):
        shutil.rmtree(place, ignore_errors=True)
    assert run(small, "status") == 2
    assert "Aucune campagne n’a encore été envoyée ni reçue" in capsys.readouterr().err.replace("\xa0", " ")


@pytest.mark.parametrize("gone", [("decisions.csv",), ("notes.csv",), ("decisions.csv", "notes.csv"), ("sorties",)])
@pytest.mark.long
def test_decisions_and_notes_come_back_from_what_is_left(root: Path, gone: tuple[str, ...]) -> None:
    for name in gone:
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    made(root)
    assert all_there(master(root))


def test_without_master_and_register_they_are_lost(root: Path) -> None:
    shutil.rmtree(root / "sorties")
    for name in ("decisions.csv", "notes.csv"):
        (root / name).unlink()
    made(root)
    assert not all_there(master(root))


def test_what_was_sent_is_made_again_byte_for_byte(small: ContractFolder) -> None:
    run(small, "generate", "--campaign", "A2")
    before = {path.name: path.read_bytes() for path in small.outbox.rglob("*.xlsx")}
    shutil.rmtree(small.outbox)
    run(small, "generate", "--campaign", "A2")
    assert {path.name: path.read_bytes() for path in small.outbox.rglob("*.xlsx")} == before != {}


def test_readings_that_are_gone_are_made_again(small: ContractFolder) -> None:
    first = run(small, "validate")
    shutil.rmtree(small.root / ".cvsheet", ignore_errors=True)
    assert run(small, "validate") == first
