"""Which figures a publication masks, so that no small count can be worked out from those that stay.

Three steps. What is to be hidden for itself: a count of persons (of companies) from 1 to the threshold, a small rest of
a sum, what a partner keeps secret, a secret figure of which nobody can say how many it counts. What must go with it
(`suppression`). Last, what is computed from a masked figure. True zeros of other breakdowns stay; targets are aims and
count nobody.

What is kept, for a reader who has all that is published, knows the contract and runs this program: each small count may
still be any number from 1 to the threshold less one. Sources: section 6 of the product's design; on complementary
suppression, Insee, *Guide du secret statistique*; on patterns that tell nothing (*simulatable auditing*), Kenthapadi,
Mishra, Nissim, PODS 2005.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cvsheet.figures.consolidation import Consolidation, Key
from cvsheet.figures.disclosure.editions import Edition, former_of, told_by
from cvsheet.figures.disclosure.figures import AT_MOST, SAME, VALUE, bound_lines, contexts, figures, inputs
from cvsheet.figures.disclosure.published_sums import counts_of, is_small
from cvsheet.figures.disclosure.sensitive import (
    is_small_difference,
    kept_by_partners,
    small_counts,
    small_rests,
    uncountable,
)
from cvsheet.figures.disclosure.suppression import suppressed


@dataclass(frozen=True, slots=True)
class Secrecy:
    """What may be shown: of the figures `considered`, those that are not `hidden`. What nobody considered is hidden.

    `compared` are the figures that are hidden for what their difference from a former edition would tell. Why another
    figure is hidden is kept nowhere: it would tell how small it is.
    """

    hidden: frozenset[Key]
    considered: frozenset[Key] | None  # None: real values, for those who work with them
    compared: tuple[Key, ...] = ()

    def hides(self, campaign: str, line: str, quantity: str = VALUE) -> bool:
        """Whether the figure is masked; `campaign` is POINT for the baseline and the target of a line."""
        key = (campaign, line, quantity)
        return self.considered is not None and (key in self.hidden or key not in self.considered)

    def count(self, asked: Collection[tuple[str, str]]) -> int:
        """How many figures are masked among those `asked`: campaigns with a quantity."""
        return sum((campaign, quantity) in asked for campaign, _, quantity in self.hidden)


NO_SECRECY = Secrecy(frozenset(), None)


def secrecy(consolidation: Consolidation, editions: Sequence[Edition] = ()) -> Secrecy:
    """What to mask of `consolidation`, knowing what former `editions` published. The same figures give the same."""
    shown = figures(consolidation)
    counts = counts_of(consolidation, shown)
    small, others = tuple(small_counts(counts)), (*small_rests(counts), *kept_by_partners(counts))
    compared = tuple(dict.fromkeys(seed for edition in editions for seed in told_by(edition, counts)))
    alone = suppressed(counts, small, others)
    lifted = [one for one in editions if any(key in counts.value and key not in alone for key in one.masked)]
    former = [former_of(edition, counts, number) for number, edition in enumerate(lifted)]
    masked = suppressed(counts, small, (*others, *compared), former) if editions else alone
    hidden = _with_derived(consolidation, shown, {*masked, *uncountable(counts, shown)})
    lines = counts.framework.line
    considered = ((campaign, code, quantity) for campaign, quantity in contexts(counts.framework) for code in lines)
    return Secrecy(hidden, frozenset(considered), tuple(sorted(masked - alone)))


def hidden_beneficiaries(total: float | None, women: float | None, threshold: int) -> tuple[bool, bool]:
    """Whether to mask the beneficiaries of an action, and the women among them.

    The men are never shown, but a reader can subtract: they are a count of persons like the others. A small total goes
    with the women, whatever their number; few women or few men leave the total.
    """
    hides_total = is_small(total or 0, threshold)
    if women is None or not women:
        return hides_total, False
    men = 0 if total is None else total - women
    return hides_total, hides_total or is_small(women, threshold) or is_small(abs(men), threshold)


def hidden_beside(
    now: tuple[float | None, float | None], former: tuple[float | None, float | None], threshold: int
) -> tuple[bool, bool]:
    """The same for what a former edition, subtracted, would tell of who reported in between: totals, then women."""
    total, women = (
        one is not None and before is not None and is_small_difference(one, before, threshold)
        for one, before in zip(now, former, strict=True)
    )
    men = _men(now), _men(former)
    few_men = men[0] is not None and men[1] is not None and is_small_difference(men[0], men[1], threshold)
    return total, now[1] is not None and (total or women or few_men)


def _men(counts: tuple[float | None, float | None]) -> float | None:
    total, women = counts
    return None if total is None or women is None else total - women


def _with_derived(consolidation: Consolidation, shown: Mapping[Key, float], masked: set[Key]) -> frozenset[Key]:
    """`masked` with what a reader could turn back into one of them: shares, changes, means, rates that a rule ties."""
    sources = {key: inputs(consolidation, key) for key in _keys(consolidation, shown)}
    for key, others in _tied_rates(consolidation, shown).items():
        sources[key] = (*sources[key], *others)
    closed, growing = set(masked), True
    while growing:
        fresh = {key for key, needed in sources.items() if key not in closed and not closed.isdisjoint(needed)}
        closed |= fresh
        growing = bool(fresh)
    return frozenset(key for key in sources if key in closed)


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
