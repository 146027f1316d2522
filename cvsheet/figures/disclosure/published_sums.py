"""What a reader of a publication knows of its counts before he sees one: which add up, which are equal, which bound
which. None of it depends on the figures, so that it holds in every other world that the publication could hide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from math import fsum

from cvsheet.errors import CvsheetError
from cvsheet.figures.consolidation import NOTHING, Consolidation, Key
from cvsheet.figures.disclosure.figures import (
    AT_MOST,
    BASELINE,
    BETWEEN,
    POINT,
    TARGET,
    bound_lines,
    contexts,
    same_figures,
)
from cvsheet.figures.points import paired
from cvsheet.model.framework import ContractSettings, Direction, Framework, Line, Measure
from cvsheet.model.submission import AnswerKind, Quantity


@dataclass(frozen=True, slots=True)
class Union:
    """Things that a rule counts once each, whatever number of overlapping categories (`parts` of `total`) they are in:
    no fewer than the largest category, no more than all together."""

    unique: Key
    parts: tuple[Key, ...]
    total: Key


@dataclass(frozen=True)
class TiedCounts:
    """The counts among the figures, whether they are published or not, and what ties them."""

    consolidation: Consolidation
    value: Mapping[Key, float]

    @property
    def framework(self) -> Framework:
        return self.consolidation.framework

    @cached_property
    def splits(self) -> tuple[tuple[Key, tuple[Key, ...], bool], ...]:
        """Every total with the categories of each of its breakdowns, and whether these add up to it."""
        asked = contexts(self.framework)
        return tuple(one for campaign, quantity in asked for one in splits(self.framework, campaign, quantity))

    @cached_property
    def tables(self) -> Mapping[Key, tuple[tuple[Key, ...], ...]]:
        """Total -> its breakdowns of exclusive categories; the total itself may have no value."""
        found: dict[Key, tuple[tuple[Key, ...], ...]] = {}
        for total, parts, exclusive in self.splits:
            found.setdefault(total, ())
            found[total] += (parts,) if exclusive else ()
        return found

    @cached_property
    def total(self) -> Mapping[Key, Key]:
        """Category -> its total."""
        return {part: total for total, parts in self.parts.items() for part in parts}

    @cached_property
    def parts(self) -> Mapping[Key, tuple[Key, ...]]:
        """Total -> its categories, with a value or without."""
        found: dict[Key, tuple[Key, ...]] = {}
        for total, parts, _ in self.splits:
            found[total] = (*found.get(total, ()), *parts)
        return found

    @cached_property
    def block(self) -> Mapping[Key, tuple[Key, ...]]:
        """Category -> those that are masked with it: all of a breakdown whose sum is known or bounded. Breakdowns of
        one measure where an answer is missing are masked together: each may give what the other one misses."""
        blocks = [union.parts for union in self.unions]
        for total, breakdowns in self.tables.items():
            missing = tuple(part for parts in breakdowns if parts not in self.whole[total] for part in parts)
            blocks += [*self.whole[total], missing]
        return {part: parts for parts in blocks for part in parts}

    @cached_property
    def whole(self) -> Mapping[Key, tuple[tuple[Key, ...], ...]]:
        """Total -> its breakdowns of exclusive categories in which no answer is missing."""
        return {
            total: tuple(parts for parts in breakdowns if self.is_complete(total, parts))
            for total, breakdowns in self.tables.items()
        }

    def is_complete(self, total: Key, parts: tuple[Key, ...]) -> bool:
        """Whether every partner that gave a number anywhere in the table of `total` gave one for each of `parts`."""
        if total[0] == POINT:
            origins = {self.consolidation.point(code, Quantity(quantity)).campaign for _, code, quantity in parts}
            if len(origins) > 1 or not all(origins):
                return all(part in self.value for part in parts)
            (base,) = origins
            return self.is_complete((base, *total[1:]), tuple((base, *part[1:]) for part in parts))
        given = {partner for key in (total, *self.parts.get(total, ())) for partner in self.givers(key)}
        return all(given <= self.givers(part) | self._excused(part) for part in parts)

    def givers(self, key: Key) -> frozenset[str]:
        """The partners of whose numbers a figure is made."""
        contributions = self.consolidation.typed.get(key, NOTHING).contributions
        return frozenset(one.partner for one in contributions if one.counts)

    def _excused(self, key: Key) -> frozenset[str]:
        contributions = self.consolidation.typed.get(key, NOTHING).contributions
        return frozenset(one.partner for one in contributions if one.kind is AnswerKind.NOT_APPLICABLE)

    @cached_property
    def equal(self) -> Mapping[Key, tuple[Key, ...]]:
        """Figure -> those that are said to be the same; the only category of a breakdown is its total."""
        alone = ((total, parts[0]) for total, ways in self.tables.items() for parts in ways if len(parts) == 1)
        found: dict[Key, tuple[Key, ...]] = {}
        for one, other in chain(same_figures(self.consolidation), alone):
            found[one] = (*found.get(one, ()), other)
            found[other] = (*found.get(other, ()), one)
        return found

    @cached_property
    def unions(self) -> tuple[Union, ...]:
        """Every rule ``entre max et somme`` in every campaign."""
        return tuple(
            Union((campaign, left.code, quantity), parts, total)
            for left, right in bound_lines(self.framework, BETWEEN)
            for campaign, quantity in contexts(self.framework)
            for total, parts, exclusive in splits_of(self.framework, right.measure, campaign, quantity)
            if not exclusive
        )

    def is_rate(self, key: Key) -> bool:
        """Whether the figure is a rate, of which `value` holds the persons that it stands for."""
        return self.framework.line[key[1]].measure.type == "pourcentage"

    def threshold(self, key: Key) -> int:
        """Below how many things the figure is masked; 0 where it is public. Targets are aims: they count nobody."""
        if key[2] == TARGET:
            return 0
        return threshold(self.framework.contract, self.framework.line[key[1]].measure)

    @cached_property
    def ordered(self) -> tuple[tuple[Key, Key], ...]:
        """Pairs of counts, the first at most the second: by a rule, or a target on the good side of its baseline."""
        asked = contexts(self.framework)
        by_rule = (
            ((campaign, left.code, quantity), (campaign, right.code, quantity))
            for left, right in bound_lines(self.framework, AT_MOST)
            for campaign, quantity in asked
        )
        return (*by_rule, *self._directed())

    def _directed(self) -> Iterator[tuple[Key, Key]]:
        for code, line in self.framework.line.items():
            points = (POINT, code, BASELINE), (POINT, code, TARGET)
            if any(point not in self.value for point in points):
                continue  # a direction is no rule: it says nothing of a baseline that nobody knows
            if line.measure.direction is Direction.RISE:
                yield points
            elif line.measure.direction is Direction.FALL:
                yield points[::-1]


def counts_of(consolidation: Consolidation, shown: Mapping[Key, float]) -> TiedCounts:
    """The counts among the figures `shown`: numbers of things, and rates as the persons that they stand for."""
    counted = ((key, count(consolidation, shown, key, number)) for key, number in shown.items())
    return TiedCounts(consolidation, {key: value for key, value in counted if value is not None})


def count(consolidation: Consolidation, shown: Mapping[Key, float], key: Key, number: float) -> float | None:
    """How many things a figure counts: itself, or for a rate in secrecy, rate x weight; None where nobody can say."""
    framework = consolidation.framework
    line = framework.line[key[1]]
    if line.measure.type == "nombre" and line.measure.method.counts_persons:
        return number if line.measure.never_negative else None  # a balance: nobody can say how many came and left
    rate = line.measure.type == "pourcentage" and line.measure.method.weighed
    if not rate or not threshold(framework.contract, line.measure):
        return None
    weight = weight_behind(consolidation, shown, key)
    return None if weight is None else number * weight / 100


def weight_behind(consolidation: Consolidation, shown: Mapping[Key, float], key: Key) -> float | None:
    """How many weigh in a weighted mean: those of the partners whose answers it is made of, though others give a weight
    too; None where nobody can say."""
    campaign, code, quantity = key
    line = consolidation.framework.line[code]
    told = shown.get((campaign, paired(consolidation.framework, line.measure.weight, line), quantity))
    given = (campaign or consolidation.point(code, Quantity(quantity)).campaign, code, quantity)
    kept = () if given in consolidation.arbitrated else consolidation.typed.get(given, NOTHING).kept
    if told is None or not kept:
        return told
    return min(told, fsum(one.weight or 0.0 for one in kept)) or None


def is_small(count: float, threshold: int) -> bool:
    """Whether a count is masked for its size: above 0 and below the threshold."""
    return 0 < count < threshold


def threshold(contract: ContractSettings, measure: Measure) -> int:
    """The threshold of a measure; 0 where nothing of it is secret. A word that is none of the three is refused."""
    known = {"publique": 0, "personnes": contract.secrecy_people, "entreprises": contract.secrecy_companies}
    if measure.diffusion not in known:
        raise CvsheetError(
            f"Mesure « {measure.code} » : diffusion « {measure.diffusion} » inconnue, rien ne peut être publié. "
            "Indiquez publique, personnes ou entreprises."
        )
    return known[measure.diffusion]


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


def keeps_secret(consolidation: Consolidation, key: Key) -> bool:
    """Whether a partner answered ``ns``."""
    answers = consolidation.typed.get(key, NOTHING).contributions
    return any(one.kept and one.kind is AnswerKind.SECRET for one in answers)
