"""What is at most what, of the figures of one contract, as a reader knows it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cvsheet.figures.consolidation import Key, aggregate
from cvsheet.figures.disclosure.figures import figures
from cvsheet.figures.disclosure.published_sums import counts_of
from cvsheet.figures.disclosure.relations import REST, AtMost, relations_of
from cvsheet.model.framework import CoherenceRule
from tests.consolidation.frameworks import answers, framework, measure

WHOLE = ("2020 A I.M1 30", "2020 A I.M1/N 20", "2020 A I.M1/S 10")
OF_BOTH = ("2020 A J.M1 30", "2020 A J.M1/N 20", "2020 A J.M1/S 10", "2020 A K.M1 5")


def keys(side: str) -> tuple[Key, ...]:
    return tuple(("2020", line, "valeur") for line in side.split(" + "))


def known(*rules: str, rows: tuple[str, ...] = (*WHOLE, *OF_BOTH)) -> set[AtMost]:
    """The relations in a contract with rules such as ``I.M1/N <= J.M1/N``."""
    split = [measure(code, breakdowns=("quartier",), diffusion="personnes") for code in ("I.M1", "J.M1")]
    made = framework(*split, measure("K.M1"))
    sides = (rule.split(" <= ") for rule in rules)
    told = (CoherenceRule("R", low, "<=", high, "erreur", "") for low, high in sides)
    consolidation = aggregate(replace(made, rules=tuple(told)), answers(*rows))
    return set(relations_of(counts_of(consolidation, figures(consolidation))).every)


@pytest.mark.parametrize(
    ("rules", "relation", "holds"),
    [
        ((), "I.M1 <= I.M1/N + I.M1/S", True),
        ((), "I.M1/N + I.M1/S <= I.M1", True),
        (("K.M1 <= I.M1/N",), "K.M1 <= I.M1/N", True),
        (("K.M1 <= I.M1/N",), "K.M1 + K.M1 <= I.M1", False),
        (("K.M1 <= I.M1/N", "K.M1 <= I.M1/S"), "K.M1 + K.M1 <= I.M1", True),  # no more than each of the two
        (("I.M1/N <= K.M1",), "I.M1 <= K.M1 + K.M1", False),
        (("I.M1/N <= K.M1", "I.M1/S <= K.M1"), "I.M1 <= K.M1 + K.M1", True),
        (("I.M1/N <= J.M1/N",), "I.M1/N + I.M1/S <= J.M1", False),
        (("I.M1/N <= J.M1/N", "I.M1/S <= J.M1/S"), "I.M1/N + I.M1/S <= J.M1", True),
        (("I.M1/N <= J.M1/N",), "I.M1 <= J.M1 + I.M1/S", True),
    ],
)
def test_what_rules_and_sums_say_together(rules: tuple[str, ...], relation: str, holds: bool) -> None:
    low, high = relation.split(" <= ")
    assert (AtMost(keys(low), keys(high)) in known(*rules)) == holds


@pytest.mark.parametrize(("of_b", "whole"), [((), True), (("2020 B I.M1 9", "2020 B I.M1/N 9"), False)])
def test_of_a_table_with_gaps_something_is_missing_beside_its_categories(of_b: tuple[str, ...], whole: bool) -> None:
    found = known(rows=(*WHOLE, *of_b))
    assert (AtMost(keys("I.M1"), keys("I.M1/N + I.M1/S")) in found) == whole
    assert any(REST in line for one in found for _, line, _ in (*one.low, *one.high)) == (not whole)
