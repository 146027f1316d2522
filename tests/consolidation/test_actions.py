"""Where an action stands, from the reports of its partners."""

from __future__ import annotations

import pytest

from cvsheet.figures.actions import OTHERS, STARTED, ActionState, Report, state_of
from cvsheet.schema.tables import load_table

# statuses of A (the pilot), B and C -> retained
TABLE = [
    (("Réalisée", "En cours", "En cours"), "Réalisée"),
    (("", "En cours", "En cours"), "En cours"),
    (("", "Réalisée", "Réalisée"), "Réalisée"),
    (("", "Réalisée", "Non démarrée"), "En cours"),
    (("", "Non démarrée", "En préparation"), "En préparation"),
    (("", "Reportée", "Abandonnée"), "Reportée"),
    (("", "Abandonnée", "Reportée"), "Reportée"),
    (("", "Abandonnée", "Abandonnée"), "Abandonnée"),
    (("", "", ""), ""),
]


@pytest.mark.parametrize(("statuses", "retained"), TABLE)
def test_the_pilot_speaks_first_then_the_partners_together(statuses: tuple[str, ...], retained: str) -> None:
    reports = [Report(partner, status) for partner, status in zip("ABC", statuses, strict=True)]
    assert state_of("A", reports).status == retained


def test_every_status_has_its_place_among_the_others() -> None:
    assert {*STARTED, *OTHERS} == set(load_table("saisie_actions").column("statut").enum)


def test_progress_is_the_pilot_s_own() -> None:
    reports = [Report("A", "En cours", 40), Report("B", "En cours", 90)]
    assert state_of("A", reports) == ActionState("En cours", 40, "A")


def test_without_a_pilot_progress_is_the_mean_of_what_is_given() -> None:
    reports = [Report("A", "En cours", 40), Report("B", "En cours", 90), Report("C", "En cours")]
    assert state_of("", reports) == ActionState("En cours", 65)


def test_nothing_reported_is_nothing_retained() -> None:
    assert state_of("A", []) == ActionState()
