"""A correction sent back: untouched it says the same, corrected it passes, and no mark of a former round stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook

from cvsheet.books.partner.writing.entries import Prefill
from cvsheet.model.framework import Framework
from cvsheet.model.submission import StructureKind
from tests.conftest import Convert
from tests.correction.rounds import WIDE, cell_of, column_of, first_pillar, opened, pillar, returned, sent, sheet_of
from tests.returned.conftest import damaged

WRONG: tuple[dict[tuple[str, str], object], ...] = (
    {("E-I1.M1", "valeur"): "env. 30"},
    {("E-I1.M1", "valeur"): "20-25"},
    {("E-I1.M1", "valeur"): "#N/A"},
    {("E-I1.M1", "valeur"): "VRAI"},
    {("E-I1.M1", "valeur"): "1,234"},
    {("E-I1.M1", "valeur"): 31},
    {("E-I1.M1", "valeur"): 30.5},
    {("E-I1.M1", "valeur"): None},
    {("E-I1.M1/F", "valeur"): 40, ("E-I1.M1/H", "valeur"): "nd"},
    {("E-I1.M2", "valeur"): 0.35},
    {("E-I1.M2", "valeur"): -1},
    {("E-I2.M2", "valeur"): "#REF!"},
    {("E-I2.M3", "valeur"): "nd"},
    {("E-I2.M1", "commentaire"): "appeler jean.dupont@ville.fr"},
    {("A1", "debut"): "printemps"},
    {("A1", "debut"): "01/03/21"},
    {("A1", "debut"): "#N/A"},
    {("A1", "statut"): "terminée"},
    {("A1", "avancement"): 120},
    {("A1", "femmes"): 12, ("A1", "beneficiaires"): 3},
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: str(next(iter(wrong.items()))))
@pytest.mark.long
def test_untouched_it_says_the_same_and_corrected_it_passes(
    small: Framework, good: Prefill, tmp_path: Path, wrong: dict[tuple[str, str], object]
) -> None:
    first = returned(small, tmp_path, sent(small, {**good, **wrong}))  # type: ignore[dict-item]
    untouched = returned(small, tmp_path, first.correction)
    assert first.said
    assert untouched.said == first.said

    def correct(book: Workbook) -> None:
        for code, column in wrong:
            sheet = sheet_of(book, code)
            title = {
                "valeur": "Valeur",
                "commentaire": "Commentaire",
                "debut": "Début",
                "statut": "Statut",
                "avancement": "Avancement (%)",
                "femmes": "Dont femmes",
                "beneficiaires": "Bénéficiaires",
            }
            sheet[cell_of(sheet, code, title[column])] = good.get((code, column))

    assert not returned(small, tmp_path, damaged(first.correction, correct)).said


def row(book: Workbook, code: str) -> int:
    sheet = pillar(book)
    return sheet[cell_of(sheet, code, "Code")].row


def answer(book: Workbook, code: str, value: object) -> None:
    sheet = pillar(book)
    sheet[cell_of(sheet, code, "Valeur")] = value


def delete_row(book: Workbook) -> None:
    pillar(book).delete_rows(row(book, "E-I1.M2"))


def delete_sheet(book: Workbook) -> None:
    book.remove(pillar(book))


def copy_row_differently(book: Workbook) -> None:
    sheet, at = pillar(book), row(book, "E-I1.M2")
    sheet.insert_rows(at + 1)
    for column in range(1, WIDE):
        sheet.cell(at + 1, column).value = sheet.cell(at, column).value
    sheet.cell(at + 1, column_of(sheet, "Valeur")).value = 46


def row_of_ones_own(book: Workbook) -> None:
    sheet, at = pillar(book), row(book, "E-I2.M1")
    sheet.insert_rows(at)
    sheet.cell(at, column_of(sheet, "Code")).value, sheet.cell(at, column_of(sheet, "Valeur")).value = "Autre", 77


def code_of_another(book: Workbook) -> None:
    row_of_ones_own(book)
    sheet = pillar(book)
    next(cell for cells in sheet.iter_rows() for cell in cells if cell.value == "Autre").value = "H-I1.M1"


def shuffle(book: Workbook) -> None:
    sheet = pillar(book)
    one, two = row(book, "E-I1.M2"), row(book, "E-I2.M3")
    for column in {*range(1, WIDE)} - {column_of(sheet, "Code")}:
        cells = sheet.cell(one, column), sheet.cell(two, column)
        cells[0].value, cells[1].value = cells[1].value, cells[0].value


def merge(book: Workbook) -> None:
    at, column = row(book, "E-I1.M1/F"), column_of(pillar(book), "Valeur")
    pillar(book).merge_cells(start_row=at, end_row=at + 1, start_column=column, end_column=column)


def lose_the_column(book: Workbook) -> None:
    pillar(book).delete_cols(column_of(pillar(book), "Valeur"))


def double_the_column(book: Workbook) -> None:
    sheet = pillar(book)
    for at in range(4, 20):
        sheet.cell(at, 16).value = sheet.cell(at, column_of(sheet, "Valeur")).value


def header(book: Workbook) -> int:
    return next(cell.row for cells in pillar(book).iter_rows() for cell in cells if cell.value == "Code")


def retitle_the_column(book: Workbook) -> None:
    pillar(book).cell(header(book), column_of(pillar(book), "Valeur")).value = "Valeur 2020"


def add_a_column(book: Workbook) -> None:
    sheet = pillar(book)
    sheet.cell(header(book), 16).value = "Valeur corrigée"
    sheet.cell(row(book, "E-I1.M2"), 16).value = 6


@dataclass(frozen=True)
class Case:
    """A damage to the structure, and how the partner answers in the correction."""

    damage: Callable[[Workbook], None]
    correct: Callable[[Workbook], None]


def erase_kept(book: Workbook) -> None:
    """The other answer was looked at: it goes."""
    for cells in book["Contenu non repris"].iter_rows(min_row=7, min_col=4, max_col=4):
        cells[0].value = None


def answer_all(book: Workbook) -> None:
    for code, value in {"E-I1.M1": 30, "E-I1.M1/F": 18, "E-I1.M1/H": 12, "E-I1.M1/X1": 10, "E-I1.M1/X2": 0,
                        "E-I1.M2": 45.5, "E-I2.M1": 1234.5, "E-I2.M2": "Bien", "E-I2.M3": "so"}.items():  # fmt: skip
        answer(book, code, value)
    sheet = sheet_of(book, "A1")
    for code in ("A1", "A2"):
        sheet[cell_of(sheet, code, "Statut")] = "En cours"


def answer_some(*codes: str) -> Callable[[Workbook], None]:
    values = {"E-I1.M2": 5, "E-I2.M3": 5, "E-I1.M1/F": 18, "E-I1.M1/H": 12}

    def correct(book: Workbook) -> None:
        for code in codes:
            answer(book, code, values[code])

    return correct


CASES = (
    Case(delete_row, answer_some("E-I1.M2")),
    Case(delete_sheet, answer_all),
    Case(copy_row_differently, erase_kept),
    Case(row_of_ones_own, erase_kept),
    Case(code_of_another, erase_kept),
    Case(shuffle, answer_some("E-I1.M2", "E-I2.M3")),
    Case(merge, answer_some("E-I1.M1/F", "E-I1.M1/H")),
    Case(lose_the_column, answer_all),
    Case(double_the_column, erase_kept),
    Case(retitle_the_column, erase_kept),
    Case(add_a_column, erase_kept),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.damage.__name__)
@pytest.mark.sample(2)
def test_a_damaged_structure_is_asked_about_until_somebody_answers(
    small: Framework, good: Prefill, tmp_path: Path, case: Case
) -> None:
    first = returned(small, tmp_path, sent(small, {**good, ("E-I1.M2", "valeur"): 5}, case.damage))
    untouched = returned(small, tmp_path, first.correction)
    again = returned(small, tmp_path, untouched.correction)
    assert any(code.startswith("STR") for code, _, _ in first.said)
    assert untouched.said == first.said
    assert again.said == first.said
    assert not returned(small, tmp_path, damaged(first.correction, case.correct)).said
    assert not returned(small, tmp_path, damaged(untouched.correction, case.correct)).said


@pytest.mark.parametrize("extension", ["xlsx", "ods"])
def test_untouched_it_says_the_same_after_libreoffice(
    small: Framework, good: Prefill, tmp_path: Path, libreoffice: Convert, extension: str
) -> None:
    def damage(book: Workbook) -> None:
        copy_row_differently(book)
        answer(book, "E-I1.M1", "env.  30 \u00a0?")
        pillar(book)["C60"] = "Une  note\navec deux lignes"
        pillar(book).delete_rows(row(book, "E-I1.M1/X1"))

    first = returned(small, tmp_path, sent(small, good, damage))
    path = tmp_path / "correction.xlsx"
    path.write_bytes(first.correction)
    saved = libreoffice(path, extension)
    second = returned(small, tmp_path, saved.read_bytes(), saved.name)
    assert second.said == first.said
    assert second.submission.leftovers == ()


def test_no_mark_of_the_former_round_stays(small: Framework, good: Prefill, tmp_path: Path) -> None:
    first = returned(small, tmp_path, sent(small, {**good, ("E-I1.M1", "valeur"): "env. 30"}))

    def correct_one_break_another(book: Workbook) -> None:
        answer(book, "E-I1.M1", 30)
        answer(book, "E-I1.M2", 120)

    second = returned(small, tmp_path, damaged(first.correction, correct_one_break_another))
    book, sheet = first_pillar(second.correction)
    fixed, wrong = (sheet[cell_of(sheet, code, "Valeur")] for code in ("E-I1.M1", "E-I1.M2"))
    assert (fixed.comment, bool(wrong.comment)) == (None, True)
    assert book.sheetnames.count("À corriger") == 1
    assert not any("env. 30" in str(cell.value) for sheet in book.worksheets for cells in sheet.iter_rows()
                   for cell in cells)  # fmt: skip


def test_the_sheets_of_a_correction_are_known_as_ours(small: Framework, good: Prefill, tmp_path: Path) -> None:
    first = returned(small, tmp_path, sent(small, {**good, ("E-I1.M1", "valeur"): "env. 30"}, row_of_ones_own))
    second = returned(small, tmp_path, first.correction).submission
    kinds = {fact.kind for fact in second.structure}
    assert second.leftovers == ()
    assert kinds == {StructureKind.ROW_WITHOUT_CODE}


def test_what_the_partner_adds_on_them_is_left_over(small: Framework, good: Prefill, tmp_path: Path) -> None:
    first = returned(small, tmp_path, sent(small, {**good, ("E-I1.M1", "valeur"): "env. 30"}, row_of_ones_own))

    def add(book: Workbook) -> None:
        book["À corriger"]["I9"] = "Vu avec Léa"
        book["Contenu non repris"]["F2"] = "Merci"
        pillar(book)["K20"].comment = None

    second = returned(small, tmp_path, damaged(first.correction, add))
    assert [(one.sheet, one.text) for one in second.submission.leftovers] == [
        ("À corriger", "Vu avec Léa"),
        ("Contenu non repris", "Merci"),
    ]
    kept = opened(second.correction)["Contenu non repris"]
    texts = [cells[0].value for cells in kept.iter_rows(min_row=7, min_col=4, max_col=4)]
    assert {"77", "Vu avec Léa", "Merci"} <= set(texts)


def test_a_clean_return_has_nothing_to_correct(small: Framework, good: Prefill, tmp_path: Path) -> None:
    assert not returned(small, tmp_path, sent(small, good)).said
