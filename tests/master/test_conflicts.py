"""*Conflits*: every answer that waits for a decision, with where it stands."""

from __future__ import annotations

import pandas as pd

from cvsheet.figures.conflicts import Conflict, conflicts_of
from cvsheet.figures.consolidation import aggregate
from cvsheet.judging.engine.ruling import disputed_in
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.framework import Framework
from tests.consolidation.frameworks import answers, framework, measure


def conflicts(contract: Framework, table: pd.DataFrame, *findings: Finding) -> tuple[Conflict, ...]:
    return conflicts_of(aggregate(contract, table), disputed_in(findings))


def said(code: str, value: float, campaign: str = "2021", partner: str = "B") -> Finding:
    facts = {"value": value}
    return Finding(code, Severity.WARNING, line="M.M1", campaign=campaign, partner=partner, facts=facts)


def at_stake(conflict: Conflict) -> tuple[str, str, list[str]]:
    return conflict.nature, conflict.quantity.value, [one.partner for one in conflict.answers]


def test_sources_in_disagreement_stand_once_with_all_their_answers() -> None:
    contract = framework(measure("M.M1", "source unique"))
    table = answers("2021 A M.M1 12", "2021 B M.M1 14", "2021 C M.M1 15")
    (one,) = conflicts(contract, table, said("ENS-001", 14), said("ENS-001", 15, partner="C"))
    assert at_stake(one) == ("Sources en désaccord", "valeur", ["A", "B", "C"])


def test_a_disagreement_on_targets_is_told_from_one_on_baselines() -> None:
    contract = framework(measure("M.M1", "source unique"))
    table = answers(*(f"REF {who} M.M1 {n} - {q}" for who, n, q in [
        ("A", 1, "référence"), ("B", 1, "référence"), ("A", 7, "cible"), ("B", 9, "cible"),
    ]))  # fmt: skip
    (one,) = conflicts(contract, table, said("ENS-001", 9, "REF"))
    assert at_stake(one) == ("Sources en désaccord", "cible", ["A", "B"])


def test_of_a_double_count_only_the_equal_answers_are_at_stake() -> None:
    table = answers("2021 A M.M1 84", "2021 B M.M1 84", "2021 C M.M1 3")
    (one,) = conflicts(framework(measure("M.M1")), table, said("ENS-002", 84))
    assert at_stake(one) == ("Double compte possible", "valeur", ["A", "B"])


def test_an_answer_without_a_weight_is_to_be_settled_too() -> None:
    contract = framework(measure("M.M1", "moyenne pondérée", weight="W.M1"), measure("W.M1"))
    table = answers("2021 A M.M1 6", "2021 A W.M1 10", "2021 B M.M1 9")
    (one,) = conflicts(contract, table)
    assert at_stake(one) == ("Poids manquant", "valeur", ["B"])


def test_every_line_that_lacks_a_weight_is_told() -> None:
    contract = framework(
        measure("L.M1", "moyenne pondérée", weight="W.M1"),
        measure("M.M1", "moyenne pondérée", weight="W.M1"),
        measure("W.M1"),
    )
    rows = ("2021 A L.M1 6", "2021 A W.M1 10", "2021 A M.M1 6", "2021 B M.M1 9")
    assert [one.line.code for one in conflicts(contract, answers(*rows))] == ["M.M1"]


def test_a_finding_on_a_line_that_is_gone_hides_none_that_follows() -> None:
    table = answers("2021 A M.M1 84", "2021 B M.M1 84")
    gone = Finding("ENS-002", Severity.WARNING, line="X.M1", campaign="2021", partner="B", facts={"value": 84})
    assert len(conflicts(framework(measure("M.M1")), table, gone, said("ENS-002", 84))) == 1


def test_partners_who_agree_leave_nothing_to_settle() -> None:
    assert conflicts(framework(measure("M.M1")), answers("2021 A M.M1 6", "2021 B M.M1 7")) == ()
