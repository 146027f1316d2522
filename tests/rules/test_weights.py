"""A value of a weighted mean without its weight: its partner is told, once, and the contract that never asks for it."""

from __future__ import annotations

import dataclasses

import pytest

from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import Aggregation, CoherenceRule, Framework
from tests.rules.good import arriving, judged, of
from tests.rules.small import FRAMEWORK, measure
from tests.rules.tables import returned

ALL = ["A-2021.xlsx", "A-REF.xlsx", "B-2021.xlsx", "B-REF.xlsx"]
SUPPOSED = CoherenceRule("R", "M.M1", "suppose", "W.M1", "avertissement", "Une note suppose des répondants.")


def contract(*, weighers: tuple[str, ...] = ("A", "B"), required: bool = True, rules: tuple[CoherenceRule, ...] = (),
             producers: tuple[str, ...] = ("A", "B")) -> Framework:  # fmt: skip
    """Two marks that one number of respondents weighs."""
    mean = {"type": "note", "aggregation": Aggregation.WEIGHTED_MEAN, "weight": "W.M1", "producers": producers}
    marks = (measure("M.M1", **mean), measure("M.M2", **mean))
    return dataclasses.replace(
        FRAMEWORK, measures=(*marks, measure("W.M1", producers=weighers, required=required)), rules=rules
    )


def answered(framework: Framework, *rows: str) -> Assessment:
    table = "\n".join(["ligne | valeur | commentaire", *rows])
    return judged(arriving(of(returned(table)), instead_of=ALL)(), framework)


def told(assessment: Assessment) -> list[tuple[str, str, str]]:
    """The findings on what A answered."""
    return [(one.code, one.partner, one.line) for one in assessment.findings if one.code[:3] in ("VAL", "COH")]


@pytest.mark.parametrize("weight", ["", "nd", "ns", "so", "0"])
@pytest.mark.parametrize("required", [True, False])
def test_the_weight_that_is_missing_is_asked_for_once(weight: str, required: bool) -> None:
    assessment = answered(contract(required=required), "M.M1 | 7.2 |", "M.M2 | 6 |", f"W.M1 | {weight} | oui")
    assert told(assessment) == [("COH-014", "A", "W.M1")]
    (finding,) = (one for one in assessment.findings if one.code == "COH-014")
    assert finding.facts["line"] == "M.M1 et M.M2"


@pytest.mark.parametrize("rows", [("M.M1 | 7.2 |", "W.M1 | 1 |"), ("W.M1 | 0 |",)])
def test_a_weight_above_zero_or_no_value_is_well(rows: tuple[str, ...]) -> None:
    assert told(answered(contract(), *rows)) == []


def test_one_partner_alone_needs_no_weight() -> None:
    assert told(answered(contract(producers=("A",)), "M.M1 | 7.2 |", "W.M1 | 0 |")) == []


def test_a_weight_that_is_asked_of_another_partner_only_is_told_at_the_value() -> None:
    assert told(answered(contract(weighers=("B",)), "M.M1 | 7.2 |")) == [("COH-015", "A", "M.M1")]


def test_a_weight_whose_row_is_gone_is_another_matter() -> None:
    assert told(answered(contract(), "M.M1 | 7.2 |")) == []


def test_what_is_not_asked_is_not_asked_for_even_where_its_row_is_there() -> None:
    framework = contract(weighers=("B",))
    assert ("COH-014", "A", "W.M1") not in told(answered(framework, "M.M1 | 7.2 |", "W.M1 | |"))


def test_a_weight_to_be_corrected_first_is_told_by_its_own_finding() -> None:
    assessment = answered(contract(), "M.M1 | 7.2 |", "W.M1 | approximate!env. 20 |")
    assert [code for code, _, _ in told(assessment)] == ["VAL-007"]
    assert "COH-014" in {one.code for one in assessment.skipped}


def test_a_rule_of_the_contract_that_tells_it_is_enough() -> None:
    framework = contract(rules=(SUPPOSED,), required=False)
    assert told(answered(framework, "M.M1 | 7.2 |", "W.M1 | 0 |")) == [("COH-012", "A", "M.M1")]
    assert told(answered(framework, "M.M1 | 7.2 |", "W.M1 | 0 | Enquête annulée")) == [("COH-014", "A", "W.M1")]
    assert told(answered(framework, "M.M1 | 7.2 |", "W.M1 | nd | non mesuré")) == [("COH-014", "A", "W.M1")]
