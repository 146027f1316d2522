"""What a reader knows of a publication's counts before he sees one: which sums are no more than which.

Sums, equalities, rules of the contract, unions and directions are one kind of thing here. None of it depends on the
figures, so that it holds in every other world that the publication could hide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from cvsheet.figures.consolidation import Key
from cvsheet.figures.disclosure.published_sums import TiedCounts
from cvsheet.model.groups import grouped

REST = "?"
SplitTotal = tuple[Key, tuple[Key, ...]]
"""A total and the categories of one breakdown."""


@dataclass(frozen=True, slots=True)
class AtMost:
    """The sum of `low` is at most the sum of `high`; a figure may stand there several times."""

    low: tuple[Key, ...]
    high: tuple[Key, ...]


@dataclass(frozen=True)
class Relations:
    """`every` relation between figures."""

    every: tuple[AtMost, ...]

    @cached_property
    def of(self) -> Mapping[Key, tuple[AtMost, ...]]:
        """Figure -> the relations that it is in."""
        told = ((key, one) for one in self.every for key in dict.fromkeys((*one.low, *one.high)))
        return {key: tuple(relations) for key, relations in grouped(told).items()}


def relations_of(counts: TiedCounts) -> Relations:
    """Sums come first, so that where two ways tell the same the shorter one is named."""
    pairs = tuple(_pairs(counts))
    found = [*_sums(counts), *(AtMost(_with_rest(counts, (low,)), (high,)) for low, high in pairs)]
    found += [AtMost((union.unique,), union.parts) for union in counts.unions]
    above = _above(counts, pairs)
    tables = [(total, parts) for total, ways in counts.tables.items() for parts in ways]
    return Relations(tuple(dict.fromkeys(chain(found, _several(tables, above), _one_by_one(tables, above)))))


def without_rest(key: Key) -> Key:
    """The figure itself, or the one that something is missing beside."""
    return (key[0], key[1].partition(REST)[0], key[2])


def _pairs(counts: TiedCounts) -> Iterator[tuple[Key, Key]]:
    """Figures of which the first is no more than the second."""
    yield from ((one, other) for one, others in counts.equal.items() for other in others)
    yield from (pair for pair in counts.ordered if not any(map(counts.is_rate, pair)))
    yield from ((part, total) for total, parts, exclusive in counts.splits if not exclusive for part in parts)
    yield from ((part, union.unique) for union in counts.unions for part in union.parts)


def _sums(counts: TiedCounts) -> Iterator[AtMost]:
    for total, parts, exclusive in counts.splits:
        if exclusive:
            whole, categories = _with_rest(counts, (total,)), _with_rest(counts, parts)
            yield from (AtMost(whole, categories), AtMost(categories, whole))


def _with_rest(counts: TiedCounts, keys: tuple[Key, ...]) -> tuple[Key, ...]:
    """Figures of one table, and what some partner did not give of them, under a code that no line has. A figure that
    nobody gave stands for itself."""
    total = counts.total.get(keys[0], keys[0])
    whole = all(key not in counts.value or counts.is_complete(total, (key,)) for key in keys)
    campaign, code, quantity = keys[0]
    return keys if whole else (*keys, (campaign, f"{code}{REST}{len(keys)}", quantity))


def _above(counts: TiedCounts, pairs: Iterable[tuple[Key, Key]]) -> Mapping[Key, frozenset[Key]]:
    """Figure -> itself and all that it is at most, through any chain of others."""
    direct = grouped(chain(pairs, counts.total.items()))
    return {key: _reached(direct, key) for key in direct}


def _reached(direct: Mapping[Key, Sequence[Key]], key: Key) -> frozenset[Key]:
    waiting = [key]
    for one in waiting:
        waiting += [other for other in direct.get(one, ()) if other not in waiting]
    return frozenset(waiting)


def _several(tables: Sequence[SplitTotal], above: Mapping[Key, frozenset[Key]]) -> Iterator[AtMost]:
    """A total is no less than several times what is no more than several of its categories, and no more than as many
    times what is no less than all of them."""
    table = _split_of(tables)
    for total, parts in tables:
        largest = frozenset.intersection(*(above[part] for part in parts)) - above.get(total, {total})
        yield from (AtMost((total,), (key,) * len(parts)) for key in sorted(largest))
    for key, reached in above.items():
        several = Counter(table[one] for one in sorted(reached) if one in table)
        yield from (AtMost((key,) * number, (total,)) for (total, _), number in several.items() if number > 1)


def _one_by_one(tables: Sequence[SplitTotal], above: Mapping[Key, frozenset[Key]]) -> Iterator[AtMost]:
    """Categories that those of another table bound, each by another one: together they are no more than its total."""
    table, found = _split_of(tables), dict[tuple[SplitTotal, SplitTotal], dict[Key, Key]]()
    for key in (part for _, parts in tables for part in parts):
        for one in sorted(above[key]):
            if one in table and table[one] != table[key]:
                found.setdefault((table[key], table[one]), {}).setdefault(one, key)
    for ((whole, parts), (total, _)), lower in found.items():
        bound = tuple(dict.fromkeys(lower.values()))
        yield AtMost(bound, (total,))
        yield AtMost((whole,), (total, *(part for part in parts if part not in bound)))


def _split_of(tables: Sequence[SplitTotal]) -> Mapping[Key, SplitTotal]:
    return {part: table for table in tables for part in table[1]}
