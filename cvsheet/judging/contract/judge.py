"""REF: the canonical workbook judged before anything is made from it. Called by `cvsheet check`."""

from __future__ import annotations

from cvsheet.judging.contract.aggregation import AGGREGATION_RULES
from cvsheet.judging.contract.cells import CELL_RULES
from cvsheet.judging.contract.links import LINK_RULES
from cvsheet.judging.contract.measures import MEASURE_RULES
from cvsheet.judging.contract.percents import PERCENT_RULES
from cvsheet.judging.contract.settings import CONTRACT_RULES
from cvsheet.judging.contract.severities import SEVERITY_RULES
from cvsheet.judging.contract.struck import STRUCK_RULES
from cvsheet.judging.contract.survey import Survey
from cvsheet.judging.contract.tables import TABLE_RULES
from cvsheet.judging.engine.ruling import Judge, Outcome, Severities, run_rules
from cvsheet.model.findings import SEVERITY_CHOICES
from cvsheet.model.records import Canonical

REF_RULES: tuple[Judge[Survey], ...] = (
    *TABLE_RULES,
    *CELL_RULES,
    *STRUCK_RULES,
    *LINK_RULES,
    *MEASURE_RULES,
    *AGGREGATION_RULES,
    *PERCENT_RULES,
    *CONTRACT_RULES,
    *SEVERITY_RULES,
)


def judge_canonical(canonical: Canonical) -> Outcome:
    """Every finding on the records of a canonical workbook, rule by rule, as severe as the workbook itself says."""
    return run_rules(REF_RULES, Survey(canonical), _severities(canonical))


def _severities(canonical: Canonical) -> Severities:
    """What the table *Sévérités* says, as far as it can be read: its faults are findings themselves."""
    rows = ((row.text("regle"), row.text("severite")) for row in canonical.rows("severites"))
    return {code: SEVERITY_CHOICES[word] for code, word in rows if word in SEVERITY_CHOICES}
