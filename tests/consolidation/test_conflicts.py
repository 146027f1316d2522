"""What the coordination must settle between partners: of which quantity, and between which answers."""

from __future__ import annotations

import pytest

from cvsheet.figures.conflicts import DISAGREEMENT, DOUBLE_COUNT, WITHOUT_WEIGHT, Dispute, conflicts_of
from cvsheet.figures.consolidation import aggregate
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.submission import Quantity
from tests.consolidation.frameworks import answers, framework, measure

CONTRACT = framework(
    measure("S.M1", "source unique"), measure("N.M1"), measure("W.M1", "moyenne pondérée", weight="N.M1")
)
ROWS = (
    "REF A S.M1 10 - référence",
    "REF A S.M1 40 - cible",
    "REF B S.M1 12 - référence",
    "REF B S.M1 45 - cible",
    "2021 A N.M1 7",
    "2021 B N.M1 7",
    "2021 C N.M1 9",
)


def finding(line: str, campaign: str, partner: str, value: float) -> Finding:
    return Finding("ENS-001", Severity.WARNING, line=line, partner=partner, campaign=campaign, facts={"value": value})


@pytest.mark.parametrize(
    ("partner", "value", "quantity"),
    [
        ("B", 12, Quantity.BASELINE),
        ("B", 45, Quantity.TARGET),
        ("A", 40, Quantity.TARGET),
        ("A", 12, Quantity.BASELINE),  # nobody's: the first that is asked
    ],
)
def test_a_conflict_is_about_the_quantity_that_its_partner_gave_so(
    partner: str, value: float, quantity: Quantity
) -> None:
    found = aggregate(CONTRACT, answers(*ROWS))
    (conflict,) = conflicts_of(found, [(DISAGREEMENT, finding("S.M1", "REF", partner, value))])
    assert conflict.quantity is quantity
    assert [one.partner for one in conflict.answers] == ["A", "B"]


@pytest.mark.parametrize(("dispute", "partners"), [(DOUBLE_COUNT, ["A", "B"]), (DISAGREEMENT, ["A", "B", "C"])])
def test_figures_that_may_be_counted_twice_are_those_that_are_the_same(dispute: Dispute, partners: list[str]) -> None:
    found = aggregate(CONTRACT, answers(*ROWS))
    (conflict,) = conflicts_of(found, [(dispute, finding("N.M1", "2021", "A", 7))])
    assert [one.partner for one in conflict.answers] == partners


def test_a_finding_on_a_line_that_is_gone_settles_nothing() -> None:
    assert conflicts_of(aggregate(CONTRACT, answers(*ROWS)), [(DISAGREEMENT, finding("X.M1", "2021", "A", 7))]) == ()


@pytest.mark.parametrize(
    ("rows", "partners"),
    [
        (("2021 A W.M1 6", "2021 B W.M1 9", "2021 A N.M1 7"), ["B"]),
        (("2021 A W.M1 6", "2021 B W.M1 9"), ["A", "B"]),
        (("2021 A W.M1 6",), []),  # one partner alone needs no weight
        (("2021 A W.M1 6", "2021 B W.M1 9", "2021 A N.M1 7", "2021 B N.M1 8"), []),
    ],
)
def test_answers_that_stay_out_of_a_mean_wait_for_their_weight(rows: tuple[str, ...], partners: list[str]) -> None:
    found = conflicts_of(aggregate(CONTRACT, answers(*rows)), ())
    assert [(one.dispute, [each.partner for each in one.answers]) for one in found] == (
        [(WITHOUT_WEIGHT, partners)] if partners else []
    )
