"""Files of the coordination put among the returns: what each is, and that no figure is read in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvsheet.findings import Severity
from cvsheet.workflows.consolidate import consolidate
from tests.conftest import ROOT, Convert

from ..catalogue.contract import CAMPAIGN, FRAMEWORK, good_return
from ..catalogue.verdicts import delivered

TEMPLATE = ROOT / "workbook" / "contrat_ville_template.xlsx"


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("retours")
    made = consolidate(
        FRAMEWORK, delivered({"retour.xlsx": good_return()}, folder), CAMPAIGN, folder.parent / "maitre.xlsx"
    )
    return made.path.read_bytes()


def said_of(content: bytes, folder: Path) -> list[tuple[str, Severity]]:
    assessment = delivered({"retour.xlsx": good_return(), "égaré.xlsx": content}, folder)
    assert [one.file for one in assessment.current] == ["retour.xlsx"]
    return [(one.code, one.severity) for one in assessment.findings if one.place.file == "égaré.xlsx"]


def test_the_workbook_of_the_contract_is_called_so(tmp_path: Path) -> None:
    assert said_of(TEMPLATE.read_bytes(), tmp_path) == [("FIC-038", Severity.WARNING)]


def test_a_master_is_called_so(tmp_path: Path, master: bytes) -> None:
    assert said_of(master, tmp_path) == [("FIC-039", Severity.WARNING)]


def test_both_are_known_after_libreoffice(tmp_path: Path, master: bytes, libreoffice: Convert) -> None:
    for content, code in ((TEMPLATE.read_bytes(), "FIC-038"), (master, "FIC-039")):
        (tmp_path / "source.xlsx").write_bytes(content)
        saved = libreoffice(tmp_path / "source.xlsx", "ods").read_bytes()
        (tmp_path / "retours").mkdir(exist_ok=True)
        assert said_of(saved, tmp_path / "retours") == [(code, Severity.WARNING)]
