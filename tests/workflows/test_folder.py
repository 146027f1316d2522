"""Where the contract is: its own name and format, and what is said where another lies there instead."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from cvsheet.cli.main import execute
from cvsheet.errors import UsageError
from cvsheet.workflows.folder import find_contract_folder
from tests.canonical.conftest import TEMPLATE

COMMANDS = (["generate"], ["validate"], ["consolidate"], ["status"], ["adopt"], ["export"], ["check"])
OTHERS = (
    "contrat.xlsm", "contrat.ods", "Contrat.XLSX", "contrat.xlsx.txt", "contrat.xls", "contrat.fods", "contrat.xltx",
    "contrat",
)  # fmt: skip


def saved(path: Path, at: int) -> Path:
    """The template at `path`, last saved at the second `at`."""
    shutil.copyfile(TEMPLATE, path)
    os.utime(path, (at, at))
    return path


@pytest.mark.parametrize("name", OTHERS)
def test_the_contract_in_another_format_is_named(tmp_path: Path, name: str) -> None:
    saved(tmp_path / name, 1)
    with pytest.raises(UsageError, match=f"Il y a ici « {tmp_path / name} ».*enregistrez-le sous"):
        find_contract_folder(tmp_path)


def test_it_is_named_from_a_folder_below_and_hides_a_contract_further_above(tmp_path: Path) -> None:
    saved(tmp_path / "contrat.xlsx", 1)
    below = tmp_path / "autre contrat"
    (below / "retours").mkdir(parents=True)
    saved(below / "contrat.ods", 1)
    with pytest.raises(UsageError, match=r"autre contrat/contrat\.ods"):
        find_contract_folder(below / "retours")


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_uses_an_older_contract_in_silence(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    saved(tmp_path / "contrat.xlsx", 1_000)
    saved(tmp_path / "contrat.xlsm", 1_001)
    monkeypatch.chdir(tmp_path)
    assert execute(command) == 2
    assert "lequel fait foi" in capsys.readouterr().err


@pytest.mark.parametrize("second", [999, 1_000])
def test_an_older_copy_in_another_format_is_left_alone(tmp_path: Path, second: int) -> None:
    saved(tmp_path / "contrat.xlsx", 1_000)
    saved(tmp_path / "contrat.ods", second)
    assert find_contract_folder(tmp_path).root == tmp_path


def test_copies_kept_by_adopt_are_no_other_contract(tmp_path: Path) -> None:
    saved(tmp_path / "contrat.xlsx", 1_000)
    saved(tmp_path / "contrat.avant-adoption-2021-03-01.xlsx", 1_001)
    assert find_contract_folder(tmp_path).root == tmp_path


def test_a_contract_under_any_other_name_is_known_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "Budget.xlsx").write_bytes(b"no workbook")
    saved(tmp_path / "Suivi de la ville 2026.xlsx", 1)
    with pytest.raises(UsageError, match=r"Il y a ici .*Suivi de la ville 2026\.xlsx"):
        find_contract_folder(tmp_path)


@pytest.mark.parametrize(("name", "says"), [("contrat.xlsx", "peut servir"), ("contrat.xlsm", "enregistrez-le sous")])
def test_check_says_what_the_other_commands_read(
    name: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    saved(tmp_path / name, 1)
    monkeypatch.chdir(tmp_path)
    assert execute(["check", name]) == 0
    assert says in capsys.readouterr().out
