"""Every expectation with a number: one campaign at its limit, one just beyond."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log
from statistics import median
from unittest.mock import patch

import pytest

from cvsheet.judging.campaign.expectations import expectation
from cvsheet.judging.engine.catalogue import all_rules, find_rule
from cvsheet.workflows.audit import audit
from tests.rules.test_limits import COMPARES
from tests.words import plain

from .campaigns import COHESION, FRAMEWORK, SUMS, good_values, judged, returned, returns

Values = Mapping[str, object]
Speaks = Callable[[str], bool]
PARTS = ("S01.M1", "S01.M1/N", "S01.M1/S")


@dataclass(frozen=True, eq=False)
class Limit:
    """Expectation `code` is kept in one campaign and not in the other; `words` of its page say where the limit is."""

    code: str
    words: str
    kept: Speaks
    missed: Speaks
    what: str = ""


def campaign(**typed: Values) -> Speaks:
    """Whether an expectation is missed where A and B type other values: ``A``, ``B`` in 2021, ``A_2020`` a year before.
    A value with ``!`` after it is commented."""

    def speaks(code: str) -> bool:
        changed = {}
        for name, values in typed.items():
            partner, _, year = name.partition("_")
            year = year or "2021"
            words = {line: "vérifié" for line, value in values.items() if str(value).endswith("!")}
            plain = {line: str(value).rstrip("!") for line, value in values.items()}
            all_values = {**good_values(partner, int(year)), **plain}
            changed[year, partner] = returned(year, partner, all_values, comments=words)
        with patch("cvsheet.workflows.audit.expectations", lambda: (expectation(code),)):
            result = audit(FRAMEWORK, judged(returns(changed)), "2021", docs=False)
        assert result.own.incidents == ()
        return any(one.code == code for one in result.own.findings)

    return speaks


def answered(nd: int, so: int = 0) -> Values:
    """A's thirteen answers: `so` of them without object, `nd` of the others not available."""
    lines = [*PARTS, *SUMS]
    return {line: "so" if rank < so else "nd" for rank, line in enumerate(lines[: so + nd])}


def commented(*lines: str) -> Values:
    return {line: f"{good_values('A', 2021)[line]}!" for line in lines}


def rounded(*lines: str) -> Values:
    return {line: round(float(str(good_values("A", 2021)[line])), -1) for line in lines}


def same(value: object, *lines: str) -> Values:
    return dict.fromkeys(lines, value)


def pillar(nd: int, so: int = 0) -> Values:
    return {line: "so" if rank < so else "nd" for rank, line in enumerate(COHESION[: so + nd])}


def moved() -> tuple[int, int]:
    """What B may type for N05 beside A's usual figure: the last that is within four median deviations of the common
    movement, and the next one."""

    def total(line: str, year: int) -> float:
        return sum(float(str(good_values(who, year).get(line, 0))) for who in "AB")

    lines = [*SUMS, "S01.M1", *COHESION]
    typed = int(str(good_values("B", 2021)["N05.M1"]))
    while True:
        now = {line: total(line, 2021) for line in lines}
        now["N05.M1"] = float(str(good_values("A", 2021)["N05.M1"])) + typed
        logs = {line: log(now[line] / total(line, 2020)) for line in lines}
        middle = median(logs.values())
        spread = max(median(abs(one - middle) for one in logs.values()), 0.05)
        far = abs(logs["N05.M1"] - middle) / spread > 4
        if far and now["N05.M1"] / total("N05.M1", 2020) >= 1.25:
            return typed - 1, typed
        typed += 1


