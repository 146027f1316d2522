"""Two copies of one workbook, each filled by a department: the master, the correction and the reports, file by file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from cvsheet.books.partner.correction.answers import typed_cells
from cvsheet.books.partner.writing.entries import Prefill
from cvsheet.judging.campaign.reception import reception
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.judging.files.joins import said_of
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.framework import Framework
from cvsheet.reports.json_report import json_report
from cvsheet.reports.receipt import receipts_of
from cvsheet.workflows.annotate import annotate
from cvsheet.workflows.consolidate import consolidate
from cvsheet.workflows.validate import validate
from tests.catalogue.contract import ANSWERS, FRAMEWORK, good_return
from tests.catalogue.editing import by_hand
from tests.conftest import Convert
from tests.correction.rounds import ADDED, CAMPAIGN, opened, pillar, sent

EMPLOYMENT = ("E-I1.M1", "E-I1.M1/F", "E-I1.M1/H", "E-I1.M1/X1", "E-I1.M1/X2", "A1")
"""What the first department fills; the second the rest, and the progress of A1."""


def halves(good: Prefill) -> tuple[Prefill, Prefill]:
    first = {key: value for key, value in good.items() if key[0] in EMPLOYMENT and key != ("A1", "avancement")}
    return first, {key: value for key, value in good.items() if key not in first}


def delivered(framework: Framework, folder: Path, files: Mapping[str, bytes]) -> Assessment:
    inbox = folder / "retours"
    inbox.mkdir(parents=True)
    for name, content in files.items():
        (inbox / name).write_bytes(content)
    assessment = validate(framework, [inbox], folder)
    assert assessment.incidents == ()
    return assessment


def both(small: Framework, good: Prefill, folder: Path) -> Assessment:
    first, second = halves(good)
    return delivered(small, folder, {"caf.xlsx": sent(small, first), "caf (1).xlsx": sent(small, second)})


def rows_of(book: Workbook, sheet: str, title: str) -> list[dict[str, object]]:
    """The rows of a sheet of the master below the row in which `title` stands."""
    rows = [[cell.value for cell in row] for row in book[sheet].iter_rows()]
    start = next(number for number, row in enumerate(rows) if title in row)
    titles = [str(one) for one in rows[start]]
    return [dict(zip(titles, row, strict=True)) for row in rows[start + 1 :] if any(row)]


def figures(assessment: Assessment) -> dict[tuple[str, str], object]:
    """What counts of A, by code and column."""
    return {one.key: one.value for submission in assessment.current for one in typed_cells(submission)}


def codes(assessment: Assessment) -> list[str]:
    """What calls for an answer in A's files."""
    noted = (one for one in assessment.findings if one.severity is not Severity.INFO)
    return sorted(one.code for one in noted if one.place.file)


def test_the_master_shows_each_answer_in_its_own_file(small: Framework, good: Prefill, tmp_path: Path) -> None:
    made = consolidate(small, both(small, good, tmp_path), CAMPAIGN, tmp_path / "maitre.xlsx", tmp_path)
    whole = delivered(small, tmp_path / "whole", {"caf.xlsx": sent(small, good)})
    one = consolidate(small, whole, CAMPAIGN, tmp_path / "whole" / "maitre.xlsx", tmp_path / "whole")
    assert made.content.accounts == one.content.accounts
    book, other = (openpyxl.load_workbook(path) for path in (made.path, one.path))
    data = {str(row["Ligne"]): row for row in rows_of(book, "Données", "Ligne")}
    assert {line: (row["Valeur"], row["Texte"]) for line, row in data.items()} == {
        str(row["Ligne"]): (row["Valeur"], row["Texte"]) for row in rows_of(other, "Données", "Ligne")
    }
    assert {row["Fichier"] for line, row in data.items() if line in EMPLOYMENT} == {"retours/caf.xlsx"}
    assert {row["Fichier"] for line, row in data.items() if line not in EMPLOYMENT} == {"retours/caf (1).xlsx"}


def test_the_sheet_of_actions_tells_what_was_read_in_which_file(
    small: Framework, good: Prefill, tmp_path: Path
) -> None:
    made = consolidate(small, both(small, good, tmp_path), CAMPAIGN, tmp_path / "maitre.xlsx", tmp_path)
    rows = rows_of(openpyxl.load_workbook(made.path), "Actions", "Code")
    (report,) = (row for row in rows if row["Code"] == "A1" and row["Rapporté par"] == "A")
    assert (report["Statut"], report["Avancement (%)"]) == ("En cours", 50)
    assert report["Fichier"] == "retours/caf (1).xlsx\nretours/caf.xlsx (Statut, Début)"


