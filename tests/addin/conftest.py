"""A contract folder with real returns of three campaigns, and its framework."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cvsheet.framework import Framework
from cvsheet.workflows.folder import ContractFolder, load_framework
from tests.conftest import ROOT

EXAMPLE = ROOT / "examples" / "campagne"
TEMPLATE = ROOT / "workbook" / "contrat_ville_template.xlsx"


@pytest.fixture
def folder(tmp_path: Path) -> ContractFolder:
    """The example campaign, its contract being the template of today."""
    shutil.copytree(EXAMPLE / "retours", tmp_path / "retours")
    shutil.copy(TEMPLATE, tmp_path / "contrat.xlsx")
    return ContractFolder(tmp_path)


@pytest.fixture(scope="session")
def framework() -> Framework:
    return load_framework(TEMPLATE)
