"""A reader who wants to know a masked count: writes down every equation that the publication allows, and solves it.

Nothing here comes from the code under test: sums, shares, changes, rules, previous values and directions are written
again from what the publication says about itself. The reader even knows which totals were masked for their size,
where they may not be masked for another reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from cvsheet.model.framework import Calculation, Framework, Line, Measure

Key = tuple[str, str, str]
Terms = dict[Key, float]
Rows = Sequence[Mapping[str, Any]]
CLOSE = 1e-6


@dataclass(frozen=True)
class Publication:
    """What is printed and where a mask stands; `progress` and `expected` are by campaign and line."""

    framework: Framework
    printed: Mapping[Key, float]
    masked: Collection[Key]
    small: Collection[Key]  # those masked for their size
    progress: Mapping[tuple[str, str], float]
    expected: Mapping[tuple[str, str], float]

    @classmethod
    def of_rows(cls, framework: Framework, values: Rows, progress: Rows, small: Collection[Key]) -> Publication:
        """As the tables *valeurs* and *progression* of the open data tell it."""
        places = {(str(row["campagne"]), str(row["ligne"]), str(row["grandeur"])): row for row in values}
        printed = {key: row["valeur"] for key, row in places.items() if row["etat"] == "publiee"}
        masked = {key for key, row in places.items() if row["etat"] == "ns"}
        for row in progress:
            for column, quantity in (("reference", "référence"), ("cible", "cible")):
                key = ("", str(row["ligne"]), quantity)
                if column in str(row["masques"]).split(";"):
                    masked.add(key)
                elif row[column] is not None:
                    printed[key] = row[column]
        told = {name: _told(progress, name) for name in ("progression", "attendu")}
        return cls(framework, printed, masked, small, told["progression"], told["attendu"])

    @property
    def unknown(self) -> list[Key]:
        """What is masked, and what stands nowhere: it has a number in the world, which sums tie to the others."""
        places = {(campaign, quantity) for campaign, _, quantity in (*self.printed, *self.masked)}
        lines = [code for code, line in self.framework.line.items() if not line.measure.computed]
        missing = {(campaign, line, quantity) for campaign, quantity in places for line in lines}
        return sorted({*self.masked, *missing} - set(self.printed))

    def is_known_small(self, key: Key) -> bool:
        """Whether a mask can only stand for a small count: a total that no rule ties to another measure."""
        tied = {code.partition("/")[0] for rule in self.framework.rules for code in (rule.left, rule.right)}
        return key in self.small and "/" not in key[1] and key[1] not in tied

    def stands(self, key: Key) -> bool:
        return (
            key in self.printed
            or key in self.masked
            or (key[1] in self.framework.line and not self.framework.line[key[1]].measure.computed)
        )


def _told(rows: Rows, column: str) -> dict[tuple[str, str], float]:
    return {(row["campagne"], row["ligne"]): row[column] for row in rows if row[column] is not None}


def extremes_of(publication: Publication, key: Key) -> tuple[dict[Key, int], dict[Key, int]]:
    """Two worlds, by what is unknown, that the publication allows: the masked count `key` is the smallest and the
    largest whole number that it can be."""
    unknown = publication.unknown
    at = {one: number for number, one in enumerate(unknown)}
    matrix, low, high = [], [], []
    for terms, least, most in equations(publication):
        row, constant = np.zeros(len(unknown)), 0.0
        for one, weight in terms.items():
            if one in at:
                row[at[one]] += weight
            else:
                constant += weight * publication.printed[one]
        if row.any():
            matrix.append(row)
            low.append(least - constant - CLOSE)
            high.append(most - constant + CLOSE)
    people = publication.framework.contract.secrecy_people
    small = [publication.is_known_small(one) for one in unknown]
    domain = Bounds([float(one) for one in small], [people - 1.0 if one else 10_000.0 for one in small])
    whole = [int(not publication.framework.line[one[1]].measure.computed) for one in unknown]
    found: list[dict[Key, int]] = []
    for sign in (1, -1):
        goal = np.zeros(len(unknown))
        goal[at[key]] = sign
        constraints = [LinearConstraint(np.array(matrix), low, high)] if matrix else []
        # With its presolve, HiGHS (scipy 1.17) calls 3 the largest solution of a system that 8 solves too.
        solved = milp(goal, constraints=constraints, bounds=domain, integrality=whole, options={"presolve": False})
        assert solved.success, f"the truth itself must be a solution: {solved.message}"
        found.append({one: round(value) for one, value in zip(unknown, solved.x, strict=True)})
    return found[0], found[1]


def equations(publication: Publication) -> Iterator[tuple[Terms, float, float]]:
    """Weighted sums of figures that lie between two numbers."""
    for campaign, quantity in sorted({(campaign, quantity) for campaign, _, quantity in publication.printed}):
        for one in publication.framework.measures:
            if one.computed:
                yield from _rate(publication, campaign, quantity, one)
            else:
                yield from _splits(publication, campaign, quantity, one)
        yield from _rules(publication, campaign, quantity)
    yield from _points(publication)
    yield from _ways(publication)


def _splits(
    publication: Publication, campaign: str, quantity: str, one: Measure
) -> Iterator[tuple[Terms, float, float]]:
    total = (campaign, one.code, quantity)
    for name in one.breakdowns:
        categories = [category for category in publication.framework.categories if category.breakdown == name]
        parts = [(campaign, f"{one.code}/{category.code}", quantity) for category in categories]
        if categories[0].exclusive:
            yield {**dict.fromkeys(parts, 1.0), total: -1.0}, 0.0, 0.0
        else:
            yield from (({part: 1.0, total: -1.0}, -np.inf, 0.0) for part in parts)


def _rate(publication: Publication, campaign: str, quantity: str, one: Measure) -> Iterator[tuple[Terms, float, float]]:
    """A printed rate ties its parts: 100 x numerator = rate x denominator."""
    rate = publication.printed.get((campaign, one.code, quantity))
    if rate is None:
        return
    top = (campaign, one.numerator, quantity)
    if one.calculation is Calculation.SHARE:
        bottom, share = (campaign, one.denominator, quantity), rate / 100
    else:
        year = str(publication.framework.campaign[campaign].year - 1)
        bottom = (year, one.numerator, quantity) if year != "2019" else ("", one.numerator, "référence")
        share = 1 + rate / 100
    if publication.stands(top) and publication.stands(bottom):
        yield {top: 1.0, bottom: -share}, 0.0, 0.0


def _rules(publication: Publication, campaign: str, quantity: str) -> Iterator[tuple[Terms, float, float]]:
    for rule in publication.framework.rules:
        pairs = [(rule.left, rule.right)]
        if "/" not in rule.left and "/" not in rule.right:
            lines = [line for line in publication.framework.line if line.startswith(f"{rule.left}/")]
            pairs += [(line, line.replace(rule.left, rule.right)) for line in lines]
        for left, right in pairs:
            one, other = (campaign, left, quantity), (campaign, right, quantity)
            if publication.stands(one) and publication.stands(other):
                yield {one: 1.0, other: -1.0}, (0.0 if rule.operator == "=" else -np.inf), 0.0


def _points(publication: Publication) -> Iterator[tuple[Terms, float, float]]:
    """A baseline is what the baseline campaign brought; a target lies above it."""
    for code, line in publication.framework.line.items():
        point, came, target = ("", code, "référence"), ("REF", code, "référence"), ("", code, "cible")
        if publication.stands(point) and publication.stands(came) and not line.measure.computed:
            yield {point: 1.0, came: -1.0}, 0.0, 0.0
        if publication.stands(point) and publication.stands(target) and _is_count(line):
            yield {point: 1.0, target: -1.0}, -np.inf, 0.0


def _ways(publication: Publication) -> Iterator[tuple[Terms, float, float]]:
    """A printed progress places the value between baseline and target; a printed expected value ties these two."""
    contract, campaigns = publication.framework.contract, publication.framework.campaign
    for (campaign, line), share in publication.progress.items():
        points = {("", line, "cible"): -share, ("", line, "référence"): share - 1}
        if all(publication.stands(key) for key in points):
            yield {(campaign, line, "valeur"): 1.0, **points}, 0.0, 0.0
    for (campaign, line), expected in publication.expected.items():
        start = campaigns["REF"].end
        elapsed = (campaigns[campaign].end - start).days / (contract.end - start).days
        points = {("", line, "cible"): elapsed, ("", line, "référence"): 1 - elapsed}
        if all(publication.stands(key) for key in points):
            yield points, expected, expected


def _is_count(line: Line) -> bool:
    return line.measure.type == "nombre"
