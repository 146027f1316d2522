"""The figures that a publication shows, and which of them are made from others.

A figure is a number for one campaign, line and quantity, or one of the two points of a line (its baseline and its
target), whose campaign is POINT. `cvsheet.figures.disclosure.confidentiality` decides which are hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from cvsheet.figures.changes import nearest_before
from cvsheet.figures.consolidation import Consolidation, Key
from cvsheet.figures.points import held, paired
from cvsheet.model.framework import Calculation, CampaignType, CoherenceRule, Framework, Line, Reference
from cvsheet.model.submission import Quantity

POINT = ""
"""The campaign of a line's baseline and target as they are shown, adopted or proposed."""
VALUE, BASELINE, TARGET = (quantity.value for quantity in Quantity)
AT_MOST, SAME, BETWEEN, THREE_YEARS = "<=", "=", "entre max et somme", "= N-3"  # operators of the sheet Règles

YEARS_BACK = 3


def retained(consolidation: Consolidation, campaign: str, line: str, quantity: str = VALUE) -> float | None:
    """The number to publish for `line`, masked or not: the one place where publication and export take it from."""
    if campaign == POINT:
        return (consolidation.baseline if quantity == BASELINE else consolidation.target)(line)[0]
    return consolidation.retained(campaign, line, Quantity(quantity))


def point_key(consolidation: Consolidation, code: str, quantity: Quantity, at: date | None) -> Key:
    """Where a reader finds the baseline or target of `code` as it was known at `at`: among the points as they are now,
    else in the `référence` campaign that it comes from."""
    known = consolidation.point(code, quantity, at)
    current = at is None or known == consolidation.point(code, quantity)
    return (POINT if current else known.campaign, code, quantity.value)


def point_sources(consolidation: Consolidation, line: Line, quantity: Quantity, at: date | None) -> tuple[Key, ...]:
    """The figures that the baseline or target of `line` repeats or is made of, its own first; none where nothing was
    known at `at`, whatever is known now."""
    known, now = (consolidation.point(line.code, quantity, moment) for moment in (at, None))
    if known.value is None and known != now:
        parts = _parts(consolidation.framework, line) if line.measure.computed else ()
        made = all(consolidation.point(part, quantity, at).value is not None for part in parts)
        return tuple(point_key(consolidation, part, quantity, at) for part in parts) if made else ()
    own = point_key(consolidation, line.code, quantity, at)
    if own[0] == POINT or not line.measure.computed:
        return (own,)
    return (own, *(point_key(consolidation, part, quantity, at) for part in _parts(consolidation.framework, line)))


def has_value(consolidation: Consolidation, campaign: str, line: Line, quantity: str = VALUE) -> bool:
    """Whether `line` can have a number: texts and answers kept side by side have none, unless one was decided."""
    return line.measure.has_value or retained(consolidation, campaign, line.code, quantity) is not None


def contexts(framework: Framework) -> tuple[tuple[str, str], ...]:
    """Every campaign with each quantity that it asks, in the order of time; the points last."""
    asked = [
        (campaign.code, quantity)
        for campaign in sorted(framework.campaigns, key=lambda campaign: (campaign.end, campaign.code))
        for quantity in ((VALUE,) if campaign.type is CampaignType.YEARLY else (BASELINE, TARGET))
    ]
    return (*asked, (POINT, BASELINE), (POINT, TARGET))


def figures(consolidation: Consolidation) -> Mapping[Key, float]:
    """Every number that a publication would show."""
    return {
        (campaign, code, quantity): value
        for campaign, quantity in contexts(consolidation.framework)
        for code in consolidation.framework.line
        if (value := retained(consolidation, campaign, code, quantity)) is not None
    }


def inputs(consolidation: Consolidation, key: Key) -> tuple[Key, ...]:
    """The figures from which a reader could check `key`: with one of them hidden, `key` would give it back.

    Parts of shares and of changes, the weight of a weighted mean, the value of the same year as a share's baseline.
    """
    campaign, code, quantity = key
    framework = consolidation.framework
    line = framework.line[code]
    if line.measure.method.weighed:
        return ((campaign, paired(framework, line.measure.weight, line), quantity),)
    if not line.measure.computed:
        return ()
    if quantity != VALUE:
        at = framework.campaign[campaign].end if campaign else None
        parts = tuple(point_key(consolidation, part, Quantity(quantity), at) for part in _parts(framework, line))
        return (*parts, *_same_year(framework, key))
    parts = tuple((campaign, part, VALUE) for part in _parts(framework, line))
    return (*parts, *_former(consolidation, campaign, line))


