"""The Amboise contract in its two forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvsheet.books.contract.reading.csv_folder import read_csv_folder
from cvsheet.model.records import Canonical
from tests.conftest import ROOT

CSV_FOLDER = ROOT / "examples" / "amboise" / "referentiel"
TEMPLATE = ROOT / "workbook" / "contrat_ville_template.xlsx"


@pytest.fixture(scope="session")
def amboise() -> Canonical:
    """The records of the CSV folder."""
    return read_csv_folder(CSV_FOLDER)


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    """A coordinator's own copy of the template."""
    path = tmp_path / "contrat.xlsx"
    path.write_bytes(TEMPLATE.read_bytes())
    return path
