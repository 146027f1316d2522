"""One cause, one finding: a fault that another family finds makes no finding of the audit at its cell or on its line.

The bad returns of tests/rules are judged, all in one checkpoint: each is a table of its own, laid under the others.
"""

from __future__ import annotations

import pandas as pd
import pytest

from cvsheet.figures.consolidation import aggregate
from cvsheet.judging.campaign.checkpoint import Suite, run_checkpoint
from cvsheet.judging.campaign.subject import AuditTable, Subject
from cvsheet.judging.engine.assess import assess
from cvsheet.workflows.audit import suites_of
from tests.rules.small import FRAMEWORK
from tests.rules.test_each_rule import CASES

CAMPAIGN = FRAMEWORK.campaign["2021"]
JUDGED = [case for case in CASES if case.code[:3] in ("VAL", "COH", "HIS", "ENS")]


def suites_after(case_number: int) -> tuple[Suite, ...]:
    assessment = assess(FRAMEWORK, JUDGED[case_number].damage())
    return suites_of(Subject(FRAMEWORK, assessment, aggregate(FRAMEWORK, assessment.frame), CAMPAIGN), {})


@pytest.mark.long
def test_the_faults_of_other_families_break_no_expectation() -> None:
    everything = [suites_after(number) for number in range(len(JUDGED))]
    joined = []
    for alike in zip(*everything, strict=True):
        frames = [suite.table.frame.assign(cas=case.code) for suite, case in zip(alike, JUDGED, strict=True)]
        table = AuditTable(alike[0].text.name, pd.concat(frames, ignore_index=True))
        several = tuple(one for one in alike[0].expectations if one.code != "ATT-002")  # unique in one campaign only
        joined.append(Suite(alike[0].text, table, several))
    verdict = run_checkpoint([suite for suite in joined if suite.expectations], CAMPAIGN, docs=False)
    cases = {suite.text.name: suite.table.frame["cas"] for suite in joined}
    broken = {(cases[refusal.table].iloc[refusal.row], refusal.code) for refusal in verdict.refusals}
    assert verdict.incidents == ()
    assert len(verdict.results) == 15
    assert broken == set()
