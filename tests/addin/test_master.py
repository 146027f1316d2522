"""*Consolider* with the master open: the same cells as a new master, and the person's place and filters left alone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from tests.addin.conftest import PARTNER
from tests.addin.web_excel import WebExcel, loaded

from cvsheet.addin.launch import run_in  # isort: skip - the licence key comes first
from cvsheet.demo import mistakes
from cvsheet.demo.returns import drop_into, spoilt_return
from cvsheet.workflows.consolidate import consolidate
from cvsheet.workflows.folder import ContractFolder, load_framework
from cvsheet.workflows.validate import validate

PILLAR = "L'emploi d'aujourd'hui"
OWN = {"Valeur arbitrée": 42, "Motif": "Accord du 2 mars", "Commentaire": "À revoir en juin"}
EPOCH = datetime(1899, 12, 30)
SPOILERS = (mistakes.approximate, mistakes.wrong_sum, mistakes.typed_as_text, mistakes.out_of_bounds)


@pytest.fixture
def master(small: ContractFolder) -> WebExcel:
    """The master of the small contract, open."""
    return WebExcel.opened(made(small, small.results))


def made(folder: ContractFolder, target: Path) -> Path:
    framework = load_framework(folder.workbook)
    assessment = validate(framework, [folder.inbox], folder.root)
    return consolidate(framework, assessment, None, target, folder.root).path


def new_master(folder: ContractFolder, former: bytes = b"") -> openpyxl.Workbook:
    """What the command line makes now, over the `former` file where there is one."""
    target = folder.root / "neuf" / "neuf.xlsx"
    if former:
        target.parent.mkdir()
        target.write_bytes(former)
    return loaded(made(folder, target).read_bytes())


def spoil(folder: ContractFolder, campaign: str = "A2") -> None:
    """The partner sends another file, with the usual mistakes."""
    framework = load_framework(folder.workbook)
    drop_into(folder.inbox / campaign, (spoilt_return(framework, campaign, PARTNER, SPOILERS, seed=7),))


def refreshed(master: WebExcel, folder: ContractFolder) -> list[str]:
    """*Run main* in the master; the names of the actions that Excel was asked for."""
    book = master.book()
    run_in(book, folder.root)
    asked = [action["func"] for action in book.json()["actions"]]
    master.apply(book)
    return asked


def plain(value: object) -> object:
    """A cell as compared: dates as Excel stores them, numbers rounded."""
    if isinstance(value, datetime):
        return (value - EPOCH).total_seconds() / 86_400
    return round(value, 9) if isinstance(value, float) else value


def cells(workbook: openpyxl.Workbook) -> dict[tuple[str, str], object]:
    return {
        (sheet.title, cell.coordinate): plain(cell.value)
        for sheet in workbook
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


@pytest.mark.parametrize("news", [True, False])
@pytest.mark.sample(1)
def test_the_open_master_gets_the_cells_of_a_new_one(news: bool, master: WebExcel, small: ContractFolder) -> None:
    if news:
        spoil(small)
    refreshed(master, small)
    assert cells(master.formulas) == cells(new_master(small))
    assert "mis à jour" in master.alerts[-1]


@pytest.mark.long
def test_new_rows_look_like_the_one_above(small: ContractFolder) -> None:
    spoil(small)
    master = WebExcel.opened(made(small, small.results))
    spoil(small, "A1")
    rows = master.formulas["Anomalies"].max_row
    refreshed(master, small)
    sheet = master.formulas["Anomalies"]
    assert sheet.max_row > rows
    assert sheet.cell(sheet.max_row, 1).border.left.style == sheet.cell(rows, 1).border.left.style == "thin"


@pytest.mark.long
def test_selection_filters_and_sheets_are_left_alone(master: WebExcel, small: ContractFolder) -> None:
    spoil(small)
    master.active = 2
    asked = refreshed(master, small)
    assert "setFormula" in asked
    assert set(asked) - {"setCalculation", "setScreenUpdating"} <= {
        "setFormula", "copyRange", "addHyperlink", "activateSheet", "alert"
    }  # fmt: skip
    assert master.active == 2


def typed_by_the_coordination(master: WebExcel) -> tuple[tuple[str, str], ...]:
    """Type a decision, its motive, a comment and a column of one's own in the open master; the cells."""
    titles = {str(cell.value): cell.column for cell in master.values[PILLAR][4] if cell.value}
    columns = {title: next(at for full, at in titles.items() if full.startswith(title)) for title in OWN}
    own = {**columns, "Vu en comité": max(titles.values()) + 1}
    for workbook in (master.values, master.formulas):
        workbook[PILLAR].cell(4, own["Vu en comité"]).value = "Vu en comité"
        for title, value in {**OWN, "Vu en comité": "le 3 mars"}.items():
            workbook[PILLAR].cell(5, own[title]).value = value
    return tuple((title, master.values[PILLAR].cell(5, column).coordinate) for title, column in own.items())


def test_what_the_coordination_typed_and_did_not_save_is_carried_over(master: WebExcel, small: ContractFolder) -> None:
    typed = typed_by_the_coordination(master)
    former = master.saved()
    spoil(small)
    refreshed(master, small)
    sheet = master.formulas[PILLAR]
    assert {title: sheet[cell].value for title, cell in typed} == {**OWN, "Vu en comité": "le 3 mars"}
    wanted = cells(new_master(small, former))
    found = cells(master.formulas)
    assert {place: value for place, value in found.items() if place in wanted} == wanted


@pytest.mark.long
def test_links_lead_where_those_of_a_new_master_lead(master: WebExcel, small: ContractFolder) -> None:
    before = (small.results / master.name).read_bytes()
    spoil(small)
    refreshed(master, small)
    wanted, former = links(new_master(small)), links(loaded(before))
    assert master.links
    assert former | master.links == wanted | {place: former[place] for place in former.keys() - wanted.keys()}


def links(workbook: openpyxl.Workbook) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): f"{cell.hyperlink.target or ''}{'#' if cell.hyperlink.location else ''}"
        f"{cell.hyperlink.location or ''}"
        for sheet in workbook
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink
    }


def test_a_master_of_other_columns_is_not_mixed_with_the_new_one(master: WebExcel, small: ContractFolder) -> None:
    for workbook in (master.values, master.formulas):
        workbook[PILLAR]["A5"].value = "Z9.M9"
    before = cells(master.formulas)
    spoil(small)
    refreshed(master, small)
    assert "Rien n’a été modifié" in master.alerts[-1]
    assert before.items() <= cells(master.formulas).items()
