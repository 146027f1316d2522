"""Cells by their names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvsheet.files.addresses import LAST_COLUMN, LAST_ROW, cell_name, column_letters, column_number, parse_cell_name


@pytest.mark.parametrize(
    ("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16_384, "XFD")]
)
def test_columns_have_letters(column: int, letters: str) -> None:
    assert column_letters(column) == letters
    assert column_number(letters) == column_number(letters.lower()) == column


@given(st.integers(1, LAST_ROW), st.integers(1, LAST_COLUMN))
def test_a_cell_is_found_under_its_name(row: int, column: int) -> None:
    assert parse_cell_name(cell_name(row, column)) == (row, column)


def test_absolute_names() -> None:
    assert parse_cell_name("$B$12") == parse_cell_name("b12") == (12, 2)


@pytest.mark.parametrize("name", ["", "B", "12", "B0", "B012", "ABCD1", "B12:C13", "B-1", "é1", "B１", " B12", "B12\n"])
def test_what_is_no_cell(name: str) -> None:
    with pytest.raises(ValueError, match="not a cell"):
        parse_cell_name(name)


def test_what_is_no_column() -> None:
    with pytest.raises(ValueError, match="no column"):
        column_letters(0)
    for letters in ("", "1", "AAAA", "é", "A1"):
        with pytest.raises(ValueError, match="not a column"):
            column_number(letters)
