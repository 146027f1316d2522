"""REF: the canonical workbook judged before anything is made from it. Called by `cvsheet check`."""

from __future__ import annotations

from cvsheet.findings import SEVERITY_CHOICES
from cvsheet.records import Canonical
from cvsheet.rules.ref_aggregation import AGGREGATION_RULES
from cvsheet.rules.ref_cells import CELL_RULES
from cvsheet.rules.ref_contract import CONTRACT_RULES
from cvsheet.rules.ref_links import LINK_RULES
from cvsheet.rules.ref_measures import MEASURE_RULES
from cvsheet.rules.ref_percents import PERCENT_RULES
from cvsheet.rules.ref_severities import SEVERITY_RULES
from cvsheet.rules.ref_survey import Survey
from cvsheet.rules.ref_tables import TABLE_RULES
from cvsheet.rules.ruling import Outcome, Severities, run_rules

REF_RULES = (
    *TABLE_RULES,
    *CELL_RULES,
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
