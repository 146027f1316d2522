"""VAL-022 and COH-037: days and years that the contract and the campaign make unlikely, at the limit and just beyond.

The contract goes from 01/01/2019 to 31/12/2022, the campaign is that of 2021.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cvsheet.model.framework import Framework
from tests.rules.good import A_REF, judged, reported, retyped
from tests.rules.small import FRAMEWORK

# status, start, end, comment -> findings
DAYS = [
    ("En cours", "2019-01-01", "2022-12-31", "", []),
    ("En cours", "2018-12-31", "", "", ["VAL-022"]),
    ("En cours", "2018-12-31", "", "engagée en 2018", []),
    ("En cours", "2018-12-31", "", "engagée depuis longtemps", ["VAL-022"]),
    ("En cours", "1985-06-14", "", "", ["VAL-022"]),
    ("En cours", "0202-03-01", "", "", ["VAL-022"]),
    ("En cours", "2201-03-01", "", "", ["VAL-022"]),
    ("En cours", "2021-12-31", "", "", []),
    ("En cours", "2022-01-01", "", "", ["COH-037"]),
    ("Réalisée", "2022-12-31", "", "", ["COH-031", "COH-037"]),
    ("", "2022-01-01", "", "", ["COH-034", "COH-037"]),
    ("Reportée", "2022-01-01", "", "", []),
    ("En préparation", "2022-12-31", "", "", []),
    ("En préparation", "2023-01-01", "", "", ["VAL-022"]),
    ("En cours", "", "2018-12-31", "", ["VAL-022"]),
    ("En cours", "", "2019-01-01", "", []),
    ("En cours", "", "2023-01-01", "", ["VAL-022"]),
    ("En cours", "nd", "so", "", []),
]


@pytest.mark.parametrize(("status", "start", "end", "comment", "expected"), DAYS)
def test_the_days_of_an_action(status: str, start: str, end: str, comment: str, expected: list[str]) -> None:
    assessment = judged(reported(f"ACT-1 | {status} | 50 | {start} | {end} | 20 | 12 | {comment}")())
    assert sorted(finding.code for finding in assessment.findings) == expected
    assert not assessment.aside


WITHIN_A_YEAR = [("2019-01-01", "2022-12-31", []), ("", "2019-09-30", ["VAL-022"]), ("", "2019-10-01", [])]


@pytest.mark.parametrize(("start", "end", "expected"), WITHIN_A_YEAR)
def test_a_contract_that_begins_in_autumn(start: str, end: str, expected: list[str]) -> None:
    """What starts in its first year is of it; what ends before its first day is not."""
    autumn = replace(FRAMEWORK.contract, start=date(2019, 10, 1))
    campaigns = tuple(replace(one, start=max(one.start, autumn.start)) for one in FRAMEWORK.campaigns)
    contract: Framework = replace(FRAMEWORK, contract=autumn, campaigns=campaigns)
    assessment = judged(reported(f"ACT-1 | En cours | 50 | {start} | {end} | 20 | 12 |")(), contract)
    assert [finding.code for finding in assessment.findings if finding.code != "FIC-034"] == expected


# year of the baseline and of the target, comment -> the cells that are asked about
YEARS = [
    ("2019", "2022", "", []),
    ("2020", "2022", "", ["I11"]),
    ("2004", "2022", "", []),
    ("2003", "2022", "", ["I11"]),
    ("2018", "2023", "", ["L11"]),
    ("2018", "2030", "objectif 2030 du département", []),
]


@pytest.mark.parametrize(("baseline", "target", "comment", "asked"), YEARS)
def test_the_years_of_baselines_and_targets(baseline: str, target: str, comment: str, asked: list[str]) -> None:
    row = f"T2.M1 | 43 | {baseline} | 60 | {target} | {comment}"
    found = judged(retyped(row, table=A_REF, campaign="REF")()).findings
    assert [finding.place.cell for finding in found if finding.code == "VAL-022"] == asked


def test_a_year_is_shown_as_a_year() -> None:
    found = judged(retyped("T2.M1 | 43 | 2018 | 60 | 2031 | ", table=A_REF, campaign="REF")()).findings
    assert [finding.facts for finding in found] == [{"read": "2031", "likely": "de 2004 à 2022"}]
