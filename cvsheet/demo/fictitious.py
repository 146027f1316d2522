"""Fictitious answers for a framework: the demonstration's returns, and good campaigns for the tests.

No figure here means anything. They are made so that a good campaign is really good: within bounds, categories adding
up, every rule of the Règles sheet kept, progress from year to year. The same framework and seed give the same figures.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import count

from cvsheet.books.partner.rows import partner_sheets
from cvsheet.model.framework import (
    Campaign,
    CampaignType,
    Direction,
    Framework,
    Line,
    Measure,
)

TypedCells = Mapping[tuple[str, str], str | float | date | None]
"""What is typed in one partner workbook, by row code and column name."""

_YEARLY_CHANGE = {Direction.RISE: 0.09, Direction.FALL: -0.06, Direction.WATCH: 0.02}
_TARGET_CHANGE = {Direction.RISE: 0.3, Direction.FALL: -0.2, Direction.WATCH: 0.0}
THREE_YEARS_BEFORE = "= N-3"
_ROOM = 0.7  # share of a limit that is used: what is limited may rise while the limit falls
_YEARS = 6  # for which a figure may fall by one a year
_ROUNDS = 4  # passes over the rules until every one holds: chains of rules in one contract are short


Totals = Mapping[str, Mapping[str, float]]
"""Partner -> measure code -> total."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The totals of one partner in one campaign by measure code, whole where the measure counts things."""

    framework: Framework
    totals: Mapping[str, float] = field(default_factory=dict)

    def value(self, line: Line) -> float | None:
        """The figure of `line`: its total, or the category's share of it."""
        total = self.totals.get(line.measure.code)
        if total is None or line.category is None:
            return total
        if not line.measure.adds_up:
            return total  # a mark or a rate is the same everywhere: simplest figure that contradicts nothing
        return _category_value(self.framework, line, total)


def typed_answers(framework: Framework, campaign: str, partner: str, seed: int = 0) -> TypedCells:
    """What `partner` types in its workbook for `campaign` when everything goes well."""
    chosen = framework.campaign[campaign]
    yearly = chosen.type is CampaignType.YEARLY
    totals = _totals(framework, chosen, seed)
    figures = Figures(framework, totals[partner])
    goals = Figures(framework, {} if yearly else _goals(framework, totals)[partner])
    typed: dict[tuple[str, str], str | float | date | None] = {}
    for sheet in partner_sheets(framework, campaign, partner):
        for row in sheet.indicators:
            assert row.line is not None
            if yearly:
                typed[row.code, "valeur"] = _answer(row.line, figures)
            else:
                typed |= _reference_cells(framework, chosen, row.line, figures, goals)
        for row in sheet.actions:
            if row.action is not None:
                typed |= _action_cells(chosen, row.code, _unit(seed, partner, row.code))
    return typed


def _answer(line: Line, figures: Figures) -> str | float | None:
    if line.measure.is_text:
        return f"Texte fictif : {line.measure.title.lower().removeprefix('… ')}."
    return figures.value(line)


def _reference_cells(
    framework: Framework, campaign: Campaign, line: Line, figures: Figures, goals: Figures
) -> dict[tuple[str, str], str | float | date | None]:
    cells: dict[tuple[str, str], str | float | date | None] = {(line.code, "reference"): _answer(line, figures)}
    if line.measure.is_text:
        return cells
    cells[line.code, "annee_reference"] = campaign.year
    cells[line.code, "cible"] = goals.value(line)
    cells[line.code, "annee_cible"] = framework.contract.end.year
    cells[line.code, "source_reference"] = "Chiffres fictifs"
    return cells


def _action_cells(campaign: Campaign, code: str, luck: float) -> dict[tuple[str, str], str | float | date | None]:
    status = ("Non démarrée", "En préparation", "En cours", "En cours", "Réalisée")[int(luck * 5)]
    progress = {"Non démarrée": 0, "En préparation": 10, "Réalisée": 100}.get(status, 30 + int(luck * 60))
    cells: dict[tuple[str, str], str | float | date | None] = {(code, "statut"): status, (code, "avancement"): progress}
    if status in ("En cours", "Réalisée"):
        cells[code, "debut"] = campaign.start.replace(day=1)
        cells[code, "budget_prevu"] = 500 * (2 + int(luck * 20))
        cells[code, "budget_realise"] = 5 * (2 + int(luck * 20)) * progress
        cells[code, "beneficiaires"] = 8 + int(luck * 60)
        cells[code, "femmes"] = 4 + int(luck * 30)
    if status == "Réalisée":
        cells[code, "fin"] = campaign.end
    return cells


