"""What the reader noticed about the structure, fact by fact."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Received
from cvsheet.model.submission import StructureFact, StructureKind, place_of
from tests.rules.good import good
from tests.rules.small import FRAMEWORK


def codes(*facts: StructureFact, version: str = "") -> list[str]:
    """The findings on the structure of a return of which the reader noticed `facts`."""
    first = good()[0].submission
    assert first is not None and first.identity is not None
    submission = replace(first, identity=replace(first.identity, version=version), structure=facts)
    found = assess(FRAMEWORK, (Received(submission.file, submission),)).findings
    return sorted(one.code for one in found if one.code.startswith("STR"))


SHEET_MISSING = StructureFact(StructureKind.SHEET_MISSING, "Emploi", facts={"expected": "Emploi"})
SHEET_EXTRA = StructureFact(StructureKind.SHEET_EXTRA, "Feuil1", facts={"found": "Feuil1"})


def test_what_an_older_contract_explains_hides_nothing_that_comes_after_it() -> None:
    current = FRAMEWORK.version_for("2021")
    assert codes(SHEET_MISSING, SHEET_EXTRA, version=current) == ["STR-003", "STR-006"]
    assert codes(SHEET_MISSING, SHEET_EXTRA, version="0" * 12) == ["STR-006"]
    assert codes(SHEET_MISSING, SHEET_EXTRA) == ["STR-003", "STR-006"]  # a return that tells no version


@pytest.mark.parametrize(
    ("name", "locked", "code"),
    [
        ("valeur", False, "STR-007"),
        ("valeur", None, "STR-007"),
        ("valeur", True, "STR-008"),  # nothing was to be typed there
        ("commentaire", False, "STR-008"),
    ],
)
def test_a_column_that_is_missing_is_grave_where_answers_were_to_be_typed(
    name: str, locked: bool | None, code: str
) -> None:
    told = {} if locked is None else {"locked": locked}
    assert codes(
        StructureFact(StructureKind.COLUMN_MISSING, "Emploi", facts={"column": "x", "name": name, **told})
    ) == [code]


def set_aside(fact: StructureFact) -> set[str]:
    """The lines and actions of which an answer does not count, in a return whose T5.M1 is on another sheet."""
    submission = next(one.submission for one in good() if one.file == "A-2021.xlsx")
    assert submission is not None
    seen = tuple(
        replace(one, sheet="Cohésion") if one.line == "T5.M1" else replace(one, sheet="Emploi")
        for one in submission.observations
    )
    submission = replace(submission, observations=seen, structure=(fact,))
    doubted = assess(FRAMEWORK, (Received(submission.file, submission),)).aside
    lines = {one.line for one in seen if place_of(one, one.entry) in doubted}
    reports = {
        one.action for one in submission.actions for entry in one.entries.values() if place_of(one, entry) in doubted
    }
    return lines | reports


LINES = {line.code for line in FRAMEWORK.lines_for("A")}
TWICE = {"first_sheet": "Emploi", "first_cell": "B17", "first": "7", "second": "8", "identical": False}


@pytest.mark.parametrize(
    ("fact", "doubted"),
    [
        (StructureFact(StructureKind.COLUMN_TWICE, "Emploi", "K4", facts={"column": "x", "name": "valeur"}),
         LINES - {"T5.M1"}),
        (StructureFact(StructureKind.COLUMN_TWICE, "Cohésion", "K4", facts={"column": "x", "name": "valeur"}),
         {"T5.M1"}),
        (StructureFact(StructureKind.COLUMN_TWICE, "Emploi", "M4", facts={"column": "x", "name": "commentaire"}),
         set()),
        (StructureFact(StructureKind.LINE_TWICE, "Cohésion", "B30", "T5.M1", facts=TWICE), {"T5.M1"}),
        (StructureFact(StructureKind.LINE_TWICE, "Emploi", "B30", "T1.M1", facts=TWICE), {"T1.M1"}),
        (StructureFact(StructureKind.LINE_TWICE, "Actions", "B30", "ACT-1", facts=TWICE), {"ACT-1"}),
        (SHEET_MISSING, set()),
    ],
)  # fmt: skip
def test_only_the_answers_that_a_grave_fact_is_about_are_set_aside(fact: StructureFact, doubted: set[str]) -> None:
    assert set_aside(fact) == doubted
