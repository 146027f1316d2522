"""Which rows fill a page of paper, and how large it is.

Excel passes over the breaks of a sheet that it fits to a width: where rows belong together, the scale is a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

POINTS = 72.0  # in an inch
LONG_SIDE, SHORT_SIDE = 841.9, 595.3  # points of a page of A4
TWICE = 2**0.5  # times as long are the sides of A3, on its side as high as A4 is wide
LIBREOFFICE = 1.061  # times as wide are columns there as in Excel
FEW = 3  # rows that stay with their heading where the page cannot hold them all
UNSURE = 0.96  # of a page is filled: programs and printers do not agree on the last row


def column_points(width: float) -> float:
    """How many points wide Excel shows a column of `width` letters."""
    return (7 * width + 5) * 0.75


def scale_for(widths: Iterable[float], room: float) -> int:
    """The scale in percent, at most 100, at which columns of these `widths` take `room` points at most, in any
    program."""
    return min(100, int(100 * room / (sum(map(column_points, widths)) * LIBREOFFICE)))


def room_for_rows(scale: int, top: float, bottom: float, filled: float = UNSURE, *, side: float = SHORT_SIDE) -> float:
    """The points of height that the rows of a page have at `scale`, where this part of it is `filled`: its `side` is so
    high, its margins are in inches."""
    return (side - (top + bottom) * POINTS) * filled * 100 / scale


def pages_of(heights: Sequence[float], room: float, first: float | None = None) -> Iterator[range]:
    """The positions of the rows of each page, one after the other: rows of these `heights`, pages that have `room` for
    them, of which the `first` one may have less. Every page takes a row at least."""
    start, left = 0, room if first is None else first
    for position, height in enumerate(heights):
        if height > left and position > start:
            yield range(start, position)
            start, left = position, room
        left -= height
    if start < len(heights):
        yield range(start, len(heights))


def starts_of_pages(blocks: Sequence[tuple[int, Sequence[float]]], room: float, first: float) -> Iterator[int]:
    """The positions of the rows that start a page, after the first page. A block is how many rows its heading takes,
    and the height of each of its rows: a short one stays whole, of a long one a `FEW` rows stay with the heading."""
    pieces = [piece for heading, heights in blocks for piece in _pieces(heading, heights, room)]
    for page in pages_of([sum(piece) for piece in pieces], room, first):
        if page.start:
            yield sum(map(len, pieces[: page.start]))


def _pieces(heading: int, heights: Sequence[float], room: float) -> Iterator[Sequence[float]]:
    kept = len(heights) if sum(heights) <= room / 2 else heading + FEW
    yield heights[:kept]
    yield from ([height] for height in heights[kept:])
