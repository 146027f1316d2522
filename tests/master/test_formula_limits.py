"""The formulas of the master at their limits and just beyond: what Python says there, a spreadsheet says too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cvsheet.figures.follow_up import SECRET_SITUATION
from cvsheet.figures.progress import (
    ELAPSED,
    EXPECTED,
    LAG,
    PROGRESS,
    Numbers,
    Schedule,
    judge,
    situation_formula,
    situation_of,
)
from cvsheet.model.framework import ContractSettings, Direction
from tests.consolidation.test_progress import CONTRACT, HALF_GONE, LATE, MIDDLE, TABLE
from tests.engine import results
from tests.master.test_pairs import CELLS, held, same

RISE = Direction.RISE
AT_START = replace(MIDDLE, at=MIDDLE.start)
NO_TIME = Schedule(date(2024, 1, 1), date(2024, 1, 1), date(2024, 1, 1))

# value, baseline, target, direction, when, thresholds
LINES = [
    *((*row[:5], CONTRACT) for row in TABLE),
    *((*row[:4], MIDDLE, CONTRACT) for row in HALF_GONE),
    *((0, 0, 1000, RISE, MIDDLE, replace(CONTRACT, too_early_until=percent)) for percent in (50, 50.1)),
    *((500, 0, 1000, RISE, when, replace(CONTRACT, too_early_until=0)) for when in (AT_START, MIDDLE)),
    *((value, 100, 200, RISE, when, CONTRACT) for value in (199, 200, 250) for when in (MIDDLE, LATE)),
    *((150, 100, 200, RISE, replace(NO_TIME, at=date(2023 + year, 1, 1)), CONTRACT) for year in (0, 1, 2)),
]


def judged(line: tuple[float | None, float | None, float | None, Direction, Schedule, ContractSettings]) -> Numbers:
    *figures, direction, when, contract = line
    value, baseline, target = (float("nan") if figure is None else figure for figure in figures)
    return Numbers(value, baseline, target, direction, when, contract)


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_judged_the_same_by_its_formulas(line: tuple) -> None:  # type: ignore[type-arg]
    numbers = judged(line)
    figures = (PROGRESS, ELAPSED, EXPECTED, LAG)
    word, *found = results(
        held(numbers),
        [situation_formula(CELLS, "FALSE", SECRET_SITUATION), *(figure.formula(CELLS) for figure in figures)],
    )
    assert word == situation_of(numbers) == judge(*line).situation
    assert all(same(one, figure.value(numbers)) for one, figure in zip(found, figures, strict=True))
