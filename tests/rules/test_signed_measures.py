"""An upper bound by the total holds only for what cannot be negative: of a balance of -30, -10 may be a part."""

from __future__ import annotations

import dataclasses

import pytest

from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import CoherenceRule, Framework
from tests.rules.good import arriving, judged, of
from tests.rules.small import FRAMEWORK
from tests.rules.tables import returned

ONLY_A = ["A-2021.xlsx", "A-REF.xlsx", "B-2021.xlsx", "B-REF.xlsx"]


def contract(**differing: object) -> Framework:
    """T4.M1 alone, an amount split by tranche (exclusive) and outil (overlapping), changed as told."""
    balance = dataclasses.replace(
        FRAMEWORK.measure["T4.M1"],
        **{"breakdowns": ("tranche", "outil"), "minimum": None, **differing},  # type: ignore[arg-type]
    )
    unique = dataclasses.replace(FRAMEWORK.measure["T1.M2"], producers=("A",))
    rule = CoherenceRule("R", "T1.M2", "entre max et somme", "T4.M1", "erreur", "Personnes uniques.")
    return dataclasses.replace(FRAMEWORK, measures=(balance, unique), rules=(rule,))


def typed(framework: Framework, *rows: str) -> Assessment:
    table = "\n".join(["ligne | valeur | commentaire", *rows])
    return judged(arriving(of(returned(table)), instead_of=ONLY_A)(), framework)


def faults(assessment: Assessment) -> list[tuple[str, str]]:
    """The sums in fault, with their lines."""
    return [(one.code, one.line) for one in assessment.findings if one.code.startswith("COH-0")]


MISSING = ("T4.M1/J | -10 |", "T4.M1/A | nd | ?", "T4.M1/V | nd | ?")


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (("T4.M1 | -30 |", *MISSING), []),
        (("T4.M1 | 5 |", "T4.M1/J | 20 |", "T4.M1/A | nd | ?", "T4.M1/V | nd | ?"), []),  # V may be -15
        (("T4.M1 | -30 |", "T4.M1/J | -10 |", "T4.M1/A | -12 |", "T4.M1/V | -8 |"), []),
        (("T4.M1 | -30 |", "T4.M1/J | -10 |", "T4.M1/A | -12 |", "T4.M1/V | -4 |"), [("COH-001", "T4.M1")]),
        (("T4.M1 | -30 |", "T4.M1/JD | -10 |"), []),  # overlapping
        (("T4.M1 | 10 |", "T4.M1/JD | 12 |"), []),
    ],
)
def test_a_balance_is_bounded_by_no_total(rows: tuple[str, ...], fault: list[tuple[str, str]]) -> None:
    assert faults(typed(contract(), *rows)) == fault


def test_what_is_in_no_fault_counts() -> None:
    frame = typed(contract(), "T4.M1 | -30 |", *MISSING).frame
    assert set(frame["ecart"]) == {""}


@pytest.mark.parametrize(
    "bound", [{"minimum": 0}, {"minimum": 0.5}, {"type": "nombre"}, {"type": "volume", "minimum": 0}]
)
def test_what_cannot_be_negative_is_bounded_by_its_total(bound: dict[str, object]) -> None:
    rows = ("T4.M1 | 10 |", "T4.M1/J | 12 |", "T4.M1/A | nd | ?", "T4.M1/JD | 12 |")
    assert faults(typed(contract(**bound), *rows)) == [("COH-002", "T4.M1/J"), ("COH-002", "T4.M1/JD")]


@pytest.mark.parametrize(("minimum", "fault"), [(-0.01, []), (0, [("COH-003", "T4.M1")])])
def test_a_partial_sum_is_bounded_from_a_minimum_of_zero_on(minimum: float, fault: list[tuple[str, str]]) -> None:
    rows = ("T4.M1 | 20 |", "T4.M1/J | 15 |", "T4.M1/A | 12 |", "T4.M1/V | nd | ?")
    assert faults(typed(contract(minimum=minimum), *rows)) == fault


@pytest.mark.parametrize(("minimum", "fault"), [(None, []), (0, [("COH-013", "T1.M2")])])
def test_persons_are_between_largest_and_sum_of_what_cannot_be_negative(
    minimum: float | None, fault: list[tuple[str, str]]
) -> None:
    rows = ("T1.M2 | 9 |", "T4.M1 | 40 |", "T4.M1/JD | 12 |", "T4.M1/CJ | 20 |")
    assert faults(typed(contract(minimum=minimum), *rows)) == fault
