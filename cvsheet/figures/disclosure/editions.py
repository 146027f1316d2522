"""What a new edition of a publication would tell beside a former one: the small counts of who came in between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from cvsheet.figures.consolidation import Key
from cvsheet.figures.disclosure.published_sums import TiedCounts, count, narrows
from cvsheet.figures.disclosure.sensitive import incomplete, is_small_difference, rests
from cvsheet.figures.disclosure.suppression import Seed

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
    rest did, breakdowns that were masked and that the new figures would close in on."""
    former = _counted(edition, counts)
    yield from _moved(former, counts)
    yield from _moved_rests(former, counts)
    for total, breakdowns in counts.tables.items():
        if total in former and counts.threshold(total):
            masked = (parts for parts in breakdowns if not edition.masked.isdisjoint(parts))
            bound = counts.threshold(total)
            yield from ((parts[0], bound) for parts in masked if _closes_in(counts, parts, former[total], bound))


def _counted(edition: Edition, counts: TiedCounts) -> Mapping[Key, float]:
    """What was published, as numbers of things; without lines that the contract has no more."""
    known = {key: number for key, number in edition.figures.items() if key[1] in counts.framework.line}
    numbers = ((key, count(counts.consolidation, known, key, number)) for key, number in known.items())
    return {key: number for key, number in numbers if number is not None}


def _moved(former: Mapping[Key, float], counts: TiedCounts) -> Iterator[Seed]:
    for key, value in counts.value.items():
        if key in former and is_small_difference(value, former[key], counts.threshold(key)):
            yield key, counts.threshold(key)


def _moved_rests(former: Mapping[Key, float], counts: TiedCounts) -> Iterator[Seed]:
    before = rests(counts, former)
    for (total, one, other), rest in rests(counts, counts.value).items():
        bound, same = counts.threshold(total), (total, one, other)
        known = all((key in former) == (key in counts.value) for key in chain(one, other))
        if same in before and known and is_small_difference(rest, before[same], bound):
            yield from ((parts[0], bound) for parts in incomplete(counts, total, one, other))


def _closes_in(counts: TiedCounts, parts: tuple[Key, ...], former: float, threshold: int) -> bool:
    """Whether categories that only ever grow would narrow what a small one of them was in a `former` total."""
    numbers = [counts.value.get(part) for part in parts]
    known = [number for number in numbers if number is not None]
    return len(known) < len(numbers) or narrows(known, former, threshold)
