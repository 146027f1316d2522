"""What a partner finds in a correction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from cvsheet.books.partner.writing.entries import Prefill
from cvsheet.books.partner.writing.guide import GUIDE_SHEET
from cvsheet.model.framework import Framework
from tests.conftest import Convert
from tests.correction.rounds import cell_of, first_pillar, opened, pillar, returned, sent, sheet_of

WRONG = {("E-I1.M1", "valeur"): "env. 30", ("E-I1.M2", "valeur"): 120, ("E-I2.M3", "valeur"): "nd"}


def test_the_first_sheet_lists_the_findings_blocking_first_with_links(
    small: Framework, good: Prefill, tmp_path: Path
) -> None:
    book = opened(returned(small, tmp_path, sent(small, {**good, **WRONG})).correction)
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row[1:7]] for row in sheet.iter_rows(min_row=9) if row[1].value]
    assert sheet.title == book.active.title == "À corriger"
    assert [sheet["B4"].value, rows[0]] == [
        "2\u00a0erreurs à corriger et 1\u00a0avertissement à confirmer.",
        ["Gravité", "Où", "Ligne", "Vous avez saisi", "Constat", "À faire"],
    ]
    assert [row[0] for row in rows[1:4]] == ["Erreur", "Erreur", "Avertissement"]
    assert [row[3] for row in rows[1:4]] == ["env. 30", "120", "nd"]
    links = [cell.hyperlink.location for (cell,) in sheet["C10:C12"]]
    answers = [cell_of(pillar(book), code, "Valeur") for code in ("E-I1.M1", "E-I1.M2", "E-I2.M3")]
    assert links == [f"'L''emploi & l’insertion'!{cell}" for cell in answers]


def test_the_instructions_do_not_say_that_all_is_done(small: Framework, good: Prefill, tmp_path: Path) -> None:
    book = opened(returned(small, tmp_path, sent(small, {**good, ("E-I2.M3", "valeur"): "nd"})).correction)
    formulas = [cell.value for row in book[GUIDE_SHEET].iter_rows() for cell in row if "Il reste" in str(cell.value)]
    assert len(formulas) == 1
    assert "ce que liste « À corriger », puis renvoyez" in formulas[0].replace("\u00a0", " ")
    assert "Vous pouvez renvoyer" not in formulas[0]


def test_cells_in_fault_are_tinted_and_carry_the_message(small: Framework, good: Prefill, tmp_path: Path) -> None:
    _, sheet = first_pillar(returned(small, tmp_path, sent(small, {**good, **WRONG})).correction)
    wrong, right = sheet[cell_of(sheet, "E-I1.M1", "Valeur")], sheet[cell_of(sheet, "E-I1.M1/F", "Valeur")]
    assert wrong.comment.text.startswith("Erreur\u00a0: «\u00a0env. 30\u00a0» est une valeur approchée. Saisissez")
    assert wrong.fill.fgColor.rgb != right.fill.fgColor.rgb
    assert right.comment is None
    assert not wrong.protection.locked
    assert sheet.protection.sheet


def test_what_was_typed_is_written_as_it_was_typed(small: Framework, good: Prefill, tmp_path: Path) -> None:
    book, sheet = first_pillar(returned(small, tmp_path, sent(small, {**good, **WRONG})).correction)
    shown = {
        code: sheet[cell_of(sheet, code, "Valeur")].value
        for code in ("E-I1.M1", "E-I1.M1/X2", "E-I1.M2", "E-I2.M1", "E-I2.M2", "E-I2.M3")
    }
    assert list(shown.values()) == ["env. 30", 0, 120, "1 234,5", "Un bon climat", "nd"]
    assert sheet[cell_of(sheet, "E-I2.M1", "Commentaire")].value == "Hors subventions"
    sheet = sheet_of(book, "A1")
    assert sheet[cell_of(sheet, "A1", "Début")].value == datetime(2021, 2, 1)
    assert sheet[cell_of(sheet, "COMPL-1", "Action")].value == "Un forum"


def test_a_formula_comes_back_as_its_result_never_as_a_formula(
    small: Framework, good: Prefill, tmp_path: Path, libreoffice: Convert
) -> None:
    def formula(book: Workbook) -> None:
        sheet = pillar(book)
        sheet[cell_of(sheet, "E-I1.M1/X1", "Valeur")] = "=4+6"

    path = tmp_path / "formule.xlsx"
    path.write_bytes(sent(small, {**good, **WRONG}, formula))
    _, sheet = first_pillar(returned(small, tmp_path, libreoffice(path, "xlsx").read_bytes()).correction)
    assert sheet[cell_of(sheet, "E-I1.M1/X1", "Valeur")].value == 10


def test_text_like_a_formula_stays_text_even_when_edited(small: Framework, good: Prefill, tmp_path: Path) -> None:
    typed = {**good, **WRONG, ("E-I2.M2", "valeur"): '=HYPERLINK("http://x")', ("E-I1.M1", "commentaire"): "+1"}
    _, sheet = first_pillar(returned(small, tmp_path, sent(small, typed)).correction)
    for code, column in (("E-I2.M2", "Valeur"), ("E-I1.M1", "Commentaire")):
        cell = sheet[cell_of(sheet, code, column)]
        assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_the_identity_is_that_of_the_workbook_sent_back(small: Framework, good: Prefill, tmp_path: Path) -> None:
    first = returned(small, tmp_path, sent(small, {**good, **WRONG}))
    second = returned(small, tmp_path, first.correction)
    assert second.submission.identity == first.submission.identity


def test_the_same_return_gives_the_same_bytes(small: Framework, good: Prefill, tmp_path: Path) -> None:
    one = returned(small, tmp_path, sent(small, {**good, **WRONG}))
    assert one.correction == one.correction


def test_content_without_a_place_is_kept_with_where_it_stood(small: Framework, good: Prefill, tmp_path: Path) -> None:
    def notes(book: Workbook) -> None:
        pillar(book)["C60"] = "Sous-total"
        book.create_sheet("Détail")["B2"] = "=1+1"

    book = opened(returned(small, tmp_path, sent(small, {**good, **WRONG}, notes)).correction)
    sheet = book["Contenu non repris"]
    kept = [[cell.value for cell in row[1:4]] for row in sheet.iter_rows(min_row=7)]
    assert kept == [[book.sheetnames[2], "C60", "Sous-total"], ["Détail", "B2", "=1+1"]]
    assert sheet["D8"].data_type == "s"


def test_a_return_without_leftovers_gets_no_sheet_for_them(small: Framework, good: Prefill, tmp_path: Path) -> None:
    assert "Contenu non repris" not in opened(returned(small, tmp_path, sent(small, good)).correction).sheetnames


def test_a_locked_text_typed_over_is_restored_and_kept(small: Framework, good: Prefill, tmp_path: Path) -> None:
    def rename(book: Workbook) -> None:
        sheet = pillar(book)
        sheet[cell_of(sheet, "E-I1.M1", "Unité")] = "ménages"

    book, sheet = first_pillar(returned(small, tmp_path, sent(small, good, rename)).correction)
    assert sheet[cell_of(sheet, "E-I1.M1", "Unité")].value == "personnes"
    assert book["Contenu non repris"]["D7"].value == "ménages"


def test_nobody_reads_what_concerns_other_partners(small: Framework, good: Prefill, tmp_path: Path) -> None:
    one = returned(small, tmp_path, sent(small, {**good, **WRONG}))
    finding = replace(
        one.assessment.findings[0], code="ENS-001", facts={"value": 1, "other_value": 987654, "other_partner": "ZZZ"}
    )
    other = replace(one, assessment=replace(one.assessment, findings=(*one.assessment.findings, finding)))
    assert other.correction == one.correction


def test_the_column_of_links_is_as_wide_as_the_longest(small: Framework, good: Prefill, tmp_path: Path) -> None:
    pillar = replace(small.pillars[0], sheet="Trente-et-un caractères en tout")
    named = replace(small, pillars=(pillar, *small.pillars[1:]))
    sheet = opened(returned(named, tmp_path, sent(named, {**good, **WRONG})).correction).worksheets[0]
    assert sheet.column_dimensions["C"].width > len(sheet["C10"].value)
