"""The sheet *Pilotage*: each action is the workflow of the command, its outcome stands below, an error in words."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest

from tests.addin.conftest import PARTNER, cell_of
from tests.addin.web_excel import WebExcel

from cvsheet.addin.launch import run_in  # isort: skip - the licence key comes first
from cvsheet.addin.tasks import TASKS  # isort: skip
from cvsheet.books.contract.pilotage import LAST_RUN, SHEET, Field, Task
from cvsheet.demo import mistakes
from cvsheet.demo.returns import drop_into, spoilt_return
from cvsheet.errors import what_stopped
from cvsheet.files.own_marks import SHEET as FINDINGS
from cvsheet.text.french import typeset
from cvsheet.workflows.adopt_campaign import adopt_campaign
from cvsheet.workflows.check import check
from cvsheet.workflows.folder import ContractFolder, load_framework
from cvsheet.workflows.generate import generate
from cvsheet.workflows.previous import previous_answers
from cvsheet.workflows.reminders import remind
from cvsheet.workflows.validate import validate

Rows = list[tuple[str, ...]]


def ordered(folder: ContractFolder, task: str, **choices: object) -> WebExcel:
    """The contract's workbook, after *Run main* with this order."""
    return again(WebExcel.opened(folder.workbook), folder, task, **choices)


def again(excel: WebExcel, folder: ContractFolder, task: str, **choices: object) -> WebExcel:
    labels = {row[0].value: row[1] for row in excel.values[SHEET].iter_rows(max_col=2)}
    for field, value in {**dict.fromkeys(Field.__members__), "TASK": task, **choices}.items():
        labels[Field[field].value].value = value
    run(excel, folder)
    return excel


def run(excel: WebExcel, folder: ContractFolder) -> None:
    book = excel.book()
    run_in(book, folder.root)
    excel.apply(book)


def report(excel: WebExcel) -> Rows:
    """What stands below *Dernière exécution*."""
    sheet = excel.values[SHEET]
    rows = [tuple(str(cell or "") for cell in row) for row in sheet.iter_rows(max_col=3, values_only=True)]
    start = next(number for number, row in enumerate(rows) if row[0] == LAST_RUN)
    return [row for row in rows[start + 1 :] if any(row)]


def line(excel: WebExcel, label: str) -> str:
    return next((row[1] for row in report(excel) if row[0] == label), "")


def spoil(folder: ContractFolder) -> None:
    """The partner's last file has the usual mistakes."""
    framework = load_framework(folder.workbook)
    spoilers = (mistakes.approximate, mistakes.wrong_sum)
    drop_into(folder.inbox / "A2", (spoilt_return(framework, "A2", PARTNER, spoilers),))


def test_every_action_of_the_list_can_be_run() -> None:
    assert set(TASKS) == set(Task)


def test_the_list_offers_every_action(small: ContractFolder) -> None:
    rules = openpyxl.load_workbook(small.workbook)[SHEET].data_validations.dataValidation
    assert f'"{",".join(Task)}"' in [rule.formula1 for rule in rules]


def test_checking_marks_what_the_command_reports(folder: ContractFolder) -> None:
    excel = ordered(folder, Task.CHECK)
    findings = check(folder.workbook).findings
    assert {(one.place.sheet, one.place.cell) for one in findings if one.place.cell} == {
        (sheet.title, cell) for sheet in excel.values for cell in excel.coloured(sheet.title)
    }
    assert line(excel, "Action") == Task.CHECK
    assert f"{len(findings)}" in line(excel, "Résultat")
    again(excel, folder, Task.CLEAR_MARKS)
    assert FINDINGS not in excel.values.sheetnames
    assert not any(excel.coloured(sheet) for sheet in excel.values.sheetnames)