def test_both_files_are_received_and_counted(small: Framework, good: Prefill, tmp_path: Path) -> None:
    assessment = both(small, good, tmp_path)
    made = consolidate(small, assessment, CAMPAIGN, tmp_path / "maitre.xlsx", tmp_path)
    journal = {row["Fichier"]: row for row in rows_of(openpyxl.load_workbook(made.path), "Journal", "Fichier")}
    told = {file: (str(row["Sort"]).replace("\u00a0", " "), row["Écartées"]) for file, row in journal.items()}
    assert told == {
        "retours/caf.xlsx": ("Pris en compte avec « retours/caf (1).xlsx »", 0),
        "retours/caf (1).xlsx": ("Pris en compte avec « retours/caf.xlsx »", 0),
    }
    assert {one.fate.replace("\u00a0", " ") for one in receipts_of(assessment)} == {fate for fate, _ in told.values()}
    (row, *_) = reception(small, assessment, CAMPAIGN)
    assert (row.files, row.versions) == (("retours/caf (1).xlsx", "retours/caf.xlsx"), 2)
    report = json_report(assessment).decode()
    assert report.count('"status": "counted"') == 2
    assert '"joined_with": [\n    "retours/caf.xlsx"\n   ]' in report


def test_one_correction_holds_the_answers_of_both(small: Framework, good: Prefill, tmp_path: Path) -> None:
    assessment = both(small, good, tmp_path)
    result = annotate(small, assessment, tmp_path / "sorties")
    (file,) = result.files
    assert result.clean == result.without_correction == ()
    assert "caf (1).xlsx" in file.message.read_text() and "caf.xlsx" in file.message.read_text()
    again = delivered(small, tmp_path / "again", {"caf.xlsx": file.workbook.read_bytes()})
    assert figures(again) == figures(assessment)
    assert codes(again) == []


def test_the_correction_sent_back_replaces_both(small: Framework, good: Prefill, tmp_path: Path) -> None:
    first, second = halves(good)
    sent_first, sent_second = sent(small, first), sent(small, second)
    before = delivered(small, tmp_path, {"caf.xlsx": sent_first, "caf (1).xlsx": sent_second})
    (file,) = annotate(small, before, tmp_path / "sorties").files
    corrected = {"caf.xlsx": sent_first, "caf (1).xlsx": sent_second, "a.xlsx": file.workbook.read_bytes()}
    after = delivered(small, tmp_path / "after", corrected)
    assert set(after.superseded.values()) == {"retours/a.xlsx"}
    assert figures(after) == figures(before)
    assert "HIS-003" not in codes(after)


def test_what_stands_beside_the_tables_is_kept_from_both_files(small: Framework, good: Prefill, tmp_path: Path) -> None:
    """At the same cell, two notes that are not the same; one that is the same stands there once."""
    notes = [{"Z40": "note du service emploi", "Z42": "commune"}, {"Z40": "note du logement", "Z42": "commune"}]

    def noted(told: Mapping[str, str]):
        def write(book: Workbook) -> None:
            for cell, text in told.items():
                pillar(book)[cell] = text

        return write

    first, second = (sent(small, half, noted(note)) for half, note in zip(halves(good), notes, strict=True))
    assessment = delivered(small, tmp_path, {"caf.xlsx": first, "caf (1).xlsx": second})
    (file,) = annotate(small, assessment, tmp_path / "sorties").files
    kept = opened(file.workbook.read_bytes())[ADDED[1]]
    rows = [tuple(cell.value for cell in row[1:4]) for row in kept.iter_rows(min_row=7)]
    sheet = pillar(opened(first)).title
    assert sorted(rows) == [
        (f"caf (1).xlsx · {sheet}", "Z40", "note du logement"),
        (f"caf (1).xlsx · {sheet}", "Z42", "commune"),
        (f"caf.xlsx · {sheet}", "Z40", "note du service emploi"),
    ]
    again = delivered(small, tmp_path / "again", {"caf.xlsx": file.workbook.read_bytes()})
    (submission,) = again.current
    assert sorted((one.sheet, one.cell, one.text) for one in submission.kept) == sorted(rows)


