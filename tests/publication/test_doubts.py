"""How many values the coordination is told to confirm before it publishes: those that the publication shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvsheet.figures.consolidation import aggregate
from cvsheet.figures.disclosure.figures import contexts
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.framework import Framework, Reference
from cvsheet.workflows.publish import doubts_sentence, publish
from tests.consolidation.frameworks import answers, as_table, framework, measure

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
