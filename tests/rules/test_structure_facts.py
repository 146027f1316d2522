"""What the reader noticed about the structure, fact by fact."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Received
from cvsheet.model.submission import StructureFact, StructureKind
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
