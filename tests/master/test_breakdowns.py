"""*Par ventilation*: each indicator by quartier, by sexe and by whatever else is asked, live."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from cvsheet.books.kit.paper import pages_of
from cvsheet.files.grid import open_grid
from cvsheet.model.framework import Category, Framework
from tests.conftest import Convert
from tests.consolidation.frameworks import answers, framework, measure
from tests.engine import recalculated
from tests.letters import cut_letters
from tests.master.test_first_page import LIBREOFFICE, SCREEN, only
from tests.master.test_live_formulas import master
from tests.recalculated import differences
from tests.words import plain

SHEET = "Par ventilation"


def contract() -> Framework:
    made = framework(
        measure("A.M1", breakdowns=("quartier", "sexe")),
        measure("B.M1", breakdowns=("sexe",)),
        measure("C.M1"),
        measure("T.M1", "texte", type="texte", breakdowns=("sexe",), headline=False),
    )
    sexes = (Category("sexe", "F", "Femmes", True), Category("sexe", "H", "Hommes", True))
    return replace(made, categories=(*made.categories, *sexes))


ROWS = ("2021 A A.M1 10", "2021 B A.M1 5", "2021 A A.M1/N 6", "2021 A A.M1/F 4", "2021 A A.M1/H nd", "2021 A B.M1 9")


def blocks(path: Path) -> list[list[object]]:
    """The rows of the blocks: empty cells as None."""
    page = next(one for one in open_grid(path).sheets if one.name == SHEET)
    found = []
    for row in sorted(page.rows):
        cells = [page.cell(row, column) for column in range(1, 5)]
        if cells[1] is not None:
            values = [cell.value if cell else None for cell in cells]
            found.append([None if value == "" else value for value in values])
    return found


def test_a_block_for_each_breakdown_the_one_of_most_measures_first(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    path.write_bytes(master(contract(), answers(*ROWS)))
    assert blocks(path) == [
        ["Par sexe", "Total", "Femmes", "Hommes"],
        ["Mesure A.M1", 15, 4, None],
        ["Mesure B.M1", 9, None, None],
        ["Par quartier", "Total", "Nord", "Sud"],
        ["Mesure A.M1", 15, 6, None],
    ]


def test_large_letters_of_the_master_are_not_cut_at_their_top() -> None:
    """On this sheet as on every other one."""
    assert cut_letters(openpyxl.load_workbook(BytesIO(master(contract(), answers(*ROWS))))) == []


def test_its_figures_are_live(tmp_path: Path, libreoffice: Convert) -> None:
    path = tmp_path / "m.xlsx"
    path.write_bytes(master(contract(), answers(*ROWS)))
    assert differences(path, libreoffice(path, "xlsx"))[1] == []
    assert differences(path, recalculated(path, tmp_path / "r.xlsx"))[1] == []


def test_a_contract_without_breakdowns_says_so(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    path.write_bytes(master(framework(measure("C.M1")), answers("2021 A C.M1 3")))
    page = next(one for one in open_grid(path).sheets if one.name == SHEET)
    assert "Le contrat ne demande aucune ventilation." in [plain(cell.value) for cell in page.cells()]


def long_contract(measures: int, categories: int = 2, title: str = "") -> Framework:
    """So many measures by sexe, one by quartier and age, one by lieu."""
    asked = [measure(f"A.M{number}", breakdowns=("sexe",)) for number in range(1, measures + 1)]
    asked = [replace(one, title=f"{title} {one.title}".strip()) for one in asked]
    made = framework(*asked, measure("B.M1", breakdowns=("quartier", "age")), measure("C.M1", breakdowns=("lieu",)))
    codes = {"sexe": [f"S{number}" for number in range(1, categories + 1)], "age": ["X", "Y"], "lieu": ["X", "Y"]}
    others = [Category(name, code, f"Modalité {code}", True) for name, own in codes.items() for code in own]
    return replace(made, categories=(*made.categories, *others))


def page_titles(path: Path) -> list[list[str]]:
    """The titles of blocks on each page; every page but the first one starts with one."""
    sheet = openpyxl.load_workbook(path)[SHEET]
    breaks = {one.id for one in sheet.row_breaks.brk}
    pages: list[list[str]] = [[]]
    for row in sheet.iter_rows():
        if row[0].row - 1 in breaks:
            pages.append([])
            assert row[1].value == "Total"
        if row[1].value == "Total":
            pages[-1].append(plain(str(row[0].value)))
    return pages


LONG_TITLE = "Personnes accompagnées vers l’emploi dans les quartiers, avec les associations et les bailleurs"
OTHERS = ["Par quartier", "Par age", "Par lieu"]


@pytest.mark.parametrize(
    ("measures", "title", "pages"),
    [
        (3, "", [["Par sexe", *OTHERS]]),
        (26, "", [["Par sexe"], OTHERS]),
        (27, "", [["Par sexe"], ["Par sexe (suite)", *OTHERS]]),
        (11, LONG_TITLE, [["Par sexe"], OTHERS]),
        (70, "", [["Par sexe"], ["Par sexe (suite)"], ["Par sexe (suite)", *OTHERS]]),
    ],
)
@pytest.mark.sample(2)
def test_blocks_share_a_page_as_their_heights_allow_and_a_long_one_repeats_its_titles(
    measures: int, title: str, pages: list[list[str]], tmp_path: Path
) -> None:
    path = tmp_path / "m.xlsx"
    path.write_bytes(master(long_contract(measures, title=title), answers()))
    assert page_titles(path) == pages


@pytest.mark.parametrize(("categories", "columns"), [(1, [1]), (8, [8]), (9, [5, 4]), (12, [6, 6]), (17, [6, 6, 5])])
@pytest.mark.sample(2)
def test_a_breakdown_of_many_categories_has_parts_that_a_screen_and_a_page_show(
    categories: int, columns: list[int], tmp_path: Path
) -> None:
    path = tmp_path / "m.xlsx"
    path.write_bytes(master(long_contract(2, categories), answers("2021 A A.M1 7", "2021 A A.M1/S1 3")))
    found = [[cell.value for cell in row if cell.value is not None] for row in openpyxl.load_workbook(path)[SHEET]]
    titles = [row for row in found if row[1:2] == ["Total"] and str(row[0]).startswith("Par sexe")]
    assert [len(row) - 2 for row in titles] == columns
    assert [name for row in titles for name in row[2:]] == [
        f"Modalité S{number}" for number in range(1, categories + 1)
    ]
    widths = openpyxl.load_workbook(path)[SHEET].column_dimensions
    assert sum(one.width * (one.max - one.min + 1) for one in widths.values()) * LIBREOFFICE <= SCREEN[0]


def test_a_page_of_paper_is_as_wide_as_the_sheet_and_as_tall_as_what_stands_between_breaks(
    tmp_path: Path, libreoffice: Convert
) -> None:
    path = tmp_path / "m.xlsx"
    made = long_contract(60, 20, LONG_TITLE)
    path.write_bytes(master(made, answers(*(f"2021 A A.M{number} {number}" for number in range(1, 61)))))
    pages = libreoffice(only(path, SHEET), "pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pages)) == len(page_titles(path))


@pytest.mark.parametrize(
    ("heights", "first", "pages"),
    [
        ([], None, []),
        ([10, 10, 10], None, [[0, 1, 2]]),
        ([10, 10, 11], None, [[0, 1], [2]]),
        ([10, 10, 10], 20, [[0, 1], [2]]),
        ([40, 10, 40], None, [[0], [1], [2]]),  # taller than a page: alone
    ],
)
def test_rows_fill_pages(heights: list[float], first: float | None, pages: list[list[int]]) -> None:
    assert [list(page) for page in pages_of(heights, 30, first)] == pages
