"""How tall a row must be for its wrapped texts. An estimate: spreadsheets tell no program how wide a letter is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

LINE = 12.75  # points, for 10 point text
PADDING = 2.5
LEAST, MOST = 15.0, 150.0  # a long note must not push the next rows off the screen; the formula bar shows the rest
_ROOM = 0.53  # ems of 10 point text in one unit of column width (7 pixels)
_EMS = {
    **dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZÀÂÇÉÈÊÎÔÙ", 0.6),
    **dict.fromkeys("ijl.,;:'’! ", 0.25),
    **dict.fromkeys("ftr-()", 0.34),
    **dict.fromkeys("sckvxyz/", 0.43),
    **dict.fromkeys("aeéèêëàâ", 0.5),
    **dict.fromkeys("mwMW%œ…", 0.82),
}
_EM = 0.53  # of any other character; these are rounded up, as totals are in bold


def height_of(texts: Iterable[tuple[str, float]], lines: int = 1) -> float:
    """The height in points for `texts`, each with its column's width, and for at least `lines` lines."""
    return PADDING + LINE * max([lines, *(_lines(text, width) for text, width in texts)])


def row_height(texts: Iterable[tuple[str, float]]) -> float:
    """The same, never less than an ordinary row nor more than a screen bears."""
    return min(MOST, max(LEAST, height_of(texts)))


@lru_cache(maxsize=4096)
def _lines(text: str, width: float) -> int:
    """The lines of `text` broken at spaces and hyphens; a word longer than a line takes as many as it needs."""
    room = max(width, 2) * _ROOM
    return sum(_broken(part, room) for part in text.split("\n"))


def _broken(text: str, room: float) -> int:
    lines, used = 1, 0.0
    for word in text.replace("-", "- ").split(" "):
        wide = sum(_EMS.get(character, _EM) for character in word)
        if used and used + wide > room:
            lines, used = lines + 1, 0.0
        lines, used = lines + int(wide // room), used + wide % room
        used += 0.0 if word.endswith("-") else _EMS[" "]
    return lines
