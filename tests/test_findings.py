"""The table of findings lists every script as its second line describes it. `make findings` runs them: they fetch."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

SCRIPTS = sorted((ROOT / "findings").glob("*.sh"))
HEADING = re.compile(r"# (?P<library>[\w-]+) (?P<version>\d[\w.]*(, \d[\w.]*)*): (?P<behaviour>.+)")
PINNED = re.compile(r'"?[\w-]+(\[[\w,]+\])?(==|@)[\w.$]+"?')


def test_every_script_is_listed_and_the_reverse() -> None:
    page = (ROOT / "findings" / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| \[.*", page, re.MULTILINE)
    assert listed == [row(script) for script in SCRIPTS]


def row(script: Path) -> str:
    heading = HEADING.fullmatch(script.read_text(encoding="utf-8").splitlines()[1])
    assert heading, script.name
    return f"| [{script.stem}]({script.name}) | " + " | ".join(heading.group("library", "version", "behaviour")) + " |"


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_a_script_stands_alone_and_fails_when_the_behaviour_changes(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert text.startswith("#!/usr/bin/env bash\n")
    assert "set -euo pipefail" in text
    assert "trap 'rm -rf \"$folder\"' EXIT" in text
    assert "cvsheet" not in text
    installed = re.findall(r"(?:pip install -q|npm install --silent --no-audit --no-fund) (.*)", text)
    assert installed and all(PINNED.fullmatch(one) for line in installed for one in line.split())
    assert re.search(r"^(    )*(assert|raise AssertionError)", text, re.MULTILINE)
