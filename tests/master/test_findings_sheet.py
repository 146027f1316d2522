"""The sheet *Anomalies*: one row per cause, with what it is about and from whom."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl

from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.findings import Finding, Place, Severity
from cvsheet.model.framework import Framework
from cvsheet.workflows.consolidate import consolidate
from tests.partner.conftest import small
from tests.workflows.late_campaign import CAMPAIGN, four_partners, four_ways, judged

__all__ = ["small"]


def test_one_row_per_gesture_with_the_measure_and_the_partner_that_a_name_tells(
    small: Framework, tmp_path: Path
) -> None:
    framework = four_partners(small)
    line = framework.lines_for("A")[0]
    assessment = judged(framework, tmp_path, four_ways(framework))
    read = tuple(
        Finding("VAL-030", Severity.INFO, Place("a.xlsx", "Emploi", f"K{row}"), line.code, "A", CAMPAIGN,
                {"typed": str(row), "read": str(row)})
        for row in range(5, 15)
    )  # fmt: skip
    rows = anomalies(framework, replace(assessment, findings=(*assessment.findings, *read)), tmp_path)
    assert ("VAL-030", "A", line.measure.title, "K5") in rows
    assert [row[0] for row in rows].count("VAL-030") == 1
    assert {partner for code, partner, _, _ in rows if str(code).startswith("FIC")} == {"B"}


def anomalies(framework: Framework, assessment: Assessment, folder: Path) -> list[tuple[object, ...]]:
    """Rule, partner, measure and cell of each row."""
    made = consolidate(framework, assessment, CAMPAIGN, folder / "maitre.xlsx")
    book = openpyxl.load_workbook(made.path)
    assert all(sheet.sheet_properties.tabColor for sheet in book)
    rows = list(book["Anomalies"].iter_rows(min_row=4, values_only=True))
    wanted = [rows[0].index(title) for title in ("Règle", "Partenaire", "Mesure ou action", "Cellule")]
    return [tuple(row[n] for n in wanted) for row in rows[1:]]
