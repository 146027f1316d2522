"""Struck through, raised, lowered, on a real return, as Excel and as LibreOffice save it: no digit joins another."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.findings import Finding, Severity

from ..catalogue.contract import COUNT, MONEY, NORTH, RATE, SOUTH, TOTAL, TRAINING, WORDS, WORKS, good_return
from ..catalogue.editing import MEASURE, by_hand, place_of, row_of
from ..catalogue.verdicts import answers_of
from .resaved import saved_and_judged

Assessed = Callable[[str], Assessment]

STRUCK, PLAIN = InlineFont(strike=True), InlineFont()
RAISED, LOWERED = InlineFont(vertAlign="superscript"), InlineFont(vertAlign="subscript")
RUNS = {
    (COUNT, "valeur"): [(PLAIN, "4"), (RAISED, "1")],
    (TOTAL, "valeur"): [(STRUCK, "12 "), (PLAIN, "201")],
    (RATE, "valeur"): [(PLAIN, "45"), (LOWERED, "2")],
    (WORDS, "valeur"): [(PLAIN, "Un parc de 30 m"), (RAISED, "2"), (PLAIN, ", la 1"), (RAISED, "re"), (PLAIN, " fois")],
    (TRAINING, "debut"): [(PLAIN, "15/01/202"), (RAISED, "1")],
    (TRAINING, "beneficiaires"): [(PLAIN, "2"), (RAISED, "0")],
    (COUNT, "commentaire"): [(PLAIN, "Au "), (STRUCK, "30 novembre "), (PLAIN, "31 décembre")],
}  # fmt: skip
WHOLE = ((NORTH, "valeur"), (MONEY, "valeur"), (TRAINING, "budget_prevu"), (WORKS, "statut"))  # struck by their font


def look_otherwise(book: Workbook) -> None:
    for at, runs in RUNS.items():
        sheet, cell = place_of(*at)
        book[sheet][cell].value = CellRichText(*(TextBlock(font, text) for font, text in runs))
        book[sheet][cell].number_format = "General"
    for at in WHOLE:
        sheet, cell = place_of(*at)
        font = copy(book[sheet][cell].font)
        book[sheet][cell].font = Font(name=font.name, size=font.size, strike=True)
    label = book["Emploi"].cell(row_of(book["Emploi"], SOUTH), MEASURE)
    label.font = Font(strike=True)


@pytest.fixture(scope="module")
def assessed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Assessed:
    """``assessed("ods")``: what is said of the return, as openpyxl writes it or as LibreOffice saves that."""
    return lambda extension: saved_and_judged(
        by_hand(look_otherwise)(good_return()), extension, request, tmp_path_factory
    )


def judge(assessment: Assessment) -> None:
    counted, findings = dict(answers_of(assessment)), list(assessment.findings)
    assert seen(findings, COUNT) == {"4¹"}
    assert seen(findings, TOTAL) == {"[barré : 12 ]201"}
    assert seen(findings, RATE) == {"45₂"}
    assert seen(findings, NORTH) == {"[barré : 18]"}
    assert seen(findings, MONEY) == {"[barré : 1234,5]"}
    assert seen(findings, TRAINING) == {"15/01/202¹", "2⁰", "[barré : 8000]"}
    assert seen(findings, WORKS) == {"[barré : Réalisée]"}
    for at in [*RUNS, *WHOLE]:
        if at not in {(WORDS, "valeur"), (COUNT, "commentaire")}:
            assert at not in counted
    assert counted[WORDS, "valeur"] == "Un parc de 30 m², la 1re fois"
    assert counted[COUNT, "commentaire"] == "Au [barré : 30 novembre ]31 décembre"
    assert counted[SOUTH, "valeur"] == 12  # its label is struck, and known all the same...
    outside = [one for one in findings if one.code == "STR-019"]
    assert [str(one.facts["found"])[:9] for one in outside] == ["[barré : "]  # ...and it is told


def seen(findings: list[Finding], code: str) -> set[str]:
    """What the errors of a line or action show of what was typed."""
    errors = (one for one in findings if one.line == code and one.severity is Severity.ERROR)
    return {str(one.facts["typed"]) for one in errors if "typed" in one.facts}


def test_on_a_return_saved_by_excel(assessed: Assessed) -> None:
    judge(assessed("xlsx"))


@pytest.mark.usefixtures("libreoffice")
def test_on_a_return_saved_by_libreoffice(assessed: Assessed) -> None:
    judge(assessed("ods"))
