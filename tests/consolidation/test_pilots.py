"""Who pilots an indicator: of the actions of its objective, else who gives its figures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cvsheet.figures.pilots import pilots_of
from cvsheet.model.framework import Action, Measure, Objective, Partner
from tests.consolidation.frameworks import framework, measure, share

COUNTED = measure("N.M1", objective="O1", producers=("C", "A"))


def named(judged: Measure, *actions: Action) -> str:
    made = framework(COUNTED, share("S.M1", "N.M1", "N.M1"))
    made = replace(
        made,
        partners=(Partner("A", "CAF (allocations)"), Partner("B", "École : élèves"), Partner("C", "Ville")),
        objectives=(Objective("O1", "P1", "Objectif"), Objective("O2", "P1", "Autre")),
        actions=actions,
    )
    return pilots_of(made, judged)


def pilot(partner: str, objective: str = "O1") -> Action:
    return Action(f"A-{partner}-{objective}", objective, "Action", partner)


@pytest.mark.parametrize(
    ("actions", "names"),
    [
        ((pilot("A"),), "CAF"),
        ((pilot("B"), pilot("A")), "École, CAF"),
        ((pilot("B"), pilot("A"), pilot("B")), "École, CAF"),  # each once
        ((pilot("B"), pilot("A"), pilot("C")), "École, CAF, …"),
        ((pilot("A"), pilot("B", "O2")), "CAF"),  # of this objective alone
        ((pilot("D"),), "D"),  # a partner that the contract has no more
        ((pilot(""),), "Ville"),  # nobody is named: the first who gives the figures
        ((pilot("B", "O2"),), "Ville"),
        ((), "Ville"),
    ],
)
def test_the_pilots_of_the_actions_of_the_objective_are_named(actions: tuple[Action, ...], names: str) -> None:
    assert named(COUNTED, *actions) == names


def test_without_an_objective_nobody_s_actions_are_meant() -> None:
    assert named(replace(COUNTED, objective=""), pilot("B", "")) == "Ville"


def test_a_share_is_of_who_gives_its_numerator() -> None:
    assert named(share("S.M1", "N.M1", "D.M1")) == "Ville"
    assert named(replace(share("S.M1", "N.M1", "D.M1"), objective="O1"), pilot("B")) == "École"
    assert named(share("S.M1", "GONE.M1", "D.M1")) == ""  # which the contract has no more
