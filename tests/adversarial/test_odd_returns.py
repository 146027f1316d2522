"""Odd returns that were tried by hand once: what is said of them, and that nothing wrong is counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.findings import Finding, Severity
from cvsheet.rules.assessment import Assessment
from cvsheet.rules.catalogue import find_rule, rule_of
from cvsheet.rules.ref_links import unknown_partner

from ..catalogue.contract import COUNT, MONEY, good_return
from ..catalogue.editing import CODE, in_sheet, number, place_of
from ..catalogue.verdicts import answers_of, delivered

REFERENCE = 8  # column


def judged(content: bytes, folder: Path) -> Assessment:
    return delivered({"retour.xlsx": content}, folder)


def codes(assessment: Assessment) -> list[str]:
    return [finding.code for finding in assessment.findings if finding.severity is not Severity.INFO]


@pytest.mark.parametrize("columns", [1, CODE])
def test_a_sheet_whose_codes_were_deleted_is_not_called_missing_and_added_at_once(tmp_path: Path, columns: int) -> None:
    def damage(sheet: Worksheet) -> None:
        sheet.delete_cols(CODE - columns + 1, columns)

    assessment = judged(in_sheet(damage)(good_return()), tmp_path)
    said = [one for one in assessment.findings if one.place.sheet == "Emploi"]
    assert [one.code for one in said] == ["STR-007"]
    assert "La colonne « Code » manque" in find_rule("STR-007").fault(said[0]).replace("\u00a0", " ")
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
    assert codes(assessment) == ["VAL-002"]
    assert (MONEY, "valeur") not in answers_of(assessment)


def test_no_suggestion_leaves_no_word_behind() -> None:
    finding = Finding("REF-021", Severity.ERROR, facts={"unknown": "XYZ", "column": "Producteurs", "hint": ""})
    assert "(vide)" not in rule_of(unknown_partner).message(finding)
