"""How far a figure may lie from what was typed."""

from __future__ import annotations

import pytest

from cvsheet.judging.engine.evidence import half_unit
from cvsheet.model.framework import Line
from tests.consolidation.frameworks import measure


@pytest.mark.parametrize(
    ("value", "half"),
    [
        (12, 0.5),
        (12.3, 0.05),
        (12.35, 0.005),
        (-12.3, 0.05),
        (0, 0.5),
        (0.1 + 0.2, 0.05),
        (1_234_567.3, 0.05),
        (0.00005, 0.000005),  # 5e-05 of a program
        (0.000015, 0.0000005),
        (1.5e17, 0.5),
    ],
)
def test_a_figure_stands_for_all_that_is_rounded_to_it(value: float, half: float) -> None:
    assert half_unit(value, Line(measure("M.M1", type="montant"))) == pytest.approx(half)


def test_a_count_is_exact() -> None:
    assert half_unit(12.0, Line(measure("M.M1", type="nombre"))) == 0
