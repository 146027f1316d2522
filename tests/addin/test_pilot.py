"""The sheet *Pilotage*: each action is the workflow of the command, its outcome stands below, an error in words."""

from __future__ import annotations

import openpyxl
import pytest

from tests.addin.web_excel import WebExcel

from cvsheet.addin.launch import run_in  # isort: skip - the licence key comes first
from cvsheet.addin.tasks import TASKS  # isort: skip
from cvsheet.errors import what_stopped
from cvsheet.framework import Framework
from cvsheet.pilot import LAST_RUN, SHEET, Field, Task
from cvsheet.reading.own_marks import SHEET as FINDINGS
from cvsheet.workflows.adopt_campaign import adopt_campaign
from cvsheet.workflows.check import check
from cvsheet.workflows.folder import ContractFolder, load_framework
from cvsheet.workflows.generate import generate
from cvsheet.workflows.previous import previous_answers
from cvsheet.workflows.validate import validate

Rows = list[tuple[str, ...]]


def ordered(folder: ContractFolder, task: str, **choices: object) -> WebExcel:
    """The contract's workbook, after *Run main* with this order."""
    excel = WebExcel.opened(folder.workbook)
    return again(excel, folder, task, **choices)


def again(excel: WebExcel, folder: ContractFolder, task: str, **choices: object) -> WebExcel:
    sheet = excel.values[SHEET]
    labels = {row[0].value: row[1] for row in sheet.iter_rows(max_col=2)}
    for field, value in {"TASK": task, "CAMPAIGN": None, "PARTNERS": None, "BOOK": None, **choices}.items():
        labels[Field[field].value].value = value
    book = excel.book()
    run_in(book, folder.root)
    excel.apply(book)
    return excel


def report(excel: WebExcel) -> Rows:
    """What stands below *Dernière exécution*."""
    rows = [
        tuple(str(cell or "") for cell in row) for row in excel.values[SHEET].iter_rows(max_col=3, values_only=True)
    ]
    start = next(number for number, row in enumerate(rows) if row[0] == LAST_RUN)
    return [row for row in rows[start + 1 :] if any(row)]


def line(excel: WebExcel, label: str) -> str:
    return next((row[1] for row in report(excel) if row[0] == label), "")


def test_every_action_of_the_list_can_be_run() -> None:
    assert set(TASKS) == set(Task)


def test_the_list_offers_every_action(folder: ContractFolder) -> None:
    rules = openpyxl.load_workbook(folder.workbook)[SHEET].data_validations.dataValidation
    assert f'"{",".join(Task)}"' in [rule.formula1 for rule in rules]


def test_checking_marks_what_the_command_reports(folder: ContractFolder) -> None:
    excel = ordered(folder, Task.CHECK)
    findings = check(folder.workbook).findings
    assert {(one.place.sheet, one.place.cell) for one in findings if one.place.cell} == {
        (sheet.title, cell) for sheet in excel.values for cell in excel.coloured(sheet.title)
    }
    assert line(excel, "Action") == Task.CHECK
    assert f"{len(findings)}" in line(excel, "Résultat")
    assert FINDINGS in excel.values.sheetnames


def test_erasing_takes_the_marks_of_the_check_back(folder: ContractFolder) -> None:
    excel = ordered(folder, Task.CHECK)
    again(excel, folder, Task.CLEAR_MARKS)
    assert FINDINGS not in excel.values.sheetnames
    assert not any(
        excel.coloured(sheet) or excel.notes(sheet).keys() - notes_of(folder, sheet)
        for sheet in excel.values.sheetnames
    )


def notes_of(folder: ContractFolder, sheet: str) -> set[str]:
    return set(WebExcel.opened(folder.workbook).notes(sheet))


@pytest.mark.parametrize("campaign", ["2020", 2020, 2020.0])
def test_generating_makes_the_files_of_the_command(
    campaign: object, folder: ContractFolder, framework: Framework
) -> None:
    excel = ordered(folder, Task.GENERATE, CAMPAIGN=campaign, PARTNERS="CAF ; PE")
    previous = previous_answers(framework, "2020", folder.inbox, folder.root)
    wanted = generate(framework, "2020", ("CAF", "PE"), folder.root / "voulus", previous=previous)
    made = sorted((folder.outbox / "2020").iterdir())
    assert [path.read_bytes() for path in made] == [file.path.read_bytes() for file in wanted.files]
    assert [text for text, _ in excel.links] == [path.name for path in made]
    assert [target for _, target in excel.links] == [str(path) for path in made]


