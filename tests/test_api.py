"""The façade for programs: its page is true, its names are typed, and nothing is loaded before it is asked for."""

from __future__ import annotations

import ast
import doctest
import inspect
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import cvsheet
from cvsheet.errors import FrameworkError
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "api.md"


@pytest.mark.long
def test_the_page_runs_as_it_is_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "examples" / "campagne", tmp_path / "campagne")
    monkeypatch.chdir(tmp_path)
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert failed == 0
    assert tried > 10


def test_the_page_names_every_method_and_no_other() -> None:
    page = PAGE.read_text(encoding="utf-8").partition("## Its methods")[2].partition("## Errors")[0]
    rows = re.findall(r"^\| (`[^|]+) \|", page, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`(\w+)\(", row)}
    methods = {name for name, _ in inspect.getmembers(cvsheet.Contract, inspect.isfunction) if name[0] != "_"} - {
        "progress"
    }
    assert named == methods - {"reopened", "stated_by", "telling"}  # the same contract, seen otherwise


@pytest.mark.parametrize("name", cvsheet.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(cvsheet, name) is not None


def test_a_type_checker_sees_the_names_that_a_program_sees() -> None:
    """They stand twice in the package: imported for type checkers, by module for programs."""
    tree = ast.parse((ROOT / "cvsheet" / "__init__.py").read_text(encoding="utf-8"))
    seen = {
        f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cvsheet.")
        for alias in node.names
    }
    assert seen == {f"{home}.{name}" for name, home in cvsheet._PUBLIC.items()}


def test_an_unknown_name_is_no_attribute() -> None:
    assert not hasattr(cvsheet, "validate_everything")


def test_opening_the_package_loads_nothing_of_it() -> None:
    code = "import sys, cvsheet; print(*(name for name in sys.modules if name.startswith('cvsheet.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == []


def test_a_contract_with_an_erreur_can_be_checked_but_serves_nothing_else(tmp_path: Path) -> None:
    """So its framework is read when it is first asked for."""
    contract = cvsheet.new_contract(tmp_path / "contrat")  # the template has no error; an empty workbook has
    assert not [one for one in contract.check().findings if one.severity is cvsheet.Severity.ERROR]
    contract.folder.workbook.write_bytes(b"")
    contract = cvsheet.open_contract(tmp_path / "contrat")
    with pytest.raises(FrameworkError):
        contract.validate()


def test_progress_is_told_of_what_is_read_and_of_what_is_written(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    contract = cvsheet.new_contract(tmp_path / "contrat").telling(lambda *counts: told.append(counts))
    contract.generate("2020", ["VILLE", "PE"])
    assert told == [(1, 2), (2, 2)]
    told.clear()
    shutil.copy(contract.folder.outbox / "2020" / "amboise_2020_PE.xlsx", contract.folder.inbox)
    contract.validate()
    assert told == [(1, 1)]


def test_nothing_that_is_made_goes_among_what_came_back(tmp_path: Path) -> None:
    contract = cvsheet.new_contract(tmp_path / "contrat")
    for make in (contract.annotate, contract.remind):
        with pytest.raises(cvsheet.UsageError, match="retours/"):
            make(contract.folder.inbox / "corrections")
