"""One gesture of the partner, one finding: what a sheet shows many times over is told once, with the places."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook
from rich.console import Console

from cvsheet.books.partner.correction.workbook import correct
from cvsheet.demo.fictitious import typed_answers
from cvsheet.files.addresses import cell_ranges
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.judging.engine.gestures import MOST_ALIKE, apart, as_one, told_together
from cvsheet.model.findings import Finding, Place, Severity
from cvsheet.model.framework import CampaignType
from cvsheet.reports.console import print_assessment
from cvsheet.reports.grouping import Spot, sections_of
from cvsheet.reports.json_report import json_report
from cvsheet.workflows.validate import validate
from tests.catalogue.editing import line_rows as lines
from tests.conftest import Convert
from tests.returned.conftest import Damage, amboise, damaged, workbook
from tests.returned.test_recovery import CODE, COMMENT, VALUE

PARTNER, CAMPAIGN, SHEET = "ML", "2021", "Emploi"


def judged(folder: Path, content: bytes, name: str = "retour.xlsx") -> Assessment:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return validate(amboise(), [folder / name], folder)


def filled() -> bytes:
    return workbook(PARTNER, CAMPAIGN, typed_answers(amboise(), CAMPAIGN, PARTNER, 0))


def structure(assessment: Assessment) -> list[Finding]:
    return [one for one in assessment.findings if one.code.startswith("STR")]


def sheet_duplicated(book: Workbook) -> None:
    book.copy_worksheet(book[SHEET])


def codes_replaced(book: Workbook) -> None:
    sheet = book[SHEET]
    for row in lines(sheet):
        sheet.cell(row, CODE).value = str(sheet.cell(row, CODE).value).replace("EMP-P1", "EMPLOI-P1")


def another_year_pasted(book: Workbook) -> None:
    yearly = [one.code for one in amboise().campaigns if one.type is CampaignType.YEARLY]
    year = next(code for code in yearly if code != CAMPAIGN)
    typed = typed_answers(amboise(), year, PARTNER, 0)
    former = openpyxl.load_workbook(io.BytesIO(workbook(PARTNER, year, typed)))[SHEET]
    for row in former.iter_rows(min_row=5):
        for cell in row:
            if cell.row and cell.column and not isinstance(book[SHEET].cell(cell.row, cell.column).value, type(None)):
                book[SHEET].cell(cell.row, cell.column).value = cell.value


def labels_retyped(book: Workbook) -> None:
    """Find and replace in the labels: « personnes » becomes « pers. »."""
    sheet = book[SHEET]
    for row in lines(sheet):
        for cell in sheet[row]:
            if cell.value == "personnes":
                cell.value = "pers."


GESTURES: list[Damage] = [sheet_duplicated, codes_replaced, another_year_pasted, labels_retyped]


@pytest.mark.parametrize("gesture", GESTURES, ids=lambda one: one.__name__)
def test_a_gesture_is_told_once(tmp_path: Path, gesture: Damage) -> None:
    found = structure(judged(tmp_path, damaged(filled(), gesture)))
    assert 1 <= len(found) <= 3
    many = max(found, key=lambda one: int(one.facts.get("alike", 0) or 0))
    assert int(many.facts["alike"] or 0) > MOST_ALIKE
    assert str(many.facts["places"]) in find_rule(many.code).message(many)


@pytest.mark.other_program
@pytest.mark.parametrize("gesture", [sheet_duplicated, codes_replaced], ids=lambda one: one.__name__)
def test_in_ods_too(tmp_path: Path, gesture: Damage, libreoffice: Convert) -> None:
    (tmp_path / "retour.xlsx").write_bytes(damaged(filled(), gesture))
    content = libreoffice(tmp_path / "retour.xlsx", "ods").read_bytes()
    assert len(structure(judged(tmp_path / "ods", content, "retour.ods"))) <= 3


@pytest.mark.parametrize(("count", "findings"), [(MOST_ALIKE, MOST_ALIKE), (MOST_ALIKE + 1, 1)])
def test_a_few_are_told_one_by_one(tmp_path: Path, count: int, findings: int) -> None:
    def some(book: Workbook) -> None:
        for row in lines(book[SHEET])[:count]:
            book[SHEET].cell(row, CODE).value = "XYZ-9-" + str(row)

    assert len(structure(judged(tmp_path, damaged(filled(), some)))) == findings


def test_the_same_answers_are_set_aside_as_one_by_one(tmp_path: Path) -> None:
    """Rows sorted without their codes: none of these answers counts, whether told once or not."""

    def sorted_without_codes(book: Workbook) -> None:
        sheet = book[SHEET]
        rows = lines(sheet)
        kept = [[sheet.cell(row, column).value for column in range(1, CODE)] for row in rows]
        for row, values in zip(rows, [*kept[1:], kept[0]], strict=True):
            for column, value in enumerate(values, start=1):
                sheet.cell(row, column).value = value

    assessment = judged(tmp_path, damaged(filled(), sorted_without_codes))
    shuffled = [one for one in assessment.findings if one.code == "STR-015"]
    assert len(shuffled) == 1
    assert len([code for code in assessment.aside.values() if code == "STR-015"]) > MOST_ALIKE


def test_cells_that_follow_one_another_are_a_range() -> None:
    assert cell_ranges(["B5", "B6", "B7", "B9", "C10", "C11", "B12"]) == ("B5:B7", "B9", "C10:C11", "B12")
    assert cell_ranges([]) == ()


def column_as_text(book: Workbook) -> None:
    """The whole column of values pasted as text, with a unit."""
    sheet = book[SHEET]
    for row in lines(sheet):
        if isinstance(sheet.cell(row, VALUE).value, int | float):
            sheet.cell(row, VALUE).value = f"env. {sheet.cell(row, VALUE).value}"


def other_unit(book: Workbook) -> None:
    sheet = book[SHEET]
    for row in lines(sheet):
        value = sheet.cell(row, VALUE).value
        if isinstance(value, int | float):
            sheet.cell(row, VALUE).value = value / 1000


def values_in_comments(book: Workbook) -> None:
    """Pasted a column too far: the answers stand in the comments."""
    sheet = book[SHEET]
    for row in lines(sheet):
        sheet.cell(row, COMMENT).value, sheet.cell(row, VALUE).value = sheet.cell(row, VALUE).value, None


def emptied(book: Workbook) -> None:
    for row in lines(book[SHEET]):
        book[SHEET].cell(row, VALUE).value = None


OF_VALUES: list[tuple[Damage, str]] = [
    (column_as_text, "VAL-007"),
    (other_unit, "VAL-015"),
    (values_in_comments, "VAL-023"),
    (emptied, "VAL-001"),
]


def told_of(assessment: Assessment, code: str) -> list[Spot]:
    return [
        spot
        for section in sections_of(assessment.findings)
        for cause in section.causes
        for spot in cause.spots
        if cause.code == code and spot.finding.place.sheet == SHEET
    ]


def check_told_once(assessment: Assessment, code: str) -> None:
    cells = {one.place.cell for one in assessment.findings if one.code == code and one.place.sheet == SHEET}
    (spot,) = told_of(assessment, code)
    assert len(cells) > MOST_ALIKE
    assert {one.place.cell for one in spot.findings} == cells
    assert f"De même {len(cells) - 1}".replace(" ", "\u00a0") in spot.fault.replace(" ", "\u00a0")
    assert printed(assessment).replace("\u00a0", " ").count(f" {code} : ") == 1
    (gesture,) = [one for one in json.loads(json_report(assessment))["gestures"] if one["code"] == code]
    assert set(gesture["cells"]) == cells


def printed(assessment: Assessment) -> str:
    out = Console(file=io.StringIO(), width=80)
    print_assessment(assessment, console=out)
    return str(getattr(out.file, "getvalue")())  # noqa: B009


@pytest.mark.parametrize(("gesture", "code"), OF_VALUES, ids=lambda one: getattr(one, "__name__", one))
def test_a_gesture_over_values_is_one_line_and_marks_every_cell(tmp_path: Path, gesture: Damage, code: str) -> None:
    assessment = judged(tmp_path, damaged(filled(), gesture))
    check_told_once(assessment, code)
    check_correction(assessment, code)


def check_correction(assessment: Assessment, code: str) -> None:
    """One row on *À corriger*, a note on each cell."""
    (submission,) = assessment.current
    correction = correct(amboise(), submission, assessment.findings)
    book = openpyxl.load_workbook(io.BytesIO(correction.content))
    placed = [one for one in apart(correction.findings) if one.code == code and one.place.sheet == SHEET]
    assert all(book[SHEET][one.place.cell].comment for one in placed)
    title = find_rule(code).fault(next(one for one in told_together(placed)))
    rows = [row for row in book["À corriger"].iter_rows(min_row=9, values_only=True) if row[5] == title]
    assert len(rows) == 1


@pytest.mark.other_program
@pytest.mark.parametrize(("gesture", "code"), OF_VALUES, ids=lambda one: getattr(one, "__name__", one))
def test_a_gesture_over_values_in_ods(tmp_path: Path, gesture: Damage, code: str, libreoffice: Convert) -> None:
    (tmp_path / "retour.xlsx").write_bytes(damaged(filled(), gesture))
    content = libreoffice(tmp_path / "retour.xlsx", "ods").read_bytes()
    check_told_once(judged(tmp_path / "ods", content, "retour.ods"), code)


def test_a_gesture_over_rows_marks_every_row_of_the_correction(tmp_path: Path) -> None:
    assessment = judged(tmp_path, damaged(filled(), labels_retyped))
    many = next(one for one in assessment.findings if one.also)
    (submission,) = assessment.current
    book = openpyxl.load_workbook(io.BytesIO(correct(amboise(), submission, assessment.findings).content))
    title = find_rule(many.code).title
    notes = [cell.comment.text for row in book[SHEET].iter_rows() for cell in row if cell.comment]
    said = [find_rule(one.code).fault(one) for one in apart([many])]
    assert title
    assert sum(any(fault in note for note in notes) for fault in said) == len(said)
    assert not any("De même" in note.replace("\u00a0", " ") for note in notes)


@pytest.mark.parametrize(("count", "lines_told"), [(MOST_ALIKE, MOST_ALIKE), (MOST_ALIKE + 1, 1)])
def test_a_few_values_are_told_one_by_one(tmp_path: Path, count: int, lines_told: int) -> None:
    def some(book: Workbook) -> None:
        for row in lines(book[SHEET])[:count]:
            book[SHEET].cell(row, VALUE).value = f"env. {row}"

    assert len(told_of(judged(tmp_path, damaged(filled(), some)), "VAL-007")) == lines_told


def test_each_remedy_is_one_line() -> None:
    """Cells of one rule that call for different words are not one gesture."""

    def one(row: int, instead: str) -> Finding:
        facts = {"typed": "x", "instead": instead, "hint": ""}
        return Finding("VAL-002", Severity.ERROR, Place("a.xlsx", SHEET, f"K{row}"), facts=facts)

    findings = [one(row, "Tapez nd." if row % 2 else "Tapez so.") for row in range(5, 19)]
    assert [len(told.also) for told in told_together(findings)] == [6, 6]
    assert list(apart(told_together(findings[::2]))) == findings[::2]


def six(code: str, sheet: str, *cells: str) -> list[Finding]:
    places = [Place("a.xlsx", sheet, cell) for cell in cells]
    return [Finding(code, Severity.ERROR, place, line=f"M{n}.M1", facts={"n": n}) for n, place in enumerate(places)]


CELLS = tuple(f"K{row}" for row in range(5, 11))


@pytest.mark.parametrize(
    ("findings", "told"),
    [
        (six("STR-015", SHEET, *CELLS), 1),
        (six("STR-015", SHEET, *CELLS[:5]), 5),
        (six("STR-015", "", *CELLS), 6),  # a place that no sheet is known of
        (six("STR-015", SHEET, *[""] * 6), 6),  # nor any cell
        (six("STR-015", SHEET, *[f"ligne {row}" for row in range(6)]), 6),
        (six("REF-011", SHEET, *CELLS), 6),  # a contract is no return
        ([replace(one, also=(one,)) for one in six("STR-015", SHEET, *CELLS)], 6),  # told together already
        (six("STR-015", SHEET, *CELLS[:3]) + six("STR-015", "Habitat", *CELLS[:3]), 6),
        (six("STR-015", SHEET, *CELLS[:3]) + six("STR-016", SHEET, *CELLS[:3]), 6),
    ],
)
def test_only_cells_of_one_sheet_that_say_the_same_are_one_gesture(findings: list[Finding], told: int) -> None:
    assert len(told_together(findings)) == told


def alike(*places: tuple[str, str]) -> list[Finding]:
    """Findings of one gesture at these lines and cells."""
    return [Finding("STR-013", Severity.WARNING, Place("a.xlsx", "Emploi", cell), line=line) for line, cell in places]


@pytest.mark.parametrize(
    ("places", "told"),
    [
        ([("A", "K5"), ("B", "K6"), ("C", "K7")], "K6:K7"),
        ([("A", "K5"), ("B", "K7"), ("C", "K6")], "K6:K7"),  # in the order of the sheet
        ([("A", "K5"), ("B", "L6"), ("C", "K7"), ("D", "L7"), ("E", "K6")], "K6:K7, L6:L7"),  # column by column
        ([("A", "K5"), ("B", "K10"), ("C", "K9")], "K9:K10"),
        ([("A", "K5"), ("B", "K6"), ("C", "K6")], "K6"),
        ([("A", "K5"), ("B", "K6"), ("C", "")], "K6"),
        ([("A", ""), ("C", ""), ("B", ""), ("C", "")], "C, B"),  # without cells, the lines
        ([("A", ""), ("B", ""), ("", "")], "B"),
    ],
)
def test_the_others_are_told_by_their_cells_else_by_their_lines(places: list[tuple[str, str]], told: str) -> None:
    first, *others = alike(*places)
    one = as_one([first, *others])
    assert (one.place, one.facts["alike"], one.facts["places"]) == (first.place, len(others), told)
    assert one.also == tuple(others)
