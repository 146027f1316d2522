"""The shape of the code: imports go down, heavy libraries stay where they belong, files and functions stay small."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

SOURCES = sorted((ROOT / "cvsheet").rglob("*.py"))
LONGEST_FILE = 320
LONGEST_FUNCTION = 45
BINARY = (".xlsx", ".ods", ".png", ".mo")
HOMES = {
    "openpyxl": r"books/contract/adoption/",
    "lxml": r"files/grid/",
    "xlsxwriter": r"books/(?!contract/adoption)",
    "python_calamine": r"nowhere",
    "pebble": r"workflows/(workers|observatory/processors)\.py",
    "distributed": r"workflows/observatory/cluster\.py",
    "pandera": r"judging/cells/|schema/export/pandera_yaml\.py",
    "yaml": r"schema/export/pandera_yaml\.py",
    "pandas": r"judging/|figures/|model/long_table\.py",
    "great_expectations": r"judging/campaign/checkpoint\.py",
    "rich": r"reports/|cli/",
    "click": r"cli/",
    "xlwings": r"addin/",
    "starlette": r"desk/",
    "uvicorn": r"desk/server\.py",
}
"""Which modules may import a library (the design, section 8)."""


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.long
def test_imports_only_go_down() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([str(linter)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_files_stay_small() -> None:
    assert [path for path in SOURCES if path.read_text(encoding="utf-8").count("\n") > LONGEST_FILE] == []


def test_functions_stay_small() -> None:
    functions = [(path, node) for path in SOURCES for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)]
    long = [(path, f.name) for path, f in functions if (f.end_lineno or 0) - f.lineno + 1 > LONGEST_FUNCTION]
    assert long == []


@cache
def committed() -> dict[str, str]:
    """The text files that git knows, by path."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    paths = [ROOT / name for name in listed.split("\0") if name]
    texts = [path for path in paths if path.is_file() and path.suffix not in BINARY]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in texts}


@pytest.mark.parametrize(
    "pattern",
    [
        r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b",
        r"(?<![\w.])/(work|home|root|tmp|mnt|Users)" r"/\w",
        r"\b[A-Z]:\\\\?Us" r"ers\b",
        r"(?i)(index|registry)[-_]" r"url|arti" r"factory|://[^/\s]*py" r"pi\b",
    ],
    ids=["unfinished", "unix-path", "windows-path", "registry"],
)
def test_no_committed_text_is_unfinished_or_of_one_machine(pattern: str) -> None:
    found = [(name, hit.group()) for name, text in committed().items() if (hit := re.search(pattern, text))]
    assert found == []


@cache
def imports_of(path: Path) -> set[str]:
    """The packages that a module imports anywhere, functions included."""
    nodes = list(ast.walk(tree(path)))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    named = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in plain | named}


@pytest.mark.parametrize(("library", "place"), HOMES.items())
def test_a_library_is_used_in_one_place_only(library: str, place: str) -> None:
    users = [path.relative_to(ROOT / "cvsheet").as_posix() for path in SOURCES if library in imports_of(path)]
    assert [user for user in users if not re.match(place, user)] == []


def test_every_module_says_where_it_stands() -> None:
    assert [path.name for path in SOURCES if tree(path).body and not ast.get_docstring(tree(path))] == []


def names_of_types(path: Path) -> Iterator[str]:
    """The classes and the aliases of types that a module names for others; a `TypeVar` is no name of a type."""
    for node in tree(path).body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Subscript | ast.BinOp):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name) and not target.id.isupper())


def test_no_name_of_a_type_stands_for_two_things() -> None:
    homes: dict[str, list[str]] = {}
    for path in SOURCES:
        for name in names_of_types(path):
            homes.setdefault(name, []).append(path.relative_to(ROOT).as_posix())
    assert {name: places for name, places in homes.items() if len(places) > 1} == {}


def test_the_code_knows_no_contract() -> None:
    """Names of the first contract stand in the examples only, and where a command line shows them."""
    said = {
        (path.name, node.value)
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "amboise" in node.value.casefold()
    }
    assert {name for name, _ in said} <= {"template.py"}  # its docstring


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


@pytest.mark.long
@pytest.mark.parametrize("command", [["validate", "-q"], ["consolidate", "-q", "-o", "maitre.xlsx"]])
def test_validating_loads_neither_great_expectations_nor_xlwings(command: list[str], tmp_path: Path) -> None:
    example = ROOT / "examples" / "campagne"
    place = ["-C", str(example), str(next(example.rglob("*_2021_TL.xlsx")))]
    code = f"import os, cvsheet.cli.main as m; os.chdir({str(tmp_path)!r}); m.execute({[*command, *place]!r})"
    modules = imported_by(code)
    assert "cvsheet.workflows.validate" in modules
    assert modules & {"great_expectations", "xlwings"} == set()


@pytest.mark.long
def test_status_without_reminders_loads_nothing_that_writes_workbooks() -> None:
    code = f"import cvsheet.cli.main as m; m.execute(['status', '-q', '-C', {str(ROOT / 'examples' / 'campagne')!r}])"
    modules = imported_by(code)
    assert "cvsheet.judging.campaign.reception" in modules
    assert modules & {"xlsxwriter", "cvsheet.books.kit", "cvsheet.workflows.reminders"} == set()
