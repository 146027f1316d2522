"""How tall a row must be for its wrapped texts. An estimate: spreadsheets tell no program how wide a letter is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

LINE = 13.0  # points, for 10 point text
PADDING = 3.0
_LETTERS_PER_UNIT = 1.2  # a column's width counts digits of 11 point; letters of 10 point are narrower


def height_of(texts: Iterable[tuple[str, float]], lines: int = 1) -> float:
    """The height in points for `texts`, each with its column's width, and for at least `lines` lines."""
    return PADDING + LINE * max([lines, *(_lines(text, width) for text, width in texts)])


@lru_cache(maxsize=4096)
def _lines(text: str, width: float) -> int:
    room = max(width * _LETTERS_PER_UNIT, 4)
    return sum(1 if len(part) <= room else _broken(part, room) for part in text.split("\n"))


def _broken(text: str, room: float) -> int:
    """The lines of a text that is broken at spaces; a word longer than a line takes as many as it needs."""
    lines, used = 1, 0
    for word in text.split(" "):
        if used and used + 1 + len(word) > room:
            lines, used = lines + 1, 0
        used += len(word) + (1 if used else 0)
        lines, used = lines + int((used - 1) // room), int((used - 1) % room) + 1 if used else 0
    return lines