def _totals(framework: Framework, campaign: Campaign, seed: int) -> Totals:
    """Totals that keep every rule of the Règles sheet, within each partner's answers and over all partners."""
    age = campaign.year - min(other.year for other in framework.campaigns)
    totals = {
        partner: {
            measure.code: _total(measure, rank, age, seed)
            for measure in framework.measures
            if not (measure.computed or measure.is_text)
            for rank, producer in enumerate(measure.producers)
            if producer == partner
        }
        for partner in framework.partner
    }
    return _lawful(framework, totals, _three_years_before(framework, campaign, seed))


def _three_years_before(framework: Framework, campaign: Campaign, seed: int) -> Totals:
    """The totals of the campaign that the rules ``= N-3`` look back to; none where there was no such campaign."""
    if all(rule.operator != THREE_YEARS_BEFORE for rule in framework.rules):
        return {}
    past = [other for other in framework.campaigns if other.year == campaign.year - 3 and other.end < campaign.end]
    return _totals(framework, past[0], seed) if past else {}


def _total(measure: Measure, rank: int, age: int, seed: int) -> float:
    """The figure of the producer of that `rank`. Several producers of one sum never give the same figure, as a double
    count would; all sources of a single-source measure say the same."""
    low, high = _plausible_range(measure)
    luck = _unit(seed, measure.code)
    step = 0 if measure.method.same_for_all else rank
    least = 1.0 if measure.type == "nombre" else 0.1
    start = low + (high - low) * (0.15 + 0.1 * luck + 0.12 * (step % 5))
    if measure.direction is Direction.FALL:
        start = max(start, min(_YEARS * least, high))
    change = start * ((1 + _YEARLY_CHANGE[measure.direction] * (0.2 + 1.6 * luck)) ** age - 1)
    if abs(change) < age * least:
        change = math.copysign(age * least, change)  # small figures move too: a return like last year’s is asked about
    whole_step = step if measure.type == "nombre" else 0
    return min(max(_rounded(measure, start + change) + whole_step, low, least), high)


def _goals(framework: Framework, totals: Totals) -> Totals:
    """A target for each total, within bounds and rules; the total itself where these leave no progress."""
    wished = {
        partner: {code: _goal(framework.measure[code], total) for code, total in own.items()}
        for partner, own in totals.items()
    }
    return {
        partner: {
            code: max(goal, totals[partner][code])
            if framework.measure[code].direction is Direction.RISE
            else min(goal, totals[partner][code])
            for code, goal in own.items()
        }
        for partner, own in _lawful(framework, wished, {}).items()
    }


def _goal(measure: Measure, total: float) -> float:
    low, high = _plausible_range(measure)
    step = total * _TARGET_CHANGE[measure.direction]
    if measure.type == "nombre" and step and abs(step) < 1:
        step = math.copysign(1, step)
    return min(max(_rounded(measure, total + step), low), high)


def _plausible_range(measure: Measure) -> tuple[float, float]:
    low = next((bound for bound in (measure.plausible_minimum, measure.minimum) if bound is not None), 0.0)
    high = next((bound for bound in (measure.plausible_maximum, measure.maximum) if bound is not None), low + 100.0)
    return low, high


def _rounded(measure: Measure, value: float) -> float:
    return float(round(value)) if measure.type == "nombre" else round(value, 1)


def _lawful(framework: Framework, totals: Totals, past: Totals) -> Totals:
    """`totals` mended until every rule holds, as far as a few passes go; `past` are those of three years before."""
    for _ in range(_ROUNDS):
        everyone = _together(totals)
        totals = {
            partner: {
                **_obey_rules(framework, partner, own, everyone),
                **_carried_over(framework, own, past.get(partner, {})),
            }
            for partner, own in totals.items()
        }
    return totals


