"""Cells are judged some returns at a time: what is said of them does not depend on how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Never

import pytest

from cvsheet.judging.cells import schema, values
from cvsheet.judging.cells.schema import judge_cells
from cvsheet.judging.engine.evidence import Evidence
from cvsheet.judging.engine.ruling import Outcome
from cvsheet.workflows.folder import load_framework
from cvsheet.workflows.receive import receive
from tests.conftest import ROOT
from tests.rules.small import FRAMEWORK as SMALL
from tests.rules.tables import returned

CAMPAIGN = ROOT / "examples" / "campagne"
FRAMEWORK = load_framework(CAMPAIGN / "contrat.xlsx")


def said(outcome: Outcome) -> tuple[Counter[str], dict[tuple[str, str, str], str], int]:
    return Counter(map(repr, outcome.findings)), dict(outcome.aside), len(outcome.incidents)


def test_the_same_is_said_of_all_at_once_and_of_each_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    read = (one.submission for one in receive(FRAMEWORK, [CAMPAIGN / "retours"], CAMPAIGN))
    evidence = Evidence(FRAMEWORK, tuple(one for one in read if one is not None and one.identity is not None))
    together = judge_cells(evidence, {})
    assert len(together.findings) > 20
    monkeypatch.setattr(schema, "MOST_AT_ONCE", 1)
    assert len(list(schema._portions(evidence))) == len(evidence.submissions) > 10
    assert said(judge_cells(evidence, {})) == said(together)


def test_a_constraint_that_crashes_is_told_and_the_others_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(_: object) -> Never:
        raise ZeroDivisionError("par zéro")

    crashing = replace(values.not_whole, judge=crash)
    rules = tuple(crashing if rule is values.not_whole else rule for rule in schema.CONSTRAINTS["nombre"])
    monkeypatch.setattr(schema, "CONSTRAINTS", {**schema.CONSTRAINTS, "nombre": rules})
    outcome = judge_cells(Evidence(SMALL, (returned("ligne | valeur | commentaire\nT1.M1 | -1 |\nT1.M2 | 1.5 |"),)), {})
    assert [one.partition(" : ")[0] for one in outcome.incidents] == ["VAL-015"]
    assert "par zéro" in outcome.incidents[0]
    assert "VAL-016" in {one.code for one in outcome.findings}


@pytest.mark.parametrize(
    ("sizes", "together"),
    [
        ((), [[]]),
        ((2, 3), [[2, 3]]),
        ((2, 3, 1), [[2, 3], [1]]),
        ((2, 2, 2), [[2, 2], [2]]),
        ((6,), [[6]]),  # a return stays whole, however large
        ((6, 6, 1), [[6], [6], [1]]),
        ((1, 5, 5, 3, 2, 1), [[1], [5], [5], [3, 2], [1]]),
    ],
)
def test_as_many_returns_are_judged_together_as_have_that_many_answers(
    monkeypatch: pytest.MonkeyPatch, sizes: Sequence[int], together: list[list[int]]
) -> None:
    monkeypatch.setattr(schema, "MOST_AT_ONCE", 5)
    lines = ("T1.M1", "T1.M2", "T2.M1", "T3.M1", "T4.M1", "T6.M1")
    tables = (
        "\n".join(["ligne | valeur | commentaire", *(f"{line} | 1 |" for line in lines[:size])]) for size in sizes
    )
    made = tuple(returned(table, file=f"{number}.xlsx") for number, table in enumerate(tables))
    portions = list(schema._portions(Evidence(SMALL, made)))
    assert [[len(one.observations) for one in portion.submissions] for portion in portions] == together
    assert [one for portion in portions for one in portion.submissions] == list(made)
