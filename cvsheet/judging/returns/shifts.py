"""Was a column of figures shifted by one row? The figures of last year tell. Called by HIS-005."""

from __future__ import annotations

from collections.abc import Sequence

ENOUGH = 4  # rows that fit their neighbour and not themselves: fewer may be chance
ENOUGH_DIFFERENT = 3  # figures among these: a column of one repeated figure says nothing
ALIKE, UNLIKE = 0.2, 0.5  # share of the larger figure by which two differ at most, or at least
TINY = 1e-9  # what binary fractions may add to a share

BesideFormer = tuple[
    float | None, float | None
]  # a figure, and that of last year for the same line; None where there is none


def shifted_run(pairs: Sequence[BesideFormer], by: int) -> range:
    """The places of the longest run of `pairs`, in the order of the sheet, each of which fits last year's figure of the
    row `by` places before it (1: the column slid down, -1: up) much better than its own; empty without such a run.

    A place where both fit, or where a figure is 0, is no evidence and no end of a run.
    """
    best, strong = range(0), list[int]()
    for place in range(len(pairs)):
        verdict = _verdict(pairs, place, by)
        if verdict is None:
            strong = []
        elif verdict:
            strong = [*strong, place]
            different = {pairs[at - by][1] for at in strong}
            if len(strong) >= ENOUGH and len(different) >= ENOUGH_DIFFERENT and place + 1 - strong[0] > len(best):
                best = range(strong[0], place + 1)
    return best


def _verdict(pairs: Sequence[BesideFormer], place: int, by: int) -> bool | None:
    """True: this place speaks for a shift; False: it says nothing; None: it speaks against, or cannot tell."""
    neighbour = place - by
    if not 0 <= neighbour < len(pairs):
        return None
    (value, own), (_, other) = pairs[place], pairs[neighbour]
    if value is None or own is None or other is None:
        return None
    if not _differ(value, other) <= ALIKE + TINY:
        return None
    return bool(value and other) and _differ(value, own) >= UNLIKE - TINY


def _differ(one: float, other: float) -> float:
    """By which share of the larger figure they differ."""
    larger = max(abs(one), abs(other))
    return abs(one - other) / larger if larger else 0.0
