"""What a new edition of a publication would tell beside a former one: the small counts of who came in between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from cvsheet.figures.consolidation import Key
from cvsheet.figures.disclosure.published_sums import TiedCounts, count
from cvsheet.figures.disclosure.relations import AtMost, relations_of
from cvsheet.figures.disclosure.sensitive import incomplete, is_small_difference, rests
from cvsheet.figures.disclosure.suppression import FormerEdition, Seed

ActionKey = tuple[str, str, str]  # campaign, action, column


@dataclass(frozen=True)
class Edition:
    """What was published once: the numbers, and which figures were masked. Numbers of persons of `actions` likewise.

    `files` are the sums of the files that said it, by which they are known again.
    """

    figures: Mapping[Key, float]
    masked: frozenset[Key] = frozenset()
    actions: Mapping[ActionKey, float] = field(default_factory=dict)
    files: frozenset[str] = field(default=frozenset(), compare=False)


def told_by(edition: Edition, counts: TiedCounts) -> Iterator[Seed]:
    """The figures of `counts` to hide because a reader has `edition`: those that moved by a small number, sums whose
    rest did."""
    former = counted(edition, counts)
    yield from _moved(former, counts)
    yield from _moved_rests(former, counts)


def former_of(edition: Edition, counts: TiedCounts, number: int) -> FormerEdition:
    """What a reader of `counts` knows of `edition`, the `number`th, in which nothing was larger than now, and what only
    one partner gives was the same."""
    former = TiedCounts(counts.consolidation, counted(edition, counts))
    masked = [key for key in sorted(edition.masked) if key[1] in counts.framework.line]
    grown = [AtMost((_then(key, number),), (key,)) for key in masked]
    same = [AtMost((key,), (_then(key, number),)) for key in masked if len(counts.givers(key)) == 1]
    alone = (key for key in masked if key not in former.block and not former.is_rate(key))
    return FormerEdition(
        (*(_of_then(one, number) for one in relations_of(former).every), *grown, *same),
        {_then(key, number): value for key, value in former.value.items()},
        {_then(key, number): threshold for key in alone if (threshold := counts.threshold(key))},
        frozenset(masked),
    )


def _of_then(relation: AtMost, number: int) -> AtMost:
    low, high = (tuple(_then(key, number) for key in side) for side in (relation.low, relation.high))
    return AtMost(low, high)


def _then(key: Key, number: int) -> Key:
    """A figure as it was in a former edition: no campaign has this code."""
    return (f"{key[0]} ({number})", *key[1:])


def counted(edition: Edition, counts: TiedCounts) -> Mapping[Key, float]:
    """What was published, as numbers of things; without lines that the contract has no more."""
    known = {key: number for key, number in edition.figures.items() if key[1] in counts.framework.line}
    numbers = ((key, count(counts.consolidation, known, key, number)) for key, number in known.items())
    return {key: number for key, number in numbers if number is not None}


def _moved(former: Mapping[Key, float], counts: TiedCounts) -> Iterator[Seed]:
    for key, value in counts.value.items():
        bound = counts.threshold(key)
        if key in former and bound:
            method = counts.framework.line[key[1]].measure.method
            # What came in between is the difference of two sums. Of two means it is not: 20, then 11.5, tells a 3.
            differs = method.adds_partners or method.same_for_all or counts.is_rate(key)
            if is_small_difference(value, former[key], bound) or (not differs and value != former[key]):
                yield key, bound


def _moved_rests(former: Mapping[Key, float], counts: TiedCounts) -> Iterator[Seed]:
    before = rests(counts, former)
    for (total, one, other), rest in rests(counts, counts.value).items():
        bound, same = counts.threshold(total), (total, one, other)
        known = all((key in former) == (key in counts.value) for key in chain(one, other))
        if same in before and known and is_small_difference(rest, before[same], bound):
            yield from ((parts[0], bound) for parts in incomplete(counts, total, one, other))
