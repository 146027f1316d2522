"""Right figures in a wrong place, or wrong figures in the right one: nothing passes in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.model.findings import Finding, Severity

from ..catalogue.contract import COUNT, MONEY, good_return
from ..catalogue.editing import COMMENT, HEADER, LAST, VALUE, in_sheet, line_rows, row_of
from ..catalogue.verdicts import answers_of, delivered

STRUCK, PLAIN = InlineFont(strike=True), InlineFont()


def told(edit: object, folder: Path, sheet: str = "Emploi") -> tuple[list[Finding], dict[tuple[str, str], object]]:
    """The findings that ask for something, and what counts."""
    assessment = delivered({"retour.xlsx": in_sheet(edit, sheet)(good_return())}, folder)  # type: ignore[arg-type]
    findings = [one for one in assessment.findings if one.severity is not Severity.INFO]
    return findings, dict(answers_of(assessment))


def test_figures_in_the_comments_are_not_called_missing_but_misplaced(tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        for row in line_rows(sheet):
            sheet.cell(row, COMMENT).value, sheet.cell(row, VALUE).value = sheet.cell(row, VALUE).value, None

    findings, _ = told(edit, tmp_path)
    assert {one.code for one in findings} == {"VAL-023"}
    assert next(one for one in findings if one.line == COUNT).facts["comment"] == "420"


def test_a_comment_in_words_beside_a_blank_is_no_figure(tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, COUNT), VALUE).value = None

    findings, _ = told(edit, tmp_path)
    assert [one.code for one in findings] == ["VAL-001"]


@pytest.mark.parametrize("title", ["2020", "Valeur 2020", "Valeur au 31/12/2020"])
def test_a_title_of_another_year_is_a_question(tmp_path: Path, title: str) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.cell(HEADER, VALUE).value = title

    findings, counted = told(edit, tmp_path)
    assert [(one.code, one.facts["expected"]) for one in findings] == [("STR-029", "2021")]
    assert counted[COUNT, "valeur"] == 420


@pytest.mark.parametrize("title", ["Valeurs", "Valeur 2021", "Valeur 2020-2021"])
def test_a_title_of_this_year_is_none(tmp_path: Path, title: str) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.cell(HEADER, VALUE).value = title

    assert told(edit, tmp_path)[0] == []


@pytest.mark.parametrize("place", [VALUE, VALUE + 1, LAST + 2])
def test_a_second_column_of_answers_is_told(tmp_path: Path, place: int) -> None:
    def edit(sheet: Worksheet) -> None:
        if place <= LAST:
            sheet.insert_cols(place)
        sheet.cell(HEADER, place).value = "Valeur corrigée"
        sheet.cell(row_of(sheet, COUNT), place).value = 421

    findings, counted = told(edit, tmp_path)
    assert [(one.code, one.facts["found"], one.facts["count"]) for one in findings] == [
        ("STR-030", "Valeur corrigée", 1)
    ]
    assert counted[COUNT, "valeur"] == 420


def test_an_added_column_of_words_is_a_note(tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.cell(HEADER, LAST + 2).value = "Valeur vérifiée par"
        sheet.cell(row_of(sheet, COUNT), LAST + 2).value = "Le service"

    assert told(edit, tmp_path)[0] == []


@pytest.mark.parametrize(
    "text",
    [
        CellRichText(TextBlock(STRUCK, "12 "), TextBlock(PLAIN, "150")),
        CellRichText(TextBlock(PLAIN, "1"), TextBlock(STRUCK, "50")),
        CellRichText(TextBlock(STRUCK, "150")),
    ],
)
def test_a_figure_partly_struck_through_is_never_read_whole(tmp_path: Path, text: CellRichText) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, MONEY), VALUE).value = text

    findings, counted = told(edit, tmp_path, "Habitat")
    assert [one.code for one in findings] == ["VAL-002"]
    assert "barré" in str(findings[0].facts["typed"])
    assert (MONEY, "valeur") not in counted


def test_bold_figures_are_figures(tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        runs = (TextBlock(InlineFont(b=True), "1 "), TextBlock(InlineFont(strike=False), "500"))
        sheet.cell(row_of(sheet, MONEY), VALUE).value = CellRichText(*runs)

    findings, counted = told(edit, tmp_path, "Habitat")
    assert (findings, counted[MONEY, "valeur"]) == ([], 1500)
