"""How tall a row must be for its wrapped texts. An estimate: spreadsheets tell no program how wide a letter is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from cvsheet.text.widths import ROOM, ems

TEXT_SIZE, LINE = 10, 12.75  # points: of ordinary text, of a line of it
PADDING = 2.5
LEAST, MOST = 15.0, 150.0  # a long note must not push the next rows off the screen; the formula bar shows the rest


def height_of(texts: Iterable[tuple[str, float]], lines: int = 1) -> float:
    """The height in points for `texts`, each with its column's width, and for at least `lines` lines."""
    return PADDING + LINE * max([lines, *(_lines(text, width) for text, width in texts)])


def row_height(texts: Iterable[tuple[str, float]]) -> float:
    """The same, never less than an ordinary row nor more than a screen bears."""
    return min(MOST, max(LEAST, height_of(texts)))


def fitted(text: str, width: float, lines: int) -> str:
    """`text` as far as it goes on so many `lines` of a column, cut at a word and marked with an ellipsis."""
    shown, words = text, text.split()
    while len(words) > 1 and _lines(shown, width) > lines:
        words.pop()
        shown = f"{' '.join(words).rstrip(',;:–- ')}…"
    return shown


@lru_cache(maxsize=4096)
def _lines(text: str, width: float) -> int:
    """The lines of `text` broken at spaces and hyphens; a word longer than a line takes as many as it needs."""
    room = max(width, 2) * ROOM
    return sum(_broken(part, room) for part in text.split("\n"))


def _broken(text: str, room: float) -> int:
    lines, used = 1, 0.0
    for word in text.replace("-", "- ").split(" "):
        wide = ems(word)
        if used and used + wide > room:
            lines, used = lines + 1, 0.0
        lines, used = lines + int(wide // room), used + wide % room
        used += 0.0 if word.endswith("-") else ems(" ")
    return lines
