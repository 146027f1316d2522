"""Folders of OneDrive and SharePoint: Excel tells a web address, and xlwings finds no file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

import pytest
import xlwings as xw

from cvsheet.addin.open_books import file_of
from cvsheet.errors import CvsheetError
from cvsheet.workflows.excel_doctor import examine
from cvsheet.workflows.excel_setup import Machine
from cvsheet.workflows.folder import ContractFolder


class Synchronised:
    """A workbook of which xlwings finds no file."""

    name = "contrat.xlsx"

    @property
    def fullname(self) -> str:
        raise xw.XlwingsError("Couldn't find your local OneDrive file, see: xlwings.org/error")


def test_what_to_do_is_said_in_french(tmp_path: Path) -> None:
    with pytest.raises(CvsheetError) as caught:
        file_of(cast("xw.Book", Synchronised()), ContractFolder(tmp_path))
    assert "Enregistrement automatique" in str(caught.value)
    assert "xlwings.org" not in str(caught.value)


@pytest.mark.parametrize(
    ("folder", "environment", "said"),
    [
        ("OneDrive - Ville/contrat", {}, True),
        ("Nuage/contrat", {"OneDriveCommercial": "Nuage"}, True),
        ("Documents/contrat", {"OneDrive": "Nuage"}, False),
        ("Documents/contrat", {"OneDrive": ""}, False),
    ],
)
def test_the_doctor_says_it_before(tmp_path: Path, folder: str, environment: dict[str, str], said: bool) -> None:
    root = tmp_path / folder
    root.mkdir(parents=True)
    places = {name: str(tmp_path / place) if place else "" for name, place in environment.items()}
    checks = examine(ContractFolder(root), Machine("win32", tmp_path, Path(sys.executable), places))
    assert ("Dossier du contrat" in [check.what for check in checks]) is said
