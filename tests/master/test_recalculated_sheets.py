"""The other sheets of the master at their limits: what is written is what another program computes."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from cvsheet.books.master.data_places import DATA_IN_ORDER
from cvsheet.books.master.decisions import Arbitration, Coordination
from cvsheet.books.master.writing.summary_actions import TITLES
from cvsheet.files.grid import open_grid
from cvsheet.files.grid.model import Cell
from cvsheet.files.scalars import answer_of
from cvsheet.model.framework import Reference
from tests.consolidation.frameworks import answers, framework, measure, share
from tests.engine import recalculated
from tests.master.chance import random_answers, random_contract, random_decisions
from tests.master.test_actions import report
from tests.master.test_actions import written as with_actions
from tests.master.test_live_formulas import EVERYTHING, master
from tests.recalculated import differences

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # openpyxl and sparklines


def wrong(path: Path) -> list[str]:
    """The cells in which another program computes something else."""
    count, found = differences(path, recalculated(path, path.with_name("recalculated.xlsx")))
    assert count > 100
    return found


def cell_of(path: Path, line: str, title: str) -> Cell | None:
    """What stands under `title` in the row of `line`."""
    sheet = next(sheet for sheet in open_grid(path).sheets if sheet.name == "Pilier")
    titles = {cell.value: column for column, cell in sheet.rows[4].items()}
    code = titles["Code"]
    row = next(row for row, cells in sheet.rows.items() if row > 4 and code in cells and cells[code].value == line)
    return sheet.cell(row, titles[title])


def never_in_order(path: Path, to: Path) -> Path:
    """The master with *Données* said to be in another order than its own."""
    sheet, cell = DATA_IN_ORDER.removesuffix("=1").replace("$", "").split("!")
    book = openpyxl.load_workbook(path)
    part = f"xl/worksheets/sheet{book.sheetnames.index(sheet) + 1}.xml"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(to, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                said, count = re.subn(rf'(<c r="{cell}"[^>]*>)<f>[^<]*</f><v>1.0</v>', r"\1<v>0</v>", text.decode())
                assert count == 1
                text = said.encode()
            target.writestr(name, text)
    return to


@pytest.mark.parametrize("seed", [10, 12])
@pytest.mark.long
def test_what_is_searched_is_what_stands_in_its_place(seed: int, tmp_path: Path) -> None:
    """As once somebody sorted *Données*: answers are found by their keys, those that are not there are not."""
    contract = random_contract(seed)
    path = tmp_path / "m.xlsx"
    path.write_bytes(master(contract, random_answers(contract, seed), "2021", random_decisions(contract, seed)))
    assert wrong(never_in_order(path, tmp_path / "searched.xlsx")) == []


def test_a_weight_that_nobody_gave_is_searched_in_vain(tmp_path: Path) -> None:
    """B has none: its 9 counts nothing beside A's 6."""
    path = tmp_path / "m.xlsx"
    path.write_bytes(master(EVERYTHING, answers("2021 A WEIGHTED.M1 6", "2021 A WEIGHT.M1 10", "2021 B WEIGHTED.M1 9")))
    searched = never_in_order(path, tmp_path / "searched.xlsx")
    assert wrong(searched) == []
    value = cell_of(searched, "WEIGHTED.M1", "Valeur retenue")
    assert value is not None
    assert value.value == 6


TARGET_ALONE = {"N.M1": Reference(None, None, "", 40, 2023, "validée")}
BOTH = {"N.M1": Reference(10, 2019, "validée", 40, 2023, "validée"), "D.M1": Reference(20, 2019, "validée", 80, 2023)}


@pytest.mark.parametrize(
    ("references", "line", "title", "value", "live"),
    [
        (TARGET_ALONE, "N.M1", "Référence", 5, True),  # proposed by a campaign, beside an adopted target
        (TARGET_ALONE, "N.M1", "Cible", 40, False),
        (TARGET_ALONE, "D.M1", "Référence", 10, True),
        (BOTH, "N.M1", "Référence", 10, False),
        (BOTH, "S.M1", "Référence", 50, True),  # worked out of two that are adopted
        (BOTH, "S.M1", "Cible", 50, True),
        ({**BOTH, "S.M1": Reference(0.4, 2019, "validée")}, "S.M1", "Référence", 0.4, False),
    ],
)
def test_what_the_contract_adopts_stands_there_and_all_else_is_worked_out(
    references: dict[str, Reference], line: str, title: str, value: float, live: bool, tmp_path: Path
) -> None:
    known = framework(measure("N.M1"), measure("D.M1"), share("S.M1", "N.M1", "D.M1"), references=references)
    path = tmp_path / "m.xlsx"
    rows = ("REF A N.M1 5 - référence", "REF A D.M1 10 - référence", "2021 A N.M1 7", "2021 A D.M1 14")
    path.write_bytes(master(known, answers(*rows)))
    found = cell_of(path, line, title)
    assert found is not None
    assert (found.value, bool(found.formula)) == (value, live)
    assert wrong(path) == []


@pytest.mark.parametrize(
    ("line", "campaign", "live"),
    [("SUM.M1", "2021", True), ("SUM.M1", "2020", False), ("TEXT.M1", "2021", False), ("TEXT.M1", "2020", False)],
)
def test_only_figures_with_a_year_before_have_a_variation(line: str, campaign: str, live: bool, tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    rows = ("2020 A SUM.M1 4", "2020 A TEXT.M1 bien", "2021 A SUM.M1 5", "2021 A TEXT.M1 mieux")
    path.write_bytes(master(EVERYTHING, answers(*rows), campaign))
    found = cell_of(path, line, "Variation")
    assert bool(found and found.formula) == live


@pytest.mark.parametrize(("typed", "situation"), [(None, "Suivi"), (8, "En bonne voie"), ("nd", "Suivi")])
def test_a_line_whose_answers_yield_no_value_is_judged_once_one_is_decided(
    typed: float | str | None, situation: str, tmp_path: Path
) -> None:
    decided = {("2021", "NONE.M1"): Arbitration("2021", "NONE.M1", typed, answer_of(typed), "vu")}
    path = tmp_path / "m.xlsx"
    path.write_bytes(master(EVERYTHING, answers("2021 A NONE.M1 3"), "2021", Coordination(decided if typed else {})))
    assert wrong(path) == []
    found = cell_of(path, "NONE.M1", "Situation")
    assert found is not None
    assert found.value == situation


def test_actions_are_counted_by_their_status(tmp_path: Path) -> None:
    """One is done, one has a status of its own, one is under way."""
    reports = (
        report("A", "A1", "Réalisée", 100, 10),
        report("B", "A2", "Abandonnée", 10, 5),
        report("C", "A3", "En cours", 40, 7),
    )
    path = with_actions(tmp_path, *reports)
    assert wrong(path) == []
    rows = openpyxl.load_workbook(path, data_only=True)["Synthèse détaillée"].iter_rows(values_only=True)
    heading = next(row for row in rows if row[0] == TITLES[0])
    counts = dict(zip(heading, next(rows), strict=True))
    assert [counts[title] for title in TITLES[1:6]] == [3, 3, 1, 1, 1]
