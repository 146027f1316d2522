"""*Actions*: the pilot's word, sums over the campaign's reports, what partners add, recalculated by LibreOffice."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from cvsheet.books.master.writing import MasterContent, master_workbook
from cvsheet.figures.consolidation import aggregate
from cvsheet.files.grid import open_grid
from cvsheet.judging.engine.assessment import Assessment, CellKey
from cvsheet.model.framework import Action, Framework, Objective
from cvsheet.model.submission import ActionReport, Answer, AnswerKind, Entry, Identity, Submission
from tests.conftest import Convert
from tests.consolidation.frameworks import answers, as_table, framework, measure
from tests.recalculated import differences

CONTRACT = replace(
    framework(measure("M.M1")),
    objectives=(Objective("1-1", "P1", "Objectif"),),
    actions=(
        Action("A1", "1-1", "Action pilotée", pilot="A", partners=("B",)),
        Action("A2", "1-1", "Action sans pilote", partners=("A", "B")),
        Action("A3", "1-1", "Action sans rapport", pilot="C"),
    ),
)


def report(partner: str, action: str, status: str, progress: float, people: float, **more: str) -> ActionReport:
    """A report of 2021: progress stands in G7, beneficiaries in H7."""
    entries = {
        "statut": Entry(Answer(AnswerKind.TEXT, text=status), cell="F7"),
        "avancement": Entry(Answer(AnswerKind.NUMBER, progress), cell="G7"),
        "beneficiaires": Entry(Answer(AnswerKind.NUMBER, people), cell="H7"),
    }
    fields = {"campaign": "2021", "title": "", "objective": "", **more}
    added = action not in CONTRACT.action
    origin = {"file": f"{partner}.xlsx", "sheet": "P"}
    return ActionReport(partner=partner, action=action, complementary=added, entries=entries, **origin, **fields)


def written(tmp_path: Path, *reports: ActionReport, aside: dict[CellKey, str] | None = None) -> Path:
    """The master of those reports."""
    submissions = tuple(
        Submission(f"{who}.xlsx", "0" * 64, "xlsx", datetime(2022, 1, 1), Identity("essai", "2021", who),
                   actions=tuple(one for one in reports if one.partner == who))
        for who in sorted({one.partner for one in reports})
    )  # fmt: skip
    table = answers("2021 A M.M1 3")
    assessment = Assessment((), submissions, as_table(table), (), aside or {})
    path = tmp_path / "maitre.xlsx"
    path.write_bytes(master_workbook(content(CONTRACT, assessment)))
    return path


def content(contract: Framework, assessment: Assessment) -> MasterContent:
    table = assessment.frame
    return MasterContent(contract, aggregate(contract, table), assessment, contract.campaign["2021"], (), ())


def rows(path: Path) -> list[tuple[object, ...]]:
    """Code (of what has none its title), who reports, status, progress and beneficiaries of each row of *Actions*."""
    sheet = next(sheet for sheet in open_grid(path).sheets if sheet.name == "Actions")
    titles = {cell.value: column for column, cell in sheet.rows[4].items()}
    columns = [titles[name] for name in ("Code", "Rapporté par", "Statut", "Avancement (%)", "Bénéficiaires")]
    found = []
    for number in sorted(sheet.rows):
        if number > 4:
            cells = [sheet.cell(number, column) for column in columns]
            code, *said = (cell.value if cell and cell.value is not None else "" for cell in cells)
            title = sheet.cell(number, titles["Action"])
            found.append((code or (title and title.value), *said))
    return found


def test_the_pilot_is_heard_first_and_the_people_are_added_up(tmp_path: Path) -> None:
    path = written(tmp_path, report("A", "A1", "En cours", 40, 10), report("B", "A1", "Réalisée", 100, 5))
    assert rows(path)[:3] == [
        ("A1", "2\u00a0rapports", "En cours", 40, 15),
        ("A1", "A", "En cours", 40, 10),
        ("A1", "B", "Réalisée", 100, 5),
    ]


def test_without_a_pilot_partners_are_read_together(tmp_path: Path) -> None:
    path = written(tmp_path, report("A", "A2", "Non démarrée", 0, 0), report("B", "A2", "Réalisée", 100, 5))
    assert rows(path)[1] == ("A2", "2\u00a0rapports", "En cours", 50, 5)


def test_an_action_that_nobody_reports_says_so(tmp_path: Path) -> None:
    assert rows(written(tmp_path, report("A", "A1", "En cours", 40, 10)))[-1] == ("A3", "aucun rapport", "", "", "")


def test_actions_that_partners_add_follow_those_of_the_contract(tmp_path: Path) -> None:
    path = written(tmp_path, report("B", "COMPL-P-1", "Réalisée", 100, 12, title="Fête de quartier"))
    assert rows(path)[3:] == [
        ("Actions proposées par les partenaires", "", "", "", ""),
        ("COMPL-P-1", "B", "Réalisée", 100, 12),
    ]


def test_an_entry_that_a_rule_sets_aside_is_not_added_up(tmp_path: Path) -> None:
    reports = (report("A", "A1", "En cours", 40, -10), report("B", "A1", "En cours", 50, 5))
    path = written(tmp_path, *reports, aside={("A.xlsx", "P", "H7"): "VAL-016"})
    assert rows(path)[:2] == [("A1", "2\u00a0rapports", "En cours", 40, 5), ("A1", "A", "En cours", 40, "")]


@pytest.mark.parametrize("pilot", ["A", ""])
def test_cached_sums_are_those_of_libreoffice(tmp_path: Path, libreoffice: Convert, pilot: str) -> None:
    reports = (report("A", "A1", "En cours", 40, 10), report("B", "A1", "Réalisée", 100, 5))
    path = written(tmp_path, *(reports if pilot else (reports[1], report("C", "A1", "En cours", 20, 1))))
    assert differences(path, libreoffice(path, "xlsx"))[1] == []
