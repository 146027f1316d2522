"""The page, the workbook to publish and the master of one campaign say the same of every line."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl
import pytest
from lxml import html

import cvsheet
from cvsheet.reports.site import package_in

pytestmark = pytest.mark.long
COLUMNS = ("Référence", "Valeur 2020", "Valeur 2021", "Cible")
ROUNDING = {"nombre": 0.005, "pourcentage": 0.05, "montant": 0.5}  # half of the last digit that is shown
SECRET_BELOW = 30  # persons: the example has few small figures
WORDS = {"ns", "nd", "so"}


@dataclass(frozen=True, slots=True)
class Published:
    """What was written of the example campaign, by code of a line: cells of the workbook, of the page, kinds."""

    workbook: Mapping[str, tuple[object, ...]]
    page: Mapping[str, list[str]]
    kinds: Mapping[str, str]


@pytest.fixture(scope="module")
def published(read_example: Path, tmp_path_factory: pytest.TempPathFactory) -> Published:
    folder = tmp_path_factory.mktemp("same") / "contrat"
    shutil.copytree(read_example, folder, ignore=shutil.ignore_patterns("attendu"))
    found = cvsheet.open_contract(folder, jobs=0, keep=True)
    strict = replace(found.framework.contract, secrecy_people=SECRET_BELOW)
    contract = replace(found, known=replace(found.framework, contract=strict))
    assessment = contract.validate()
    workbook = contract.publish(contract.consolidate("2021", assessment), assessment).path
    page = contract.site("2021", assessment).path.read_bytes()
    lines = list(csv.DictReader(io.StringIO(package_in(page)["referentiel.csv"].decode(), newline="")))
    codes = [line["ligne"] for line in lines]
    return Published(in_workbook(workbook), in_page(page, codes), {line["ligne"]: line["type"] for line in lines})


def in_workbook(path: Path) -> dict[str, tuple[object, ...]]:
    """Code -> the figures of its row, then its situation."""
    found = {}
    for sheet in openpyxl.load_workbook(path, read_only=True).worksheets:
        columns: dict[str, int] = {}
        for row in sheet.iter_rows(values_only=True):
            if {"Code", *COLUMNS, "Situation"} <= {*row}:
                columns = {str(title): at for at, title in enumerate(row)}
            elif columns and row[columns["Code"]]:
                found[str(row[columns["Code"]])] = tuple(row[columns[title]] for title in (*COLUMNS, "Situation"))
    return found


def in_page(page: bytes, codes: list[str]) -> dict[str, list[str]]:
    """The same of the page, whose rows are those of the contract in their order."""
    rows = html.document_fromstring(page.decode()).xpath("//article//tbody/tr")
    assert len(rows) == len(codes)
    return {
        code: [(cell.text or "").replace("\u00a0", " ").strip() for cell in row.xpath("./td")]
        for code, row in zip(codes, rows, strict=True)
    }


def test_every_line_is_in_both(published: Published) -> None:
    assert published.page.keys() == published.workbook.keys()
    assert len(published.page) == 341


def test_every_figure_is_the_same(published: Published) -> None:
    differing = []
    for code, (*figures, _) in published.workbook.items():
        for figure, text in zip(figures, published.page[code], strict=False):
            if isinstance(figure, int | float):
                shown = float(re.sub(r"[^\d,-]", "", text.replace("−", "-")).replace(",", "."))
                same = abs(shown - figure) <= ROUNDING.get(published.kinds[code], 0.005) + 1e-9
            else:
                same = text == (figure if figure in WORDS else "–")
            if not same:
                differing.append((code, figure, text))
    assert differing == []


def test_every_situation_is_the_same(published: Published) -> None:
    assert {code: row[-1] for code, row in published.page.items()} == {
        code: row[-1] for code, row in published.workbook.items()
    }


def test_some_are_masked_in_both(published: Published) -> None:
    """Else the comparison would say little."""
    assert sum(cell == "ns" for row in published.workbook.values() for cell in row) > 10
