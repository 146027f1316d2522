"""Rows of another partner's workbook in one's own: the mark of each row knows whose it is."""

from __future__ import annotations

import io
from collections.abc import Iterator

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.books.partner.correction import correct
from cvsheet.books.partner.identity import row_fingerprint
from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Received
from cvsheet.model.submission import StructureKind
from tests.conftest import Convert
from tests.returned.conftest import Returns, amboise, damaged, facts, kinds, workbook

OWN, OTHER = "ML", "PE"  # both report EMP-P1-I02
LINE = "EMP-P1-I02.M1"
MARK, CODE, VALUE, COMMENT = 13, 10, 4, 6  # columns
MARKED = (CODE, 11, 12, 1, 2, 3, 8, 9, 7)  # what the mark is made of


def sheet_with(book: Workbook, code: str) -> tuple[Worksheet, int]:
    return next(
        (sheet, row)
        for sheet in book.worksheets
        for row in range(1, sheet.max_row + 1)
        if sheet.cell(row, CODE).value == code
    )


def pasted(book: Workbook, columns: range = range(1, 20)) -> None:
    """The row of LINE as it stands in the other partner's returned workbook, over one's own."""
    source, origin = sheet_with(openpyxl.load_workbook(io.BytesIO(workbook(OTHER, typed={(LINE, "valeur"): 55}))), LINE)
    target, row = sheet_with(book, LINE)
    for column in columns:
        target.cell(row, column).value = source.cell(origin, column).value


def mine() -> bytes:
    return workbook(OWN, typed={(LINE, "valeur"): 40, (f"{LINE}/F", "valeur"): 10})


def aged(content: bytes) -> bytes:
    """The workbook as it was made before the marks knew the partner."""

    def damage(book: Workbook) -> None:
        for sheet, row in rows_of(book):
            sheet.cell(row, MARK).value = row_fingerprint([sheet.cell(row, column).value for column in MARKED])

    return damaged(content, damage)


def rows_of(book: Workbook) -> Iterator[tuple[Worksheet, int]]:
    for sheet in book.worksheets:
        for row in range(1, sheet.max_row + 1):
            if "." in str(sheet.cell(row, CODE).value or "") and len(str(sheet.cell(row, MARK).value or "")) == 12:
                yield sheet, row


def test_a_row_pasted_from_another_partner_is_noticed_and_does_not_count(returns: Returns) -> None:
    read = returns.after(mine(), pasted)
    (fact,) = facts(read, StructureKind.ROW_OF_ANOTHER)
    assert (fact.line, kinds(read)) == (LINE, [StructureKind.ROW_OF_ANOTHER])
    assessment = assess(amboise(), [Received("retour.xlsx", read)])
    assert [one.code for one in assessment.findings if one.line == LINE] == ["STR-026"]
    kept = assessment.frame[assessment.frame["ligne"].eq(LINE)]
    assert list(kept["ecart"]) == ["STR-026"]


def test_an_empty_row_of_another_is_no_matter(returns: Returns) -> None:
    def damage(book: Workbook) -> None:
        pasted(book)
        sheet, row = sheet_with(book, LINE)
        sheet.cell(row, VALUE).value = None

    assert kinds(returns.after(mine(), damage)) == []


def test_a_row_pasted_from_ones_own_workbook_of_last_year_is_to_be_checked(returns: Returns) -> None:
    def damage(book: Workbook) -> None:
        last_year = openpyxl.load_workbook(io.BytesIO(workbook(OWN, "2020", typed={(LINE, "valeur"): 33})))
        source, origin = sheet_with(last_year, LINE)
        target, row = sheet_with(book, LINE)
        for column in range(1, 20):
            target.cell(row, column).value = source.cell(origin, column).value

    read = returns.after(mine(), damage)
    (fact,) = facts(read, StructureKind.ROW_OF_ANOTHER_CAMPAIGN)
    assert (fact.line, fact.facts) == (LINE, {"found": "2020"})
    correction = correct(amboise(), read, assess(amboise(), [Received("retour.xlsx", read)]).findings).content
    assert kinds(returns.read(correction)) == [StructureKind.ROW_OF_ANOTHER_CAMPAIGN]

    def explained(book: Workbook) -> None:
        sheet, row = sheet_with(book, LINE)
        sheet.cell(row, COMMENT).value = "Sans changement"

    assert kinds(returns.after(correction, explained)) == []


def test_figures_pasted_alone_leave_no_trace(returns: Returns) -> None:
    """Nothing tells them from typed ones: only when both partners answer is the same figure seen (ENS)."""
    assert kinds(returns.after(mine(), lambda book: pasted(book, range(VALUE, VALUE + 1)))) == []


def test_a_workbook_made_before_marks_knew_the_partner_is_read_as_before(returns: Returns) -> None:
    assert kinds(returns.read(aged(mine()))) == []

    def changed(book: Workbook) -> None:
        sheet, row = sheet_with(book, LINE)
        sheet.cell(row, 1).value = "Autre chose"

    assert kinds(returns.after(aged(mine()), changed)) == [StructureKind.LOCKED_CHANGED]


def test_the_correction_sets_the_answer_apart_and_asks_again_until_it_is_typed(returns: Returns) -> None:
    read = returns.after(mine(), pasted)
    findings = assess(amboise(), [Received("retour.xlsx", read)]).findings
    again = returns.read(correct(amboise(), read, findings).content, "correction.xlsx")
    assert [fact.line for fact in facts(again, StructureKind.ROW_OF_ANOTHER)] == [LINE]
    assert [one.text for one in again.kept] == ["55"]

    def answered(book: Workbook) -> None:
        sheet, row = sheet_with(book, LINE)
        sheet.cell(row, VALUE).value = 41

    assert kinds(returns.after(correct(amboise(), read, findings).content, answered)) == []


@pytest.mark.parametrize("extension", ["ods", "xlsx"])
def test_a_spreadsheet_that_saves_the_workbook_keeps_the_marks(
    returns: Returns, libreoffice: Convert, extension: str
) -> None:
    source = returns.folder / "mien.xlsx"
    source.write_bytes(mine())
    assert kinds(returns.read(libreoffice(source, extension).read_bytes(), f"retour.{extension}")) == []
    source.write_bytes(damaged(mine(), pasted))
    saved = returns.read(libreoffice(source, extension).read_bytes(), f"retour.{extension}")
    assert kinds(saved) == [StructureKind.ROW_OF_ANOTHER]