def _carried_over(framework: Framework, own: Mapping[str, float], past: Mapping[str, float]) -> dict[str, float]:
    """What a partner declared three years before and must repeat today, by measure."""
    return {
        rule.left: past[rule.right]
        for rule in framework.rules
        if rule.operator == THREE_YEARS_BEFORE and rule.left in own and rule.right in past
    }


def _together(totals: Totals) -> dict[str, float]:
    """The least that each measure amounts to over all partners, whatever its aggregation."""
    found: dict[str, float] = {}
    for own in totals.values():
        for code, total in own.items():
            found[code] = max(found.get(code, 0.0), total)
    return found


def _obey_rules(
    framework: Framework, partner: str, totals: Mapping[str, float], everyone: Mapping[str, float]
) -> dict[str, float]:
    """One partner's `totals` after one pass over the rules, each mended on its left side."""
    mended = dict(totals)
    for rule in framework.rules:
        left, right = framework.line.get(rule.left), framework.line.get(rule.right)
        if left is None or right is None or left.measure.code not in mended:
            continue
        code, own = left.measure.code, right.measure.code in mended
        limit = Figures(framework, mended if own else everyone).value(right) or 0.0
        if rule.operator == "<=":
            common = _share(left.measure, partner, everyone, right)
            room = max(math.floor(_ROOM * limit), min(1.0, limit))
            mended[code] = min(mended[code], room if own else math.inf, common)
        elif rule.operator == "=" and own:
            mended[code] = limit
        elif rule.operator == "suppose" and own and mended[code] > 0:
            mended[right.measure.code] = max(mended[right.measure.code], _enough(framework, right.measure))
        elif rule.operator == "entre max et somme" and own:
            mended[code] = mended[right.measure.code] = min(mended[code], mended[right.measure.code])
    return mended


def _share(left: Measure, partner: str, everyone: Mapping[str, float], right: Line) -> float:
    """What `partner`, one of several producers of `left`, may count for their sum to stay under `right`."""
    if len(left.producers) == 1 or right.measure.code not in everyone or right.measure.producers == left.producers:
        return math.inf
    part = math.floor(_ROOM * everyone[right.measure.code] / len(left.producers))
    return float(max(0, part - left.producers.index(partner)))


def _enough(framework: Framework, measure: Measure) -> float:
    """The least total of which every category is more than nothing."""
    splits = [framework.breakdown[name] for name in measure.breakdowns if name in framework.breakdown]
    exclusive = [len(categories) for categories in splits if all(one.exclusive for one in categories)]
    return float(max((next(n for n in count(1) if all(_shared_out(n, size))) for size in exclusive), default=1))


def _category_value(framework: Framework, line: Line, total: float) -> float:
    """A category's part of `total`. Exclusive categories add up; parts grow with the total, so that ``a <= b`` between
    two totals holds between their categories too."""
    assert line.category is not None
    categories = framework.breakdown[line.category.breakdown]
    place = categories.index(line.category)
    units = 1 if line.measure.type == "nombre" else 10  # shared out one by one, or by tenths
    if not line.category.exclusive:
        return min(total, math.ceil(total * units * (0.9 - 0.15 * (place % 4))) / units)
    return _shared_out(round(total * units), len(categories))[place] / units


@lru_cache(maxsize=4096)
def _shared_out(total: int, categories: int) -> tuple[int, ...]:
    """`total` in shares that fall from category to category, by the highest averages (D'Hondt): a greater total leaves
    no category with less, which rounding each share would not keep."""
    weights = range(categories + 1, 1, -1)
    shares = [total * weight // sum(weights) for weight in weights]
    for _ in range(total - sum(shares)):
        averages = [weight / (share + 1) for weight, share in zip(weights, shares, strict=True)]
        shares[averages.index(max(averages))] += 1
    return tuple(shares)


def _unit(seed: int, *names: str) -> float:
    """A number in [0, 1) that depends on `seed` and `names` alone, the same on every machine."""
    digest = hashlib.sha256("|".join((str(seed), *names)).encode()).digest()
    return int.from_bytes(digest[:6]) / 2**48