def test_validating_counts_and_shows_the_gravest_findings_first(folder: ContractFolder) -> None:
    excel = ordered(folder, Task.VALIDATE)
    found = report(excel)
    assert line(excel, "Fichiers reçus") == "18"
    assert [row[0] for row in found if row[0] in ("ERREUR", "AVERTISSEMENT")][:4] == ["ERREUR"] * 4
    assert (folder.results / "constats.html").is_file()


def test_consolidating_writes_the_master(folder: ContractFolder) -> None:
    excel = ordered(folder, Task.CONSOLIDATE)
    assert line(excel, "Fichier") == "amboise_2021_maitre.xlsx"
    assert (folder.results / "amboise_2021_maitre.xlsx").is_file()


def test_adopting_writes_into_the_open_workbook_what_the_command_writes_into_the_file(
    folder: ContractFolder, framework: Framework
) -> None:
    excel = ordered(folder, Task.ADOPT)
    backups = list(folder.root.glob("contrat.avant-adoption-*.xlsx"))
    assert [backup.read_bytes() for backup in backups] == [folder.workbook.read_bytes()]
    copy = folder.root / "copie.xlsx"
    copy.write_bytes(folder.workbook.read_bytes())
    assessment = validate(framework, [folder.inbox], folder.root)
    result = adopt_campaign(copy, framework, assessment, None, framework.contract.start)
    assert result.adopted > 100
    copy_of_excel = folder.root / "excel.xlsx"
    copy_of_excel.write_bytes(excel.saved())
    assert load_framework(copy_of_excel) == load_framework(copy)


def test_a_contract_that_changed_since_it_was_saved_is_not_adopted_into(folder: ContractFolder) -> None:
    excel = WebExcel.opened(folder.workbook)
    excel.values["Partenaires"]["B6"] = "Un autre nom"
    again(excel, folder, Task.ADOPT)
    assert "enregistrez-le" in line(excel, "Échec")
    assert not list(folder.root.glob("contrat.avant-adoption-*"))


def test_what_is_typed_in_the_contract_and_not_saved_counts(folder: ContractFolder) -> None:
    excel = WebExcel.opened(folder.workbook)
    excel.values["Partenaires"]["A6"] = excel.values["Partenaires"]["A5"].value
    again(excel, folder, Task.CHECK)
    assert excel.coloured("Partenaires")


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"task": "Faire le café"}, "choisissez dans la liste"),
        ({"task": Task.GENERATE, "CAMPAIGN": "2035"}, "« 2035 » n’existe pas"),
        ({"task": Task.GENERATE, "PARTNERS": "PÔLE"}, "Partenaires du contrat"),
        ({"task": Task.VALIDATE_BOOK}, "cvsheet : valider ce classeur"),
    ],
)
def test_a_wrong_order_is_said_in_a_cell_and_a_dialog_and_nothing_is_made(
    choices: dict[str, str], said: str, folder: ContractFolder
) -> None:
    excel = ordered(folder, **choices)
    assert said in line(excel, "Échec").replace("\xa0", " ")
    assert said in excel.alerts[-1].replace("\xa0", " ")
    assert excel.alerts[-1].startswith("Erreur")
    assert not folder.outbox.exists()


def test_a_fault_of_ours_is_one_sentence_and_no_traceback(
    folder: ContractFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("cvsheet.addin.launch.run_task", fails)
    excel = ordered(folder, Task.CHECK)
    assert excel.alerts == [what_stopped(ZeroDivisionError())]
    assert "Traceback" not in "".join(cell for row in report(excel) for cell in row)


def test_a_workbook_made_before_gets_the_sheet_and_can_be_used_at_once(folder: ContractFolder) -> None:
    workbook = openpyxl.load_workbook(folder.workbook)
    del workbook[SHEET]
    workbook.save(folder.workbook)
    excel = WebExcel.opened(folder.workbook)
    book = excel.book()
    run_in(book, folder.root)
    excel.apply(book)
    assert excel.values.sheetnames[0] == SHEET
    again(excel, folder, Task.VALIDATE)
    assert line(excel, "Fichiers reçus") == "18"


def test_a_text_of_a_partner_is_never_a_formula(folder: ContractFolder) -> None:
    path = folder.root / "retours/2021/amboise_2021_PE.xlsx"
    workbook = openpyxl.load_workbook(path)
    workbook["Emploi"]["K5"].value = "'+SUM(A1)"
    workbook["Emploi"]["K6"].value = "@SUM(A1)"
    workbook.save(path)
    excel = ordered(folder, Task.VALIDATE)  # the helper refuses a written text that Excel would compute
    assert "SUM(A1)" in "".join(cell for row in report(excel) for cell in row)
