"""*Par ventilation*: each indicator by quartier, by sexe and by whatever else is asked, live."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl

from cvsheet.files.grid import open_grid
from cvsheet.model.framework import Category, Framework
from tests.conftest import Convert
from tests.consolidation.frameworks import answers, framework, measure
from tests.engine import recalculated
from tests.letters import cut_letters
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


def test_short_blocks_share_a_page_and_a_long_one_begins_its_own(tmp_path: Path) -> None:
    asked = [measure(f"A.M{number}", breakdowns=("sexe",)) for number in range(1, 19)]
    made = framework(*asked, measure("B.M1", breakdowns=("quartier", "age")), measure("C.M1", breakdowns=("lieu",)))
    others = [Category(name, code, code, True) for name in ("sexe", "age", "lieu") for code in ("X", "Y")]
    path = tmp_path / "m.xlsx"
    path.write_bytes(master(replace(made, categories=(*made.categories, *others)), answers()))
    sheet = openpyxl.load_workbook(path)[SHEET]
    titles = [cell.value for cell in sheet["A"]]
    breaks = [titles[one.id] for one in sheet.row_breaks.brk]
    assert [title for title in titles if str(title).startswith("Par ") and ":" not in title] == [
        "Par sexe",
        "Par quartier",
        "Par age",
        "Par lieu",
    ]
    assert breaks == ["Par quartier"]