WITHIN, BEYOND = moved()
TOTALS = (*SUMS, "S01.M1")
LIMITS = (
    Limit("ATT-011", "Moins de la moitié", campaign(A=answered(6, so=1)), campaign(A=answered(7, so=1))),
    Limit("ATT-011", "Moins de la moitié", campaign(A=answered(2, so=10)), campaign(A=answered(3, so=9)), "from four"),
    Limit("ATT-012", "plus de 30 points", campaign(A=answered(3, so=3)), campaign(A=answered(4, so=3))),
    Limit(
        "ATT-013",
        "Plus des trois quarts",
        campaign(A={**rounded(*SUMS), SUMS[0]: 53}),
        campaign(A=rounded(*SUMS)),
        "9 of 12 large figures, then 10",
    ),
    Limit(
        "ATT-013",
        "huit au moins",
        campaign(A={**rounded(*SUMS[:7]), **commented(*SUMS[7:], *PARTS)}),
        campaign(A={**rounded(*SUMS[:8]), **commented(*SUMS[8:], *PARTS)}),
    ),
    Limit(
        "ATT-013",
        "au moins 30",
        campaign(A={**rounded(*SUMS[:8]), SUMS[0]: 20, **commented(*SUMS[8:], *PARTS)}),
        campaign(A={**rounded(*SUMS[:8]), SUMS[0]: 30, **commented(*SUMS[8:], *PARTS)}),
    ),
    Limit(
        "ATT-014",
        "plus de la moitié",
        campaign(A={**same(97, *SUMS[:5]), **commented(SUMS[9])}),
        campaign(A={**same(97, *SUMS[:6]), **commented(SUMS[9])}),
    ),
    Limit(
        "ATT-014",
        "à partir de six totaux",
        campaign(A={**same(97, *SUMS[:5]), **commented(*SUMS[5:], *PARTS)}),
        campaign(A={**same(97, *SUMS[:6]), **commented(*SUMS[6:], *PARTS)}),
    ),
    Limit(
        "ATT-014",
        "atteignent le minimum de variation du contrat (10)",
        campaign(A={**same(9, *SUMS[:6]), **commented(*SUMS[6:], *PARTS)}),
        campaign(A={**same(10, *SUMS[:6]), **commented(*SUMS[6:], *PARTS)}),
    ),
    Limit(
        "ATT-015",
        "Plus de quatre totaux sur cinq",
        campaign(A={**same(0, *SUMS[:8]), **commented("S01.M1")}),
        campaign(A={**same(0, *SUMS[:9]), **commented("S01.M1")}),
    ),
    Limit(
        "ATT-015",
        "à partir de cinq totaux",
        campaign(A={**same(0, *SUMS[:4]), **commented(*SUMS[4:], *PARTS)}),
        campaign(A={**same(0, *SUMS[:5]), **commented(*SUMS[5:], *PARTS)}),
    ),
    Limit("ATT-020", "Moins de la moitié", campaign(B=pillar(2, so=1)), campaign(B=pillar(3, so=1))),
    Limit("ATT-020", "Moins de la moitié", campaign(B=pillar(2, so=2)), campaign(B=pillar(3, so=1)), "from four"),
    Limit(
        "ATT-030",
        "sort du minimum ou du maximum",
        campaign(A={"N01.M1": 400, "N10.M1": 400}, B={"N01.M1": 400, "N10.M1": 400}),
        campaign(A={"N01.M1": 400, "N10.M1": 400}, B={"N01.M1": 401, "N10.M1": 400}),
    ),
    Limit(
        "ATT-031",
        "dépasse le total",
        campaign(B={"S01.M1": "nd!", "S01.M1/N": 0, "S01.M1/S": 0}),
        campaign(B={"S01.M1": "nd!", "S01.M1/N": 0, "S01.M1/S": 1}),
    ),
    Limit("ATT-032", "plus de quatre écarts médians", campaign(B={"N05.M1": WITHIN}), campaign(B={"N05.M1": BEYOND})),
    Limit(
        "ATT-032",
        "au moins 30",
        campaign(A_2020={"N05.M1": 14}, B_2020={"N05.M1": 15}, A={"N05.M1": 20}, B={"N05.M1": 22}),
        campaign(A_2020={"N05.M1": 15}, B_2020={"N05.M1": 15}, A={"N05.M1": 21}, B={"N05.M1": 22}),
        "the former total",
    ),
    Limit(
        "ATT-033",
        "10 % du total ou plus",
        campaign(A_2020={"N05.M1": 181}, B_2020={"N05.M1": 20}, A={"N05.M1": 190}, B={"N05.M1": "nd!"}),
        campaign(A_2020={"N05.M1": 180}, B_2020={"N05.M1": 20}, A={"N05.M1": 190}, B={"N05.M1": "nd!"}),
    ),
)


@pytest.mark.parametrize("limit", LIMITS, ids=lambda one: f"{one.code} {one.what or one.words}")
@pytest.mark.sample(3)
def test_an_expectation_is_kept_on_one_side_of_its_limit_and_missed_on_the_other(limit: Limit) -> None:
    assert (limit.kept(limit.code), limit.missed(limit.code)) == (False, True)


@pytest.mark.parametrize("limit", LIMITS, ids=lambda one: f"{one.code} {one.what or one.words}")
def test_its_page_says_on_which_side_the_limit_itself_is(limit: Limit) -> None:
    page = " ".join(find_rule(limit.code).page.split())
    assert limit.words.casefold() in plain(page).casefold()


def test_every_expectation_whose_page_compares_is_tried_at_its_limit() -> None:
    pages = {rule.code: rule.page.partition("Pourquoi")[0] for rule in all_rules() if rule.code.startswith("ATT")}
    comparing = {code for code, constat in pages.items() if COMPARES.search(" ".join(constat.split()))}
    assert comparing - {limit.code for limit in LIMITS} == set()
