"""One cell to its items: what separates them is sure, what only looks like a beginning is a guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvsheet.books.contract.outline.items import split_items
from cvsheet.books.contract.outline.model import Level
from cvsheet.books.contract.outline.numbering import numbering_end
from tests.outline.documents import words


@pytest.mark.parametrize(
    "text",
    [
        "- Nombre de forums\n- Nombre d’emplois",
        "• Nombre de forums\n• Nombre d’emplois",
        "– Nombre de forums\n– Nombre d’emplois",
        "1. Nombre de forums\n2. Nombre d’emplois",
        "1) Nombre de forums 2) Nombre d’emplois",
        "a) Nombre de forums\nb) Nombre d’emplois",
        "Nombre de forums\nNombre d’emplois",
        "Nombre de forums\n\nNombre d’emplois\n",
        "- Nombre de forums - Nombre d’emplois",
        "-Nombre de forums- Nombre d’emplois",
        "• Nombre de forums • Nombre d’emplois",
    ],
)
def test_bullets_lines_and_numbers_separate_items(text: str) -> None:
    items = split_items(text, Level.INDICATOR)
    assert items.texts == ("Nombre de forums", "Nombre d’emplois")
    assert items.sure


@pytest.mark.parametrize(
    "text",
    [
        "Nombre de rendez-vous",
        "- Égalité femmes -hommes dans le Val-de-Marne",
        "Taux d’emploi (source : Insee. Données de 2019)",
        "Suivi des bilans 2019-2022",
        "Visite de l’école G. Sand",
        "Développement de la musique / Poursuivre l’orchestre",
        "Développer des outils : CV, vidéos",
        "Logement social du bailleur Val Logement (créé en 2018)",
    ],
)
def test_a_dash_or_a_capital_inside_a_text_separates_nothing(text: str) -> None:
    assert split_items(text, Level.ACTION).texts == (text.removeprefix("- "),)


NUMBERS = (
    "1", "1.", "1)", "1/", "1°", "1 -", "1 –", "1-", "(1)", "[1]", "#1", "01 -", "001", "1.1", "1.1.", "1.1 -",
    "1.1)", "1.1 :", "1.1.1", "1.2.3.4", "1-1-2", "1_2", "1.a", "1.a.", "1.1.a", "1a -", "1-a", "1bis", "1 bis -",
    "I.", "I -", "IV)", "II.1", "I.1.a -", "A.", "A -", "a)", "a.", "N°1", "N° 1 :", "n°1 -", "A1", "A1.", "A 1 -",
    "A1.1", "A.1.2", "A-1", "C1.2", "EMP-1", "EMP 01 -", "P1-A2", "OS1 - A2 :", "FA 12 -", "FA12 :", "F.A. 12 -",
    "FA n°12 -", "Action 1 -", "Action 1 :", "Action 1.", "Action n°1 :", "Action n° 1.2 –", "ACTION 12",
    "Action A :", "Action I -", "Act. 7 -", "Fiche 4 -", "Fiche n°5 :", "Fiche action 4 -", "Fiche action n°4 :",
    "Fiche-action 4 :", "Mesure 3 :", "Projet 2 -", "Opération n°3 -", "Axe 1 - Action 2 :",
    "Axe 1 / Objectif 2 / Action 3 :",
)  # fmt: skip
TITLES = (
    "Développement de l’accompagnement renforcé",
    "Créer un tiers-lieu",
    "« Le café » des parents",
    "École ouverte",
)


@pytest.mark.parametrize("number", NUMBERS)
def test_what_stands_before_an_item_is_its_number_and_no_item(number: str) -> None:
    for text, title in ((f"{number} {title}", title) for title in TITLES):
        assert split_items(text, Level.ACTION).texts == (text,)
        assert text[numbering_end(text) :] == title


@pytest.mark.parametrize("number", NUMBERS)
def test_numbered_lines_are_items(number: str) -> None:
    texts = split_items("\n".join(f"{number} {title}" for title in TITLES[:2]), Level.ACTION).texts
    assert [text[numbering_end(text) :] for text in texts] == list(TITLES[:2])


@pytest.mark.parametrize(
    "text",
    [
        "3 ateliers par an", "16-25 ans : accueil", "2,5 M€ pour le quartier", "2.5 M€ pour le quartier", "2024 Bilan",
        "6e : accompagnement", "24h/24 accueil", "10 % des jeunes", "1/2 journée", "1 000 habitants", "A la carte",
        "M. le maire", "Action sociale", "Fiche action", "Mesure de la pauvreté", "Axe fort : emploi", "Le 1er mai",
        "Action 1",
    ],
)  # fmt: skip
def test_a_text_that_counts_or_names_something_has_no_number(text: str) -> None:
    assert numbering_end(text) == 0


def test_sub_points_stay_with_their_item() -> None:
    text = "- Nombre de bénéficiaires :\n   • Forum\n   • Atelier\n- Nombre de forums"
    assert split_items(text, Level.INDICATOR).texts == (
        "Nombre de bénéficiaires : • Forum • Atelier",
        "Nombre de forums",
    )


def test_a_title_above_the_bullets_goes_with_the_first_item() -> None:
    assert split_items("Emploi :\n- Forum\n- Atelier", Level.ACTION).texts == ("Emploi : Forum", "Atelier")


def test_a_line_in_lower_case_goes_on_with_the_one_above() -> None:
    items = split_items("Forum de l’emploi\net des métiers\nAtelier CV", Level.ACTION)
    assert items.texts == ("Forum de l’emploi et des métiers", "Atelier CV")
    assert not items.sure


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Actions de prévention. Permanences du centre", ("Actions de prévention.", "Permanences du centre")),
        ("Soutien aux devoirs; Bourses", ("Soutien aux devoirs;", "Bourses")),
        ("Création d’un lieu Animation du quartier", ("Création d’un lieu", "Animation du quartier")),
        ("Forum emploi Développer des outils", ("Forum emploi", "Développer des outils")),
        ("Stockage. Les bailleurs y ont accès.", ("Stockage. Les bailleurs y ont accès.",)),
        ("Ateliers. (Deuxième année.)", ("Ateliers. (Deuxième année.)",)),
    ],
)
def test_without_bullets_a_new_sentence_or_noun_of_action_is_a_guess(text: str, parts: tuple[str, ...]) -> None:
    items = split_items(text, Level.ACTION)
    assert items.texts == parts
    assert items.sure == (len(parts) == 1)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Nombre d’emplois Taux de réussite", ("Nombre d’emplois", "Taux de réussite")),
        ("Nombre d’emplois ; taux de réussite", ("Nombre d’emplois ;", "taux de réussite")),
        ("Emplois (nombre ; taux)", ("Emplois (nombre ; taux)",)),
    ],
)
def test_an_indicator_without_bullets_is_cut_before_a_new_measure(text: str, parts: tuple[str, ...]) -> None:
    items = split_items(text, Level.INDICATOR)
    assert items.texts == parts
    assert items.sure == (len(parts) == 1)


BITS = [
    "Nombre de",
    "Développement de",
    "a",
    "B",
    "-",
    "•",
    "–",
    "\n",
    " ",
    "1.",
    "2)",
    ".",
    ";",
    "(",
    ")",
    ":",
    "d’",
    "«",
]


@given(st.lists(st.sampled_from(BITS), max_size=14).map("".join), st.sampled_from([Level.ACTION, Level.INDICATOR]))
def test_no_word_is_lost_nor_moved(text: str, level: Level) -> None:
    kept = [word for item in split_items(text, level).texts for word in words(item)]
    lost = [word for word in words(text) if not word.isdigit()]  # a number may be the bullet
    assert [word for word in kept if not word.isdigit()] == lost or not text.strip()
