"""Totals look at places of *Données* while it is in its order, and find the same once somebody sorts it or adds rows.

LibreOffice judges: IronCalc 0.9.1 takes the empty cells of a workbook saved by openpyxl for zeros.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

import openpyxl
import pytest
from openpyxl.formula.translate import Translator

from cvsheet.books.master.data_places import DATA_IN_ORDER
from cvsheet.files.grid import open_grid
from tests.conftest import Convert
from tests.consolidation.frameworks import answers, framework, measure
from tests.engine import recalculated
from tests.master.chance import random_answers, random_contract, random_decisions
from tests.master.test_live_formulas import EVERYTHING, master, shown
from tests.recalculated import differences

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # openpyxl and sparklines
FIRST = 5


def shuffle(path: Path, seed: int) -> None:
    """Put the rows of *Données* in another order, as a spreadsheet does: relative references move with their row."""
    book = openpyxl.load_workbook(path)
    sheet = book["Données"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST)]
    order = list(range(len(rows)))
    random.Random(seed).shuffle(order)
    for place, number in enumerate(order):
        for column, value in enumerate(rows[number], start=1):
            sheet.cell(FIRST + place, column).value = _moved(value, FIRST + number, FIRST + place)
    book.save(path)


def _moved(value: object, row: int, to: int) -> object:
    if isinstance(value, str) and value.startswith("="):
        return Translator(value, f"A{row}").translate_formula(f"A{to}")
    return value


def figures(path: Path) -> dict[tuple[str, int, int], object]:
    """What stands in every cell, but for those that were sorted."""
    sheets = [sheet for sheet in open_grid(path).sheets if sheet.name not in ("Données", "Journal")]
    return {(sheet.name, cell.row, cell.column): cell.value or None for sheet in sheets for cell in sheet.cells()}


@pytest.mark.parametrize(("seed", "campaign"), [(10, "2021"), (11, "REF")])
def test_sorting_changes_no_figure(tmp_path: Path, libreoffice: Convert, seed: int, campaign: str) -> None:
    contract = random_contract(seed)
    path = tmp_path / "maitre.xlsx"
    path.write_bytes(master(contract, random_answers(contract, seed), campaign, random_decisions(contract, seed)))
    before = figures(path)
    shuffle(path, seed)
    after = figures(libreoffice(path, "xlsx"))
    assert [place for place, value in before.items() if not _alike(value, after.get(place))] == []


def _alike(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return one == pytest.approx(other, rel=1e-9, abs=1e-9)
    return one == other


def test_a_row_added_below_counts(tmp_path: Path, libreoffice: Convert) -> None:
    path = tmp_path / "maitre.xlsx"
    path.write_bytes(master(EVERYTHING, answers("2021 A SUM.M1 15")))
    book = openpyxl.load_workbook(path)
    sheet = book["Données"]
    titles = {cell.value: cell.column for cell in sheet[4]}
    for title, value in {"Clé": "2021|SUM.M1|valeur", "Répond": 1, "Retenu": 7}.items():
        sheet.cell(6, titles[title]).value = value
    book.save(path)
    assert shown(libreoffice(path, "xlsx"), "SUM.M1", "Valeur 2021") == 22


def test_no_formula_searches_whole_columns_while_the_order_holds(tmp_path: Path) -> None:
    contract = framework(measure("SUM.M1"), measure("SOURCE.M1", "source unique"), measure("MOST.M1", "maximum"))
    path = tmp_path / "maitre.xlsx"
    path.write_bytes(master(contract, answers("2021 A SUM.M1 15", "2021 B SOURCE.M1 3", "2021 A MOST.M1 3")))
    formulas = [cell.formula for sheet in open_grid(path).sheets for cell in sheet.cells() if cell.formula]
    searching = [one for one in formulas if re.search(r"Données!\$[A-Z]+\$5:\$[A-Z]+\$20[0-9]", one)]
    assert searching
    assert [one for one in searching if DATA_IN_ORDER not in one] == []


def test_whether_the_order_holds_is_known_of_an_empty_sheet_too(tmp_path: Path) -> None:
    path = tmp_path / "maitre.xlsx"
    path.write_bytes(master(EVERYTHING, answers("2021 A SUM.M1 15").iloc[:0]))
    assert differences(path, recalculated(path, tmp_path / "recalcule.xlsx"))[1] == []
