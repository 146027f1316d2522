"""The table *totaux*: every consolidated value beside its bounds, its parts, and the campaign before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isclose, log
from statistics import median
from typing import Any

from cvsheet.figures.consolidation import Consolidated
from cvsheet.figures.contributions import Contribution
from cvsheet.judging.campaign.subject import AuditTable, Subject, percent, table_of
from cvsheet.judging.engine.evidence import half_unit
from cvsheet.judging.partners.between_partners import share_of_unequal_parts, totals_break_rule
from cvsheet.judging.returns.compared import changed_strongly
from cvsheet.judging.returns.relations import AT_MOST, SAME, THREE_YEARS, line_above_another
from cvsheet.judging.returns.sums import TINY
from cvsheet.model.framework import Category, Framework, Line, Measure
from cvsheet.model.submission import AnswerKind, judged_quantity
from cvsheet.text.french import french_interval, french_list, french_percent

TOTALS = "totaux"
NO_FIGURE = (AnswerKind.NOT_AVAILABLE, AnswerKind.SECRET)
ENOUGH_TO_COMPARE = 8  # fewer totals have no common movement
LEAST_SPREAD = 0.05  # of growth rates: where all move alike, five per cent more is no exception
EXPLAINING = (line_above_another.code, totals_break_rule.code, share_of_unequal_parts.code)
Deviation = tuple[float, float]  # distance to the common movement in median deviations, that movement


def totals_table(subject: Subject) -> AuditTable:
    """A row per line of the contract, typed or computed."""
    deviations = _deviations(subject)
    lines = subject.framework.line.values()
    return table_of(TOTALS, [_total_row(subject, line, deviations.get(line.code)) for line in lines])


def _total_row(subject: Subject, line: Line, deviation: Deviation | None) -> Mapping[str, Any]:
    value = _now(subject, line).value
    return {
        "campagne": subject.campaign.code,
        "ligne": line.code,
        "valeur": value,
        **_bounds(subject, line, value),
        **_parts(subject, line),
        **_movement(subject, line, deviation),
        **_partial(subject, line),
    }


def _now(subject: Subject, line: Line) -> Consolidated:
    return subject.consolidation.result(subject.campaign.code, line.code, judged_quantity(subject.campaign))


def _before(subject: Subject, line: Line) -> Consolidated:
    former = subject.former
    if former is None:
        return Consolidated()
    return subject.consolidation.result(former.code, line.code, judged_quantity(former))


# Bounds of what is computed


def _bounds(subject: Subject, line: Line, value: float | None) -> Mapping[str, Any]:
    measure = line.measure
    low, high = measure.minimum, measure.maximum  # as the contract says: a share may exceed 100 unless it says not
    judged = measure.computed and not _explained(subject, measure)
    return {
        "valeur_calculee": value if judged else None,
        "minimum": low,
        "maximum": high,
        "bornes": french_interval(low, high),
    }


def _explained(subject: Subject, measure: Measure) -> bool:
    """Whether another finding already says why the computed measure is odd."""
    terms = {measure.code, measure.numerator, measure.denominator}
    return any(
        one.campaign == subject.campaign.code and one.code in EXPLAINING and one.line.partition("/")[0] in terms
        for one in subject.assessment.findings
    )


# A total beside its categories


def _parts(subject: Subject, line: Line) -> Mapping[str, Any]:
    """The greatest sum of categories, and the most that the total may be; nothing where an answer is in doubt or a
    part may be negative."""
    measure = line.measure
    total = _now(subject, line)
    nothing = {"plafond": None, "modalites": None, "ventilation": "", "sans_total": ""}
    if line.category or measure.computed or not (measure.adds_up and measure.never_negative):
        return nothing
    sums = [_sum_of(subject, measure, name, subject.framework.breakdown.get(name, ())) for name in measure.breakdowns]
    largest = max(sums, key=lambda one: one[0], default=(0.0, "", ()))
    silent = _without_total(total, largest[2])
    if total.value is None or not silent:
        return nothing
    counted = [one.number for one in (*total.contributions, *largest[2]) if one.counts and one.number is not None]
    slack = sum(half_unit(number, line) for number in counted) + TINY * max(1.0, abs(total.value))
    return {
        "plafond": total.value + slack,
        "modalites": largest[0],
        "ventilation": subject.framework.breakdown_title(largest[1]),
        "sans_total": french_list(silent),
        **_place(subject, total, silent[0]),
    }


def _sum_of(
    subject: Subject, measure: Measure, name: str, categories: Sequence[Category]
) -> tuple[float, str, tuple[Contribution, ...]]:
    """What the categories of one breakdown come to, its name, and the answers in it."""
    results = [_now(subject, Line(measure, category)) for category in categories]
    values = [one.value for one in results if one.value is not None]
    exclusive = all(category.exclusive for category in categories)
    return (
        (sum(values) if exclusive else max(values, default=0.0)),
        name,
        tuple(given for one in results for given in one.contributions),
    )


def _without_total(total: Consolidated, parts: Sequence[Contribution]) -> list[str]:
    """The partners that give categories and answer the total by nd, ns or so; none where an answer is in doubt."""
    answered = {one.partner: one for one in total.contributions}
    detailed = dict.fromkeys(one.partner for one in parts if one.counts)
    doubtful = any(not one.kept for one in (*total.contributions, *parts))
    if doubtful or any(partner not in answered for partner in detailed):
        return []
    return [partner for partner in detailed if answered[partner].number is None]


# A total beside the campaign before


def _movement(subject: Subject, line: Line, deviation: Deviation | None) -> Mapping[str, Any]:
    now, before = _now(subject, line), _before(subject, line)
    if deviation is None or now.value is None or not before.value:
        return {"ecart": None, "precedente": None, "variation": None, "campagne_avant": _former_code(subject)}
    change = 100 * (now.value / before.value - 1)
    return {
        "ecart": deviation[0],
        "precedente": before.value,
        "variation": abs(change),
        "changement": _signed(change),
        "mouvement": _signed(deviation[1]),
        "campagne_avant": _former_code(subject),
        "sources": french_list(_counting(now)),
    }


def _deviations(subject: Subject) -> Mapping[str, Deviation]:
    """For each comparable total, how far its growth lies from the median one, in median deviations."""
    led = _led_by_the_past(subject.framework)
    lines = [line for line in subject.framework.input_lines if line.code not in led]
    growths = {line.code: growth for line in lines if (growth := _growth(subject, line))}
    if len(growths) < ENOUGH_TO_COMPARE:
        return {}
    logs = {code: log(growth) for code, growth in growths.items()}
    middle = median(logs.values())
    spread = max(median(abs(one - middle) for one in logs.values()), LEAST_SPREAD)
    common = 100 * (median(growths.values()) - 1)
    return {
        code: (abs(one - middle) / spread, common)
        for code, one in logs.items()
        if not _is_explained(subject, subject.framework.line[code])
    }


def _led_by_the_past(framework: Framework) -> set[str]:
    """The lines that repeat a figure of three years before, and those that a rule ties to them: their movement is not
    of this year."""
    led = {rule.left for rule in framework.rules if rule.operator == THREE_YEARS}
    return led | {rule.left for rule in framework.rules if rule.operator in (AT_MOST, SAME) and rule.right in led}


def _growth(subject: Subject, line: Line) -> float | None:
    """Now over before, of a total that the same partners give both times; None where that says nothing."""
    measure = line.measure
    if line.category or not measure.adds_up:
        return None
    now, before = _now(subject, line), _before(subject, line)
    if not (now.value and before.value and now.value > 0 and before.value > 0):
        return None
    return now.value / before.value if _counting(now) == _counting(before) else None


def _is_explained(subject: Subject, line: Line) -> bool:
    """Whether one partner alone moved enough for HIS-001, or any of them comments."""
    frame = subject.assessment.frame
    now, before = _now(subject, line), _before(subject, line)
    former = {one.partner: one.number or 0.0 for one in before.contributions if one.counts}
    return any(
        bool(frame["commentaire"].iloc[one.row])
        or changed_strongly(one.number or 0.0, former.get(one.partner, 0.0), subject.framework.contract)
        for one in now.contributions
        if one.counts
    )


def _partial(subject: Subject, line: Line) -> Mapping[str, Any]:
    """The partners that gave a figure in one of the two campaigns and nd or ns in the other, and their weight."""
    now, before = _now(subject, line), _before(subject, line)
    nothing = {"part_manquante": None, "partiels": "", "total_avant": before.value}
    summed = line.category is None and line.measure.method.adds_partners
    if not (summed and now.value and before.value) or _is_odd_term(subject, line):
        return nothing
    lost, gained = _figures_lacking(now, before), _figures_lacking(before, now)
    weights = (_weight(lost, before), _weight(gained, now))
    silent = [one for one in now.contributions if one.partner in lost]
    there = silent or [one for one in now.contributions if one.partner in gained]
    return {
        "part_manquante": max(weight or 0.0 for weight in weights),
        "partiels": french_list([*lost, *gained]),
        "total_avant": before.value,
        **(_place(subject, now, there[0].partner) if there else {}),
    }


def _weight(figures: Mapping[str, float], result: Consolidated) -> float | None:
    """How much `figures` weigh among all of a result, in percent; by their size, since a balance may be negative."""
    everything = [one.number for one in result.contributions if one.counts and one.number is not None]
    return percent(sum(map(abs, figures.values())), sum(map(abs, everything)))


def _is_odd_term(subject: Subject, line: Line) -> bool:
    """Whether ENS-006 already says that a partner is missing from this term of a share."""
    return any(
        one.campaign == subject.campaign.code and line.code in one.facts.values()
        for one in subject.assessment.findings
        if one.code == share_of_unequal_parts.code
    )


def _figures_lacking(here: Consolidated, there: Consolidated) -> dict[str, float]:
    """By partner that answers nd or ns `here`, the figure that it gives `there`."""
    silent = {one.partner for one in here.contributions if one.kept and one.kind in NO_FIGURE}
    return {one.partner: one.number or 0.0 for one in there.contributions if one.counts and one.partner in silent}


def _counting(result: Consolidated) -> list[str]:
    """The partners whose figure goes into the result."""
    return [one.partner for one in result.contributions if one.counts]


def _place(subject: Subject, result: Consolidated, partner: str) -> Mapping[str, Any]:
    """The cell in which `partner` answers."""
    row = next(one.row for one in result.contributions if one.partner == partner)
    seen = subject.assessment.frame.iloc[row]
    return {"partenaire": partner, **{name: seen[name] for name in ("fichier", "feuille", "cellule")}}


def _former_code(subject: Subject) -> str:
    return subject.former.code if subject.former else ""


def _signed(percentage: float) -> str:
    """``+ 40 %``."""
    if isclose(percentage, 0, abs_tol=0.5):
        return french_percent(0, 0)
    return f"{'+' if percentage > 0 else '−'}{french_percent(abs(percentage), 0)}"
