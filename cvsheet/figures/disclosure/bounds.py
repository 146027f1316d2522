"""What a reader can say of figures that he does not read: how small and how large each may be.

Bounds are carried along the relations between figures as far as they go, through masked figures and through those that
nobody gave, and each remembers the published figures that it comes from. They are those of one relation at a time:
what takes several at once must stand among the relations.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import fsum, inf

from cvsheet.figures.consolidation import Key
from cvsheet.figures.disclosure.relations import AtMost, Relations

CLOSE = 1e-6
BARELY = 0.25
"""Things are whole: a bound this much above a number tells the number, and gives way to a figure that tells it too."""
MOST_STEPS = 20
"""Figures that contradict each other (a rule that was only a warning) could tighten one another for ever."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A number that a figure does not pass, and the published figures that tell it."""

    number: float
    told_by: frozenset[Key] = frozenset()


NO_LESS, NO_MORE = Bound(0.0), Bound(inf)


class Bounds:
    """The bounds of every figure that is not `shown`; those in `small` are known to be below a threshold."""

    def __init__(self, relations: Relations, shown: Mapping[Key, float], small: Mapping[Key, int]) -> None:
        self.relations, self.shown = relations, shown
        self.low: dict[Key, Bound] = {}
        self.high = {key: Bound(threshold - 1 + BARELY) for key, threshold in small.items()}
        self._settle([one for one in relations.every if self._says_something(one)])

    def least(self, key: Key) -> Bound:
        """The least that a figure can be, itself where it is shown."""
        return Bound(self.shown[key], frozenset((key,))) if key in self.shown else self.low.get(key, NO_LESS)

    def most(self, key: Key) -> Bound:
        """The most that it can be."""
        return Bound(self.shown[key], frozenset((key,))) if key in self.shown else self.high.get(key, NO_MORE)

    def _says_something(self, relation: AtMost) -> bool:
        keys = (*relation.low, *relation.high)
        return any(key in self.shown or key in self.high for key in keys) and any(key not in self.shown for key in keys)

    def _settle(self, start: Iterable[AtMost]) -> None:
        waiting, steps = deque(start), Counter[Key]()
        queued = set(waiting)
        while waiting:
            relation = waiting.popleft()
            queued.discard(relation)
            for key in self._tightened(relation):
                steps[key] += 1
                fresh = [one for one in self.relations.of[key] if one not in queued and steps[key] <= MOST_STEPS]
                waiting.extend(fresh)
                queued.update(fresh)

    def _tightened(self, relation: AtMost) -> Iterator[Key]:
        """The figures of `relation` of which the others say more than was known."""
        for key in dict.fromkeys(key for key in relation.low if key not in self.shown):
            room = _sum(self.most(one) for one in relation.high)
            taken = _sum(self.least(one) for one in relation.low if one != key)
            number = (room.number - taken.number) / relation.low.count(key)
            if -CLOSE < number < self.most(key).number - CLOSE:
                self.high[key] = Bound(number, room.told_by | taken.told_by)
                yield key
        for key in dict.fromkeys(key for key in relation.high if key not in self.shown):
            need = _sum(self.least(one) for one in relation.low)
            others = _sum(self.most(one) for one in relation.high if one != key)
            number = (need.number - others.number) / relation.high.count(key)
            if number > self.least(key).number + CLOSE:
                self.low[key] = Bound(number, need.told_by | others.told_by)
                yield key


def _sum(bounds: Iterable[Bound]) -> Bound:
    every = list(bounds)
    return Bound(fsum(one.number for one in every), frozenset().union(*(one.told_by for one in every)))
