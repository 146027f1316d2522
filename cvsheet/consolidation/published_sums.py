"""The linear system that a reader of a publication can write down: counts, sums of categories, the contract's rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

from cvsheet.consolidation.aggregation import NOTHING, Consolidation, Key
from cvsheet.consolidation.figures import (
    AT_MOST,
    BASELINE,
    BETWEEN,
    POINT,
    TARGET,
    bound_lines,
    contexts,
    same_figures,
)
from cvsheet.consolidation.points import paired
from cvsheet.consolidation.suppression import Cost
from cvsheet.consolidation.worlds import TINY, Number, Relation, System
from cvsheet.framework import Aggregation, Contract, Direction, Framework, Line, Measure
from cvsheet.submission import AnswerKind

CATEGORY, TOTAL, HEADLINE, ZERO = 0, 1, 2, 3  # what is masked rather than what comes after it
ADDED = (Aggregation.SUM, Aggregation.SINGLE_SOURCE, Aggregation.MEAN)  # totals of categories are categories of totals


@dataclass(frozen=True, slots=True)
class Remainder:
    """What is left of a total beside the categories shown: answers missing, or kept secret by a partner."""

    number: Number
    sensitive: bool
    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True)
class Counts:
    """The counts among the figures, as a system of numbers: figures known to be equal are one number."""

    consolidation: Consolidation
    value: Mapping[Key, float]
    leader: Mapping[Key, Key]
    remainders: tuple[Remainder, ...]

    @cached_property
    def small(self) -> frozenset[Key]:
        """The counts that are masked for their size."""
        return self._with_equals({key for key, value in self.value.items() if self._is_small(key, value)})

    @cached_property
    def swept(self) -> frozenset[Key]:
        """The categories of totals masked for their size that are masked whole, zeros with them.

        Where there are so many that all of them at 1 reach the highest masked total, showing the zeros would tell when
        that is the case: two companies of two kinds, with a threshold of 3, could only be one and one.
        """
        framework = self.consolidation.framework
        found: set[Key] = set()
        for campaign, quantity in contexts(framework):
            for total, parts, exclusive in splits(framework, campaign, quantity):
                bound = threshold(framework.contract, framework.line[total[1]].measure)
                if exclusive and total in self.small and len(parts) >= bound - 1:
                    found |= {part for part in parts if part in self.value}
        return self._with_equals(found)

    def _with_equals(self, keys: Collection[Key]) -> frozenset[Key]:
        """`keys` and the figures that are the same numbers."""
        leaders = {self.leader[key] for key in keys}
        return frozenset(key for key in self.value if self.leader[key] in leaders)

    @cached_property
    def number(self) -> Mapping[Key, int]:
        """Figure -> its number in the system."""
        leaders = [key for key in self.value if self.leader[key] == key]
        position = {key: at for at, key in enumerate(leaders)}
        return {key: position[self.leader[key]] for key in self.value}

    @cached_property
    def system(self) -> System:
        """Numbers and relations; the remainders come after the figures."""
        numbers = [self._number(key) for key in self.value if self.leader[key] == key]
        numbers += [remainder.number for remainder in self.remainders]
        return System(numbers, tuple(self._relations()))

    @property
    def unpublished(self) -> frozenset[int]:
        first = len(set(self.number.values()))
        return frozenset(range(first, first + len(self.remainders)))

    @cached_property
    def sensitive(self) -> tuple[int, ...]:
        """The numbers that must stay uncertain."""
        small = sorted({self.number[key] for key in self.small | self.swept})
        first = len(set(self.number.values()))
        return (*small, *(at for at, one in enumerate(self.remainders, start=first) if one.sensitive))

    @cached_property
    def cost(self) -> Mapping[int, Cost]:
        """How much each number would be missed: categories least, then totals, then headlines; zeros are kept."""
        found: dict[int, Cost] = {}
        for key, value in self.value.items():
            cost = (_rank(self.consolidation.framework.line[key[1]], value), value)
            found[self.number[key]] = max(cost, found.get(self.number[key], cost))
        return found

    def _is_small(self, key: Key, value: float) -> bool:
        measure = self.consolidation.framework.line[key[1]].measure
        return key[2] != TARGET and is_small(value, threshold(self.consolidation.framework.contract, measure))

    def _number(self, key: Key) -> Number:
        framework = self.consolidation.framework
        line, value = framework.line[key[1]], self.value[key]
        limits = line.limits if line.measure.type == "nombre" else None
        low, high = (limits.minimum or 0.0, inf if limits.maximum is None else limits.maximum) if limits else (0.0, inf)
        if key not in self.small | self.swept:
            return Number(value, min(low, value), max(high, value))
        bound = threshold(framework.contract, line.measure) or value + 1
        known = Number(value, max(low, 0 if key in self.swept else 1), min(high, bound - 1))
        # A threshold of 2 or narrow bounds say all by themselves: then only what is published besides is looked at.
        return known if known.high - known.low >= 1 else Number(value, 0, max(bound - 1, value))

    def _relations(self) -> Iterator[Relation]:
        framework = self.consolidation.framework
        by_total = {
            (one.total, one.parts): at for at, one in enumerate(self.remainders, len(set(self.number.values())))
        }
        for campaign, quantity in contexts(framework):
            for total, parts, exclusive in splits(framework, campaign, quantity):
                known = tuple(part for part in parts if part in self.value)
                if total not in self.value or not known:
                    continue
                if exclusive:
                    rest = by_total.get((total, parts))
                    extra = () if rest is None else ((rest, 1),)
                    yield from self._tie([*((part, 1) for part in known), (total, -1)], None, extra)
                else:
                    yield from (r for part in known for r in self._at_most([(part, 1), (total, -1)]))
            yield from self._rules(campaign, quantity)
        yield from self._directions()

    def _rules(self, campaign: str, quantity: str) -> Iterator[Relation]:
        framework = self.consolidation.framework
        for left, right in bound_lines(framework, AT_MOST):
            yield from self._at_most([((campaign, left.code, quantity), 1), ((campaign, right.code, quantity), -1)])
        for left, right in bound_lines(framework, BETWEEN):
            unique = (campaign, left.code, quantity)
            for _, parts, exclusive in splits_of(framework, right.measure, campaign, quantity):
                if not exclusive:
                    yield from (r for part in parts for r in self._at_most([(part, 1), (unique, -1)]))
                    yield from self._at_most([(unique, 1), *((part, -1) for part in parts)])

    def _directions(self) -> Iterator[Relation]:
        """A target lies on the good side of its baseline."""
        for code, line in self.consolidation.framework.line.items():
            sign = {Direction.RISE: 1, Direction.FALL: -1}.get(line.measure.direction)
            if sign is not None:
                yield from self._at_most([((POINT, code, BASELINE), sign), ((POINT, code, TARGET), -sign)])

    def _at_most(self, terms: Sequence[tuple[Key, int]]) -> Iterator[Relation]:
        """The weighted sum is 0 or less, where all is known and where it is true."""
        if all(key in self.value for key, _ in terms):
            slack = -sum(weight * self.value[key] for key, weight in terms)
            if slack >= -TINY:
                yield from self._tie(terms, slack)

    def _tie(
        self, terms: Sequence[tuple[Key, int]], slack: float | None, extra: tuple[tuple[int, int], ...] = ()
    ) -> Iterator[Relation]:
        weights: Counter[int] = Counter()
        for number, weight in (*((self.number[key], weight) for key, weight in terms), *extra):
            weights[number] += weight
        kept = tuple((number, weight) for number, weight in weights.items() if weight)
        if kept:
            yield Relation(kept, slack)


def counts_of(consolidation: Consolidation, shown: Mapping[Key, float]) -> Counts:
    """The counts among the figures `shown`: numbers of things, and rates as the persons that they stand for."""
    value = {
        key: count for key, number in shown.items() if (count := _count(consolidation, shown, key, number)) is not None
    }
    return Counts(consolidation, value, _leaders(consolidation, value), tuple(_remainders(consolidation, value)))


def is_small(count: float, threshold: int) -> bool:
    """Whether a count is masked for its size: above 0 and below the threshold."""
    return 0 < count < threshold


def threshold(contract: Contract, measure: Measure) -> int:
    """The threshold of a measure; 0 where nothing of it is secret."""
    return {"personnes": contract.secrecy_people, "entreprises": contract.secrecy_companies}.get(measure.diffusion, 0)


def splits(framework: Framework, campaign: str, quantity: str) -> Iterator[tuple[Key, tuple[Key, ...], bool]]:
    """Every total with the categories of each of its breakdowns, and whether these add up to it."""
    for measure in framework.measures:
        if not measure.computed:
            yield from splits_of(framework, measure, campaign, quantity)


def splits_of(
    framework: Framework, measure: Measure, campaign: str, quantity: str
) -> Iterator[tuple[Key, tuple[Key, ...], bool]]:
    """The same for one measure."""
    for name in measure.breakdowns:
        categories = framework.breakdown.get(name, ())
        parts = tuple((campaign, Line(measure, category).code, quantity) for category in categories)
        if parts:
            yield (campaign, measure.code, quantity), parts, all(category.exclusive for category in categories)


def _count(consolidation: Consolidation, shown: Mapping[Key, float], key: Key, number: float) -> float | None:
    """How many things a figure counts: itself, or for a rate in secrecy, rate x weight; None for other rates."""
    campaign, code, quantity = key
    framework = consolidation.framework
    line = framework.line[code]
    if line.measure.type == "nombre" and line.measure.aggregation in ADDED:
        return number
    rate = line.measure.type == "pourcentage" and line.measure.aggregation is Aggregation.WEIGHTED_MEAN
    if not rate or not threshold(framework.contract, line.measure):
        return None
    weight = shown.get((campaign, paired(framework, line.measure.weight, line), quantity))
    return None if weight is None else number * weight / 100


def _leaders(consolidation: Consolidation, value: Mapping[Key, float]) -> Mapping[Key, Key]:
    """Figure -> the first of those that are the same number."""
    leader = {key: key for key in value}
    for one, other in same_figures(consolidation):
        if one in value and other in value and abs(value[one] - value[other]) <= TINY:
            leader[_first(leader, other)] = _first(leader, one)
    order = {key: at for at, key in enumerate(value)}
    groups: dict[Key, list[Key]] = {}
    for key in value:
        groups.setdefault(_first(leader, key), []).append(key)
    return {key: min(group, key=lambda one: order[one]) for group in groups.values() for key in group}


def _first(leader: Mapping[Key, Key], key: Key) -> Key:
    while leader[key] != key:
        key = leader[key]
    return key


def _remainders(consolidation: Consolidation, value: Mapping[Key, float]) -> Iterator[Remainder]:
    """Of each exclusive breakdown that has categories without a number, or with partners that keep theirs secret."""
    framework = consolidation.framework
    for campaign, quantity in contexts(framework):
        for total, parts, exclusive in splits(framework, campaign, quantity):
            if not exclusive or total not in value or not any(part in value for part in parts):
                continue
            rest = value[total] - sum(value.get(part, 0.0) for part in parts)
            secret = sum(keeps_secret(consolidation, part) for part in parts)
            missing = any(part not in value and not _not_applicable(consolidation, part) for part in parts)
            bound = threshold(framework.contract, framework.line[total[1]].measure)
            if rest > TINY and (secret or missing):
                sensitive = bool(secret) or (quantity != TARGET and is_small(rest, bound))
                yield Remainder(Number(rest, min(rest, secret)), sensitive, total, parts)


def keeps_secret(consolidation: Consolidation, key: Key) -> bool:
    """Whether a partner answered ``ns``."""
    answers = consolidation.typed.get(key, NOTHING).contributions
    return any(one.kept and one.kind is AnswerKind.SECRET for one in answers)


def _not_applicable(consolidation: Consolidation, key: Key) -> bool:
    answers = [one for one in consolidation.typed.get(key, NOTHING).contributions if one.kept]
    return bool(answers) and all(one.kind is AnswerKind.NOT_APPLICABLE for one in answers)


def _rank(line: Line, value: float) -> int:
    if value == 0:
        return ZERO
    if line.category is not None:
        return CATEGORY
    return HEADLINE if line.measure.headline else TOTAL
