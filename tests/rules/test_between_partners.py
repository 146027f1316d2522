"""What is judged between partners: which of their figures make a total, and whose silence counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Received
from cvsheet.model.framework import Aggregation, Calculation, CoherenceRule, Framework, Measure
from tests.rules.small import FRAMEWORK, measure
from tests.rules.tables import returned

Told = dict[str, str]  # partner, its answers: "T.M1 12, U.M1 nd"
BOTH = ("A", "B")


def contract(*measures: Measure, rule: str = "") -> Framework:
    left, operator, right = rule.split() if rule else ("", "", "")
    rules = (CoherenceRule("R1", left, operator, right, "avertissement", "À vérifier."),) if rule else ()
    return replace(FRAMEWORK, measures=measures, actions=(), rules=rules)


def codes(known: Framework, told: Told) -> set[str]:
    files = [
        returned(
            "\n".join(["ligne | valeur | commentaire", *(f"{row.replace(' ', ' | ')} |" for row in rows.split(", "))]),
            partner=partner,
            framework=known,
        )
        for partner, rows in told.items()
    ]
    assessment = assess(known, [Received(one.file, one) for one in files])
    assert assessment.incidents == ()
    return {one.code for one in assessment.findings}


@pytest.mark.parametrize(
    ("aggregation", "part", "answers", "said"),
    [
        (Aggregation.SINGLE_SOURCE, 13, ("12", "7"), True),  # the first source counts
        (Aggregation.SINGLE_SOURCE, 12, ("12", "7"), False),
        (Aggregation.SUM, 20, ("12", "7"), True),
        (Aggregation.SUM, 19, ("12", "7"), False),
        (Aggregation.SUM, 20, ("12", "nd"), False),  # the total is not known
        (Aggregation.MAXIMUM, 20, ("12", "7"), False),  # neither added nor the same for all
    ],
)
def test_totals_are_what_the_method_makes_of_the_answers(
    aggregation: Aggregation, part: int, answers: tuple[str, str], said: bool
) -> None:
    total = measure("T.M1", producers=BOTH, aggregation=aggregation)
    known = contract(measure("P.M1", producers=("B",)), total, rule="P.M1 <= T.M1")
    told = {"A": f"T.M1 {answers[0]}", "B": f"P.M1 {part}, T.M1 {answers[1]}"}
    assert ("ENS-005" in codes(known, told)) == said


SHARE = measure(
    "S.M1",
    type="pourcentage",
    aggregation=Aggregation.RECOMPUTED,
    computed=True,
    calculation=Calculation.SHARE,
    numerator="N.M1",
    denominator="D.M1",
    producers=(),
)


@pytest.mark.parametrize(
    ("above", "below", "answers", "said"),
    [
        (BOTH, BOTH, {"A": "N.M1 5, D.M1 10", "B": "N.M1 nd, D.M1 10"}, True),
        (BOTH, BOTH, {"A": "N.M1 5, D.M1 10", "B": "N.M1 5, D.M1 10"}, False),
        (("A",), BOTH, {"A": "N.M1 5, D.M1 10", "B": "D.M1 10"}, False),  # B is asked for one term only
        (BOTH, ("A",), {"A": "N.M1 5, D.M1 10", "B": "N.M1 5"}, False),
    ],
)
def test_a_partner_asked_for_both_terms_of_a_share_gives_both(
    above: tuple[str, ...], below: tuple[str, ...], answers: Told, said: bool
) -> None:
    known = contract(measure("N.M1", producers=above), measure("D.M1", producers=below), SHARE)
    assert ("ENS-006" in codes(known, answers)) == said


@pytest.mark.parametrize("terms", [("N.M1", "X.M1"), ("X.M1", "D.M1"), ("X.M1", "X.M2"), ("", "")])
def test_of_a_share_whose_term_is_nowhere_nothing_is_said(terms: tuple[str, str]) -> None:
    """That the line is unknown is said of the contract."""
    share = replace(SHARE, numerator=terms[0], denominator=terms[1])
    known = contract(measure("N.M1", producers=BOTH), measure("D.M1", producers=BOTH), share)
    assert "ENS-006" not in codes(known, {"A": "N.M1 5, D.M1 10", "B": "N.M1 nd, D.M1 nd"})


@pytest.mark.parametrize(
    ("above", "below", "said"),
    [
        (Aggregation.SUM, Aggregation.SUM, True),
        (Aggregation.SUM, Aggregation.SINGLE_SOURCE, False),  # one partner speaks for all
        (Aggregation.SINGLE_SOURCE, Aggregation.SUM, False),
        (Aggregation.SINGLE_SOURCE, Aggregation.SINGLE_SOURCE, False),
    ],
)
def test_a_missing_term_counts_where_both_are_sums_of_partners(
    above: Aggregation, below: Aggregation, said: bool
) -> None:
    top, bottom = measure("N.M1", producers=BOTH, aggregation=above), measure("D.M1", producers=BOTH, aggregation=below)
    told = codes(contract(top, bottom, SHARE), {"A": "N.M1 5, D.M1 10", "B": "N.M1 nd, D.M1 10"})
    assert ("ENS-006" in told) is said


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"A": "P.M1 13, T.M1 12"}, False),  # one partner: its own finding says it
        ({"A": "T.M1 12", "B": "P.M1 13"}, True),
        ({"A": "T.M1 12"}, False),
        ({"A": "T.M1 12", "B": "P.M1 nd"}, False),
        ({"A": "T.M1 nd", "B": "P.M1 13"}, False),
    ],
)
@pytest.mark.parametrize("operator", ["<=", "="])
def test_totals_are_compared_where_several_partners_make_them(answers: Told, said: bool, operator: str) -> None:
    single = len(answers) == 1
    known = contract(
        measure("P.M1", producers=("A",) if single else ("B",)), measure("T.M1"), rule=f"P.M1 {operator} T.M1"
    )
    assert ("ENS-005" in codes(known, answers)) is said


@pytest.mark.parametrize(
    ("producers", "required", "answers", "said"),
    [
        (BOTH, True, {"A": "T.M1 nd, O.M1 1", "B": "T.M1 nd, O.M1 1"}, True),
        (BOTH, True, {"A": "T.M1 nd, O.M1 1", "B": "T.M1 3, O.M1 1"}, False),
        (BOTH, True, {"A": "T.M1 nd, O.M1 1", "B": "T.M1 ns, O.M1 1"}, False),
        (BOTH, False, {"A": "T.M1 nd, O.M1 1", "B": "T.M1 nd, O.M1 1"}, False),
        (("A",), True, {"A": "T.M1 nd, O.M1 1", "B": "O.M1 1"}, False),  # its own finding says it
    ],
)
def test_a_required_line_that_nobody_reports_is_told(
    producers: tuple[str, ...], required: bool, answers: Told, said: bool
) -> None:
    known = contract(measure("T.M1", producers=producers, required=required), measure("O.M1", producers=BOTH))
    assert ("ENS-004" in codes(known, answers)) == said
