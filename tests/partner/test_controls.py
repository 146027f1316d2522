"""What *Contrôle* says of each thing that a partner may type. The formula's side is in test_parity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from cvsheet.books.partner.writing.checks import Word
from cvsheet.books.partner.writing.entries import fill
from cvsheet.books.partner.writing.technical import code_lists, value_lists
from cvsheet.books.partner.writing.typed import CellValue
from cvsheet.model.framework import Aggregation, Framework
from tests.partner.cells import layouts

Words = Mapping[str, Word]


def words(
    framework: Framework,
    campaign: str,
    typed: Mapping[tuple[str, str], CellValue],
    previous: Mapping[str, float | str] | None = None,
) -> Words:
    """Row code -> the word shown, in the workbook of partner A."""
    found = layouts(framework, campaign, "A", previous)
    areas, lists = [area for layout in found for area in layout.areas], code_lists(value_lists(framework, found))
    return {
        row.code: control.word
        for area in areas
        for row, control in zip(area.rows, fill(framework, campaign, area, typed, lists).controls, strict=True)
    }


COUNT, RATE, AMOUNT, TEXT, MARK = "E-I1.M1", "E-I1.M2", "E-I2.M1", "E-I2.M2", "E-I2.M3"


@pytest.mark.parametrize(
    ("line", "value", "word"),
    [
        (COUNT, None, Word.TO_FILL),
        (COUNT, "  ", Word.TO_FILL),
        (AMOUNT, None, Word.OPTIONAL),
        (COUNT, 12, Word.OK),
        (COUNT, "ns", Word.OK),
        (COUNT, " S.O. ", Word.OK),
        (COUNT, "nd", Word.COMMENT),
        (COUNT, "env. 20", Word.UNREADABLE),
        (COUNT, "42 bénéficiaires", Word.UNREADABLE),
        (COUNT, "12 34", Word.UNREADABLE),
        (COUNT, "007", Word.UNREADABLE),
        (COUNT, "+5", Word.OK),
        (COUNT, "1\u202f234", Word.COMMENT),
        (COUNT, "42", Word.OK),
        (COUNT, "42 personnes", Word.OK),
        (COUNT, "(42)", Word.OUT_OF_BOUNDS),
        (COUNT, "12,5", Word.NOT_WHOLE),
        (COUNT, "non disponible", Word.COMMENT),
        (COUNT, "nd ns", Word.UNREADABLE),
        (COUNT, -1, Word.OUT_OF_BOUNDS),
        (COUNT, 12.5, Word.NOT_WHOLE),
        (COUNT, 4, Word.COMMENT),
        (COUNT, 501, Word.COMMENT),
        (f"{COUNT}/F", 4, Word.OK),
        (RATE, 0, Word.OK),
        (RATE, 100, Word.OK),
        (RATE, 100.5, Word.OUT_OF_BOUNDS),
        (RATE, 0.35, Word.COMMENT),
        (MARK, 10.5, Word.OUT_OF_BOUNDS),
        (TEXT, "Un guide", Word.OK),
        (TEXT, "nd", Word.COMMENT),
        (TEXT, None, Word.TO_FILL),
    ],
)
def test_one_answer(small: Framework, line: str, value: CellValue, word: Word) -> None:
    assert words(small, "2021", {(line, "valeur"): value})[line] is word


@pytest.mark.parametrize("value", ["nd", 4, 501])
def test_a_comment_answers_the_question(small: Framework, value: CellValue) -> None:
    typed = {(COUNT, "valeur"): value, (COUNT, "commentaire"): "Changement de logiciel."}
    assert words(small, "2021", typed)[COUNT] is Word.OK


@pytest.mark.parametrize(
    ("total", "women", "men", "word"),
    [
        (30, 12, 18, Word.OK),
        (30, 12, 17, Word.SUM),
        (30, 12, None, Word.OK),
        (30, 12, "nd", Word.OK),
        (30, 31, None, Word.SUM),
        ("nd", 12, 18, Word.COMMENT),
    ],
)
def test_exclusive_categories_make_the_total(
    small: Framework, total: CellValue, women: CellValue, men: CellValue, word: Word
) -> None:
    typed = {(COUNT, "valeur"): total, (f"{COUNT}/F", "valeur"): women, (f"{COUNT}/H", "valeur"): men}
    assert words(small, "2021", typed)[COUNT] is word


@pytest.mark.parametrize(
    ("total", "women", "men", "word"),
    [(31, 15.2, 15.4, Word.OK), (30.5, 15, 15, Word.OK), (30.5, 15.1, 15.8, Word.SUM), (33, 15, 15, Word.SUM)],
)
def test_amounts_add_up_to_the_rounding(
    small: Framework, total: CellValue, women: CellValue, men: CellValue, word: Word
) -> None:
    typed = {(AMOUNT, "valeur"): total, (f"{AMOUNT}/F", "valeur"): women, (f"{AMOUNT}/H", "valeur"): men}
    assert words(small, "2021", typed)[AMOUNT] is word


@pytest.mark.parametrize(
    ("total", "women", "men", "word"),
    [(-30, -10, "nd", Word.OK), (5, 20, None, Word.OK), (-30, -10, -20, Word.OK), (-30, -10, -15, Word.SUM)],
)
def test_what_may_be_negative_is_bounded_by_no_total(
    small: Framework, total: CellValue, women: CellValue, men: CellValue, word: Word
) -> None:
    typed = {(AMOUNT, "valeur"): total, (f"{AMOUNT}/F", "valeur"): women, (f"{AMOUNT}/H", "valeur"): men}
    assert words(small, "2021", typed)[AMOUNT] is word


@pytest.mark.parametrize("aggregation", ["moyenne", "moyenne pondérée", "maximum"])
def test_what_is_no_sum_is_compared_with_no_total(small: Framework, aggregation: str) -> None:
    changed = {"aggregation": Aggregation(aggregation), "minimum": 0.0}
    measures = tuple(replace(one, **changed) if one.code == AMOUNT else one for one in small.measures)  # type: ignore[arg-type]
    typed = {(AMOUNT, "valeur"): 100, (f"{AMOUNT}/F", "valeur"): 130, (f"{AMOUNT}/H", "valeur"): 90}
    assert set(words(replace(small, measures=measures), "2021", typed).values()) & {Word.SUM, Word.ABOVE} == set()


def test_a_part_is_not_above_its_total(small: Framework) -> None:
    typed = {(COUNT, "valeur"): 30, (f"{COUNT}/X1", "valeur"): 31, (f"{COUNT}/X2", "valeur"): 30}
    shown = words(small, "2021", typed)
    assert (shown[f"{COUNT}/X1"], shown[f"{COUNT}/X2"], shown[COUNT]) == (Word.ABOVE, Word.OK, Word.OK)


def test_a_category_needs_no_word_where_the_total_says_nd(small: Framework) -> None:
    typed = {(COUNT, "valeur"): "nd", (COUNT, "commentaire"): "Export en mars.", (f"{COUNT}/F", "valeur"): "nd"}
    assert words(small, "2021", typed)[f"{COUNT}/F"] is Word.OK


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ({"/F": "nd", "/H": "nd"}, {"/F"}),
        ({"/H": "nd"}, {"/H"}),
        ({"/F": "nd", "/H": "nd", "/X1": "n.d.", "/X2": "nd"}, {"/F", "/X1"}),
        ({"/F": 4, "/H": "nd", "/X2": "ND"}, {"/H", "/X2"}),
    ],
)
def test_one_cause_of_missing_categories_is_asked_about_once(
    small: Framework, typed: Mapping[str, CellValue], asked: set[str]
) -> None:
    answers = {(f"{COUNT}{category}", "valeur"): value for category, value in typed.items()} | {(COUNT, "valeur"): 30}
    shown = words(small, "2021", answers)
    assert {code.removeprefix(COUNT) for code, word in shown.items() if word is Word.COMMENT} == asked
    explained = words(small, "2021", {**answers, (COUNT, "commentaire"): "Ventilation en mars."})
    assert Word.COMMENT not in explained.values()


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ({}, Word.TO_FILL),
        ({"cible": 20}, Word.TO_FILL),
        ({"reference": 10}, Word.YEAR),
        ({"reference": 10, "annee_reference": 2019}, Word.TARGET_MISSING),
        ({"reference": 10, "annee_reference": 2019, "cible": "so"}, Word.OK),
        ({"reference": 10, "annee_reference": 2019, "cible": 20, "annee_cible": 2024}, Word.OK),
        ({"reference": 10, "annee_reference": 2019, "cible": 20, "annee_cible": 2018}, Word.YEARS),
        ({"reference": 10, "annee_reference": 2019, "cible": 9}, Word.TARGET),
        ({"reference": 10, "annee_reference": 2019, "cible": 9, "commentaire": "Voulu."}, Word.OK),
        ({"reference": 10, "annee_reference": 19, "cible": 20}, Word.OUT_OF_BOUNDS),
        ({"reference": 10, "annee_reference": "2019", "cible": 20}, Word.OK),
        ({"reference": 10, "annee_reference": 2019, "cible": "plus"}, Word.UNREADABLE),
        ({"reference": "nd"}, Word.COMMENT),
        ({"reference": "nd", "source_reference": "Enquête à venir"}, Word.OK),
    ],
)
def test_a_baseline_and_its_target(small: Framework, typed: Mapping[str, CellValue], word: Word) -> None:
    assert words(small, "REF", {(COUNT, column): value for column, value in typed.items()})[COUNT] is word


def test_a_category_takes_the_year_of_its_total_and_needs_no_target_of_its_own(small: Framework) -> None:
    category = {(f"{COUNT}/F", "reference"): 4}
    assert words(small, "REF", category)[f"{COUNT}/F"] is Word.YEAR
    assert words(small, "REF", {**category, (COUNT, "annee_reference"): 2019})[f"{COUNT}/F"] is Word.OK


def test_what_is_only_followed_needs_no_target(small: Framework) -> None:
    typed = {(MARK, "reference"): 5, (MARK, "annee_reference"): 2019, (TEXT, "reference"): "Un guide"}
    shown = words(small, "REF", typed)
    assert (shown[MARK], shown[TEXT]) == (Word.OK, Word.OK)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ({}, Word.TO_FILL),
        ({"avancement": 50}, Word.TO_FILL),
        ({"statut": "En cours"}, Word.OK),
        ({"statut": "en cours "}, Word.OK),
        ({"statut": "Finie"}, Word.UNREADABLE),
        ({"statut": "En cours", "avancement": "la moitié"}, Word.UNREADABLE),
        ({"statut": "nd"}, Word.OK),
        ({"statut": " S.O. "}, Word.OK),
        ({"statut": "En cours", "avancement": "nd", "budget_prevu": "N.D.", "femmes": "so", "fin": "ns"}, Word.OK),
        ({"statut": "En cours", "avancement": "nd so"}, Word.UNREADABLE),
        ({"statut": "En cours", "fin": "mars"}, Word.UNREADABLE),
        ({"statut": "Non disponible"}, Word.OK),
        ({"statut": "En cours", "avancement": "non disponible", "femmes": "sans objet", "fin": "s. o."}, Word.OK),
        ({"statut": "En cours", "budget_prevu": "1 234 €", "beneficiaires": "1\u202f234"}, Word.OK),
        ({"statut": "En cours", "budget_prevu": "1 234,50 euros", "avancement": "12,5 %"}, Word.OK),
        ({"statut": "En cours", "budget_prevu": "1 234 $"}, Word.UNREADABLE),
        ({"statut": "En cours", "budget_prevu": "1,234"}, Word.UNREADABLE),
        ({"statut": "En cours", "budget_prevu": "1.234,5"}, Word.UNREADABLE),
        ({"statut": "En cours", "budget_prevu": "1e5"}, Word.UNREADABLE),
        ({"statut": "En cours", "budget_prevu": "€"}, Word.UNREADABLE),
        ({"statut": "En cours", "budget_prevu": "env. 20"}, Word.UNREADABLE),
        ({"statut": "En cours", "beneficiaires": "12 €"}, Word.UNREADABLE),
        ({"statut": "En cours", "beneficiaires": "12 %"}, Word.UNREADABLE),
        ({"statut": "Réalisée", "avancement": "nd", "beneficiaires": "nd", "femmes": 11}, Word.OK),
        ({"statut": "En cours", "avancement": 101}, Word.OUT_OF_BOUNDS),
        ({"statut": "En cours", "budget_prevu": -1}, Word.OUT_OF_BOUNDS),
        ({"statut": "En cours", "debut": 2021}, Word.OUT_OF_BOUNDS),
        ({"statut": "En cours", "beneficiaires": 3.5}, Word.NOT_WHOLE),
        ({"statut": "Réalisée", "avancement": 80}, Word.PROGRESS),
        ({"statut": "Réalisée", "avancement": 100}, Word.OK),
        ({"statut": "Réalisée"}, Word.OK),
        ({"statut": "Non démarrée", "avancement": 5}, Word.PROGRESS),
        ({"statut": "En cours", "debut": date(2021, 5, 1), "fin": date(2021, 4, 30)}, Word.DATES),
        ({"statut": "En cours", "debut": date(2021, 5, 1), "fin": date(2021, 5, 1)}, Word.OK),
        ({"statut": "En cours", "beneficiaires": 10, "femmes": 11}, Word.WOMEN),
    ],
)
def test_an_action(small: Framework, typed: Mapping[str, CellValue], word: Word) -> None:
    assert words(small, "2021", {("A1", column): value for column, value in typed.items()})["A1"] is word


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ({}, Word.OPTIONAL),
        ({"statut": "En cours"}, Word.INCOMPLETE),
        ({"action": "Un forum"}, Word.INCOMPLETE),
        ({"action": "Un forum", "statut": "En cours"}, Word.OK),
    ],
)
def test_an_action_of_ones_own(small: Framework, typed: Mapping[str, CellValue], word: Word) -> None:
    code = "COMPL-1"
    assert words(small, "2021", {(code, column): value for column, value in typed.items()})[code] is word


@pytest.mark.parametrize(
    ("former", "now", "comment", "word"),
    [
        (100, 150, "", Word.OK),
        (100, 151, "", Word.CHANGE),
        (100, "151", "", Word.CHANGE),
        (100, 151, "Nouveau service.", Word.OK),
        (100, 49, "", Word.CHANGE),
        (20, 9, "", Word.CHANGE),
        (9, 5, "", Word.OK),
        ("nd", 151, "", Word.OK),
        (None, 151, "", Word.OK),
    ],
)
def test_a_value_far_from_the_former_one_is_to_be_confirmed(
    small: Framework, former: float | str | None, now: CellValue, comment: str, word: Word
) -> None:
    line = f"{COUNT}/F"
    typed = {(line, "valeur"): now, (line, "commentaire"): comment}
    assert words(small, "2021", typed, {} if former is None else {line: former})[line] is word


@pytest.mark.parametrize(("total", "word"), [(200, Word.OK), (101, Word.CHANGE), (None, Word.CHANGE)])
def test_a_category_follows_its_total(small: Framework, total: CellValue, word: Word) -> None:
    typed = {(COUNT, "valeur"): total, (f"{COUNT}/F", "valeur"): 90}
    assert words(small, "2021", typed, {COUNT: 100, f"{COUNT}/F": 40})[f"{COUNT}/F"] is word


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ({"avancement": 0.5}, Word.COMMENT),
        ({"avancement": 1}, Word.COMMENT),
        ({"avancement": 0}, Word.OK),
        ({"avancement": 1.5}, Word.OK),
        ({"avancement": 1, "commentaire": "1 pour cent à ce jour."}, Word.OK),
        ({"debut": date(1998, 5, 1)}, Word.COMMENT),
        ({"debut": "1er mai 1998"}, Word.COMMENT),
        ({"debut": date(1998, 5, 1), "commentaire": "Engagée en 1998."}, Word.OK),
    ],
)
def test_what_is_possible_and_surprising_in_an_action(
    small: Framework, typed: Mapping[str, CellValue], word: Word
) -> None:
    answers = {("A1", column): value for column, value in typed.items()} | {("A1", "statut"): "En cours"}
    assert words(small, "2021", answers)["A1"] is word


@pytest.mark.parametrize(
    ("year", "comment", "word"),
    [(1990, "", Word.COMMENT), (1990, "Recensement de 1990.", Word.OK), (2019, "", Word.OK)],
)
def test_a_year_far_from_the_contract(small: Framework, year: int, comment: str, word: Word) -> None:
    typed: dict[str, CellValue] = {"reference": 10, "annee_reference": year, "cible": 20, "commentaire": comment}
    assert words(small, "REF", {(COUNT, column): value for column, value in typed.items()})[COUNT] is word
