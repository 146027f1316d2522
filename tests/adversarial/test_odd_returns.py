"""Odd returns that were tried by hand once: what is said of them, and that nothing wrong is counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.judging.contract.links import unknown_partner
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.findings import Finding, Severity

from ..catalogue.contract import COUNT, MONEY, NORTH, SOUTH, good_return
from ..catalogue.editing import CODE, MEASURE, VALUE, in_sheet, number, place_of, row_of
from ..catalogue.verdicts import GOOD, answers_of, delivered

ACTION, CATEGORY, REFERENCE, MARK, ACTION_CODE = 1, 2, 8, 13, 14  # columns


def judged(content: bytes, folder: Path) -> Assessment:
    return delivered({"retour.xlsx": content}, folder)


def codes(assessment: Assessment) -> list[str]:
    return [finding.code for finding in assessment.findings if finding.severity is not Severity.INFO]


@pytest.mark.parametrize(
    ("sheet", "columns"), [("Emploi", [CODE]), ("Emploi", [MARK, CODE]), ("Actions", [ACTION_CODE])]
)
def test_rows_whose_codes_were_deleted_are_known_by_their_texts(tmp_path: Path, sheet: str, columns: list[int]) -> None:
    def damage(sheet: Worksheet) -> None:
        for column in columns:
            sheet.delete_cols(column)

    assessment = judged(in_sheet(damage, sheet)(good_return()), tmp_path)
    said = [one for one in assessment.findings if one.place.sheet == sheet]
    assert [one.code for one in said] == ["STR-028"]
    assert answers_of(assessment) == GOOD


def test_an_action_added_by_the_partner_survives_the_loss_of_the_codes(tmp_path: Path) -> None:
    def damage(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, "COMPL-1"), ACTION).value = "Un forum"
        sheet.delete_cols(ACTION_CODE)

    (submission,) = judged(in_sheet(damage, "Actions")(good_return()), tmp_path).current
    assert [one.title for one in submission.actions if one.complementary] == ["Un forum"]
    assert submission.leftovers == ()


def test_without_codes_rows_of_the_same_texts_are_not_guessed(tmp_path: Path) -> None:
    def damage(sheet: Worksheet) -> None:
        first, second = row_of(sheet, NORTH), row_of(sheet, SOUTH)
        sheet.cell(second, CATEGORY).value = sheet.cell(first, CATEGORY).value
        sheet.cell(first, VALUE).value, sheet.cell(second, VALUE).value = 12, 18
        sheet.delete_cols(MARK)
        sheet.delete_cols(CODE)

    assessment = judged(in_sheet(damage)(good_return()), tmp_path)
    assert "STR-012" in codes(assessment)
    assert (SOUTH, "valeur") not in answers_of(assessment)


def test_a_sheet_without_codes_nor_texts_is_not_called_missing_and_added_at_once(tmp_path: Path) -> None:
    def damage(sheet: Worksheet) -> None:
        sheet.delete_cols(MARK)
        sheet.delete_cols(CODE)
        sheet.delete_cols(MEASURE)

    assessment = judged(in_sheet(damage)(good_return()), tmp_path)
    said = [one for one in assessment.findings if one.place.sheet == "Emploi"]
    assert "STR-007" in [one.code for one in said]
    assert {"STR-003", "STR-006"}.isdisjoint(one.code for one in said)
    assert (MONEY, "valeur") in answers_of(assessment)
    assert (COUNT, "valeur") not in answers_of(assessment)


def test_a_locked_column_that_is_gone_blocks_nothing(tmp_path: Path) -> None:
    def damage(sheet: Worksheet) -> None:
        sheet.delete_cols(REFERENCE, 2)  # and the target

    assessment = judged(in_sheet(damage)(good_return()), tmp_path)
    assert all(finding.severity is not Severity.ERROR for finding in assessment.findings)
    assert answers_of(assessment)[COUNT, "valeur"] == 420


@pytest.mark.parametrize("value", [1e15, -1e15, 1.7e308])
def test_a_number_beyond_fifteen_digits_is_refused_before_it_ruins_a_sum(tmp_path: Path, value: float) -> None:
    assessment = judged(number(place_of(MONEY, "valeur"), value)(good_return()), tmp_path)
    assert codes(assessment) == ["VAL-025"]
    assert (MONEY, "valeur") not in answers_of(assessment)


def test_no_suggestion_leaves_no_word_behind() -> None:
    finding = Finding("REF-021", Severity.ERROR, facts={"unknown": "XYZ", "column": "Producteurs", "hint": ""})
    assert "(vide)" not in unknown_partner.message(finding)