def test_generating_makes_the_files_of_the_command(small: ContractFolder) -> None:
    excel = ordered(small, Task.GENERATE, CAMPAIGN="A2", PARTNERS=PARTNER)
    framework = load_framework(small.workbook)
    previous = previous_answers(framework, "A2", small.inbox, small.root)
    (wanted,) = generate(framework, "A2", None, small.root / "voulus", previous=previous).files
    (made,) = (small.outbox / "A2").iterdir()
    assert made.read_bytes() == wanted.path.read_bytes()
    assert list(excel.links.values()) == [str(made)]


@pytest.mark.parametrize("code", [2020.0, "2020"])
@pytest.mark.long
def test_a_campaign_that_excel_makes_a_number_of_is_known(code: object, folder: ContractFolder) -> None:
    excel = ordered(folder, Task.GENERATE, CAMPAIGN=code, PARTNERS="VTH ; PE", BEFORE="oui")
    assert sorted(path.name for path in (folder.outbox / "2020").iterdir()) == [
        "amboise_2020_PE.xlsx",
        "amboise_2020_VTH.xlsx",
    ]
    assert line(excel, "Résultat").startswith("2")


@pytest.mark.parametrize("task", [Task.GENERATE, Task.REMIND])
@pytest.mark.sample(1)
def test_a_deadline_that_is_past_is_asked_about_before_anything_is_written(task: Task, folder: ContractFolder) -> None:
    excel = ordered(folder, task, CAMPAIGN="2020")
    assert re.search("date limite de .* est passée depuis .* Rien n’a été écrit.*«.oui.»", line(excel, "Échec"))
    assert not folder.outbox.exists() and not (folder.results / "relances").exists()


@pytest.mark.long
def test_a_new_deadline_is_that_of_the_workbooks(folder: ContractFolder) -> None:
    new = date.today() + timedelta(days=20)
    for typed in (f"{new:%d/%m/%Y}", datetime.combine(new, time()), "20j"):
        ordered(folder, Task.GENERATE, CAMPAIGN="2020", PARTNERS="VTH", BEFORE=typed)
        guide = openpyxl.load_workbook(folder.outbox / "2020" / "amboise_2020_VTH.xlsx").worksheets[0]
        assert any(f"{new:%d/%m/%Y}" in str(cell) for row in guide.values for cell in row), typed


@pytest.mark.parametrize("typed", ["bientôt", "01/01/2020"])
@pytest.mark.sample(1)
def test_what_is_no_day_to_come_is_no_deadline(typed: str, folder: ContractFolder) -> None:
    excel = ordered(folder, Task.GENERATE, CAMPAIGN="2020", BEFORE=typed)
    assert "n’est pas une date à venir" in line(excel, "Échec")


def test_validating_counts_and_shows_the_gravest_findings_first(small: ContractFolder) -> None:
    spoil(small)
    excel = ordered(small, Task.VALIDATE)
    shown = [row[0] for row in report(excel)]
    assert line(excel, "Fichiers reçus") == "3"
    assert shown[shown.index("Premiers constats") + 1] == "ERREUR"
    assert (small.results / "constats.html").is_file()


def test_what_stands_on_the_sheet_is_no_part_of_the_contract(small: ContractFolder) -> None:
    before = check(small.workbook)
    spoil(small)
    small.workbook.write_bytes(ordered(small, Task.VALIDATE).saved())
    after = check(small.workbook)
    assert after.canonical.tables == before.canonical.tables
    assert after.findings == before.findings


@pytest.mark.long
def test_reminding_writes_the_messages_of_the_command(small: ContractFolder) -> None:
    for file in (small.inbox / "A2").iterdir():
        file.unlink()
    ordered(small, Task.GENERATE, CAMPAIGN="A2")
    excel = ordered(small, Task.REMIND, CAMPAIGN="A2")
    framework, today = load_framework(small.workbook), date.today()
    assessment = validate(framework, [small.inbox], small.root)
    (wanted,) = remind(framework, assessment, "A2", small.root / "voulus", today=today).reminders
    (made,) = (small.results / "relances").iterdir()
    assert made.read_bytes() == wanted.message.read_bytes()
    assert list(excel.links.values()) == [str(made)]
    assert line(excel, PARTNER) == wanted.standing.value


