"""A column of figures that slid by one row: only strong evidence counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvsheet.judging.returns.shifts import shifted_run
from tests.rules.good import judged, of
from tests.rules.tables import returned

LAST_YEAR = [120, 45, 300, 8, 77, 1500, 22]
THIS_YEAR = [126, 44, 310, 8, 80, 1450, 21]
figures = st.lists(st.integers(0, 5000), min_size=2, max_size=12)


def run(values: list[float | None], previous: list[float | None], by: int = 1) -> tuple[int, ...]:
    return tuple(shifted_run(list(zip(values, previous, strict=True)), by))


def test_a_column_in_its_place_is_none() -> None:
    assert run([*THIS_YEAR], [*LAST_YEAR]) == ()
    assert run([*THIS_YEAR], [*LAST_YEAR], -1) == ()


def test_a_column_that_slid_down_or_up_is_found_whole() -> None:
    assert run([None, *THIS_YEAR[:-1]], [*LAST_YEAR]) == (1, 2, 3, 4, 5, 6)
    assert run([*THIS_YEAR[1:], None], [*LAST_YEAR], -1) == (0, 1, 2, 3, 4, 5)


def test_a_column_that_slid_from_a_row_on_is_found_from_there() -> None:
    values = [*THIS_YEAR[:2], 999, *THIS_YEAR[2:-1]]
    assert run([*values], [*LAST_YEAR]) == (3, 4, 5, 6)


@pytest.mark.parametrize(
    ("values", "previous", "found"),
    [
        ([None, 126, 44, 310, 8, None], LAST_YEAR[:6], (1, 2, 3, 4)),
        ([None, 126, 44, 310, 8, 80], LAST_YEAR[:6], (1, 2, 3, 4, 5)),
        ([None, 126, 44, 310, 118], [120, 45, 300, 120, 45], (1, 2, 3, 4)),  # three figures, one of them twice
        ([22, 126, 44, 310, 8, 80, 1450], LAST_YEAR, (1, 2, 3, 4, 5, 6)),  # above the first row there is none
        ([None, 126, 44, 310, 0, 0, 80], [120, 45, 300, 0, 0, 77, 1500], (1, 2, 3, 4, 5, 6)),  # two zeros end no run
        ([*(None, 126, 44, 310, 8), None, *(None, 61, 220, 9, 44)], [*LAST_YEAR[:5], 5, 60, 230, 9, 45, 700],
         (1, 2, 3, 4)),  # of two runs of the same length, the first
        ([*(None, 126, 44, 310, 8), None, *(None, 61, 220, 9, 44, 690)], [*LAST_YEAR[:5], 5, 60, 230, 9, 45, 700, 3],
         (7, 8, 9, 10, 11)),  # else the longest
    ],
)  # fmt: skip
def test_the_run_that_is_told(values: list[float | None], previous: list[float | None], found: tuple[int, ...]) -> None:
    assert run([*values], [*previous]) == found


@pytest.mark.parametrize(
    ("values", "previous"),
    [
        ([None, 126, 44, 310], [120, 45, 300, 8]),  # three rows may be chance
        ([0, 126, 44, 126, 44, 126], [120, 45, 120, 45, 120, 45]),  # two figures that take turns
        ([None, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0]),
        ([None, 126, 44, None, 310, 8], [120, 45, 300, 8, 77, 1500]),  # a hole ends a run
    ],
)
def test_weak_evidence_is_none(values: list[float | None], previous: list[float | None]) -> None:
    assert run(values, previous) == ()


@given(figures, st.sampled_from([1, -1]))
def test_figures_that_did_not_change_never_slid(values: list[float], by: int) -> None:
    assert run([*values], [*values], by) == ()


@given(st.lists(st.tuples(st.integers(1, 5000), st.floats(0.7, 1.3)), max_size=15), st.sampled_from([1, -1]))
def test_figures_near_their_own_of_last_year_never_slid(pairs: list[tuple[int, float]], by: int) -> None:
    assert run([value * change for value, change in pairs], [value for value, _ in pairs], by) == ()


LINES = ("T1.M2", "T2.M1", "T3.M1", "T4.M1", "T6.M1")
FORMER = (20.0, 43.0, 6.0, 900.5, 10.0)


@pytest.mark.parametrize(
    ("values", "cells"),
    [
        ((30, 20, 43, 6, 900), ("K6", "K9", "le bas")),  # to the last row of the sheet
        ((43, 6, 900, 10, 30), ("K5", "K8", "le haut")),  # from the first
        ((30, 20, 43, 6, 11), None),
    ],
)
def test_the_cells_that_slid_are_named(values: tuple[float, ...], cells: tuple[str, str, str] | None) -> None:
    now = [f"{line} | {value} |" for line, value in zip(LINES, values, strict=True)]
    before = [f"{line} | {value} | 2018 |" for line, value in zip(LINES, FORMER, strict=True)]
    returns = (
        returned("\n".join(["ligne | valeur | commentaire", *now])),
        returned("\n".join(["ligne | reference | annee_reference | commentaire", *before]), campaign="REF"),
    )
    told = [one.facts for one in judged(tuple(map(of, returns))).findings if one.code == "HIS-005"]
    assert [(one["first_cell"], one["last_cell"], one["direction"]) for one in told] == ([cells] if cells else [])


def test_a_single_strong_change_in_a_column_that_slid_is_told_with_the_column() -> None:
    """By half is no strong change: of these four only the last is one, and the column says it."""
    now = [f"{line} | {value} |" for line, value in zip(LINES, (20, 20, 40, 80, 158), strict=True)]
    before = [f"{line} | {value} | 2018 |" for line, value in zip(LINES, (20, 40, 80, 160, 320), strict=True)]
    returns = (
        returned("\n".join(["ligne | valeur | commentaire", *now])),
        returned("\n".join(["ligne | reference | annee_reference | commentaire", *before]), campaign="REF"),
    )
    codes = [one.code for one in judged(tuple(map(of, returns))).findings if one.code in ("HIS-001", "HIS-005")]
    assert codes == ["HIS-005"]
