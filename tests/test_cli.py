"""The command line as a coordinator meets it: French, exit codes, one clear line for each mistake."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from cvsheet.cli.main import COMMANDS, cvsheet, execute
from cvsheet.cli.reference import reference
from tests.conftest import ROOT

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh folder, and the prompt in it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def contract(new_contract: Path, here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh contract folder, and the prompt in it."""
    shutil.copytree(new_contract, here / "essai")
    monkeypatch.chdir(here / "essai")
    return here / "essai"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.name))
def test_every_command_has_a_french_help_with_an_example(command: click.Command) -> None:
    assert command.help is not None
    assert f"Exemple : cvsheet {command.name}" in command.help


def test_help_is_in_french(capsys: Captured) -> None:
    assert execute(["--help"]) == 0
    shown = capsys.readouterr().out
    assert "Utilisation" in shown
    assert "Commandes" in shown
    assert not {"Usage", "Show", "Commands"} & set(shown.replace(":", " ").split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["generete"], "La commande « generete » n’existe pas. Vouliez-vous dire « generate » ?"),
        (["init"], "Argument manquant"),
        (["validate", "--jsn", "x"], "--jsn"),
        (["generate", "--campaign"], "demande une valeur"),
        (["check", "nulle-part.xlsx"], "n’existe pas"),
    ],
)
def test_a_command_mistyped_is_said_in_french(here: Path, capsys: Captured, arguments: list[str], said: str) -> None:
    assert execute(arguments) == 2
    assert said in capsys.readouterr().err.replace("\u00a0", " ")


@pytest.mark.parametrize("command", ["generate", "validate", "consolidate", "status", "adopt", "check"])
def test_outside_a_contract_folder_one_line_says_what_to_do(here: Path, capsys: Captured, command: str) -> None:
    assert execute([command]) == 2
    said = capsys.readouterr().err
    assert "cvsheet init" in said
    assert said.count("\n") == 1


def test_init_never_overwrites_a_contract(contract: Path, capsys: Captured) -> None:
    before = (contract / "contrat.xlsx").read_bytes()
    assert execute(["init", "."]) == 2
    assert "existe déjà" in capsys.readouterr().err
    assert (contract / "contrat.xlsx").read_bytes() == before


def test_an_unknown_campaign_is_answered_with_those_that_exist(contract: Path, capsys: Captured) -> None:
    assert execute(["generate", "--campaign", "2031"]) == 2
    assert "2019-REF, 2020, 2021, 2022" in capsys.readouterr().err


def test_an_unknown_partner_is_answered_in_french(contract: Path, capsys: Captured) -> None:
    assert execute(["generate", "--campaign", "2021", "--partner", "CAFF"]) == 2
    assert "CAF" in capsys.readouterr().err


def test_an_empty_contract_folder_can_be_consolidated_or_says_why_not(contract: Path, capsys: Captured) -> None:
    code = execute(["consolidate"])
    captured = capsys.readouterr()
    assert code in (0, 2, 3)
    assert "Traceback" not in captured.out + captured.err


def test_a_damaged_canonical_workbook_is_one_clear_line(contract: Path, capsys: Captured) -> None:
    (contract / "contrat.xlsx").write_bytes(b"PK\x03\x04 cut")
    assert execute(["check"]) in (1, 3)
    captured = capsys.readouterr()
    assert "contrat.xlsx" in captured.out + captured.err
    assert "Traceback" not in captured.out + captured.err


def test_quiet_prints_nothing_when_all_is_well(contract: Path, capsys: Captured) -> None:
    assert execute(["generate", "--campaign", "2021", "--partner", "CAF", "--oui", "--quiet"]) == 0
    assert capsys.readouterr().out == ""


def test_output_sent_to_a_file_holds_what_its_encoding_holds(tmp_path: Path) -> None:
    """Windows writes cp1252 there, without narrow no-break spaces: they become ? and nothing stops."""
    code = "from cvsheet.cli.main import run; run()"
    shown = tmp_path / "page.txt"
    with shown.open("wb") as target:
        done = subprocess.run(
            [sys.executable, "-c", code, "explain", "VAL-030"],
            stdout=target,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONIOENCODING": "cp1252"},
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "VAL-030 · INFO" in shown.read_text(encoding="cp1252")


def test_the_command_reference_is_current() -> None:
    assert (ROOT / "docs" / "commandes.md").read_text(encoding="utf-8") == reference()


def test_every_command_stands_in_the_reference() -> None:
    page = reference()
    assert all(f"## cvsheet {name}" in page for name in cvsheet.commands)
