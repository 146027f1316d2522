"""Which figures are hidden with a small count: always by the same pattern, whatever the small count is.

A reader may own the program and run it over every other world. So a figure is never hidden for its value, which the
pattern would then tell, but for the class that it is in: a breakdown with one small category is hidden whole and its
total stays, a small total is hidden with all that it totals. Whoever sees *ns* then sees what he would see had the
small count been any other number below the threshold.

What is published beside it may say more: by a rule, a sum, an equality. As long as the published figures leave a hidden
one less than every number up to its threshold, those that tell it are hidden too. What decides that is published, and
the same in all these worlds; one number more than is promised is kept free, for to hide a figure tells something of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cvsheet.figures.consolidation import Key
from cvsheet.figures.disclosure.bounds import Bound, Bounds
from cvsheet.figures.disclosure.published_sums import TiedCounts
from cvsheet.figures.disclosure.relations import AtMost, relations_of, without_rest

Seed = tuple[Key, int]
"""A figure to hide and the threshold that protects it."""


@dataclass(frozen=True)
class FormerEdition:
    """A former edition, under other keys: how its figures are tied to one another and to those of now, what it showed,
    and what a reader takes to have been small in it. `masked` are figures of now."""

    relations: tuple[AtMost, ...]
    shown: Mapping[Key, float]
    small: Mapping[Key, int]
    masked: frozenset[Key]


def suppressed(
    counts: TiedCounts, small: Iterable[Seed], other: Iterable[Seed], former: Sequence[FormerEdition] = ()
) -> frozenset[Key]:
    """`small` counts and `other` figures to hide, and what must be hidden with them, also for what `former` editions
    masked."""
    masking = _Masking(counts, former)
    for key, threshold in small:
        masking.hide(key, threshold, small=True)
    for key, threshold in other:
        masking.hide(key, threshold)
    while telling := sorted(set(masking.telling()) - masking.hidden):
        for key in telling:
            masking.hide(key, counts.threshold(key), small=counts.threshold(key) > 0)
    return frozenset(masking.hidden)


class _Masking:
    """Figures hidden so far, each that is `protected` below its threshold.

    Of a `small` one a reader knows that it lies there, unless it may be `hidden_beside` another.
    """

    def __init__(self, counts: TiedCounts, former: Sequence[FormerEdition]) -> None:
        self.counts, self.former = counts, former
        known = relations_of(counts)
        before = (relation for edition in former for relation in edition.relations)
        self.relations = replace(known, every=(*known.every, *before))
        self.hidden: set[Key] = set()
        self.protected: dict[Key, int] = {}
        self.small: dict[Key, int] = {}
        self.hidden_beside: set[Key] = set()

    def hide(self, key: Key, threshold: int, *, small: bool = False) -> None:
        """Hide a figure with all of its breakdown, all that it totals, and all that is said to be equal."""
        for one in self._together(key):
            self.protected[one] = max(threshold, self.protected.get(one, 0))
        waiting = [(key, small and key not in self.counts.block and not self.counts.is_rate(key))]
        done = {key}
        while waiting:
            one, alone = waiting.pop()
            if one in self.counts.value and not self._is_known_zero(one):
                self.hidden.add(one)
            if alone:
                self.small.setdefault(one, threshold)
            else:
                self.hidden_beside.add(one)
            others = (*self._together(one), *self.counts.parts.get(one, ()))
            tied = dict.fromkeys(self.counts.equal.get(one, ()), alone) | dict.fromkeys(others, False)
            waiting += [(other, kind) for other, kind in tied.items() if other not in done]
            done.update(tied)

    def telling(self) -> Iterator[Key]:
        """What is published and keeps a figure that is not from being any number up to its threshold."""
        shown = {key: value for key, value in self.counts.value.items() if key not in self.hidden}
        small = dict(self._known_small())
        for edition in self.former:
            shown.update(edition.shown)
            small.update(edition.small)
        bounds = Bounds(self.relations, shown, small)
        for key in {*bounds.low, *bounds.high}:
            for bound in (bounds.least(key), bounds.most(key)):
                if 0 < bound.number < self._threshold(key):
                    yield from self._to_blame(key, bound)
        yield from self._telling_zeros(bounds)

    def _known_small(self) -> Iterator[Seed]:
        """A total that is at least twice what is hidden is hidden up to twice the threshold: nobody knows its size."""
        for key, threshold in self.small.items():
            relations = self.relations.of.get(key, ())
            doubles = (one.low for one in relations if one.high == (key,) and len(set(one.low)) < len(one.low))
            if key not in self.hidden_beside and not any(self._threshold(low[0]) for low in doubles):
                yield key, threshold

    def _telling_zeros(self, bounds: Bounds) -> Iterator[Key]:
        """Published zeros below categories: were they masked, these would be known not to be 0, and would leave less of
        their total to another. One that was masked before tells it of that edition."""
        before = frozenset().union(*(edition.masked for edition in self.former))
        for (total, _), below in self.relations.lower.items():
            for part in (part for part in below if part not in bounds.shown):
                others = [zeros for other, zeros in below.items() if other != part and zeros]
                narrow = bounds.most(total).number - len(others) < self._threshold(part) - 1
                zeros = (zero for keys in others for zero in keys if bounds.shown.get(zero) == 0)
                yield from (zero for zero in zeros if (narrow or zero in before) and not self._is_known_zero(zero))

    def _to_blame(self, key: Key, bound: Bound) -> frozenset[Key]:
        """Of what tells a bound, what is to be hidden: of its own table nothing as long as something else may go, and
        categories rather than their total."""
        told_by = frozenset(one for one in bound.told_by & self.counts.value.keys() if not self._is_known_zero(one))
        others = told_by - self._own_table(key) or told_by
        return others - {self.counts.total.get(one) for one in others}

    def _own_table(self, key: Key) -> frozenset[Key]:
        same = [without_rest(key)]
        for one in same:
            same += [other for other in self.counts.equal.get(one, ()) if other not in same]
        totals = [self.counts.total.get(one, one) for one in same]
        return frozenset((*totals, *(part for total in totals for part in self.counts.parts.get(total, ()))))

    def _threshold(self, key: Key) -> int:
        return max(self.counts.threshold(without_rest(key)), self.protected.get(key, 0))

    def _together(self, key: Key) -> tuple[Key, ...]:
        return self.counts.block.get(key, (key,))

    def _is_known_zero(self, key: Key) -> bool:
        """A category of a published 0: everybody knows it."""
        total = self.counts.total.get(key)
        if total is None or total in self.hidden or self.counts.value.get(total) != 0:
            return False
        return not self.counts.value.get(key) and self.counts.is_complete(total, (total,))