def test_consolidating_writes_the_master(small: ContractFolder) -> None:
    excel = ordered(small, Task.CONSOLIDATE)
    (master,) = small.results.iterdir()
    assert line(excel, "Fichier") == master.name
    assert list(excel.links.values()) == [str(master)]


@pytest.mark.long
def test_adopting_writes_into_the_open_workbook_what_the_command_writes_into_the_file(small: ContractFolder) -> None:
    excel = ordered(small, Task.ADOPT)
    (backup,) = small.root.glob("contrat.avant-adoption-*.xlsx")
    assert backup.read_bytes() == small.workbook.read_bytes()
    by_excel = small.root / "excel.xlsx"
    by_excel.write_bytes(excel.saved())
    framework = load_framework(small.workbook)
    assessment = validate(framework, [small.inbox], small.root)
    assert adopt_campaign(small, framework, assessment, "R", framework.contract.start).adopted > 3
    assert load_framework(by_excel) == load_framework(small.workbook)


def test_a_contract_that_changed_since_it_was_saved_is_not_adopted_into(small: ContractFolder) -> None:
    excel = WebExcel.opened(small.workbook)
    excel.values["Partenaires"]["B5"] = "Un autre nom"
    again(excel, small, Task.ADOPT)
    assert "enregistrez-le" in line(excel, "Échec")
    assert not list(small.root.glob("contrat.avant-adoption-*"))


@pytest.mark.long
def test_what_is_typed_in_the_contract_and_not_saved_counts(small: ContractFolder) -> None:
    excel = WebExcel.opened(small.workbook)
    excel.values["Partenaires"]["A6"] = PARTNER
    again(excel, small, Task.CHECK)
    assert excel.coloured("Partenaires")


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"task": "Faire le café"}, "choisissez dans la liste"),
        ({"task": Task.GENERATE, "CAMPAIGN": "2035"}, "« 2035 » n’existe pas"),
        ({"task": Task.GENERATE, "PARTNERS": "ASSO-2"}, "Vouliez-vous dire « ASSO-1 »"),
        ({"task": Task.VALIDATE_BOOK}, "cvsheet : valider ce classeur"),
    ],
)
@pytest.mark.sample(2)
def test_a_wrong_order_is_said_in_a_cell_and_a_dialog_and_nothing_is_made(
    choices: dict[str, str], said: str, small: ContractFolder
) -> None:
    excel = ordered(small, **choices)
    assert typeset(said) in line(excel, "Échec")
    assert typeset(said) in excel.alerts[-1]
    assert excel.alerts[-1].startswith("Erreur")
    assert not small.outbox.exists()


def test_a_fault_of_ours_is_one_sentence_and_no_traceback(
    small: ContractFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("cvsheet.addin.launch.run_task", fails)
    excel = ordered(small, Task.CHECK)
    assert excel.alerts == [typeset(what_stopped(ZeroDivisionError()))]
    assert line(excel, "Échec") == excel.alerts[0]


def test_a_workbook_made_before_gets_the_sheet_and_can_be_used_at_once(small: ContractFolder) -> None:
    workbook = openpyxl.load_workbook(small.workbook)
    del workbook[SHEET]
    workbook.save(small.workbook)
    excel = WebExcel.opened(small.workbook)
    run(excel, small)
    assert excel.values.sheetnames[0] == SHEET
    again(excel, small, Task.VALIDATE)
    assert line(excel, "Fichiers reçus") == "3"


def test_a_text_of_a_partner_is_never_a_formula(folder: ContractFolder) -> None:
    path = folder.root / "retours/2021/amboise_2021_PE.xlsx"
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["Emploi"]
    sheet[cell_of(sheet, "Valeur", 0)].value = "'+SUM(A1)"
    sheet[cell_of(sheet, "Valeur", 1)].value = "@SUM(A1)"
    workbook.save(path)
    excel = ordered(folder, Task.VALIDATE)  # the helper refuses a written text that Excel would compute
    assert "SUM(A1)" in "".join(cell for row in report(excel) for cell in row)
