"""A contract that follows actions and no indicator goes through the whole chain."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvsheet.demo.returns import drop_into, good_return
from cvsheet.files.grid import open_grid
from cvsheet.judging.campaign.reception import Standing, reception
from cvsheet.workflows.folder import ContractFolder, load_framework
from cvsheet.workflows.template import make_template
from cvsheet.workflows.validate import validate
from tests.test_any_contract import TABLES, run

ACTIONS = """
code,objectif,intitule,pilote,partenaires_cites
O1-A1,O-1,Ouvrir un accueil,ASSO-1,
O2-A1,O-2,Créer un atelier,ASSO-1,
"""
WITHOUT_LINES = {name: text for name, text in TABLES.items() if name not in ("indicateurs", "regles", "ventilations")}


@pytest.fixture
def folder(tmp_path: Path) -> ContractFolder:
    source = tmp_path / "csv"
    source.mkdir()
    for name, text in {**WITHOUT_LINES, "actions": ACTIONS}.items():
        rows = [line.strip() for line in text.strip().splitlines()]
        (source / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    place = ContractFolder(tmp_path / "contrat")
    make_template(source, place.workbook)
    return place


def test_it_has_no_fault(folder: ContractFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "check") == 0, capsys.readouterr().out


def test_the_whole_chain(folder: ContractFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "generate", "--campaign", "A1", "--oui") == 0, capsys.readouterr().err
    framework = load_framework(folder.workbook)
    drop_into(folder.inbox, (good_return(framework, "A1", "ASSO-1"),))
    assert run(folder, "validate", "--html", str(folder.root / "c.html")) == 0, capsys.readouterr().out
    (row,) = reception(framework, validate(framework, [folder.inbox], folder.root), "A1")
    assert (row.standing, row.expected) == (Standing.COMPLETE, 2)
    assert run(folder, "status", "-c", "A2", "--relances", str(folder.root / "relances")) == 0
    assert run(folder, "consolidate") == 0, capsys.readouterr().err
    (master,) = folder.results.glob("*.xlsx")
    assert "Actions" in [sheet.name for sheet in open_grid(master).sheets]


def test_its_reference_campaign_asks_nobody(folder: ContractFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "generate", "--campaign", "R", "--oui") == 0, capsys.readouterr().err
    assert "envoyez" not in capsys.readouterr().out
    assert run(folder, "status", "-c", "R") == 0
    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert "Reçus : 0 sur 0." in said
    assert "Tout le monde a répondu" not in said
