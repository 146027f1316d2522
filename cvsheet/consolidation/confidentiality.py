"""Which figures a publication masks, so that no small count can be worked out from those that stay.

Three steps. A count of persons (of companies) from 1 to the threshold is masked; true zeros stay, targets are aims and
count nobody. Then, as long as what stays would give a masked count back, one more figure is masked: the one that the
reader misses least. Last, what is computed from a masked figure is masked with it. The reader is taken to know the
thresholds, the rules of the contract, and which figures were masked for their size.

Sources: section 6 of the product's design; on complementary suppression, Insee, *Guide du secret statistique*.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cvsheet.consolidation.aggregation import Consolidation, Key
from cvsheet.consolidation.figures import (
    AT_MOST,
    SAME,
    VALUE,
    bound_lines,
    contexts,
    figures,
    inputs,
)
from cvsheet.consolidation.published_sums import Counts, counts_of, is_small
from cvsheet.consolidation.suppression import suppress
from cvsheet.consolidation.worlds import Number, Relation, System


class Reason(StrEnum):
    """Why a figure is masked, as a reader is told."""

    SMALL = "petit effectif"
    DEDUCIBLE = "donnerait un petit effectif"
    DERIVED = "calculé sur un chiffre masqué"


@dataclass(frozen=True, slots=True)
class Secrecy:
    """The masked figures with their reasons; everything else may be shown."""

    reasons: Mapping[Key, Reason]

    def hides(self, campaign: str, line: str, quantity: str = VALUE) -> bool:
        """Whether the figure is masked; `campaign` is POINT for the baseline and the target of a line."""
        return (campaign, line, quantity) in self.reasons

    def counts(self, asked: Collection[tuple[str, str]]) -> Mapping[Reason, int]:
        """How many figures are masked for each reason, among those `asked`: campaigns with a quantity."""
        counted = Counter(reason for (campaign, _, kind), reason in self.reasons.items() if (campaign, kind) in asked)
        return {reason: counted[reason] for reason in Reason if counted[reason]}


NO_SECRECY = Secrecy({})


def secrecy(consolidation: Consolidation) -> Secrecy:
    """What to mask of `consolidation`. The same figures give the same answer."""
    shown = figures(consolidation)
    counts = counts_of(consolidation, shown)
    hidden = suppress(counts.system, counts.sensitive, counts.unpublished, counts.cost)
    masked = {key for key, number in counts.number.items() if number in hidden}
    closed = _with_derived(consolidation, shown, masked)
    return Secrecy({key: _reason(consolidation, counts, key, masked) for key in closed})


def hidden_beneficiaries(total: float | None, women: float | None, threshold: int) -> tuple[bool, bool]:
    """Whether to mask the beneficiaries of an action, and the women among them.

    The men are never shown, but a reader can subtract: they are a count of persons like the others.
    """
    if total is None or women is None or women > total:
        return is_small(total or 0, threshold), is_small(women or 0, threshold)
    counts = (women, total, total - women)
    numbers = [Number(one, 1, threshold - 1) if is_small(one, threshold) else Number(one) for one in counts]
    small = [at for at, count in enumerate(counts) if is_small(count, threshold)]
    system = System(numbers, [Relation(((0, 1), (2, 1), (1, -1)))])
    hidden = suppress(system, small, frozenset({2}), {0: (0, women), 1: (1, total)})
    return 1 in hidden, 0 in hidden


def _with_derived(consolidation: Consolidation, shown: Mapping[Key, float], masked: set[Key]) -> list[Key]:
    """`masked` with what a reader could turn back into one of them: shares, changes, means, rates that a rule ties."""
    sources = {key: inputs(consolidation, key) for key in _keys(consolidation, shown)}
    for key, others in _tied_rates(consolidation, shown).items():
        sources[key] = (*sources[key], *others)
    closed, growing = set(masked), True
    while growing:
        fresh = {key for key, needed in sources.items() if key not in closed and not closed.isdisjoint(needed)}
        closed |= fresh
        growing = bool(fresh)
    return [key for key in sources if key in closed]


def _keys(consolidation: Consolidation, shown: Mapping[Key, float]) -> Iterator[Key]:
    """Every figure, and what is worked out from figures and has no result: a share that is empty tells of a zero."""
    framework = consolidation.framework
    for campaign, quantity in contexts(framework):
        for code in framework.line:
            key = (campaign, code, quantity)
            needed = inputs(consolidation, key)
            if key in shown or (
                framework.line[code].measure.computed and needed and all(one in shown for one in needed)
            ):
                yield key


def _tied_rates(consolidation: Consolidation, shown: Mapping[Key, float]) -> Mapping[Key, tuple[Key, ...]]:
    """Rates that a rule of the contract compares: each would tell something of the other."""
    found: dict[Key, tuple[Key, ...]] = {}
    for operator in (AT_MOST, SAME):
        for left, right in bound_lines(consolidation.framework, operator):
            if left.measure.adds_up or right.measure.adds_up:
                continue
            for campaign, quantity in {(campaign, quantity) for campaign, _, quantity in shown}:
                pair = (campaign, left.code, quantity), (campaign, right.code, quantity)
                for one, other in (pair, pair[::-1]):
                    if one in shown:
                        found[one] = (*found.get(one, ()), other)
    return found


def _reason(consolidation: Consolidation, counts: Counts, key: Key, masked: set[Key]) -> Reason:
    if key not in masked:
        return Reason.DERIVED
    if key in counts.small:
        line = consolidation.framework.line[key[1]]
        return Reason.DERIVED if line.measure.type == "pourcentage" else Reason.SMALL
    return Reason.DEDUCIBLE