def test_a_fault_is_shown_at_its_cell_whichever_file_it_stands_in(
    small: Framework, good: Prefill, tmp_path: Path
) -> None:
    first, second = halves({**good, ("E-I1.M1", "valeur"): "env. 30", ("E-I1.M2", "valeur"): "env. 45"})
    assessment = delivered(small, tmp_path, {"caf.xlsx": sent(small, first), "caf (1).xlsx": sent(small, second)})
    faults = {(one.line, one.place.file) for one in assessment.findings if one.code == "VAL-007"}
    assert faults == {("E-I1.M1", "retours/caf.xlsx"), ("E-I1.M2", "retours/caf (1).xlsx")}
    (file,) = annotate(small, assessment, tmp_path / "sorties").files
    book = opened(file.workbook.read_bytes())
    marked = {
        cell.value
        for row in pillar(book).iter_rows()
        for cell in row
        if cell.comment and "approch" in cell.comment.text
    }
    assert marked == {"env. 30", "env. 45"}


def test_a_sheet_that_each_department_deleted_is_missing_in_neither(tmp_path: Path) -> None:
    """Each keeps its own sheet: nothing is missing, nothing is lost."""
    files = {
        "emploi.xlsx": by_hand(lambda book: book.remove(book["Habitat"]))(good_return()),
        "habitat.xlsx": by_hand(lambda book: book.remove(book["Emploi"]))(good_return()),
    }
    assessment = delivered(FRAMEWORK, tmp_path, files)
    assert codes(assessment) == ["FIC-053"]
    assert figures(assessment) == ANSWERS


@pytest.mark.parametrize("extensions", [("ods", "ods"), ("xlsx", "ods")])
def test_as_libreoffice_saves_them(
    small: Framework, good: Prefill, tmp_path: Path, libreoffice: Convert, extensions: tuple[str, str]
) -> None:
    files = {}
    for rank, (half, extension) in enumerate(zip(halves(good), extensions, strict=True)):
        path = tmp_path / f"caf{rank}.xlsx"
        path.write_bytes(sent(small, half))
        files[f"caf{rank}.{extension}"] = libreoffice(path, extension).read_bytes()
    assessment = delivered(small, tmp_path / "folder", files)
    assert codes(assessment) == ["FIC-053"]
    assert figures(assessment) == figures(delivered(small, tmp_path / "whole", {"caf.xlsx": sent(small, good)}))


LEADING, OTHER = "retours/caf (1).xlsx", "retours/caf.xlsx"


def joins(findings: Iterable[Finding]) -> list[tuple[str, object, object, object]]:
    """Where it stands that files were joined, with the other file and what each gives."""
    return [
        (one.place.file, *(one.facts[name] for name in ("other_file", "count", "other_count")))
        for one in findings
        if one.code == "FIC-053"
    ]


def test_of_one_of_two_copies_it_is_said_what_the_other_gives(small: Framework, good: Prefill, tmp_path: Path) -> None:
    findings = both(small, good, tmp_path).findings
    ((file, other, count, other_count),) = joins(findings)
    assert (file, other) == (LEADING, OTHER)
    assert joins(said_of(findings, {LEADING})) == [(LEADING, OTHER, count, other_count)]
    assert joins(said_of(findings, {OTHER})) == [(OTHER, LEADING, other_count, count)]
    assert joins(said_of(findings, {LEADING, OTHER})) == [(LEADING, OTHER, count, other_count)]
    assert joins(said_of(findings, {"retours/autre.xlsx"})) == []


@pytest.mark.parametrize(("given", "other"), [(LEADING, OTHER), (OTHER, LEADING)])
def test_one_of_two_copies_judged_alone_names_the_other(
    small: Framework, good: Prefill, tmp_path: Path, given: str, other: str
) -> None:
    both(small, good, tmp_path)
    alone = validate(small, [tmp_path / given], tmp_path, beside=tmp_path / "retours")
    assert [told[:2] for told in joins(alone.findings)] == [(given, other)]
    assert [one.file for one in alone.received] == [given]
    whole = validate(small, [tmp_path / "retours"], tmp_path, beside=tmp_path / "retours")
    assert len(joins(whole.findings)) == 1


def test_a_copy_that_says_something_else_is_named_by_no_join(small: Framework, good: Prefill, tmp_path: Path) -> None:
    delivered(small, tmp_path, {"caf.xlsx": sent(small, good), "caf (1).xlsx": sent(small, halves(good)[0])})
    alone = validate(small, [tmp_path / LEADING], tmp_path, beside=tmp_path / "retours")
    assert joins(alone.findings) == []
