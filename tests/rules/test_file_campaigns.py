"""Last year's workbook used again for this year's figures: what gives it away, and what is no sign of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import Campaign, CampaignType
from tests.rules.good import A_2021, A_ACTIONS, B_2021, judged, of
from tests.rules.small import FRAMEWORK
from tests.rules.tables import returned

NEXT = Campaign("2022", "Bilan 2022", CampaignType.YEARLY, 2022, date(2022, 1, 1), date(2022, 12, 31))
TWO_YEARS = replace(FRAMEWORK, campaigns=(*FRAMEWORK.campaigns, NEXT))
OTHER = A_2021.replace("| 45.5 ", "| 44   ")


def filed(*files: tuple[str, str, datetime | None]) -> Assessment:
    """What is said of files of the campaign 2021: the path, the answers and the day of saving of each."""
    tables = {A_2021: "A", OTHER: "A", B_2021: "B"}
    version = TWO_YEARS.version_for("2021")
    received = []
    for file, table, saved in files:
        submission = returned(table, A_ACTIONS if tables[table] == "A" else "", partner=tables[table], saved_at=saved)
        assert submission.identity is not None
        received.append(of(submission, file=file, identity=replace(submission.identity, version=version)))
    return judged(tuple(received), TWO_YEARS)


def said(assessment: Assessment) -> list[tuple[str, str]]:
    return [
        (one.code, one.place.file)
        for one in assessment.findings
        if one.code in ("FIC-041", "FIC-042", "FIC-043", "FIC-044")
    ]


IN_TIME, LATE, NEXT_YEAR = datetime(2022, 2, 1), datetime(2022, 6, 30), datetime(2023, 1, 20)


def test_a_folder_of_another_campaign() -> None:
    assert said(filed(("retours/2022/a.xlsx", A_2021, IN_TIME))) == [("FIC-043", "retours/2022/a.xlsx")]


@pytest.mark.parametrize(
    "folder", ["retours/2021", "retours/2021/2022-02", "retours/2022/2021", "retours", "reçus 2022"]
)
def test_a_folder_that_says_nothing_else(folder: str) -> None:
    assert said(filed((f"{folder}/a.xlsx", A_2021, IN_TIME))) == []


def test_a_folder_named_by_the_year_of_receipt_is_none_of_a_campaign() -> None:
    assert said(filed(("2022/a.xlsx", A_2021, IN_TIME), ("2022/b.xlsx", B_2021, IN_TIME))) == []


def test_a_file_that_replaces_another_once_the_next_year_is_over() -> None:
    found = filed(("a.xlsx", A_2021, IN_TIME), ("a (1).xlsx", OTHER, NEXT_YEAR))
    assert said(found) == [("FIC-041", "a.xlsx"), ("FIC-044", "a (1).xlsx")]
    (finding,) = [one for one in found.findings if one.code == "FIC-044"]
    assert finding.facts == {
        "campaign": "2021", "expected": "2022", "saved": "20/01/2023", "other_file": "a.xlsx", "count": 1,
    }  # fmt: skip


def test_where_the_files_do_not_say_which_is_the_later_none_came_too_late() -> None:
    assert said(filed(("a.xlsx", A_2021, None), ("a (1).xlsx", OTHER, NEXT_YEAR))) == [("FIC-042", "a.xlsx")]


@pytest.mark.parametrize(("table", "saved"), [(OTHER, LATE), (A_2021, NEXT_YEAR), (OTHER, None)])
def test_a_late_correction_or_the_same_answers_again_are_no_sign(table: str, saved: datetime | None) -> None:
    codes = [code for code, _ in said(filed(("a.xlsx", A_2021, IN_TIME), ("a (1).xlsx", table, saved)))]
    assert "FIC-044" not in codes
