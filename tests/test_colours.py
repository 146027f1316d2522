"""Colours that stand for a situation differ to every eye, and are never alone: a sign or a word says the same."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from cvsheet.books.kit.charts import GROUPS
from cvsheet.books.kit.colours import SITUATION_COLOURS
from cvsheet.books.kit.style import FAIR, GOOD, NEUTRAL, POOR
from cvsheet.figures.follow_up import SECRET_SITUATION
from cvsheet.figures.progress import Situation

EYES = {
    "all cones": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
"""Of linear RGB, at full severity: Machado, Oliveira and Fernandes 2009."""
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = TO_XYZ @ np.ones(3)
SHAPES, PAPERS = 15.0, 10.0  # CIE 1976 distances; 2.3 is a difference just seen between areas that touch
READABLE = 4.5  # contrast of text (WCAG 2, level AA)


def light(colour: str) -> np.ndarray:
    """``#RRGGBB`` as linear RGB."""
    shown = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(shown <= 0.04045, shown / 12.92, ((shown + 0.055) / 1.055) ** 2.4)


def lab(colour: str, eye: str) -> np.ndarray:
    """CIE L*a*b* of what an eye sees."""
    ratio = TO_XYZ @ np.clip(EYES[eye] @ light(colour), 0, 1) / WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(one: str, other: str, eye: str) -> float:
    return float(np.linalg.norm(lab(one, eye) - lab(other, eye)))


def contrast(one: str, other: str) -> float:
    low, high = sorted(float(TO_XYZ[1] @ light(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("one", "other", "eye", "least", "most"),
    [
        ("#000000", "#FFFFFF", "all cones", 99.9, 100.1),
        ("#2E7D32", "#C94F4A", "all cones", 80, 120),  # green and red...
        ("#2E7D32", "#C94F4A", "deuteranopia", 0, 10),  # ...are one colour
        ("#4F9BD9", "#E37622", "deuteranopia", 60, 150),
    ],
)
def test_the_simulation_knows_which_colours_are_confused(
    one: str, other: str, eye: str, least: float, most: float
) -> None:
    assert least <= distance(one, other, eye) <= most


@pytest.mark.parametrize("eye", EYES)
def test_the_shapes_of_two_groups_differ_in_a_chart(eye: str) -> None:
    near = {(a.title, b.title): distance(a.fill, b.fill, eye) for a, b in combinations(GROUPS, 2)}
    assert {pair: far for pair, far in near.items() if far < SHAPES} == {}


@pytest.mark.parametrize("eye", EYES)
def test_the_papers_of_good_fair_poor_and_neutral_differ(eye: str) -> None:
    papers = {"good": GOOD[1], "fair": FAIR[1], "poor": POOR[1], "neutral": NEUTRAL[1]}
    near = {(a, b): distance(papers[a], papers[b], eye) for a, b in combinations(papers, 2)}
    assert {pair: far for pair, far in near.items() if far < PAPERS} == {}


def test_words_on_colours_can_be_read() -> None:
    texts = [(group.label, group.fill) for group in GROUPS] + [*SITUATION_COLOURS.values(), GOOD, FAIR, POOR, NEUTRAL]
    assert {pair: contrast(*pair) for pair in texts if contrast(*pair) < READABLE} == {}


def test_each_group_has_a_sign_and_a_word_of_its_own() -> None:
    assert len({group.sign for group in GROUPS}) == len({group.title for group in GROUPS}) == len(GROUPS)


def test_each_situation_is_counted_in_exactly_one_group() -> None:
    counted = [word for group in GROUPS for word in group.situations]
    assert sorted(counted) == sorted([*Situation, SECRET_SITUATION])
