"""*Valider ce classeur*: what `cvsheet validate` reports, cell by cell, and marks that go away without a trace."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.addin.conftest import EXAMPLE, PARTNER, cell_of
from tests.addin.web_excel import WebExcel

from cvsheet.addin.launch import check_returned, erase, guarded  # isort: skip - the licence key comes first
from cvsheet.addin.open_books import content_of  # isort: skip
from cvsheet.addin.returned_book import judge_book  # isort: skip
from cvsheet import Contract
from cvsheet.books.kit.style import FAIR, POOR
from cvsheet.books.partner.reading import read_returned
from cvsheet.books.partner.writing import partner_workbook
from cvsheet.cli.main import execute
from cvsheet.demo.fictitious import typed_answers
from cvsheet.files.own_marks import NOTE_PREFIX, SHEET
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.framework import Framework
from cvsheet.workflows.folder import ContractFolder, load_framework
from cvsheet.workflows.validate import validate

WITH_FAULTS = "retours/2021/amboise_2021_PE.xlsx"
WHOLE = [path for path in sorted(EXAMPLE.glob("retours/*/*.xlsx")) if "(1)" not in path.name]
SHARES = 4
PAPERS = {Severity.ERROR: POOR[1], Severity.WARNING: FAIR[1]}


def reported(folder: ContractFolder, framework: Framework, name: str) -> tuple[Finding, ...]:
    """What the command line reports of one file among all."""
    assessment = validate(framework, [folder.inbox], folder.root)
    return tuple(one for one in assessment.findings if one.place.file == name)


def judged(excel: WebExcel, folder: ContractFolder, framework: Framework) -> tuple[Finding, ...]:
    return judge_book(excel.book(), Contract(folder, framework))[1]


def run(excel: WebExcel, folder: ContractFolder, action: object = check_returned) -> str:
    """Run an action of the add-in and apply what it answers; the sentence of its dialog."""
    book = excel.book()
    guarded(book, folder.root, action)  # type: ignore[arg-type]
    excel.apply(book)
    return excel.alerts[-1]


def looks(excel: WebExcel) -> dict[str, str]:
    """The own fill of every cell that has one."""
    return {
        f"{sheet.title}!{cell.coordinate}": cell.fill.fgColor.rgb
        for sheet in excel.values.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fill_type
    }


def test_there_are_workbooks_to_open() -> None:
    assert len(WHOLE) == 17


@pytest.mark.parametrize("rank", range(SHARES))
@pytest.mark.long
def test_open_workbooks_are_judged_like_their_files(rank: int, framework: Framework) -> None:
    """A share of the returns of the example, open in Excel and not changed."""
    opened = {path: content_of(WebExcel.opened(path).book(), path) for path in WHOLE[rank::SHARES]}
    wanted = validate(framework, [EXAMPLE / "retours"], EXAMPLE)
    found = validate(framework, [EXAMPLE / "retours"], EXAMPLE, opened=opened)
    assert [one.submission for one in found.received] == [one.submission for one in wanted.received]
    assert found.findings == wanted.findings


@pytest.mark.parametrize(
    "typed",
    [None, "env. 20", 3.5, "nd", -4, "1 234,5", True, "2026-01-31T10:00:00", "2026-01-31T10:00:00.5", "#N/A"],
)
@pytest.mark.sample(1)
def test_what_is_typed_and_not_saved_is_judged_as_if_it_were(
    typed: object, folder: ContractFolder, framework: Framework, tmp_path: Path
) -> None:
    path = folder.root / WITH_FAULTS
    excel = WebExcel.opened(path)
    path.write_bytes(excel.saved())
    sheet = excel.values["Emploi"]
    sheet[cell_of(sheet, "Valeur", 2)] = typed
    unsaved = judged(excel, folder, framework)
    path.write_bytes(excel.saved())
    assert unsaved == reported(folder, framework, WITH_FAULTS)


def test_comments_like_time_stamps_stop_nothing(folder: ContractFolder, framework: Framework) -> None:
    """xlwings 0.37.8 raises for such a text on the web, wherever it stands."""
    path = folder.root / WITH_FAULTS
    excel = WebExcel.opened(path)
    sheet = excel.values["Emploi"]
    for title, rank in (("Valeur", 2), ("Commentaire", 2), ("Commentaire", 4)):
        sheet[cell_of(sheet, title, rank)] = "2026-01-31T10:00:00"
    path.write_bytes(excel.saved())
    assert judged(excel, folder, framework) == reported(folder, framework, WITH_FAULTS)


def test_the_cells_in_fault_are_coloured_and_no_others(folder: ContractFolder, framework: Framework) -> None:
    excel = WebExcel.opened(folder.root / WITH_FAULTS)
    run(excel, folder)
    grave: dict[tuple[str, str], Severity] = {}
    for one in reported(folder, framework, WITH_FAULTS):
        place = one.place.sheet, one.place.cell
        if one.severity in PAPERS and one.place.cell and grave.get(place) is not Severity.ERROR:
            grave[place] = one.severity
    coloured = {
        (sheet.title, cell): paper for sheet in excel.values for cell, paper in excel.coloured(sheet.title).items()
    }
    assert set(grave.values()) == set(PAPERS)
    assert coloured == {place: PAPERS[severity] for place, severity in grave.items()}


@pytest.mark.long
def test_the_list_and_the_notes_say_what_the_command_line_says(folder: ContractFolder, framework: Framework) -> None:
    excel = WebExcel.opened(folder.root / WITH_FAULTS)
    run(excel, folder)
    wanted = sorted(
        (one.place.sheet, one.place.cell, find_rule(one.code).message(one))
        for one in reported(folder, framework, WITH_FAULTS)
    )
    rows = [row for row in excel.values[SHEET].iter_rows(min_row=5, values_only=True) if any(row)]
    assert sorted((row[1], row[2], row[4]) for row in rows) == wanted
    for sheet, cell, message in wanted:
        assert excel.notes(sheet)[cell].startswith(NOTE_PREFIX)
        assert message in excel.notes(sheet)[cell]


@pytest.mark.long
def test_a_second_run_shows_what_is_left_and_nothing_of_the_first(folder: ContractFolder, framework: Framework) -> None:
    path = folder.root / WITH_FAULTS
    excel = WebExcel.opened(path)
    run(excel, folder)
    approximate = cell_of(excel.values["Emploi"], "Valeur", 0)
    assert approximate in excel.coloured("Emploi")
    excel.values["Emploi"][approximate] = 181
    run(excel, folder)
    again = WebExcel.opened(path)
    again.values["Emploi"][approximate] = 181
    run(again, folder)
    assert [sheet.title for sheet in excel.values] == [sheet.title for sheet in again.values]
    for sheet in again.values.sheetnames:
        assert excel.coloured(sheet) == again.coloured(sheet)
        assert excel.notes(sheet) == again.notes(sheet)
        assert list(excel.values[sheet].values) == list(again.values[sheet].values)


def test_erasing_after_saving_and_opening_again_leaves_the_workbook_as_it_was(folder: ContractFolder) -> None:
    path = folder.root / WITH_FAULTS
    workbook = openpyxl.load_workbook(path)
    name = cell_of(workbook["Emploi"], "Valeur", 0)
    workbook["Emploi"][name].comment = Comment("Estimation de l’agence, à revoir en mars.", "Partenaire")
    workbook["Emploi"][name].fill = openpyxl.styles.PatternFill("solid", fgColor="FF00FF00")
    workbook.save(path)
    before = WebExcel.opened(path)
    excel = WebExcel.opened(path)
    run(excel, folder)
    assert excel.notes("Emploi")[name] == "Estimation de l’agence, à revoir en mars."
    assert name in excel.coloured("Emploi")
    reopened = WebExcel(excel.saved(), path.name)
    assert run(reopened, folder, erase) == "Marques effacées."
    assert reopened.values.sheetnames == before.values.sheetnames
    assert looks(reopened) == looks(before)
    assert not reopened.values.defined_names.keys() - before.values.defined_names.keys()
    for sheet in before.values.sheetnames:
        assert reopened.coloured(sheet) == {}
        assert reopened.notes(sheet) == before.notes(sheet)


def test_erasing_where_there_is_nothing_says_so(folder: ContractFolder) -> None:
    excel = WebExcel.opened(folder.root / WITH_FAULTS)
    assert "Aucune marque" in run(excel, folder, erase)


def test_a_file_sent_on_with_its_marks_is_read_like_the_file_without(
    folder: ContractFolder, framework: Framework, tmp_path: Path
) -> None:
    excel = WebExcel.opened(folder.root / WITH_FAULTS)
    plain, marked = tmp_path / "sans.xlsx", tmp_path / "avec.xlsx"
    plain.write_bytes(excel.saved())
    run(excel, folder)
    marked.write_bytes(excel.saved())
    first, second = (read_returned(path, framework, "retour.xlsx") for path in (plain, marked))
    assert first.observations == second.observations
    assert (first.structure, first.leftovers) == (second.structure, second.leftovers)


def test_a_sheet_of_the_partner_with_our_name_stays(folder: ContractFolder) -> None:
    path = folder.root / WITH_FAULTS
    workbook = openpyxl.load_workbook(path)
    workbook.create_sheet(SHEET)["A1"] = "Mes constats à moi"
    workbook.save(path)
    excel = WebExcel.opened(path)
    run(excel, folder)
    run(excel, folder, erase)
    kept = [sheet for sheet in excel.values if sheet["A1"].value == "Mes constats à moi"]
    assert len(kept) == 1


def test_a_file_that_lies_elsewhere_is_judged_alone(folder: ContractFolder, framework: Framework) -> None:
    elsewhere = folder.root / WITH_FAULTS
    moved = folder.root / elsewhere.name
    shutil.move(elsewhere, moved)
    alone = tuple(one for one in validate(framework, [moved], folder.root).findings if one.place.file == moved.name)
    assert judged(WebExcel.opened(moved), folder, framework) == alone


def test_a_copy_that_is_joined_to_another_says_so_in_excel(
    small: ContractFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The finding stands on the leading file: it is shown in the other as well, on the command line too."""
    contract = load_framework(small.workbook)
    campaign = "A1"
    shutil.rmtree(small.inbox / campaign)
    typed = typed_answers(contract, campaign, PARTNER)
    files = {"un.xlsx": list(typed)[::2], "deux.xlsx": list(typed)[1::2]}
    for name, keys in files.items():
        half = partner_workbook(contract, campaign, PARTNER, prefill={key: typed[key] for key in keys})
        (small.inbox / name).write_bytes(half)
    for name in files:
        (other,) = files.keys() - {name}
        found = judged(WebExcel.opened(small.inbox / name), small, contract)
        assert [one.facts["other_file"] for one in found if one.code == "FIC-053"] == [f"retours/{other}"]
        execute(["validate", str(small.inbox / name), "--folder", str(small.root)])
        assert "FIC-053" in capsys.readouterr().out
