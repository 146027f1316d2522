"""Two contract folders: real returns of two partners of the example, and a small contract of quite other names."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.demo.returns import drop_into, good_return
from cvsheet.model.framework import Framework
from cvsheet.workflows.folder import ContractFolder, load_framework
from cvsheet.workflows.template import make_template
from tests.conftest import ROOT
from tests.test_any_contract import TABLES

EXAMPLE = ROOT / "examples" / "campagne"
TEMPLATE = ROOT / "workbook" / "contrat_ville_template.xlsx"
HEADER = 4  # row of the titles in a partner's sheet
PARTNER = "ASSO-1"


def cell_of(sheet: Worksheet, title: str, rank: int) -> str:
    """The name of the cell under `title` in the row of the line `rank`, counted from 0, of a partner's sheet."""
    column = {str(cell.value): cell.column for cell in sheet[HEADER]}
    lines = [row for row in range(HEADER + 1, sheet.max_row + 1) if sheet.cell(row, column["Code"]).value]
    return sheet.cell(lines[rank], column[title]).coordinate


@pytest.fixture
def folder(tmp_path: Path) -> ContractFolder:
    """Two partners and two years of the example, beside the template of today."""
    for path in EXAMPLE.glob("retours/202[01]/*_[PV]*.xlsx"):
        target = tmp_path / path.relative_to(EXAMPLE)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    shutil.copy(TEMPLATE, tmp_path / "contrat.xlsx")
    return ContractFolder(tmp_path)


@pytest.fixture(scope="session")
def framework() -> Framework:
    return load_framework(TEMPLATE)


@pytest.fixture(scope="session")
def small_original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small contract with a good return of each campaign."""
    place = tmp_path_factory.mktemp("contrat")
    source = place / "csv"
    source.mkdir()
    for name, text in TABLES.items():
        lines = [line.strip() for line in text.strip().splitlines()]
        (source / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    folder = ContractFolder(place)
    make_template(source, folder.workbook)
    shutil.rmtree(source)
    framework = load_framework(folder.workbook)
    for campaign in framework.campaign:
        drop_into(folder.inbox / campaign, (good_return(framework, campaign, PARTNER),))
    return place


@pytest.fixture
def small(small_original: Path, tmp_path: Path) -> ContractFolder:
    """A copy of the small contract folder."""
    return ContractFolder(Path(shutil.copytree(small_original, tmp_path / "petit")))
