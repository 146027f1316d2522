"""The calendar of a campaign names commands and options that exist, in the order in which they are used."""

from __future__ import annotations

import re

import pytest

from cvsheet.cli.main import execute
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "calendrier.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"`cvsheet ([^`]+)`", PAGE)


@pytest.mark.parametrize("command", sorted(set(COMMANDS)))
def test_each_command_is_one(command: str) -> None:
    assert execute([*command.split(), "--help"]) == 0


def test_a_campaign_is_consolidated_then_arbitrated_then_adopted() -> None:
    steps = [re.split(r" |$", command)[0] for command in COMMANDS[: COMMANDS.index("export --diffusion") + 1]]
    assert list(dict.fromkeys(steps)) == ["check", "generate", "validate", "status", "consolidate", "adopt", "export"]
