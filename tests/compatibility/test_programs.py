"""Whatever program saves a workbook: every answer is read as it was, or the file is refused and it is said."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.compatibility.programs import Program, programs
from tests.compatibility.survival import COUNTED, features
from tests.compatibility.trial import Kind, kinds, tried

REQUIRED = ("LibreOffice", "Gnumeric", "openpyxl")  # the others come from npm and PyPI, where the network allows

pytestmark = pytest.mark.other_program


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
@pytest.mark.parametrize("program", programs(), ids=lambda program: f"{program.name}.{program.ending}")
def test_everything_is_read_after_a_program_saved_it_or_the_loss_is_said(
    program: Program, kind: Kind, tmp_path: Path
) -> None:
    if not program.version():
        if os.environ.get("CI") and program.name in REQUIRED:
            pytest.fail(f"{program.name} is required here")
        pytest.skip(f"{program.name} is not installed (make compatibility)")
    outcome = tried(program, kind, tmp_path)
    assert outcome.failure or outcome.same or outcome.said, "something is lost and nobody says so"


PRESENT = {
    "Classeur de partenaire": {"feuilles protégées", "listes déroulantes", "formules", "commentaires"},
    "Classeur du contrat": {"listes déroulantes", "messages de saisie", "formules", "commentaires"},
    "Classeur maître": {"messages de saisie", "formules"},
}
"""A partner's workbook has no input messages: they hid the rows below."""


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_what_is_counted_is_there_in_the_originals(kind: Kind, tmp_path: Path) -> None:
    """A count of 0 would survive anything."""
    kind.make(tmp_path / "original.xlsx")
    counts = zip(COUNTED, features(tmp_path / "original.xlsx").counts, strict=True)
    assert {name for name, count in counts if count} == PRESENT[kind.name]
