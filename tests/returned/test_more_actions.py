"""More actions of a partner's own than there are rows for: read, judged and given back like the others."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.books.partner.correction import correct
from cvsheet.books.partner.reading.more_actions import MOST_MORE
from cvsheet.books.partner.rows import COMPLEMENTARY_ROWS
from cvsheet.model.submission import ActionReport, StructureKind, Submission
from cvsheet.workflows.validate import validate
from tests.conftest import Convert

from .conftest import Damage, Returns, amboise, damaged, facts, workbook

PARTNER = "EN"  # the école: lines and actions


def free_rows(sheet: Worksheet) -> list[int]:
    rows = range(1, sheet.max_row + 1)
    return [row for row in rows if str(sheet.cell(row, code_column(sheet)).value or "").startswith("COMPL-")]


def code_column(sheet: Worksheet) -> int:
    places = (cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("COMPL-"))
    return int(next(places).column or 0)


def titles(sheet: Worksheet) -> dict[str, int]:
    """The columns of the actions table by title."""
    header = next(row for row in sheet.iter_rows() if any(cell.value == "Avancement (%)" for cell in row))
    return {str(cell.value): int(cell.column or 0) for cell in header if cell.value}


def with_actions(count: int, gap: int = 0, statut: str = "En cours") -> Damage:
    """`count` actions, first in the free rows, then below, after `gap` empty rows."""

    def damage(book: Workbook) -> None:
        sheet = book["Actions"]
        columns, free = titles(sheet), free_rows(sheet)
        below = range(free[-1] + 1 + gap, free[-1] + 1 + gap + max(0, count - len(free)))
        for number, row in enumerate([*free, *below][:count], start=1):
            sheet.cell(row, columns["Action"]).value = f"Forum {number}"
            sheet.cell(row, columns["Statut"]).value = statut
            sheet.cell(row, columns["Avancement (%)"]).value = 10 * number if number < 10 else 50

    return damage


def own_actions(read: Submission) -> list[ActionReport]:
    return [report for report in read.actions if report.complementary]


def test_as_many_as_there_are_rows_are_no_matter(returns: Returns) -> None:
    read = returns.read(damaged(workbook(PARTNER), with_actions(COMPLEMENTARY_ROWS)))
    assert len(own_actions(read)) == COMPLEMENTARY_ROWS
    assert not facts(read, StructureKind.ACTIONS_ADDED)


@pytest.mark.parametrize(("count", "gap"), [(6, 0), (8, 0), (60, 0), (7, 2)])
def test_those_typed_below_the_table_are_read(returns: Returns, count: int, gap: int) -> None:
    read = returns.read(damaged(workbook(PARTNER), with_actions(count, gap)))
    reports = own_actions(read)
    assert [report.title for report in reports] == [f"Forum {number}" for number in range(1, count + 1)]
    assert len({report.action for report in reports}) == count
    assert reports[3].entries["avancement"].answer.number == 40
    (fact,) = facts(read, StructureKind.ACTIONS_ADDED)
    assert fact.facts["count"] == count - COMPLEMENTARY_ROWS
    assert not facts(read, StructureKind.ROW_WITHOUT_CODE) and not read.leftovers


@pytest.mark.other_program
def test_in_ods_too(returns: Returns, libreoffice: Convert, tmp_path: Path) -> None:
    path = tmp_path / "retour.xlsx"
    path.write_bytes(damaged(workbook(PARTNER), with_actions(6)))
    read = returns.read(libreoffice(path, "ods").read_bytes(), "retour.ods")
    assert [report.title for report in own_actions(read)][3:] == ["Forum 4", "Forum 5", "Forum 6"]


@pytest.mark.parametrize("code", ["COMPL-6", "COMPL-5", ""])
def test_whatever_stands_in_the_column_of_codes(returns: Returns, code: str) -> None:
    """A row dragged down counts its code up, one copied keeps it."""

    def damage(book: Workbook) -> None:
        with_actions(6)(book)
        sheet = book["Actions"]
        column, free = code_column(sheet), free_rows(sheet)
        sheet.cell(free[-1] + 1, column).value = code or None

    read = returns.read(damaged(workbook(PARTNER), damage))
    assert [report.title for report in own_actions(read)] == [f"Forum {number}" for number in range(1, 7)]
    assert {fact.kind for fact in read.structure} == {StructureKind.ACTIONS_ADDED}


def test_a_total_and_a_remark_are_no_actions(returns: Returns) -> None:
    def damage(book: Workbook) -> None:
        with_actions(3)(book)
        sheet = book["Actions"]
        last, columns = free_rows(sheet)[-1], titles(sheet)
        sheet.cell(last + 1, columns["Action"]).value = "Total"
        sheet.cell(last + 1, columns["Avancement (%)"]).value = 60
        sheet.cell(last + 2, columns["Action"]).value = "Merci de votre patience"

    read = returns.read(damaged(workbook(PARTNER), damage))
    assert len(own_actions(read)) == 3
    assert not facts(read, StructureKind.ACTIONS_ADDED)


def test_a_base_pasted_below_is_not_read_for_ever(returns: Returns) -> None:
    read = returns.read(damaged(workbook(PARTNER), with_actions(COMPLEMENTARY_ROWS + MOST_MORE + 5)))
    assert len(own_actions(read)) == COMPLEMENTARY_ROWS + MOST_MORE


def test_they_are_judged_like_the_others(tmp_path: Path) -> None:
    (tmp_path / "retour.xlsx").write_bytes(damaged(workbook(PARTNER), with_actions(5, statut="Peut-être")))
    found = validate(amboise(), [tmp_path], tmp_path).findings
    assert sum(one.code == "VAL-014" and one.line.startswith("COMPL-") for one in found) == 5


def test_a_correction_has_a_row_for_each(returns: Returns) -> None:
    read = returns.read(damaged(workbook(PARTNER), with_actions(7)))
    again = returns.read(correct(amboise(), read, ()).content, "correction.xlsx")
    assert [(one.action, one.title) for one in own_actions(again)] == [(o.action, o.title) for o in own_actions(read)]
    assert not again.leftovers and not again.kept
    (fact,) = facts(again, StructureKind.ACTIONS_ADDED)
    assert fact.facts["count"] == 7 - COMPLEMENTARY_ROWS
