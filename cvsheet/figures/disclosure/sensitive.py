"""What must be hidden for itself: small counts, small rests of a sum, what partners keep secret, what is uncounted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import fsum

from cvsheet.figures.consolidation import Key
from cvsheet.figures.disclosure.figures import POINT
from cvsheet.figures.disclosure.published_sums import TiedCounts, is_small, keeps_secret, threshold, weight_behind
from cvsheet.figures.disclosure.suppression import Seed
from cvsheet.model.submission import Quantity

LEAST = 0.5
"""Things are counted whole: sums that differ by less are the same."""

Rest = tuple[Key, tuple[Key, ...], tuple[Key, ...]]
"""A total with two ways to its sum: the categories of a breakdown, or none where the total itself is known."""


def small_counts(counts: TiedCounts) -> Iterator[Seed]:
    """Counts below the threshold of their measure, or of one that a rule says to be the same number."""
    for key, value in counts.value.items():
        bound = max(counts.threshold(one) for one in (key, *counts.equal.get(key, ())))
        if is_small(value, bound):
            yield key, bound


def small_rests(counts: TiedCounts) -> Iterator[Seed]:
    """Breakdowns whose sum is a small number away from the total, or from another breakdown where the total is not
    known: what is missing there (not available, set aside, of one partner only) could be read by subtraction."""
    for (total, one, other), rest in rests(counts, counts.value).items():
        bound = counts.threshold(total)
        if _is_small_rest(rest, bound) and (not counts.is_rate(total) or _misses(counts, one + other)):
            yield from ((parts[0], bound) for parts in incomplete(counts, total, one, other))


def rests(counts: TiedCounts, value: Mapping[Key, float]) -> Mapping[Rest, float]:
    """How far apart the ways to each secret total lie."""
    found: dict[Rest, float] = {}
    for total, breakdowns in counts.tables.items():
        if counts.threshold(total):
            ways: list[tuple[tuple[Key, ...], float]] = [((), value[total])] if total in value else []
            known = [(parts, [value[part] for part in parts if part in value]) for parts in breakdowns]
            ways += [(parts, fsum(numbers)) for parts, numbers in known if numbers]
            found |= {(total, one, other): a - b for (one, a), (other, b) in combinations(ways, 2)}
    return found


def kept_by_partners(counts: TiedCounts) -> Iterator[Seed]:
    """Breakdowns and equal figures that would give back what a partner answered ``ns`` to, of whatever size it is."""
    contract = counts.framework.contract
    for key in counts.consolidation.typed:
        if keeps_secret(counts.consolidation, key):
            bound = counts.threshold(key) or contract.secrecy_people
            breakdowns = counts.tables.get(key, ())
            if key in counts.block:
                breakdowns = (counts.block[key],)
            yield from ((parts[0], bound) for parts in breakdowns if parts)
            # What stands in the contract is the coordination's own word.
            yield from ((other, bound) for other in counts.equal.get(key, ()) if other[0] != POINT)


def uncountable(counts: TiedCounts, shown: Mapping[Key, float]) -> frozenset[Key]:
    """Secret figures of which nobody can say how many persons or companies stand behind them; those said to be the
    same with them. Aims count nobody."""
    found = {key for key in shown if key not in counts.value and not _is_backed(counts, shown, key)}
    return frozenset(found | {other for key in found for other in counts.equal.get(key, ()) if other in shown})


def _is_backed(counts: TiedCounts, shown: Mapping[Key, float], key: Key) -> bool:
    """Whether a figure that counts nothing may be shown: it is public or worked out from others, or a mean weighed by
    enough of them."""
    _, code, quantity = key
    line = counts.framework.line[code]
    bound = threshold(counts.framework.contract, line.measure)
    if not bound or line.measure.computed or quantity == Quantity.TARGET.value:
        return True
    if not line.measure.method.weighed:
        return False
    weight = weight_behind(counts.consolidation, shown, key)
    return weight is not None and weight >= bound


def is_small_difference(one: float, other: float, threshold: int) -> bool:
    """Whether two counts are a small number of things apart."""
    return _is_small_rest(one - other, threshold)


def _is_small_rest(rest: float, threshold: int) -> bool:
    return abs(rest) > LEAST and is_small(abs(rest), threshold)


def _misses(counts: TiedCounts, parts: Sequence[Key]) -> bool:
    return any(part not in counts.value for part in parts)


def incomplete(counts: TiedCounts, total: Key, *breakdowns: tuple[Key, ...]) -> list[tuple[Key, ...]]:
    """The breakdowns that miss an answer; all of them where none does. One that is whole stands for the total."""
    known = [parts for parts in breakdowns if parts]
    return [parts for parts in known if parts not in counts.whole[total]] or known