def same_figures(consolidation: Consolidation) -> Iterator[tuple[Key, Key]]:
    """Pairs of figures that a reader knows to be the same number, if they are: a point and the campaign it comes from,
    both sides of a rule ``=``, a value asked again three years later."""
    framework = consolidation.framework
    for code in framework.line:
        for quantity in (BASELINE, TARGET):
            for base in _origins(consolidation, code, quantity):
                yield (POINT, code, quantity), (base, code, quantity)
        yield from (((POINT, code, BASELINE), other) for other in _same_year(framework, (POINT, code, BASELINE)))
    for left, right in bound_lines(framework, SAME):
        for campaign, quantity in contexts(framework):
            yield (campaign, left.code, quantity), (campaign, right.code, quantity)
    for left, right in bound_lines(framework, THREE_YEARS):
        for campaign, former in three_years_apart(framework):
            yield (campaign, left.code, VALUE), (former, right.code, VALUE)


def three_years_apart(framework: Framework) -> Iterator[tuple[str, str]]:
    """Every yearly campaign with the one of three years before; of several in that year, the one that ends nearest."""
    yearly = [campaign for campaign in framework.campaigns if campaign.type is CampaignType.YEARLY]
    for campaign in yearly:
        of_year = [other for other in yearly if other.year == campaign.year - YEARS_BACK]
        former = nearest_before(campaign, of_year, YEARS_BACK)
        if former is not None:
            yield campaign.code, former.code


def _origins(consolidation: Consolidation, code: str, quantity: str) -> Iterator[str]:
    """The `référence` campaigns whose answer a point may repeat: the one that it is from; of an adopted one, those of
    its year."""
    known = consolidation.point(code, Quantity(quantity))
    if known.campaign:
        yield known.campaign
        return
    year = consolidation.framework.reference.get(code, Reference()).baseline_year
    yield from (base.code for base in held(consolidation.framework) if year is None or base.year == year)


def bound_lines(framework: Framework, operator: str) -> Iterator[tuple[Line, Line]]:
    """The pairs of lines that rows of the sheet Règles with this operator bind: two totals with the categories that
    they share."""
    for rule in framework.rules:
        if rule.operator != operator:
            continue
        left, right = framework.line.get(rule.left), framework.line.get(rule.right)
        if left is None or right is None:
            continue
        yield left, right
        if operator != BETWEEN and left.category is None and right.category is None:
            yield from _shared(framework, rule)


def _shared(framework: Framework, rule: CoherenceRule) -> Iterator[tuple[Line, Line]]:
    prefix = f"{rule.left}/"
    for code, line in framework.line.items():
        other = framework.line.get(f"{rule.right}/{code.removeprefix(prefix)}")
        if code.startswith(prefix) and other is not None:
            yield line, other


def _parts(framework: Framework, line: Line) -> tuple[str, ...]:
    """The lines that a computed `line` divides."""
    measure = line.measure
    codes = (
        (measure.numerator, measure.denominator) if measure.calculation is Calculation.SHARE else (measure.numerator,)
    )
    return tuple(paired(framework, code, line) for code in codes)


def _former(consolidation: Consolidation, campaign: str, line: Line) -> tuple[Key, ...]:
    """Where a yearly change takes the year before from."""
    if line.measure.calculation is not Calculation.CHANGE:
        return ()
    part = paired(consolidation.framework, line.measure.numerator, line)
    judged = consolidation.framework.campaign[campaign]
    former = consolidation.former(part, judged)
    if former is not None and former.campaign is not None:
        return ((former.campaign.code, part, VALUE),)
    return (point_key(consolidation, part, Quantity.BASELINE, judged.end),)


def _same_year(framework: Framework, key: Key) -> tuple[Key, ...]:
    """The yearly figure that an adopted baseline repeats: that of its own year."""
    _, code, quantity = key
    year = framework.reference.get(code, Reference()).baseline_year
    if quantity != BASELINE:
        return ()
    return tuple(
        (campaign.code, code, VALUE)
        for campaign in framework.campaigns
        if campaign.type is CampaignType.YEARLY and campaign.year == year
    )
