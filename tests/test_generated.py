"""What is committed and made by a command is what the command makes today."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from cvsheet.reports.tables_pages import pages
from tests.conftest import ROOT

LOCALE = ROOT / "cvsheet" / "cli" / "locale" / "fr" / "LC_MESSAGES"


def test_the_compiled_messages_are_those_of_the_catalogue() -> None:
    """By content: the bytes of a compiled catalogue differ between versions of Babel (2.18 and 2.19)."""
    with (LOCALE / "messages.po").open("rb") as source, (LOCALE / "messages.mo").open("rb") as compiled:
        assert _translations(read_mo(compiled)) == _translations(read_po(source, locale="fr"))


def _translations(catalogue: Catalog) -> list[tuple[list[str], list[str]]]:
    """Singular and plural forms with their translations; Babel gives texts, lists or tuples by where it read them."""
    return sorted((_forms(message.id), _forms(message.string)) for message in catalogue if message.id)


def _forms(text: str | Sequence[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def test_the_pages_of_the_tables_are_those_of_the_schemas() -> None:
    committed = {path.name: path.read_bytes() for path in (ROOT / "docs" / "tables").iterdir()}
    assert committed == {name: content.encode() for name, content in pages().items()}


def test_the_lock_holds_every_dependency_with_its_hash() -> None:
    """`make lock` renews it; here, that nothing which pyproject.toml names was left out."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for name, wanted in (
        ("base", declared["dependencies"]),
        ("dev", [*declared["dependencies"], *declared["optional-dependencies"]["dev"]]),
    ):
        locked = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        versions = dict(re.findall(r"^([\w.-]+)==([\w.]+)", locked, re.MULTILINE))
        for requirement in map(Requirement, wanted):
            assert requirement.specifier.contains(versions[canonicalize_name(requirement.name)]), requirement
        assert locked.count(" \\\n    --hash=sha256:") >= len(versions)
