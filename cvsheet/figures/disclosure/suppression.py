"""Which figures are hidden with a small count: always by the same pattern, whatever the small count is.

A reader may own the program and run it over every other world. So a figure is never hidden for its value, which the
pattern would then tell, but for the class that it is in: a breakdown with one small category is hidden whole and its
total stays, a small total is hidden with all that it totals; measures that rules tie are hidden together. Whoever sees
*ns* then sees what he would see had the small count been any other number below the threshold: that alone hides as
much, whatever the other figures are, and relations that only add, equal and bound figures leave every number free of
which all that is tied is hidden (as many persons of one kind).

What is published beside it may say more: by a sum, an equality, a figure that nobody gave. As long as the published
figures leave a hidden one less than every number up to its threshold, those that tell it are hidden too. What decides
that is published, and the same in all these worlds; one number more than is promised is kept free, for to hide a figure
tells something of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cvsheet.figures.consolidation import NOTHING, Key
from cvsheet.figures.disclosure.bounds import Bound, Bounds
from cvsheet.figures.disclosure.published_sums import TiedCounts
from cvsheet.figures.disclosure.relations import AtMost, relations_of, without_rest
from cvsheet.figures.disclosure.rule_groups import beside_hidden

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
    while masking.hide_tied() or masking.hide_telling():
        pass
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
        self.protected = Counter[Key]()
        self.small: dict[Key, int] = {}
        self.hidden_beside: set[Key] = set()

    def hide(self, key: Key, threshold: int, *, small: bool = False) -> None:
        """Hide a figure with all of its breakdown, all that it totals, and all that is said to be equal."""
        for one in self._together(key):
            self.protected[one] = max(threshold, self.protected[one])
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

    def hide_telling(self) -> bool:
        """Hide what is published and keeps a figure that is not from being any number up to its threshold, and what
        would so keep what a partner adds later: whether there was any."""
        shown = {key: value for key, value in self.counts.value.items() if key not in self.hidden}
        given = {key: value for key, value in shown.items() if not self._is_awaited(key)}
        later = self._to_blame_in(Bounds(self.relations, given, {}), shown) if given != shown else ()
        small = self._known_small()
        for edition in self.former:
            shown.update(edition.shown)
            small.update(edition.small)
        now = self._to_blame_in(Bounds(self.relations, shown, small), {})
        telling = frozenset().union(*now, *later) - self.hidden
        for key in sorted(telling):
            threshold = self.counts.threshold(key)
            self.hide(key, threshold, small=bool(threshold))
        return bool(telling)

    def hide_tied(self) -> bool:
        """Hide what is published of measures that rules tie to a figure hidden now or in a former edition: whether
        there was any."""
        tied = beside_hidden(self.counts, self.hidden.union(*(edition.masked for edition in self.former)))
        self.hidden_beside |= tied
        shown = {key for key in tied & self.counts.value.keys() - self.hidden if not self._is_known_zero(key)}
        for key in sorted(shown):
            self.hide(key, self.counts.threshold(key))
        return bool(shown)

    def _is_awaited(self, key: Key) -> bool:
        """Whether more partners were asked than answered."""
        asked = self.counts.consolidation.typed.get(key, NOTHING)
        return asked.answered < asked.expected and self.counts.threshold(key) > 0

    def _to_blame_in(self, bounds: Bounds, known: Mapping[Key, float]) -> Iterator[frozenset[Key]]:
        """What leaves a figure, or what may come to a `known` one, less than every number up to its threshold."""
        for key in {*bounds.low, *bounds.high}:
            for bound in (bounds.most(key), bounds.least(key)):
                if 0 < bound.number - known.get(key, 0) < self._threshold(key):
                    yield self._to_blame(key, bound)

    def _known_small(self) -> dict[Key, int]:
        """Of what is hidden, what a reader knows to be small."""
        return {key: threshold for key, threshold in self.small.items() if key not in self.hidden_beside}

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
        return max(self.counts.threshold(without_rest(key)), self.protected[key])

    def _together(self, key: Key) -> tuple[Key, ...]:
        return self.counts.block.get(key, (key,))

    def _is_known_zero(self, key: Key) -> bool:
        """A category of a published 0: everybody knows it."""
        total = self.counts.total.get(key)
        if total is None or total in self.hidden or self.counts.value.get(total) != 0:
            return False
        return not self.counts.value.get(key) and self.counts.is_complete(total, (total,))
