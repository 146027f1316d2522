"""One calculation of actions: the master, the workbook to publish and the open data say the same of each."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from cvsheet.books.master.writing import master_workbook
from cvsheet.books.opendata.content import ExportContent
from cvsheet.books.opendata.rows import rows_of
from cvsheet.figures.action_results import action_results
from cvsheet.figures.consolidation import aggregate
from cvsheet.figures.disclosure.confidentiality import NO_SECRECY
from cvsheet.files.grid import open_grid
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.submission import ActionReport, Answer, AnswerKind, Entry, Form, Identity, Submission
from cvsheet.schema.tables import load_table
from cvsheet.workflows.publish import publish
from tests.conftest import Convert
from tests.consolidation.frameworks import answers, as_table
from tests.master.test_actions import CONTRACT, content
from tests.recalculated import differences

COLUMNS = ("statut", "avancement", "budget_prevu", "beneficiaires")
KINDS = {kind.value: kind for kind in (AnswerKind.NOT_AVAILABLE, AnswerKind.SECRET, AnswerKind.NOT_APPLICABLE)}

# what A and B report of the action that nobody pilots: status, progress, budget, beneficiaries -> what is retained
CASES = [
    ("En cours 40 1000 10", "En cours 60 500 5", "En cours 50 1500 15"),
    ("En cours 40 1000 10", "nd nd nd nd", "En cours 40 1000 10"),
    ("nd nd nd nd", ". . . .", "nd nd nd nd"),
    ("so so so so", ". . . .", "so so so so"),
    ("ns ns ns ns", ". . . .", "ns ns ns ns"),
    ("nd so so ns", "so nd . so", "nd nd so ns"),
    ("finie 40 . .", "Réalisée 100 . 0", "Réalisée 70 . 0"),
    ("N.D.→nd . . .", ". . . sans_objet→so", "nd . . so"),
    (". . . .", ". . . .", ". . . ."),
]


def entry(word: str, cell: str) -> Entry:
    """The entry that was typed: a number, nothing (.), a reason (perhaps ``N.D.→nd``), or a text."""
    raw, _, read = word.partition("→")
    kind = KINDS.get(read or raw)
    if word == "." or kind:
        return Entry(Answer(kind or AnswerKind.BLANK), raw="" if word == "." else raw, cell=cell)
    if word[0].isdigit():
        return Entry(Answer(AnswerKind.NUMBER, float(word)), raw=word, cell=cell)
    known = word in load_table("saisie_actions").column("statut").enum
    form = Form.PLAIN if known else Form.NOT_A_NUMBER
    return Entry(
        Answer(AnswerKind.TEXT if known else AnswerKind.UNREADABLE, text=word if known else ""), form, word, cell
    )


def words_of(told: str) -> list[str]:
    return told.replace("En cours", "En_cours").split()


def judged(*told: str) -> Assessment:
    """What A and B report of A2; a status that is no word of the list is set aside, as the rules do."""
    submissions, aside = [], {}
    for partner, words in zip("AB", told, strict=True):
        typed = (word.replace("_", " ") for word in words_of(words))
        entries = {name: entry(word, f"{name}7") for name, word in zip(COLUMNS, typed, strict=True)}
        file = f"{partner}.xlsx"
        if entries["statut"].answer.kind is AnswerKind.UNREADABLE:
            aside[file, "P", "statut7"] = "VAL-014"
        report = ActionReport("2021", partner, "A2", "", "", False, entries, file, "P")
        whose = Identity("essai", "2021", partner)
        submissions.append(Submission(file, "0" * 64, "xlsx", datetime(2022, 1, 1), whose, actions=(report,)))
    return Assessment((), tuple(submissions), as_table(answers("2021 A M.M1 3")), (), aside)


def shown(path: Path, titles_row: int) -> list[str]:
    """The status and figures of A2 on the sheet *Actions*."""
    sheet = next(sheet for sheet in open_grid(path).sheets if sheet.name == "Actions")
    titles = {cell.value: column for column, cell in sheet.rows[titles_row].items()}
    row = next(row for row in sheet.rows if (cell := sheet.cell(row, titles["Code"])) and cell.value == "A2")
    wanted = [titles[load_table("suivi_actions").column(name).title] for name in COLUMNS]
    return [word(cell.value if (cell := sheet.cell(row, column)) else None) for column in wanted]


def word(value: object) -> str:
    text = (
        f"{value:g}" if isinstance(value, float) else str(value.value if isinstance(value, AnswerKind) else value or "")
    )
    return text or "."


def master_of(assessment: Assessment, folder: Path) -> Path:
    path = folder / "maitre.xlsx"
    path.write_bytes(master_workbook(content(CONTRACT, assessment)))
    return path


@pytest.mark.parametrize(("first", "second", "retained"), CASES)
@pytest.mark.sample(4)
def test_master_publication_and_open_data_agree(tmp_path: Path, first: str, second: str, retained: str) -> None:
    assessment = judged(first, second)
    expected = [one.replace("_", " ") for one in words_of(retained)]
    consolidation = aggregate(CONTRACT, assessment.frame)
    published = publish(assessment, consolidation, CONTRACT.campaign["2021"], tmp_path).path
    results = tuple(action_results(CONTRACT, assessment.action_reports, assessment.aside, "2021"))
    exported = ExportContent(CONTRACT, consolidation, NO_SECRECY, {"2021": results}, None)
    row = next(row for row in rows_of(exported, "suivi_actions") if row["action"] == "A2")
    assert shown(master_of(assessment, tmp_path), 4) == expected
    assert shown(published, 4) == expected
    without_reasons = [
        "." if one in KINDS and name != "statut" else one for name, one in zip(COLUMNS, expected, strict=True)
    ]
    assert [word(row[name]) for name in COLUMNS] == without_reasons
    assert ("beneficiaires" in str(row["masques"]).split(";")) is (expected[-1] == "ns")
    reasons = dict(one.split("=") for one in str(row["raisons"]).split(";") if one)
    figures = zip(COLUMNS[1:], expected[1:], strict=True)
    assert reasons == {name: one for name, one in figures if one in ("nd", "so")}


@pytest.mark.parametrize("number", [1, 2, 4, 5, 7])
def test_reasons_in_the_master_are_those_of_libreoffice(tmp_path: Path, libreoffice: Convert, number: int) -> None:
    path = master_of(judged(*CASES[number][:2]), tmp_path)
    assert differences(path, libreoffice(path, "xlsx"))[1] == []


def test_what_a_partner_keeps_secret_is_not_counted_as_masked(tmp_path: Path) -> None:
    assessment = judged("En cours 40 . ns", ". . . .")
    done = publish(assessment, aggregate(CONTRACT, assessment.frame), CONTRACT.campaign["2021"], tmp_path)
    assert done.content.masked_beneficiaries == 0
