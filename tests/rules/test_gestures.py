"""One gesture of the partner, one finding: what a sheet shows many times over is told once, with the places."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from cvsheet.cells import cell_ranges
from cvsheet.findings import Finding
from cvsheet.rules.assessment import Assessment
from cvsheet.rules.catalogue import find_rule
from cvsheet.rules.structure import MOST_ALIKE
from cvsheet.workflows.fictitious import typed_answers
from cvsheet.workflows.validate import validate
from tests.conftest import Convert
from tests.returned.conftest import Damage, amboise, damaged, workbook
from tests.returned.test_recovery import CODE, lines

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
    import io

    import openpyxl

    year = next(code for code, one in amboise().campaign.items() if code not in (CAMPAIGN, "REF") and one.type)
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
        kept = [[sheet.cell(row, column).value for column in range(CODE + 1, 14)] for row in rows]
        for row, values in zip(rows, [*kept[1:], kept[0]], strict=True):
            for column, value in enumerate(values, start=CODE + 1):
                sheet.cell(row, column).value = value

    assessment = judged(tmp_path, damaged(filled(), sorted_without_codes))
    shuffled = [one for one in assessment.findings if one.code == "STR-015"]
    assert len(shuffled) == 1
    assert len([code for code in assessment.aside.values() if code == "STR-015"]) > MOST_ALIKE


def test_cells_that_follow_one_another_are_a_range() -> None:
    assert cell_ranges(["B5", "B6", "B7", "B9", "C10", "C11", "B12"]) == ("B5:B7", "B9", "C10:C11", "B12")
    assert cell_ranges([]) == ()
