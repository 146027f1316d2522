"""The sheet *Anomalies*: one row per cause, with what it is about and from whom."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from cvsheet.books.kit.style import TO_DO_TAB
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.findings import Finding, Place, Severity
from cvsheet.model.framework import Framework
from cvsheet.workflows.consolidate import consolidate
from tests.consolidation.frameworks import framework, measure
from tests.master import test_accounts as accounts
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


@pytest.mark.parametrize(("other", "red"), [({"SUM.M1": 1}, set()), ({}, {"Conflits"})], ids=["weighted", "not"])
def test_only_what_waits_for_a_person_has_a_red_tab(tmp_path: Path, other: dict[str, object], red: set[str]) -> None:
    sources = framework(measure("SUM.M1"), measure("MEAN.M1", "moyenne pondérée", weight="SUM.M1"))
    first = accounts.returned("A", {"SUM.M1": 4, "MEAN.M1": 10})
    given = accounts.judged(first, accounts.returned("B", {"MEAN.M1": 20} | other))
    book = openpyxl.load_workbook(consolidate(sources, given, "2021", tmp_path / "maitre.xlsx").path)
    tabs = {sheet.title: sheet.sheet_properties.tabColor.rgb[2:] for sheet in book}
    assert {name for name, colour in tabs.items() if colour == TO_DO_TAB[1:]} == red


def anomalies(framework: Framework, assessment: Assessment, folder: Path) -> list[tuple[object, ...]]:
    """Rule, partner, measure and cell of each row."""
    made = consolidate(framework, assessment, CAMPAIGN, folder / "maitre.xlsx")
    book = openpyxl.load_workbook(made.path)
    assert all(sheet.sheet_properties.tabColor for sheet in book)
    rows = list(book["Anomalies"].iter_rows(min_row=4, values_only=True))
    wanted = [rows[0].index(title) for title in ("Règle", "Partenaire", "Mesure ou action", "Cellule")]
    return [tuple(row[n] for n in wanted) for row in rows[1:]]
