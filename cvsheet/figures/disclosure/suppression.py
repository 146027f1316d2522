"""Which figures are hidden with a small count: always by the same pattern, whatever the small count is.

A reader may own the program and run it over every other world. So a figure is never hidden for its value, which the
pattern would then tell, but for the class that it is in: a breakdown with one small category is hidden whole and its
total stays, a small total is hidden with all its breakdowns. Whoever sees *ns* then sees what he would see had the
small count been any other number below the threshold. What else decides (a total that is far from another) stays
published, and is the same in all these worlds.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

from cvsheet.figures.consolidation import Key
from cvsheet.figures.disclosure.published_sums import TiedCounts, Union, is_small, narrows

Seed = tuple[Key, int]
"""A figure to hide and the threshold that protects it."""


def suppressed(counts: TiedCounts, small: Iterable[Seed], other: Iterable[Seed]) -> frozenset[Key]:
    """`small` counts and `other` figures to hide, and what must be hidden with them."""
    masking = _Masking(counts)
    for key, threshold in small:
        masking.hide(key, threshold, small=not counts.is_rate(key))
    for key, threshold in other:
        masking.hide(key, threshold)
    masking.spread()
    return frozenset(key for key in masking.threshold if key in counts.value)


class _Masking:
    """Figures hidden so far. Of a `small` one a reader knows that it lies below its threshold; of others nothing."""

    def __init__(self, counts: TiedCounts) -> None:
        self.counts, self.value = counts, counts.value
        self.threshold: dict[Key, int] = {}
        self.small: set[Key] = set()
        self.unions: dict[Key, list[Union]] = {}
        for union in counts.unions:
            for key in (union.unique, union.total, *union.parts):
                self.unions.setdefault(key, []).append(union)

    def hide(self, key: Key, threshold: int, *, small: bool = False) -> None:
        """Hide a figure, with all of its breakdown where its categories are hidden together."""
        if self.threshold.get(key, 0) >= threshold and (small or key not in self.small):
            return
        block = self.counts.block.get(key)
        for one in (key,) if block is None else block:
            if (one not in self.value and block is None) or self._is_known_zero(one):
                continue
            if small and block is None and one not in self.threshold:
                self.small.add(one)
            elif not small or block is not None:
                self.small.discard(one)
            self.threshold[one] = max(threshold, self.threshold.get(one, 0))

    def spread(self) -> None:
        """Hide what would say something of a hidden figure, until nothing more would."""
        before = None
        while before != (now := (dict(self.threshold), set(self.small))):
            before = now
            for key in before[0]:
                self._follow(key, self.threshold[key], small=key in self.small)

    def _follow(self, key: Key, threshold: int, *, small: bool) -> None:
        for part in self.counts.parts.get(key, ()):
            if not small or part in self.counts.block:
                self.hide(part, threshold)
        for union in self.unions.get(key, ()):
            self._follow_union(union, key, threshold)
        if small:
            self._follow_small(key, threshold)
        else:
            self._follow_unknown(key, threshold)

    def _follow_small(self, key: Key, threshold: int) -> None:
        """A reader knows already that it lies below the threshold: only what lies there too says more."""
        ties = (self.counts.equal, self.counts.above, self.counts.below)
        others = {other: None for tied in ties for other in tied.get(key, ())}
        for other in others:
            if is_small(self.value.get(other, 0), threshold):
                self.hide(other, threshold, small=True)

    def _follow_unknown(self, key: Key, threshold: int) -> None:
        for other in self.counts.equal.get(key, ()):
            self.hide(other, threshold)
        for other in self.counts.above.get(key, ()):
            if not self._is_out_of_reach(other, key, threshold):
                self.hide(other, threshold)
        for other in self.counts.below.get(key, ()):
            if other not in self.threshold and not self._leaves_room(other, key, threshold):
                self.hide(other, threshold)

    def _follow_union(self, union: Union, key: Key, threshold: int) -> None:
        """What ties things counted once to the categories that count them several times."""
        known = [part for part in union.parts if part in self.value]
        unique = self.value.get(union.unique)
        if key == union.unique:
            if known:
                self.hide(known[0], threshold)
        elif unique is not None:
            if key == union.total or len(known) == 1:
                self.hide(union.unique, threshold)
            elif self.value.get(union.total, unique) < unique:
                self.hide(union.total, threshold)

    def _is_known_zero(self, key: Key) -> bool:
        """A category of a published 0: everybody knows it."""
        total = self.counts.total.get(key)
        return (
            total is not None and total not in self.threshold and self.value.get(total) == self.value.get(key, 0) == 0
        )

    def _most(self, key: Key) -> float:
        """The most that a hidden figure can be as far as its total, or that of its equals, tells."""
        most = inf
        for one in (key, *self.counts.equal.get(key, ())):
            total = self.counts.total.get(one)
            if total is None:
                continue
            if total in self.small:
                most = min(most, self.threshold[total] - 1)
            elif (known := self._sum_of(one)) is not None:
                most = min(most, known)
        return most

    def _is_out_of_reach(self, high: Key, low: Key, threshold: int) -> bool:
        """Whether the published `high` says nothing of the hidden `low`: it is no less than what `low` is a category
        of, or every small category beside it may still be any number."""
        if high in self.threshold or is_small(self.value[high], threshold):
            return False
        if self.value[high] >= self._most(low):
            return True
        total = self._sum_of(low)
        if total is None:
            return self._is_free(low)
        breakdowns = [parts for parts in self.counts.tables[self.counts.total[low]] if low in parts]
        return not any(narrows([self._reach(part) for part in parts], total, threshold) for parts in breakdowns)

    def _sum_of(self, part: Key) -> float | None:
        """What a reader knows that the categories beside `part` add up to: the total, or another breakdown."""
        total = self.counts.total.get(part)
        if total is None or total in self.threshold:
            return None
        if total in self.value:
            return self.value[total]
        shown = (parts for parts in self.counts.whole[total] if self.threshold.keys().isdisjoint(parts))
        return next((sum(self.value.get(part, 0) for part in parts) for parts in shown), None)

    def _is_free(self, part: Key) -> bool:
        """Whether nobody knows what the categories beside `part` add up to: then each may be anything."""
        total = self.counts.total.get(part)
        return total is not None and total not in self.value and self._sum_of(part) is None

    def _reach(self, low: Key) -> float:
        """The most that what is published above `low` lets it be."""
        return min(
            (self.value[high] for high in self.counts.above.get(low, ()) if high not in self.threshold), default=inf
        )

    def _leaves_room(self, low: Key, high: Key, threshold: int) -> bool:
        """Whether the published `low` says nothing of the hidden `high`: a 0, or a category of a total so far below
        the other that every small category of that one may still be any number."""
        blocks = self.counts.block.get(low, ()), self.counts.block.get(high, ())
        if self.value[low] == 0 and all(part in self.value for part in blocks[0]):
            return self.counts.total.get(high) not in self.small  # there it would tell that the others are not 0
        if is_small(self.value[low], threshold):
            return False
        if self._is_free(high):
            return True
        sums = self._sum_of(low), self._sum_of(high)
        if sums[0] is None or sums[1] is None:
            return False
        return all(blocks) and sums[1] - sums[0] >= threshold - 1
