"""A column of figures that slid by one row: only strong evidence counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvsheet.judging.returns.shifts import shifted_run

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
