"""How small and how large a figure may be that nobody reads: by what is published beside it, and by which of it."""

from __future__ import annotations

from math import inf

import pytest

from cvsheet.figures.consolidation import Key
from cvsheet.figures.disclosure.bounds import Bounds
from cvsheet.figures.disclosure.relations import AtMost, Relations


def key(name: str) -> Key:
    return ("2020", name, "valeur")


def known(*relations: str, shown: dict[str, float] | None = None, small: dict[str, int] | None = None) -> Bounds:
    """What follows from relations such as ``X + Y <= T``, the figures that are `shown`, and the thresholds of those
    that are known to be small."""
    sides = [[tuple(key(name) for name in side.split(" + ")) for side in one.split(" <= ")] for one in relations]
    every = tuple(AtMost(low, high) for low, high in sides)
    made = {key(name): number for name, number in (shown or {}).items()}
    return Bounds(Relations(every), made, {key(name): number for name, number in (small or {}).items()})


SUM = ("X + Y <= T", "T <= X + Y")

# relations, what is shown, what is small -> a figure, the least and the most that it can be
CASES = [
    ((), {}, {}, "X", 0, inf),
    ((), {"X": 7}, {}, "X", 7, 7),
    ((), {}, {"X": 5}, "X", 0, 4.25),  # at most four, and a quarter for a figure that says four itself
    (SUM, {"T": 10}, {}, "X", 0, 10),
    (SUM, {"T": 10, "Y": 6}, {}, "X", 4, 4),
    (SUM, {"T": 10}, {"Y": 5}, "X", 5.75, 10),
    (SUM, {"T": 3}, {"Y": 5}, "Y", 0, 3),
    (SUM, {"X": 6, "Y": 1}, {}, "T", 7, 7),
    (("X + X <= T",), {"T": 10}, {}, "X", 0, 5),  # it stands there twice
    (("T <= X + X",), {"T": 10}, {}, "X", 5, inf),
    (("X <= Y", "Y <= Z"), {"Z": 8}, {}, "X", 0, 8),  # through what nobody shows
    (("X <= Y", "Y <= Z"), {"X": 8}, {}, "Z", 8, inf),
    (("X + P <= T",), {"P": 5, "T": 5}, {}, "X", 0, 0),
    (("X + P <= T",), {"P": 6, "T": 5}, {}, "X", 0, inf),  # these contradict each other: they tell nothing
]


@pytest.mark.parametrize(("relations", "shown", "small", "figure", "least", "most"), CASES)
def test_what_is_published_bounds_what_is_not(
    relations: tuple[str, ...], shown: dict[str, float], small: dict[str, int], figure: str, least: float, most: float
) -> None:
    found = known(*relations, shown=shown, small=small)
    assert (found.least(key(figure)).number, found.most(key(figure)).number) == pytest.approx((least, most))


@pytest.mark.parametrize(
    ("relations", "shown", "figure", "lower", "upper"),
    [
        ((), {"X": 7}, "X", "X", "X"),
        ((), {}, "X", "", ""),
        (SUM, {"T": 10, "Y": 6}, "X", "TY", "TY"),
        (("X <= T", "X <= U"), {"T": 10, "U": 10}, "X", "", "T"),  # of two that tell the same the first is named
        (("X <= T", "X <= U"), {"T": 10, "U": 9}, "X", "", "U"),
        (("T <= X", "U <= X"), {"T": 10, "U": 10}, "X", "T", ""),
        (("T <= X", "U <= X"), {"T": 10, "U": 11}, "X", "U", ""),
        (("X <= Y", "Y <= Z"), {"Z": 8}, "X", "", "Z"),
    ],
)
def test_a_bound_remembers_the_published_figures_that_tell_it(
    relations: tuple[str, ...], shown: dict[str, float], figure: str, lower: str, upper: str
) -> None:
    found = known(*relations, shown=shown)
    assert found.least(key(figure)).told_by == {key(name) for name in lower}
    assert found.most(key(figure)).told_by == {key(name) for name in upper}


def test_figures_that_contradict_each_other_are_not_followed_for_ever() -> None:
    found = known("X + P <= Y", "Y <= X", shown={"P": 1})
    assert 1 < found.least(key("X")).number < 100
