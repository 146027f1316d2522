"""How a sentence names the cells that it is about, beside its own."""

from __future__ import annotations

import pytest

from cvsheet.judging.engine.rule import SHOWN_AT_MOST, _in_brackets, shown
from cvsheet.model.findings import Place

HERE = Place("a.xlsx", "Emploi", "A1")


@pytest.mark.parametrize(
    ("places", "told"),
    [
        ((), ""),
        ((Place("a.xlsx", "Emploi", "K10"),), " (K10)"),
        ((Place("a.xlsx", "Emploi", "K10"), Place("a.xlsx", "Emploi", "K11")), " (K10:K11)"),
        ((Place("a.xlsx", "Logement", "B3"),), " (Logement!B3)"),
        ((Place("a.xlsx", "Emploi", "K10"), Place("a.xlsx", "Logement", "B3")), " (K10 ; Logement!B3)"),
        ((Place("a.xlsx", "Emploi", ""),), ""),  # a row that has no cell
        ((Place("b.xlsx", "Emploi", "K10"),), ""),  # another file
    ],
)
def test_cells_of_the_same_file_are_named_with_their_sheet_where_it_is_another(
    places: tuple[Place, ...], told: str
) -> None:
    assert _in_brackets(places, HERE) == told


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        (None, "(vide)"),
        ("", "(vide)"),
        (0, "0"),
        (True, "oui"),
        ("x" * SHOWN_AT_MOST, "x" * SHOWN_AT_MOST),
        ("x" * (SHOWN_AT_MOST + 1), "x" * SHOWN_AT_MOST + "…"),
    ],
)
def test_a_fact_in_a_sentence(fact: str | float | None, told: str) -> None:
    assert shown(fact) == told
