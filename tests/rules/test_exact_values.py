"""A number that a rule on one cell refuses is shown with the digits that make it so."""

from __future__ import annotations

import pytest

from cvsheet.judging.cells.schema import FACTS
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.judging.engine.rule import SHOWN_AT_MOST, shown
from cvsheet.model.findings import Fact, Finding, Place
from cvsheet.text.french import french_exact
from tests.words import plain


def said(code: str, **facts: float | str) -> str:
    rule = find_rule(code)
    text = rule.fault(Finding(code, rule.severity, Place("a.xlsx"), facts=facts))
    return plain(text)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0004, "0,0004"),
        (-0.001, "−0,001"),
        (100.001, "100,001"),
        (1234.5678, "1 234,5678"),
        (0.1 + 0.2, "0,3"),
        (34.7611940001, "34,7611940001"),
        (1e-7, "0,0000001"),
        (12.0, "12"),
        (1e15, "1 000 000 000 000 000"),
        (0.0, "0"),
    ],
)
def test_all_digits_that_a_spreadsheet_keeps(value: float, shown: str) -> None:
    assert french_exact(value).replace("\u202f", " ") == shown


def test_what_is_not_whole_does_not_look_whole() -> None:
    assert said("VAL-015", value=0.0004) == "0,0004 n’est pas un nombre entier."
    assert said("VAL-015", value=12.004) == "12,004 n’est pas un nombre entier."


def test_two_numbers_that_differ_do_not_look_the_same() -> None:
    facts: dict[str, float | str] = {
        "total": 12.345,
        "sum": 12.342,
        "difference": -0.003,
        "breakdown": "Âge",
        "detail": "…",
    }
    said_of_both = said("COH-001", **facts)
    assert "vaut 12,345" in said_of_both
    assert "font 12,342" in said_of_both
    assert "écart de −0,003" in said_of_both


def test_what_is_out_of_bounds_does_not_look_like_the_bound() -> None:
    row = {"nombre": 100.001, "minimum": 0.005, "maximum": 100.0}
    facts = {name: FACTS[name](row) for name in ("value", "bounds")}
    assert said("VAL-016", **facts) == "100,001 est hors des bornes : de 0,005 à 100."


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (None, "(vide)"),
        ("", "(vide)"),
        (0, "0"),
        (True, "oui"),
        (False, "non"),
        ("x" * SHOWN_AT_MOST, "x" * SHOWN_AT_MOST),
        ("x" * (SHOWN_AT_MOST + 1), "x" * SHOWN_AT_MOST + "…"),
    ],
)
def test_a_fact_as_it_is_shown(value: Fact, seen: str) -> None:
    assert shown(value) == seen
