"""*Synthèse* and *Par ventilation* as published: every indicator counted once, nothing masked in a sentence, a name
or a breakdown."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import column_index_from_string

from cvsheet.books.kit.charts import GROUPS
from cvsheet.figures.consolidation import aggregate
from cvsheet.files.grid import open_grid
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import Direction, Framework, Reference
from cvsheet.workflows.publish import publish
from tests.conftest import Convert
from tests.consolidation.frameworks import answers, as_table, framework, measure
from tests.letters import cut_letters
from tests.master.test_first_page import (
    CASES,
    LIBREOFFICE,
    MANY,
    SCREEN,
    further,
    only,
    rows_of,
    texts,
    trouble,
    written,
)
from tests.master.test_first_page import contract as pillars_of
from tests.publication.test_workbook import MASKED, published  # noqa: F401 - a fixture

GOALS = Reference(100, 2019, "validée", 400, 2023, "validée")
CODES = ("OPEN.M1", "BACK.M1", "SMALL.M1", "WATCH.M1")
SECRET_PEOPLE = {"diffusion": "personnes", "breakdowns": ("quartier", "sexe")}


def contract() -> Framework:
    made = framework(
        measure("OPEN.M1", breakdowns=("quartier",)),
        measure("BACK.M1"),
        measure("SMALL.M1", diffusion="personnes"),
        measure("WATCH.M1", direction=Direction.WATCH),
        references=dict.fromkeys(CODES, GOALS),
    )
    return replace(made, contract=replace(made.contract, secrecy_people=5))


ROWS = (
    "2020 A OPEN.M1 150", "2021 A OPEN.M1 120", "2021 A OPEN.M1/N 70", "2021 A OPEN.M1/S 50",
    "2020 A BACK.M1 90", "2021 A BACK.M1 80", "2020 A SMALL.M1 4", "2021 A SMALL.M1 3", "2021 A WATCH.M1 7",
)  # fmt: skip


def made(folder: Path, of: Framework, *rows: str) -> Path:
    table = answers(*rows)
    return publish(Assessment((), (), as_table(table), ()), aggregate(of, table), of.campaign["2021"], folder).path


def cards(path: Path) -> list[int]:
    row = next(row for row in rows_of(path) if str(row[0]).startswith("Ensemble"))
    return [int(str(value or 0).removesuffix(".0")) for value in row[1 : 2 + len(GROUPS)]]


def test_the_cards_add_up_to_all_indicators_those_kept_secret_among_them(tmp_path: Path) -> None:
    path = made(tmp_path, contract(), *ROWS)
    found = dict(zip([*(group.title for group in GROUPS), "Secret"], cards(path), strict=True))
    assert {title: count for title, count in found.items() if count} == {
        "En retard": 1, "En recul": 1, "Suivi": 1, "Secret": 1,
    }  # fmt: skip
    assert "sur 4 indicateurs, aucun n’a atteint sa cible ni n’est en bonne voie" in texts(path)


def test_an_indicator_whose_situation_is_secret_is_not_named(tmp_path: Path) -> None:
    path = made(tmp_path, contract(), *ROWS)
    assert [row[:6] for row in trouble(path)] == [
        ("Mesure BACK.M1", "En recul", 90, 80, 400, -320),
        ("Mesure OPEN.M1", "En retard", 150, 120, 400, -280),
    ]
    assert "Par rapport à 2020 : aucun ne progresse, 2 reculent ; 2 sont sans comparaison." in texts(path)


def test_large_letters_are_not_cut_at_their_top(published: Path) -> None:  # noqa: F811
    assert cut_letters(openpyxl.load_workbook(published)) == []


def test_what_a_breakdown_masks_stays_masked(published: Path) -> None:  # noqa: F811
    page = next(one for one in open_grid(published).sheets if one.name == "Par ventilation")
    shown = {str(cell.value) for cell in page.cells()}
    assert "ns" in shown
    assert not {str(number) for number in MASKED} & {text.removesuffix(".0") for text in shown}


@pytest.mark.parametrize("case", CASES)
def test_the_page_fits_a_screen_and_a_page(case: str, tmp_path: Path, libreoffice: Convert) -> None:
    of, rows = CASES[case]
    path = made(tmp_path, of, *(rows or ("2020 A P1-I1.M1 3",)))
    page = openpyxl.load_workbook(path)["Synthèse"]
    last_column, last_row = re.fullmatch(r".*\$A\$1:\$([A-Z]+)\$(\d+)", page.print_area).groups()  # type: ignore[union-attr]
    columns = [one for one in page.column_dimensions.values() if one.min <= column_index_from_string(last_column)]
    ends = [one.id for one in page.row_breaks.brk] or [int(last_row)]
    heights = [page.row_dimensions[row].height or 15 for row in range(1, ends[0] + 1)]
    assert sum(one.width * (one.max - one.min + 1) for one in columns) * LIBREOFFICE <= SCREEN[0]
    assert sum(heights) / 0.75 <= SCREEN[1]
    pages = libreoffice(only(path, "Synthèse"), "pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pages)) == 1 + bool(further(path))


@pytest.mark.parametrize("pillars", MANY)
@pytest.mark.sample(1)
def test_every_pillar_is_named_once(pillars: int, tmp_path: Path) -> None:
    of = pillars_of(pillars, 1)
    page = openpyxl.load_workbook(made(tmp_path, of, *(f"2021 A P{p}-I1.M1 {p}" for p in range(1, pillars))))
    names = [str(cell.value) for cell in page["Synthèse"]["A"] if str(cell.value).startswith("Pilier numéro")]
    assert names == [one.title for one in of.pillars]


@pytest.mark.parametrize(("pillars", "several"), [(9, False), (10, True)], ids=["9 of each", "10 of each"])
def test_the_details_of_a_long_contract_take_several_pages(pillars: int, several: bool, tmp_path: Path) -> None:
    of = pillars_of(pillars, 1)
    rows = [f"2021 A P{p}-I1.M1 {p}" for p in range(1, pillars)]
    for path in (made(tmp_path, of, *rows), written(tmp_path / "maitre.xlsx", of, *rows)):
        page = openpyxl.load_workbook(path)["Synthèse détaillée"]
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert (page.page_setup.fitToHeight == 0) == several  # a file that says nothing means one
