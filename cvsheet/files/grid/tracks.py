"""Widths of columns, heights of rows: under which one does a point of a drawing lie?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tracks:
    """The sizes of the columns (or rows) of one sheet, in any one unit; one that is not listed has the `default`."""

    default: float
    last: int
    _sizes: list[tuple[int, int, float]] = field(default_factory=list)  # first, last, size

    def add(self, first: int, last: int, size: float) -> None:
        self._sizes.append((first, last, size))

    def at(self, first: int, distance: float) -> int:
        """The number of the track that lies `distance` after the beginning of the track `first`."""
        left = distance
        for start, end, size in self._whole(first):
            length = (end - start + 1) * size
            if left < length:
                return start + int(left / size)
            left -= length
        return self.last

    def _whole(self, first: int) -> Iterable[tuple[int, int, float]]:
        """All tracks from `first` on, in order."""
        reached = first
        for start, end, size in sorted(self._sizes):
            if end < reached:
                continue
            if start > reached:
                yield reached, start - 1, self.default
            yield max(start, reached), end, size
            reached = end + 1
        if reached <= self.last:
            yield reached, self.last, self.default
