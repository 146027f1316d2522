"""Measures that rules of the contract tie, which a publication shows or hides whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain

from cvsheet.figures.consolidation import Key
from cvsheet.figures.disclosure.published_sums import TiedCounts

FAR = 10
"""A published figure of so many times the threshold leaves what lies below it every number that matters."""


def beside_hidden(counts: TiedCounts, hidden: Collection[Key]) -> frozenset[Key]:
    """The figures of all measures that rules tie to a hidden one, through any number of others."""
    beside: dict[Key, set[Key]] = {}
    for one, other in _ties(counts, hidden):
        ends = counts.total.get(one, one), counts.total.get(other, other)
        for total, next_one in (ends, ends[::-1]):
            beside.setdefault(total, set()).add(next_one)
    waiting = list(dict.fromkeys(total for key in sorted(hidden) if (total := counts.total.get(key, key)) in beside))
    seen = set(waiting)
    for total in waiting:
        fresh = sorted(beside[total] - seen)
        waiting += fresh
        seen.update(fresh)
    return frozenset(key for total in waiting for key in (total, *counts.parts.get(total, ())))


def _ties(counts: TiedCounts, hidden: Collection[Key]) -> Iterator[tuple[Key, Key]]:
    """Figures of two measures that a rule binds, unless it says too little: that one is far below a published one."""
    lines, contract = counts.framework.line, counts.framework.contract
    enough = FAR * max(contract.secrecy_people, contract.secrecy_companies)
    far = {key for key, value in counts.value.items() if value >= enough and key not in hidden}
    ordered = (pair for pair in counts.ordered if far.isdisjoint(pair))
    equal = ((one, other) for one, others in counts.equal.items() for other in others)
    unions = ((union.unique, union.total) for union in counts.unions)
    for one, other in chain(ordered, equal, unions):
        if lines[one[1]].measure is not lines[other[1]].measure:
            yield one, other
