"""`cvsheet status`: readable at 80 columns and in a file, whom to call first."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from rich.console import Console

from cvsheet.cli.main import execute
from cvsheet.judging.campaign.reception import PillarShare, Reception
from cvsheet.judging.files.unusable import Blame, UnusableFile
from cvsheet.model.framework import Framework, Partner, Pillar
from cvsheet.reports.status_table import print_status
from tests.rules.small import FRAMEWORK

SAVED = datetime(2022, 1, 15)


def shown(
    rows: tuple[Reception, ...], others: tuple[UnusableFile, ...] = (), framework: Framework = FRAMEWORK
) -> list[str]:
    """The lines as they are written to a file."""
    out = Console(file=io.StringIO(), width=80, highlight=False)
    print_status(framework, rows, others, console=out)
    assert isinstance(out.file, io.StringIO)
    return [line.rstrip().replace("\u00a0", " ").replace("\u202f", " ") for line in out.file.getvalue().splitlines()]


def test_a_line_per_partner_a_column_per_pillar_then_whom_to_call() -> None:
    late = Reception("2021", "A", "Association A", (PillarShare("EMP", 8, 0, 7, 1),), late_days=3)
    good = Reception("2021", "B", "Bailleur B", (PillarShare("EMP", 4, 4, 0, 0),), "b.xlsx", SAVED, True, 2, 1)
    assert shown((late, good)) == [
        "Reçus : 1 sur 2. Date limite dépassée de 3 jours.",
        "Partenaire  État        Enregistré  Err.  Total    EMP",
        "A           en retard                       0 %    0 %",
        "B           à corriger  15/01/2022     1  100 %  100 %",
        "",
        "À relancer :",
        "  - A, Association A – Emploi 7 lignes et 1 action",
        "",
        "Fichiers reçus :",
        "  - B : 2 fichiers, « b.xlsx » compte.",
    ]


def test_files_that_cannot_be_used_are_said_with_their_fault() -> None:
    known = UnusableFile("retours/a.xlsx", "Le fichier est vide.", Blame.FILE, "2021", "A")
    lines = shown(
        (Reception("2021", "A", "Association A", unusable=(known,)),),
        (UnusableFile("retours/x\x1b[31m.xlsx", "Le classeur est celui d’un autre contrat.", Blame.CONTENT),),
    )
    assert "A           inutilisable" in lines
    assert "  - A : fichier reçu mais illisible, « a.xlsx ». Le fichier est vide." in lines
    assert "  - « x␛[31m.xlsx » : Le classeur est celui d’un autre contrat." in lines


@pytest.mark.parametrize("pillars", [1, 4, 12])
def test_any_number_of_pillars_fits_eighty_columns(pillars: int) -> None:
    names = tuple(Pillar(f"PIL-{number}", f"Pilier {number}", f"Pilier {number}") for number in range(pillars))
    shares = tuple(PillarShare(one.code, 3, 1, 2, 0) for one in names)
    row = Reception(
        "2021", "UN-PARTENAIRE-AU-CODE-TRES-LONG", "Long", shares, "l.xlsx", SAVED, True, 1, 12, late_days=9
    )
    partners = (Partner("UN-PARTENAIRE-AU-CODE-TRES-LONG", "Long"),)
    lines = shown((row,), framework=replace(FRAMEWORK, pillars=names, partners=partners))
    assert max(map(len, lines)) <= 80
    text = " ".join(" ".join(lines).split())
    assert all(one.code in text for one in names)
    assert "15/01/2022 (+9 j)" in text


@pytest.mark.long
def test_the_command_writes_reminders_and_says_what_it_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert execute(["init", "essai", "--quiet"]) == 0
    assert execute(["generate", "-C", "essai", "-c", "2021", "--avant", "30j", "--quiet"]) == 0
    assert execute(["status", "-C", "essai", "--relances", "relances"]) == 0
    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert "18 messages dans relances." in said
    assert len(list((tmp_path / "relances").glob("*.eml"))) == 18
    assert execute(["status", "-C", "essai"]) == 0
    assert "cvsheet status -C essai --campaign 2021 --relances" in capsys.readouterr().out
