"""How many values the coordination is told to confirm before it publishes: those that the publication shows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cvsheet.figures.consolidation import aggregate
from cvsheet.figures.disclosure.figures import contexts
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.judging.engine.doubtful import doubtful_values
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.framework import Framework, Reference
from cvsheet.workflows.publish import doubts_sentence, publish
from tests.consolidation.frameworks import answers, as_table, framework, measure, share

CODE = "N.M1"
ROWS = ("REF A N.M1 10 - référence", "2020 A N.M1 12", "2021 A N.M1 14")


def made(*, adopted: bool) -> Framework:
    goals = {CODE: Reference(10, 2019, "validée", 40, 2023, "validée")} if adopted else {}
    return framework(measure(CODE), references=goals)


def judged(campaigns: tuple[str, ...]) -> Assessment:
    """All returns, with a warning on the value of each of these campaigns."""
    asked = tuple(
        Finding("HIS-001", Severity.WARNING, line=CODE, campaign=campaign, partner="A") for campaign in campaigns
    )
    return Assessment((), (), as_table(answers(*ROWS)), asked)


def count(sentences: tuple[str, ...]) -> int:
    """The number that the sentence on doubts begins with."""
    told = [one for one in sentences if "encore à confirmer" in one]
    return int(told[0].split("\u00a0")[0]) if told else 0


@pytest.mark.parametrize(
    ("asked", "campaign", "adopted", "told"),
    [
        (("2021",), "2021", True, 1),
        (("2020",), "2021", True, 1),  # a column of its own
        (("2020", "2021"), "2020", True, 1),  # what comes later is not shown
        (("2021",), "2020", True, 0),
        (("REF",), "2021", True, 0),  # what the contract adopted is shown, whatever was answered
        (("REF",), "2021", False, 1),  # as proposed
        (("REF", "2020", "2021"), "2020", False, 2),
    ],
)
def test_the_workbook_counts_what_it_shows(
    asked: tuple[str, ...], campaign: str, adopted: bool, told: int, tmp_path: Path
) -> None:
    contract, assessment = made(adopted=adopted), judged(asked)
    figures = aggregate(contract, assessment.frame)
    result = publish(assessment, figures, contract.campaign[campaign], tmp_path)
    assert count(result.summary) == told


def test_the_data_and_the_page_show_every_campaign() -> None:
    contract, assessment = made(adopted=True), judged(("REF", "2020", "2021"))
    figures = aggregate(contract, assessment.frame)
    assert count(doubts_sentence(figures, assessment, contexts(contract))) == 3


@pytest.mark.parametrize(
    ("asked", "doubtful"),
    [
        ("N.M1", {"N.M1", "S.M1"}),
        ("N.M1/N", {"N.M1/N", "S.M1/N"}),
        ("D.M1", {"D.M1", "S.M1"}),
    ],
)
def test_a_share_is_in_doubt_with_the_terms_of_its_own_category(asked: str, doubtful: set[str]) -> None:
    split = ("quartier",)
    terms = (measure(code, breakdowns=split) for code in ("N.M1", "D.M1"))
    contract = framework(*terms, replace(share("S.M1", "N.M1", "D.M1"), breakdowns=split))
    said = Finding("HIS-001", Severity.WARNING, line=asked, campaign="2021", partner="A")
    found = doubtful_values(contract, (said,), frozenset[tuple[str, str]]().__contains__)
    assert found == {("2021", line) for line in doubtful}
    figures = aggregate(contract, answers("2021 A N.M1 14"))
    told = doubts_sentence(
        figures, Assessment((), (), as_table(answers("2021 A N.M1 14")), (said,)), contexts(contract)
    )
    assert count(told) == 1  # what somebody can confirm: the cell that a warning names
