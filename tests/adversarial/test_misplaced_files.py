"""Files of the coordination put among the returns: what each is, and that no figure is read in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvsheet.books.master.decisions import NOTHING_WRITTEN
from cvsheet.books.opendata import Format
from cvsheet.books.partner.reading import read_returned
from cvsheet.errors import UnreadableFile
from cvsheet.model.findings import Severity
from cvsheet.workflows.consolidate import arbitrated, consolidate
from cvsheet.workflows.export import export
from cvsheet.workflows.publish import publish
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


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What is made to be handed on: the workbook to publish, and a table of open data in both formats."""
    folder = tmp_path_factory.mktemp("retours")
    assessment = delivered({"retour.xlsx": good_return()}, folder)
    made = folder.parent / "sorties"
    consolidation = arbitrated(FRAMEWORK, assessment, NOTHING_WRITTEN)
    publish(assessment, consolidation, FRAMEWORK.campaign[CAMPAIGN], made)
    for chosen in (Format.CSV, Format.XLSX):
        export(FRAMEWORK, assessment, chosen, made / chosen.value, folder.parent, public=True)
    files = {path.relative_to(made).as_posix(): path.read_bytes() for path in made.rglob("*.*") if path.is_file()}
    return {name: content for name, content in files.items() if not name.endswith(".json")}


def test_what_is_made_of_the_returns_is_called_so(tmp_path: Path, results: dict[str, bytes]) -> None:
    assert len(results) > len(("the workbook to publish", "the open data in a workbook"))
    for name, content in results.items():
        code = "FIC-025" if name.endswith(".csv") else "FIC-045"
        assert (name, said_of(content, tmp_path)) == (name, [(code, Severity.WARNING)])


def test_open_data_saved_again_by_a_spreadsheet_is_known(tmp_path: Path, results: dict[str, bytes]) -> None:
    saved = results["csv/valeurs.csv"].replace(b",", b";")
    (tmp_path / "égaré.csv").write_bytes(b"\xef\xbb\xbf" + saved)
    with pytest.raises(UnreadableFile, match="open_data"):
        read_returned(tmp_path / "égaré.csv", FRAMEWORK, "égaré.csv")
