"""How wide texts are. An estimate: spreadsheets tell no program how wide a letter is."""

from __future__ import annotations

from functools import lru_cache

from cvsheet.memoising import MOST

ROOM = 0.53  # ems of 10 point bold text in one unit of column width (7 pixels)
PLAIN = 1.1  # times as many of plain text
_EMS = {
    **dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZÀÂÇÉÈÊÎÔÙ", 0.6),
    **dict.fromkeys("ijl.,;:'’! ", 0.25),
    **dict.fromkeys("ftr-()", 0.34),
    **dict.fromkeys("sckvxyz/", 0.43),
    **dict.fromkeys("aeéèêëàâ", 0.5),
    **dict.fromkeys("mwMW%œ…", 0.82),
}
_EM = 0.53  # of any other character; these are rounded up, as totals are in bold


@lru_cache(maxsize=MOST)
def ems(text: str) -> float:
    """The width of `text` on one line, in ems."""
    return sum(_EMS.get(character, _EM) for character in text)


@lru_cache(maxsize=MOST)  # the same headings in file after file
def lines_of(text: str, room: float) -> tuple[str, ...]:
    """`text` broken at its spaces into lines of at most `room` ems; a longer word has a line to itself."""
    lines, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and ems(longer) > room:
            lines.append(line)
            longer = word
        line = longer
    return (*lines, line)
