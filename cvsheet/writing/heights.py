"""How high a row must be: Excel and LibreOffice do not fit rows to wrapped text when a program wrote the file."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

LINE = 12.8  # points per line of text in size 10
MARGIN = 3.0
TALLEST = 150.0  # a long note must not push the next rows off the screen; Excel shows the rest in the formula bar
CHARACTERS_PER_UNIT = 1.2  # letters of Calibri 10 that fit in one unit of column width


def row_height(texts: Iterable[tuple[str, float]]) -> float:
    """The height, in points, at which every text fits in its column; `texts` gives each with the column's width."""
    lines = max((_lines(text, width) for text, width in texts), default=1)
    return min(TALLEST, max(15.0, MARGIN + LINE * lines))


def _lines(text: str, width: float) -> int:
    room = max(1, int(width * CHARACTERS_PER_UNIT))
    return sum(max(1, len(textwrap.wrap(paragraph, room))) for paragraph in text.split("\n"))
