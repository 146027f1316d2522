"""How tall a row must be for its wrapped texts. An estimate: spreadsheets tell no program how wide a letter is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import ceil

LINE = 13.0  # points, for 10 point text
PADDING = 4.0
_LETTERS_PER_UNIT = 1.13  # a column's width counts digits of 11 point; letters of 10 point are narrower
_LOST_PER_LINE = 3.5  # letters lost where a line breaks before a long word


def height_of(texts: Iterable[tuple[str, float]], lines: int = 1) -> float:
    """The height in points for `texts`, each with its column's width, and for at least `lines` lines."""
    return PADDING + LINE * max([lines, *(_lines(text, width) for text, width in texts)])


@lru_cache(maxsize=4096)
def _lines(text: str, width: float) -> int:
    room = max(width * _LETTERS_PER_UNIT, 4)
    parts = text.split("\n")
    return sum(1 if len(part) <= room else ceil(len(part) / max(room - _LOST_PER_LINE, 3)) for part in parts)
