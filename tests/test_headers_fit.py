"""No title of a column is broken in the middle of a word."""

from __future__ import annotations

import re

import pytest

from cvsheet.books.kit.heights import LINE, PADDING, height_of
from cvsheet.schema.tables import load_table, table_names

BOLD = 1.08  # how much wider the letters of a title are
MARGIN = 0.4  # units of width that the edges of a cell take, and part of the filter button


@pytest.mark.parametrize("name", table_names())
def test_each_word_of_a_title_fits_its_column(name: str) -> None:
    broken = [
        f"{column.title} ({column.width})"
        for column in load_table(name).columns
        if any(
            height_of([(word, (column.width - MARGIN) / BOLD)]) > PADDING + LINE
            for word in re.split(r"[ -]", column.title)
        )
    ]
    assert broken == []


def _lines(word: str, width: float) -> float:
    return (height_of([(word, (width - MARGIN) / BOLD)]) - PADDING) / LINE
