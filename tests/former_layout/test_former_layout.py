"""A workbook of the former layout is read, judged, corrected and counted beside those of today, as xlsx and as ods.

`workbooks/` holds files made in November 2026 for the small contract of tests/partner (two saved again by LibreOffice),
and what was typed in each: one with something in every cell, a good one, one with faults, the correction of that one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.books.partner.correction import correct
from cvsheet.books.partner.reading import read_returned
from cvsheet.books.partner.writing import partner_workbook
from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Received
from cvsheet.model.findings import Severity
from cvsheet.model.framework import Framework
from cvsheet.model.submission import StructureKind, Submission
from cvsheet.schema.roles import columns_of
from tests.partner.conftest import small
from tests.returned.conftest import damaged

__all__ = ["small"]
WORKBOOKS = Path(__file__).parent / "workbooks"
TYPED: dict[str, list[tuple[str, str, object]]] = json.loads((WORKBOOKS / "saisies.json").read_text(encoding="utf-8"))
FILES = sorted(path.name for path in WORKBOOKS.iterdir() if path.suffix in (".xlsx", ".ods"))


def read(small: Framework, name: str) -> Submission:
    return read_returned(WORKBOOKS / name, small, name)


def held(submission: Submission) -> Iterator[tuple[str, str, str]]:
    """Every answer that was read, as it looks, by row and column."""
    for seen in submission.observations:
        yield seen.line, columns_of(seen.quantity)[0], looks(seen.entry.answer.text or seen.entry.raw)
        yield from ((seen.line, column, looks(seen.words(column))) for column in seen.beside)
    for report in submission.actions:
        for column, entry in report.entries.items():
            yield report.action, column, looks(entry.answer.text or entry.raw)


def looks(value: object) -> str:
    text = str(value).strip()
    return text.removesuffix(".0").removesuffix(" 00:00:00").replace(",", ".")


@pytest.mark.parametrize("name", FILES)
def test_all_that_was_typed_is_read_and_nothing_is_amiss(small: Framework, name: str) -> None:
    submission = read(small, name)
    typed = {(row, column, looks(value)) for row, column, value in TYPED[Path(name).stem]}
    assert typed - set(held(submission)) == set()
    assert submission.structure == ()
    assert submission.leftovers == ()


@pytest.mark.parametrize("name", FILES)
@pytest.mark.sample(3)
def test_its_correction_is_of_today_and_holds_all_of_it(small: Framework, tmp_path: Path, name: str) -> None:
    first = read(small, name)
    findings = assess(small, [Received(name, first)]).findings
    path = tmp_path / "correction.xlsx"
    path.write_bytes(correct(small, first, findings).content)
    again = read_returned(path, small, path.name)
    assert {*held(first)} - {*held(again)} == set()
    assert again.leftovers == ()
    assert said(small, again) == said(small, first)


def said(small: Framework, submission: Submission) -> list[tuple[str, str]]:
    findings = assess(small, [Received(submission.file, submission)]).findings
    return sorted((one.code, one.line) for one in findings if one.place.file and one.severity is not Severity.INFO)


def test_a_good_one_raises_nothing(small: Framework) -> None:
    assert said(small, read(small, "bon_2021.xlsx")) == []


def test_both_layouts_count_in_one_campaign(small: Framework, tmp_path: Path) -> None:
    path = tmp_path / "B.xlsx"
    path.write_bytes(partner_workbook(small, "2021", "B", prefill={("H-I1.M1", "valeur"): 12}))
    received = [Received("A", read(small, "bon_2021.xlsx")), Received("B", read_returned(path, small, path.name))]
    assessment = assess(small, received)
    assert [one.file for one in assessment.current] == ["bon_2021.xlsx", "B.xlsx"]
    assert {*assessment.frame["partenaire"]} == {"A", "B"}


def test_a_copy_of_each_layout_complete_one_another(small: Framework, tmp_path: Path) -> None:
    path = tmp_path / "autre.xlsx"
    path.write_bytes(partner_workbook(small, "2021", "A", prefill={("E-I1.M1/F", "commentaire"): "Au 31 décembre"}))
    received = [Received("A", read(small, "bon_2021.xlsx")), Received("B", read_returned(path, small, path.name))]
    assert [one.file for one in assess(small, received).current] == ["bon_2021.xlsx"]


def indicators(book: Workbook) -> Worksheet:
    return next(sheet for sheet in book.worksheets if "insertion" in sheet.title)


def sort_lines(book: Workbook) -> None:
    """The indicator lines from last to first, whole rows."""
    sheet = indicators(book)
    rows = [row for row in range(5, sheet.max_row + 1) if "." in str(sheet.cell(row, 2).value or "")]
    kept = [[cell.value for cell in sheet[row]] for row in rows]
    for row, values in zip(rows, reversed(kept), strict=True):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column).value = value


def insert_row(book: Workbook) -> None:
    indicators(book).insert_rows(7)


def lose_the_titles(book: Workbook) -> None:
    indicators(book).delete_rows(4)


def rename(book: Workbook) -> None:
    indicators(book).title = "Emploi 2021"


def lose_the_hidden_sheet(book: Workbook) -> None:
    del book["_cvsheet"]


def swap(book: Workbook) -> None:
    sheet = indicators(book)
    for row in range(4, 16):
        one, other = sheet.cell(row, 7), sheet.cell(row, 11)
        one.value, other.value = other.value, one.value


K = StructureKind


@pytest.mark.parametrize(
    ("damage", "kinds"),
    [
        (sort_lines, set()),
        (insert_row, set()),
        (lose_the_titles, {K.HEADER_RECOVERED}),
        (rename, {K.SHEET_RENAMED}),
        (lose_the_hidden_sheet, {K.IDENTITY_RECOVERED}),
        (swap, {K.COLUMN_MOVED}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_partners_do_to_it_is_read_as_ever(small: Framework, tmp_path: Path, damage, kinds) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "retour.xlsx"
    path.write_bytes(damaged((WORKBOOKS / "complet_2021.xlsx").read_bytes(), damage))
    submission = read_returned(path, small, path.name)
    assert {*held(read(small, "complet_2021.xlsx"))} - {*held(submission)} == set()
    assert {fact.kind for fact in submission.structure} - {K.OUTSIDE_CONTENT} == kinds
