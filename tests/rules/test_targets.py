"""COH-020 to COH-023: a baseline and its target are judged together where both were asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Received
from cvsheet.model.submission import Observation, Quantity
from tests.rules.small import FRAMEWORK
from tests.rules.tables import returned

HEAD = "ligne | reference | annee_reference | cible | annee_cible | commentaire"
Kept = Callable[[Observation], bool]


def said(*rows: str, kept: Kept = lambda seen: True, without_years: bool = False) -> list[tuple[str, str]]:
    """The findings on baselines and targets of a return with these rows, without the answers that are not `kept`."""
    submission = returned("\n".join([HEAD, *rows]), campaign="REF", file="a.xlsx")
    seen = tuple(
        replace(one, beside={name: entry for name, entry in one.beside.items() if not name.startswith("annee")})
        if without_years
        else one
        for one in submission.observations
        if kept(one)
    )
    assessment = assess(FRAMEWORK, [Received("a.xlsx", replace(submission, observations=seen))])
    assert assessment.incidents == ()
    return [(one.code, one.line) for one in assessment.findings if one.code.startswith("COH-02")]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("T2.M1 | 43 | 2018 | 60 | 2022 |", []),
        ("T2.M1 | 43 | 2018 | | |", [("COH-021", "T2.M1")]),
        ("T2.M1 | 43 | 2018 | nd | |", []),
        ("T2.M1 | nd | | | | inconnu", []),
        ("T6.M1 | 43 | 2018 | | |", []),  # it is only followed
        ("T2.M1 | 43 | | 60 | 2022 |", [("COH-022", "T2.M1")]),
        ("T2.M1 | 43 | 2018 | 60 | |", []),
        ("T2.M1 | 43 | 20180 | 60 | 2022 |", [("COH-022", "T2.M1")]),  # this year is set aside
        ("T2.M1 | 43 | 2022 | 60 | 2022 |", [("COH-023", "T2.M1")]),
        ("T2.M1 | 43 | 2021 | 60 | 2022 |", []),
        ("T2.M1 | 43 | 2018 | 60 | 201 |", []),  # set aside: nothing is concluded from it
        ("T2.M1 | 43 | 2018 | 42 | 2022 |", [("COH-020", "T2.M1")]),
        ("T2.M1 | 43 | 2018 | 42 | 2022 | voulu", []),
        ("T5.M1 | 12 | | | |", []),  # a text, whatever it looks like
    ],
)
def test_a_line_with_its_baseline_and_its_target(row: str, told: list[tuple[str, str]]) -> None:
    assert said(row) == told


ROW = "T2.M1 | 43 | | | |"


def test_a_line_that_was_not_asked_for_a_target_lacks_none() -> None:
    assert said(ROW) == [("COH-021", "T2.M1"), ("COH-022", "T2.M1")]
    other = "T1.M2 | 20 | 2018 | 30 | 2022 |"
    assert said(ROW, other, kept=lambda seen: (seen.line, seen.quantity) != ("T2.M1", Quantity.TARGET)) == []


def test_a_line_that_the_contract_does_not_know_is_judged_in_no_way() -> None:
    assert said("X9.M1 | 43 | | 20 | 2018 |") == []


def test_without_a_column_of_years_the_year_is_missing() -> None:
    assert said("T2.M1 | 43 | 2018 | 60 | 2022 |", without_years=True) == [("COH-022", "T2.M1")]


def test_a_category_takes_the_year_of_its_total_where_there_is_one() -> None:
    total, category = "T1.M1 | 24 | 2018 | 40 | 2022 |", "T1.M1/JD | 16 | | 25 | 2022 |"
    assert said(total, category) == []
    assert said(category) == [("COH-022", "T1.M1/JD")]
    assert said(total, category, without_years=True) == [("COH-022", "T1.M1"), ("COH-022", "T1.M1/JD")]
