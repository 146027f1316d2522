"""Cells are judged some returns at a time: what is said of them does not depend on how many."""

from __future__ import annotations

from collections import Counter

import pytest

from cvsheet.judging.cells import schema
from cvsheet.judging.cells.schema import judge_cells
from cvsheet.judging.engine.evidence import Evidence
from cvsheet.judging.engine.ruling import Outcome
from cvsheet.workflows.folder import load_framework
from cvsheet.workflows.receive import receive
from tests.conftest import ROOT

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
