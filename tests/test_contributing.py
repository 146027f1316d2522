"""What the pages for those who join say exists: paths, commands of the Makefile, names of the glossary, the version."""

from __future__ import annotations

import re
import subprocess
from fnmatch import fnmatch
from functools import cache
from pathlib import PurePosixPath

import pytest

from cvsheet import __version__
from tests.conftest import ROOT

PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("[!C]*.md", "CONTRIBUTING.md", "docs/*.md", "*/README.md")
    for path in ROOT.glob(pattern)
    if not path.parent.name.startswith(".")
)
FOR_USERS = re.compile(r"docs/(guide|excel|fichiers|calendrier|observatoire)")
"""Pages that quote the paths of a contract folder."""
NOT_OURS = {"datapackage.json", "xl/metadata.xml"}  # in packages and workbooks
COMMANDS = [*PAGES, ".github/workflows/ci.yml", ".ci/run"]
PLACEHOLDERS = re.compile(r"(NAME|DIR)\b")
MADE = re.compile(r"(dist|demo|build|try|envois|retours|sorties|archives|mon-contrat|corrections)(/|$)|.*\.venv|\.\.?/")
KEPT = re.compile(r"[\w.-]+(/[\w.*-]+)+/?|[\w-]+\.(md|py|json|toml|txt|yml)|Makefile")


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_a_page_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    linked = {name for name in re.findall(r"\]\(([^)#]+)", text) if "://" not in name}
    assert [name for name in linked if not ((ROOT / page).parent / name).exists()] == []
    named = set() if FOR_USERS.match(page) else paths_quoted(text)
    assert [name for name in named if not there(name)] == []


def paths_quoted(text: str) -> set[str]:
    """The paths between back quotes, unless the text says that they are gone or they are of no file of ours."""
    quoted = re.findall(r"`+([^`]+)`+( \(gone since\))?", text)
    named = {word for code, gone in quoted if not gone for word in code.replace("\\", "/").split()}
    return {word for word in named - NOT_OURS if KEPT.fullmatch(word) and not MADE.match(word)}


def test_paths_are_found_where_they_are_quoted() -> None:
    text = "`docs/a.md`, `make x`, `cvsheet/old.py` (gone since), ``python b.py -x``, demo/c.md"
    assert paths_quoted(text) == {"docs/a.md", "b.py"}
    assert there("tests/test_contributing.py") and there("files/grid/model.py") and not there("grid/none.py")


def there(name: str) -> bool:
    """A path of the repository, or the end of one; of one with a placeholder, its folder, with something in it."""
    pattern = PLACEHOLDERS.sub("*", name).rstrip("/")
    return any(ROOT.glob(pattern)) or any(fnmatch(path, f"*/{pattern}") for path in paths())


@cache
def paths() -> frozenset[str]:
    """All files that git knows, and their folders."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    files = [PurePosixPath(name) for name in listed.split("\0") if name]
    return frozenset(str(path) for file in files for path in (file, *file.parents))


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/api.md", "docs/architecture.md"])
def test_every_name_of_the_code_that_a_page_quotes_is_in_the_code(page: str) -> None:
    """`Framework.actions_for`, `choose_campaign`, `cvsheet.addin.server`: by their last part."""
    quoted = re.findall(r"`([A-Za-z_][\w.]*[_.][\w.]*)\(?\)?`", (ROOT / page).read_text(encoding="utf-8"))
    names = {name.rpartition(".")[2] for name in quoted if not KEPT.fullmatch(name)}
    assert names
    assert sorted(name for name in names if not re.search(rf"\b{name}\b", code()) and not there(f"{name}.*")) == []


@cache
def code() -> str:
    """The program, and what all tests share."""
    paths = (*(ROOT / "cvsheet").rglob("*.py"), ROOT / "tests" / "conftest.py")
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


@pytest.mark.parametrize("page", COMMANDS)
def test_every_command_of_make_that_is_named_is_in_the_makefile(page: str) -> None:
    targets = set(re.findall(r"^([a-z][\w -]*):(?!=)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    known = {name for line in targets for name in line.split()}
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|&& |run: |^ *)make ([a-z-]+)", text, re.MULTILINE))
    assert named - known == set()


def test_every_name_of_the_glossary_is_in_the_code() -> None:
    glossary = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Glossary")[2]
    names = [name for row in re.findall(r"^\| [^|]+ \| ([^|]+) \|", glossary, re.MULTILINE)[1:] for name in words(row)]
    assert len(names) > 30
    assert [name for name in names if not re.search(rf"\b{name}\b", code())] == []


def words(cell: str) -> list[str]:
    return re.findall(r"`(\w+)`", cell)


def test_the_latest_release_of_the_changelog_is_the_version() -> None:
    headings = re.findall(r"^## (.*)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert re.fullmatch(re.escape(__version__) + r" — \d{4}-\d{2}-\d{2}", headings[1])
