"""The answers of several partners as one value per line and campaign.

Only partners that answered count; a value that an ERREUR sets aside does not; with no answer the result is empty, never
0. Rates are recomputed from consolidated values, never added or averaged. Source: section 6 of the product's design.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from math import isfinite
from typing import TYPE_CHECKING, Any

from cvsheet.figures.changes import EVOLUTION, HALF_A_YEAR, SHARE, distance, nearest_before, years_before
from cvsheet.figures.contributions import ANSWERED, EXPECTED, OWN_WEIGHT, RETAINED, Contribution, given_by, kept_of
from cvsheet.figures.points import Point, paired, point, share_at
from cvsheet.figures.progress import TINY
from cvsheet.model.framework import Calculation, Campaign, CampaignType, Framework, Line
from cvsheet.model.long_table import records
from cvsheet.model.methods import Unused
from cvsheet.model.submission import AnswerKind, Quantity

if TYPE_CHECKING:
    import pandas as pd

CONSOLIDATED, SET_ASIDE = "Consolidée", "Écartée"
Key = tuple[str, str, str]  # campaign, line, quantity


@dataclass(frozen=True)
class Consolidated:
    """The value of one line in one campaign, and how it came about.

    `answered` of `expected` partners gave a figure (or a text): of a weighted mean, one with its weight. `kept` are the
    contributions that the value is made of; `fallback` says that the first source was silent; `conflict` that sources
    differ, or that a weight was missing among several partners.
    """

    value: float | None = None
    text: str = ""
    answered: int = 0
    expected: int = 0
    contributions: tuple[Contribution, ...] = ()
    kept: tuple[Contribution, ...] = ()
    fallback: bool = False
    conflict: bool = False

    @cached_property
    def counted(self) -> tuple[Contribution, ...]:
        """The contributions that carry a number which goes into the result, in their order."""
        return tuple(one for one in self.contributions if one.counts)

    def keeps(self, one: Contribution) -> bool:
        """Whether `one` of its contributions is in the value."""
        if len(self.kept) == len(self.counted):  # as of most sums: nothing is looked for among thousands of answers
            return one.counts
        return any(one is other for other in self.kept)


NOTHING = Consolidated()


@dataclass(frozen=True, slots=True)
class Former:
    """The value that a yearly change starts from: of a yearly campaign, or the baseline where that is None."""

    value: float | None
    campaign: Campaign | None = None


@dataclass(frozen=True)
class Consolidation:
    """All results. Computed measures are worked out from the lines that they name.

    `result` is what the answers yield, `retained` what counts once the coordination has arbitrated.
    """

    framework: Framework
    typed: Mapping[Key, Consolidated]
    arbitrated: Mapping[Key, float | None] = field(default_factory=dict)

    def retained(self, campaign: str, line: str, quantity: Quantity = Quantity.VALUE) -> float | None:
        """The value to judge and to compute with: as arbitrated (None: no value is retained), else as consolidated."""
        key = (campaign, line, quantity.value)
        computed = self.result(campaign, line, quantity).value
        return RETAINED.value(key in self.arbitrated, self.arbitrated.get(key), computed)

    def result(self, campaign: str, line: str, quantity: Quantity = Quantity.VALUE) -> Consolidated:
        """What the answers to `line` in `campaign` yield; NOTHING where nobody was asked or answered."""
        known = self.framework.line.get(line)
        if known is None or not known.measure.computed:
            return self.typed.get((campaign, line, quantity.value), NOTHING)
        return Consolidated(value=self._computed(campaign, known, quantity))

    @cached_property
    def yearly(self) -> tuple[Campaign, ...]:
        """The yearly campaigns with at least one answer, in the order of time."""
        answered = {campaign for campaign, _, quantity in self.typed if quantity == Quantity.VALUE.value}
        found = [c for c in self.framework.campaigns if c.type is CampaignType.YEARLY and c.code in answered]
        return tuple(sorted(found, key=lambda campaign: campaign.end))

    def point(self, line: str, quantity: Quantity, at: date | None = None) -> Point:
        """The baseline or the target of `line` as it was known at `at` (now, without a date), and where it is from."""
        key = (line, quantity, at)
        if key not in self._points:
            self._points[key] = point(self, line, quantity, at)
        return self._points[key]

    @cached_property
    def _points(self) -> dict[tuple[str, Quantity, date | None], Point]:
        """Those that were asked for: a follow-up asks for each a dozen times."""
        return {}

    def baseline(self, line: str, at: date | None = None) -> tuple[float | None, str]:
        """The baseline of `line` with its status: of the canonical workbook, else as proposed, else worked out."""
        found = self.point(line, Quantity.BASELINE, at)
        return found.value, found.status

    def target(self, line: str, at: date | None = None) -> tuple[float | None, str]:
        """The target of `line` with its status, found likewise."""
        found = self.point(line, Quantity.TARGET, at)
        return found.value, found.status

    def agreed_year(self, campaign: str, line: str) -> int | None:
        """The year for which the partners gave their baselines of `line`; None where they gave none, or several."""
        given = self.typed.get((campaign, line, Quantity.BASELINE.value), NOTHING).counted
        years = {one.year for one in given if one.year is not None}
        return years.pop() if len(years) == 1 else None

    def before(self, campaign: Campaign) -> Campaign | None:
        """The yearly campaign with answers that ends nearest to a year before `campaign`."""
        return nearest_before(campaign, self.yearly)

    def _computed(self, campaign: str, line: Line, quantity: Quantity) -> float | None:
        measure, at = line.measure, self.framework.campaign[campaign].end
        if quantity is not Quantity.VALUE:
            found = share_at(self, line, quantity, at)
            return None if found is None else found.value
        top = self.retained(campaign, paired(self.framework, measure.numerator, line))
        if measure.calculation is Calculation.SHARE:
            bottom = self.retained(campaign, paired(self.framework, measure.denominator, line))
            return SHARE.value(top, bottom)
        former = self.former(paired(self.framework, measure.numerator, line), self.framework.campaign[campaign])
        return EVOLUTION.value(top, former.value if former else None)

    def former(self, line: str, campaign: Campaign) -> Former | None:
        """N-1 of `line`: of the yearly campaign that ends nearest to a year before, or its baseline where that is
        nearer, and no more than half a year off."""
        before, known = self.before(campaign), self.point(line, Quantity.BASELINE, campaign.end)
        day = years_before(campaign.end)
        off = distance(known.since, day)
        if known.value is not None and off <= HALF_A_YEAR and (before is None or off < distance(before.end, day)):
            return Former(known.value)
        return None if before is None else Former(self.retained(before.code, line), before)


def aggregate(
    framework: Framework, frame: pd.DataFrame, arbitrated: Mapping[Key, float | None] | None = None
) -> Consolidation:
    """Consolidate the long table `frame` (columns of `cvsheet.model.long_table`, and `ecart`).

    `arbitrated` gives the values that replace a result; None where no value is to be retained.
    """
    return consolidated(framework, records(frame), arbitrated)


def consolidated(
    framework: Framework, rows: Iterable[Mapping[str, Any]], arbitrated: Mapping[Key, float | None] | None = None
) -> Consolidation:
    """The same of the rows of a long table."""
    found: dict[Key, list[Contribution]] = {}
    ranks = {measure.code: _ranks(measure.producers) for measure in framework.measures}
    for row, seen in enumerate(rows):
        if seen["reponse"] == AnswerKind.BLANK.value:
            continue
        line = framework.line.get(seen["ligne"])
        rank = ranks[line.measure.code] if line else {}
        found.setdefault((seen["campagne"], seen["ligne"], seen["grandeur"]), []).append(
            Contribution(
                partner=seen["partenaire"],
                kind=AnswerKind(seen["reponse"]),
                number=float(seen["nombre"]) if seen["reponse"] == AnswerKind.NUMBER.value else None,
                text=seen["texte"],
                kept=seen["ecart"] == "",
                rank=rank.get(seen["partenaire"], len(rank)),
                row=row,
                year=int(seen["annee"]) if isfinite(seen["annee"]) else None,
            )
        )
    typed = {key: _one(framework, key, found) for key in _asked(framework, found)}
    return Consolidation(framework, typed, arbitrated or {})


def _ranks(producers: Sequence[str]) -> dict[str, int]:
    """The place of each producer, its first where it is named twice."""
    return {partner: rank for rank, partner in reversed([*enumerate(producers)])}


def _asked(framework: Framework, found: Mapping[Key, Sequence[Contribution]]) -> tuple[Key, ...]:
    """Every typed line of every campaign that has answers."""
    seen = {(campaign, quantity) for campaign, _, quantity in found}
    return tuple(
        (campaign, line.code, quantity) for campaign, quantity in sorted(seen) for line in framework.input_lines
    )


def _one(framework: Framework, key: Key, found: Mapping[Key, Sequence[Contribution]]) -> Consolidated:
    campaign, code, quantity = key
    measure = framework.line[code].measure
    method = measure.method
    given = sorted(found.get(key, ()), key=lambda one: (one.rank, one.partner, one.row))
    if method.weighed:
        weigher = _weight_line(framework, code)
        weights = _weights(found.get((campaign, weigher, quantity), ()))
        given = [replace(one, weight=weights.get(one.partner)) for one in given]
    counted = [one for one in given if one.counts]
    texts = [one for one in given if one.kept and one.kind is AnswerKind.TEXT]
    kept = kept_of(measure, counted)
    return Consolidated(
        value=method.combine([given_by(one) for one in kept]) if kept else None,
        text=" · ".join(f"{one.partner} : {one.text}" for one in texts),
        answered=ANSWERED.value(given, measure),
        expected=EXPECTED.value(given, measure),
        contributions=tuple(given),
        kept=kept,
        fallback=method.same_for_all and bool(kept) and kept[0].rank > 0,
        conflict=(method.weighed and len(kept) < len(counted)) or (method.same_for_all and _differ(counted)),
    )


def _differ(counted: Sequence[Contribution]) -> bool:
    """Whether the partners give different numbers, beyond the noise of binary fractions."""
    numbers = [one.number for one in counted if one.number is not None]
    return any(abs(number - numbers[0]) > TINY for number in numbers)


def unused(framework: Framework, line: str, result: Consolidated, one: Contribution) -> Unused | None:
    """Why `one`, which no rule sets aside, is not in `result`; None where it is."""
    measure = framework.line[line].measure
    if measure.is_text and one.kind is AnswerKind.TEXT:
        return None
    if one.number is None:
        return Unused.NO_VALUE
    if measure.is_text:
        return Unused.SIDE_BY_SIDE
    return None if result.keeps(one) else measure.method.left_out


def retained(framework: Framework, line: str, result: Consolidated, one: Contribution) -> float | None:
    """The number of `one` that went into `result`; None where none did."""
    return one.number if one.counts and unused(framework, line, result, one) is None else None


def fate(framework: Framework, line: str, result: Consolidated, one: Contribution) -> str:
    """What became of an answer, in French."""
    reason = unused(framework, line, result, one) if one.kept else None
    return reason.fate if reason else CONSOLIDATED if one.kept else SET_ASIDE


def _weight_line(framework: Framework, code: str) -> str:
    """The line that weighs `code`: of the same category where the weight has it, else its total."""
    line = framework.line[code]
    return paired(framework, line.measure.weight, line)


def _weights(weighers: Sequence[Contribution]) -> dict[str, float]:
    """What each partner's own answer weighs: a number above 0. Its first answer counts."""
    first = {one.partner: OWN_WEIGHT.value(one) for one in reversed(weighers) if one.counts}
    return {partner: weight for partner, weight in first.items() if weight > 0}
