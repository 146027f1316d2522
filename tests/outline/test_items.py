"""One cell to its items: what separates them is sure, what only looks like a beginning is a guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvsheet.reading.outline.items import split_items
from cvsheet.reading.outline.model import Level
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
