"""The example campaign is what its command makes: returns, expected findings and expected figures, byte for byte."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from cvsheet.workflows.kept_readings import FOLDER as KEPT
from tests.conftest import ROOT

EXAMPLE = ROOT / "examples" / "campagne"
FILES = 21  # contract, returns and expected texts: none may silently disappear


def make(target: Path) -> None:
    spec = importlib.util.spec_from_file_location("make_campaign", ROOT / "examples" / "make_campaign.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.make(target)


def contents(folder: Path) -> dict[str, bytes]:
    """The files of `folder` by name, without what a command kept there of what it read."""
    files = {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*")) if p.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if not name.startswith(f"{KEPT}/")}


@pytest.mark.same_bytes
@pytest.mark.long
def test_the_example_campaign_is_what_its_command_makes(tmp_path: Path) -> None:
    made, committed = (contents(folder) for folder in (_made(tmp_path), EXAMPLE))
    assert made.keys() == committed.keys()
    for name in ("attendu/constats.txt", "attendu/maitre.txt"):
        assert made[name].decode() == committed[name].decode()
    assert [name for name in made if made[name] != committed[name]] == []


def test_the_example_keeps_its_size() -> None:
    assert len(contents(EXAMPLE)) == FILES


def _made(tmp_path: Path) -> Path:
    target = tmp_path / "campagne"
    make(target)
    return target
