"""Consolidate, arbitrate, adopt: the same order wherever it is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import cvsheet
from cvsheet.books.contract.writing.home_texts import STEPS
from cvsheet.cli.main import cvsheet as commands
from cvsheet.cli.main import execute
from cvsheet.demo.returns import drop_into, good_return
from tests.conftest import ROOT

Captured = pytest.CaptureFixture[str]
THREE_STEPS = re.compile(r"(consolid\w+)|(arbitr\w+|tranch\w+)|(?<!à )\b(adopt\w*|inscri\w+)", re.IGNORECASE)


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def order_in(text: str) -> list[int]:
    """Which of the three steps are named, in their order, each where it first stands."""
    found = [next(number for number, group in enumerate(one.groups()) if group) for one in THREE_STEPS.finditer(text)]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize(
    "text",
    [
        page("README.md").partition("## Cinq minutes")[2].partition("\n## ")[0],
        page("docs/guide-coordination.md").partition("## 6. Adopter")[2].split("\n\n")[1],
        " ".join(" ".join(step) for step in STEPS[6:]),
        " ".join(name for name in commands.commands),
    ],
    ids=["README", "guide", "Accueil", "help"],
)
def test_the_order_is_consolidate_arbitrate_adopt(text: str) -> None:
    order = order_in(text)
    assert order == sorted(order) and {0, 2} <= {*order}, text


@pytest.mark.long
def test_consolidating_a_baseline_leads_to_arbitrating_then_to_adopting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    contract = cvsheet.new_contract(tmp_path / "contrat")
    monkeypatch.chdir(contract.folder.root)
    assert execute(["adopt", "-c", "2019-REF"]) == 0  # nothing has come
    assert order_in(capsys.readouterr().out.partition("À faire")[2]) == [0, 1, 2]
    drop_into(contract.folder.inbox, (good_return(contract.framework, "2019-REF", "PE"),))
    assert execute(["consolidate"]) == 0
    assert "adoptez références et cibles : cvsheet adopt --campaign 2019-REF" in (
        capsys.readouterr().out.replace("\u00a0", " ")
    )
    assert execute(["adopt"]) == 0
    assert "cvsheet generate --campaign 2020" in capsys.readouterr().out
