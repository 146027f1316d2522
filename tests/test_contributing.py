"""What the pages for those who join say exists: paths, commands of the Makefile, names of the glossary, the version."""

from __future__ import annotations

import re

import pytest

from cvsheet import __version__
from tests.conftest import ROOT

PAGES = [
    "README.md",
    "README.en.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs/api.md",
    "docs/release.md",
    "docs/versions.md",
    "findings/README.md",
]
COMMANDS = [*PAGES, ".github/workflows/ci.yml", ".ci/run", "docs/architecture.md"]
PLACEHOLDERS = re.compile(r"(NAME|DIR)\b")
MADE = re.compile(r"(dist|demo|build|try|envois|retours|sorties|archives|mon-contrat|corrections)(/|$)|.*\.venv|\.\.?/")
KEPT = re.compile(r"[\w.-]+(/[\w.*-]+)+/?|[\w-]+\.(md|py|json|toml|txt|yml)|Makefile")


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_a_page_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    linked = {name for name in re.findall(r"\]\(([^)#]+)", text) if "://" not in name}
    quoted = [word for code in re.findall(r"`+([^`]+)`+", text) for word in code.replace("\\", "/").split()]
    named = {word for word in quoted if KEPT.fullmatch(word) and not MADE.match(word)}
    assert linked or named
    lacking = [name for name in linked if not ((ROOT / page).parent / name).exists()]
    assert [*lacking, *(name for name in named if not there(name))] == []


def there(name: str) -> bool:
    """A path of the repository; of one with a placeholder, its folder, with something of that kind in it."""
    if PLACEHOLDERS.search(name):
        return any(ROOT.glob(PLACEHOLDERS.sub("*", name)))
    return any(ROOT.glob(name.rstrip("/")))


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
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "cvsheet").rglob("*.py"))
    assert len(names) > 30
    assert [name for name in names if not re.search(rf"\b{name}\b", code)] == []


def words(cell: str) -> list[str]:
    return re.findall(r"`(\w+)`", cell)


def test_the_latest_release_of_the_changelog_is_the_version() -> None:
    headings = re.findall(r"^## (.*)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert re.fullmatch(re.escape(__version__) + r" — \d{4}-\d{2}-\d{2}", headings[1])
