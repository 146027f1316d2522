"""Complementary suppression: which further figures to hide, the fewest and least missed that a simple search finds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from cvsheet.consolidation.worlds import System

Cost = tuple[float, ...]  # compared from left to right: how much a reader misses the figure


def suppress(
    system: System, sensitive: Sequence[int], unpublished: Collection[int], cost: Mapping[int, Cost]
) -> frozenset[int]:
    """The numbers to hide: `sensitive` ones that are published, and others until each sensitive one is safe.

    `unpublished` numbers are never shown, only derived by a reader; only those with a `cost` can be hidden besides.
    """
    hidden = frozenset(sensitive) | frozenset(unpublished)
    added: list[int] = []
    for number in sensitive:
        while not system.is_safe(number, hidden):
            chosen = _choose(system, number, hidden, cost)
            if chosen is None:
                break  # nothing published bears on it any more: what is left is what a reader knew beforehand
            hidden |= {chosen}
            added.append(chosen)
    return _pruned(system, sensitive, hidden, added) - frozenset(unpublished)


def _choose(system: System, number: int, hidden: frozenset[int], cost: Mapping[int, Cost]) -> int | None:
    """The cheapest figure that makes `number` safe, of equals the one that leaves it most room; else the cheapest."""
    near = [other for other in system.neighbours(number, hidden) if other not in hidden and other in cost]
    near.sort(key=lambda other: cost[other])
    enough = [other for other in near if system.is_safe(number, hidden | {other})]
    if not enough:
        return near[0] if near else None
    cheapest = [other for other in enough if cost[other][0] == cost[enough[0]][0]]
    return max(cheapest, key=lambda other: system.width(number, hidden | {other}))


def _pruned(system: System, sensitive: Sequence[int], hidden: frozenset[int], added: Sequence[int]) -> frozenset[int]:
    """`hidden` without those of `added` that turned out not to be needed, the last first."""
    for number in reversed(added):
        fewer = hidden - {number}
        near = set(system.neighbours(number))
        if all(system.is_safe(other, fewer) for other in sensitive if other in near):
            hidden = fewer
    return hidden
