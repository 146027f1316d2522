"""Which rows fill a page of paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


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
