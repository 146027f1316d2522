"""The shape of the code: imports go down, heavy libraries stay where they belong, files and functions stay small."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

SOURCES = sorted((ROOT / "cvsheet").rglob("*.py"))
LONGEST_FILE = 320
LONGEST_FUNCTION = 45


def test_imports_only_go_down() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([str(linter)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_FILE
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    long = [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > LONGEST_FUNCTION]
    assert long == []


def imported_by(statement: str) -> set[str]:
    """The modules that a new interpreter holds after `statement`."""
    code = f"import sys; {statement}; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


def test_help_loads_nothing_heavy() -> None:
    modules = imported_by("import cvsheet.cli.main")
    assert modules & {"pandas", "pandera", "openpyxl", "xlsxwriter", "rich", "lxml", "jinja2"} == set()


def test_help_takes_less_than_a_fifth_of_a_second_of_processor() -> None:
    """The user time of a child process; the best of five, as a busy machine only ever adds."""
    command = [sys.executable, "-c", "from cvsheet.cli.main import execute; execute(['--help'])"]
    spent = []
    for _ in range(5):
        before = os.times()
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
        after = os.times()
        spent.append(after.children_user + after.children_system - before.children_user - before.children_system)
    assert min(spent) < 0.2


def test_validating_loads_neither_great_expectations_nor_xlwings() -> None:
    modules = imported_by("import cvsheet.workflows.validate, cvsheet.workflows.consolidate")
    assert modules & {"great_expectations", "xlwings"} == set()
