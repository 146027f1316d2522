"""The baseline and the target of a line: which ones were known at a date, where they come from, since when they hold.

A baseline belongs to its line: what the contract adopted, else what the latest `référence` campaign that answers this
very line proposed. The straight line towards the target starts at the date of that baseline (t0 of the design's section
6), so that a campaign that revises other lines, or is only planned, moves nothing. An older campaign is judged by what
was known when it ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from cvsheet.figures.changes import SHARE
from cvsheet.figures.progress import TINY, first_baseline
from cvsheet.model.framework import Calculation, Campaign, CampaignType, Framework, Line, Reference
from cvsheet.model.submission import Quantity

if TYPE_CHECKING:
    from cvsheet.figures.consolidation import Consolidation

PROPOSED, ARBITRATED, COMPUTED = "proposée", "arbitrée", "calculée"


@dataclass(frozen=True, slots=True)
class Point:
    """A baseline or a target with its status.

    `since` is the date that it holds for; `campaign` the `référence` campaign whose answers it is, empty where it is
    adopted or made of several.
    """

    value: float | None
    status: str
    since: date
    campaign: str = ""


def point(consolidation: Consolidation, code: str, quantity: Quantity, at: date | None = None) -> Point:
    """The baseline or the target of the line `code` as it was known at `at`; as it is known now without a date."""
    own = consolidation.framework.reference.get(code, Reference())
    adopted = _adopted(consolidation, code, own, quantity, at)
    if adopted is not None and not _is_later(consolidation, code, own, at):
        return adopted
    proposed = _proposed(consolidation, code, quantity, at)
    # Of a row that was adopted later only the baseline is dated: its target stands where no older one was proposed.
    return adopted if adopted is not None and proposed.value is None and quantity is Quantity.TARGET else proposed


def held(framework: Framework, at: date | None = None) -> tuple[Campaign, ...]:
    """The `référence` campaigns that were over at `at`, the latest first."""
    found = [campaign for campaign in framework.campaigns if campaign.type is CampaignType.BASELINE]
    return tuple(
        sorted((one for one in found if at is None or one.end <= at), key=lambda one: (one.end, one.code), reverse=True)
    )


def terms_of(
    consolidation: Consolidation, line: Line, quantity: Quantity, at: date | None
) -> tuple[Point, Point] | None:
    """The numerator and the denominator of a share, as they were known at `at`; None of other lines."""
    measure = line.measure
    if measure.calculation is not Calculation.SHARE:
        return None
    top, bottom = (paired(consolidation.framework, code, line) for code in (measure.numerator, measure.denominator))
    return consolidation.point(top, quantity, at), consolidation.point(bottom, quantity, at)


def share_at(consolidation: Consolidation, line: Line, quantity: Quantity, at: date | None) -> Point | None:
    """The share of two points as they were known at `at`; None where one lacks or where they are of unlike dates.

    Targets are all of the contract's end; two baselines that were both adopted go together, whatever their years.
    """
    terms = terms_of(consolidation, line, quantity, at)
    if terms is None:
        return None
    top, bottom = terms
    adopted = not top.campaign and not bottom.campaign
    alike = quantity is Quantity.TARGET or top.since == bottom.since or adopted
    return _share(top, bottom) if alike else None


def moments(consolidation: Consolidation, at: date | None) -> Iterator[tuple[str, date | None]]:
    """When a computed point may have been known last: at `at`, then at the end of each earlier `référence` campaign."""
    for number, campaign in enumerate(held(consolidation.framework, at)):
        yield campaign.code, campaign.end if number else at


def newcomers(consolidation: Consolidation, campaign: Campaign, code: str) -> tuple[str, ...]:
    """The partners whose numbers are in a sum of `campaign` and not in the proposed baseline that it is judged by: the
    two do not count the same. None of a baseline that was agreed on or decided."""
    line = consolidation.framework.line[code]
    base = consolidation.point(code, Quantity.BASELINE, campaign.end)
    if line.measure.computed or not line.measure.method.adds_partners or not base.campaign or base.status != PROPOSED:
        return ()
    then, now = (
        [one.partner for one in consolidation.result(key, code, quantity).counted]
        for key, quantity in ((base.campaign, Quantity.BASELINE), (campaign.code, Quantity.VALUE))
    )
    before = frozenset(then)
    return tuple(dict.fromkeys(one for one in now if one not in before))


def paired(framework: Framework, code: str, line: Line) -> str:
    """The line that `code` (a measure, or a line of its own) means for `line`: the same category where it has it."""
    return framework.paired(code, line)


def _share(top: Point, bottom: Point) -> Point | None:
    value = SHARE.value(top.value, bottom.value)
    return None if value is None else Point(value, COMPUTED, max(top.since, bottom.since))


def _adopted(
    consolidation: Consolidation, code: str, own: Reference, quantity: Quantity, at: date | None
) -> Point | None:
    value, status = (
        (own.baseline, own.baseline_status) if quantity is Quantity.BASELINE else (own.target, own.target_status)
    )
    if value is None:
        return None
    return Point(value, status or PROPOSED, _adopted_since(consolidation, code, own, at))


def _adopted_since(consolidation: Consolidation, code: str, own: Reference, at: date | None) -> date:
    """The end of the `référence` campaign of an adopted baseline's year, else of that year.

    Without a year it is that of the latest campaign over at `at` that gives this very figure, else of the first.
    """
    framework = consolidation.framework
    dated = own.baseline_year is not None
    of_year = [one for one in held(framework, None if dated else at) if not dated or one.year == own.baseline_year]
    alike = (one for one in of_year if _repeats(consolidation, one, code, own.baseline))
    chosen = next(alike, of_year[-1] if of_year else None)
    if chosen is not None:
        return chosen.end
    return framework.contract.start if own.baseline_year is None else _end_of(own.baseline_year)


def _repeats(consolidation: Consolidation, campaign: Campaign, code: str, baseline: float | None) -> bool:
    given = consolidation.retained(campaign.code, code, Quantity.BASELINE)
    return baseline is not None and given is not None and abs(given - baseline) <= TINY


def _is_later(consolidation: Consolidation, code: str, own: Reference, at: date | None) -> bool:
    """Whether the adopted row holds for a year that was not over at `at`: then it was not known."""
    if at is None or own.baseline is None or own.baseline_year is None:
        return False
    return min(_adopted_since(consolidation, code, own, at), _end_of(own.baseline_year)) > at


def _proposed(consolidation: Consolidation, code: str, quantity: Quantity, at: date | None) -> Point:
    line = consolidation.framework.line.get(code)
    computed = line is not None and line.measure.computed
    found = (
        _computed(consolidation, line, quantity, at)
        if computed and line is not None
        else _answered(consolidation, code, quantity, at)
    )
    return found or Point(None, "", first_baseline(consolidation.framework, at))


def _answered(consolidation: Consolidation, code: str, quantity: Quantity, at: date | None) -> Point | None:
    """What the latest campaign that has a value for this line proposes."""
    for campaign in held(consolidation.framework, at):
        value = consolidation.retained(campaign.code, code, quantity)
        if value is not None:
            decided = (campaign.code, code, quantity.value) in consolidation.arbitrated
            since = _answered_since(consolidation, campaign, code)
            return Point(value, ARBITRATED if decided else PROPOSED, since, campaign.code)
    return None


def _answered_since(consolidation: Consolidation, campaign: Campaign, code: str) -> date:
    """The end of `campaign`, or of the earlier year that all partners of the line give with their baselines."""
    year = consolidation.agreed_year(campaign.code, code)
    return campaign.end if year is None or year >= campaign.year else min(campaign.end, _end_of(year))


def _computed(consolidation: Consolidation, line: Line, quantity: Quantity, at: date | None) -> Point | None:
    """The share at the latest date at which both terms were given; failing that, of terms of unlike dates.

    Where it was decided that a campaign brings none, only an older one may.
    """
    refused = False
    for campaign, moment in moments(consolidation, at):
        key = (campaign, line.code, quantity.value)
        decided = consolidation.arbitrated.get(key)
        if decided is not None:
            return Point(decided, ARBITRATED, consolidation.framework.campaign[campaign].end, campaign)
        refused = refused or key in consolidation.arbitrated
        found = None if key in consolidation.arbitrated else share_at(consolidation, line, quantity, moment)
        if found is not None:
            return replace(found, campaign=campaign)
    terms = None if refused else terms_of(consolidation, line, quantity, at)
    return None if terms is None else _share(*terms)


def _end_of(year: int) -> date:
    return date(min(max(year, date.min.year), date.max.year), 12, 31)
