"""REF: the canonical workbook judged before anything is made from it. Called by `cvsheet check`."""

from __future__ import annotations

from cvsheet.judging.contract import (
    aggregation,
    cells,
    links,
    measures,
    percents,
    settings,
    severities,
    struck,
    tables,
)
from cvsheet.judging.contract.survey import Survey
from cvsheet.judging.engine.catalogue import rules_of
from cvsheet.judging.engine.ruling import Judge, Outcome, Severities, run_rules
from cvsheet.model.findings import SEVERITY_CHOICES
from cvsheet.model.records import Canonical

REF_RULES: tuple[Judge[Survey], ...] = rules_of(
    tables, cells, struck, links, measures, aggregation, percents, settings, severities
)


def judge_canonical(canonical: Canonical) -> Outcome:
    """Every finding on the records of a canonical workbook, rule by rule, as severe as the workbook itself says."""
    return run_rules(REF_RULES, Survey(canonical), _severities(canonical))


def _severities(canonical: Canonical) -> Severities:
    """What the table *Sévérités* says, as far as it can be read: its faults are findings themselves."""
    rows = ((row.text("regle"), row.text("severite")) for row in canonical.rows("severites"))
    return {code: SEVERITY_CHOICES[word] for code, word in rows if word in SEVERITY_CHOICES}
