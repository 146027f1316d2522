"""Commands run where they cannot do their work: one French sentence, nothing created by mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvsheet.errors import OutputError, UsageError
from cvsheet.files.atomic import write_atomically
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.workflows.consolidate import consolidate

from ..catalogue.contract import FRAMEWORK


def test_why_a_file_cannot_be_written_is_said_in_french(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_bytes(b"")
    (tmp_path / "dossier").mkdir()
    with pytest.raises(OutputError, match="un fichier porte déjà"):
        write_atomically(tmp_path / "fichier" / "maitre.xlsx", b"")
    with pytest.raises(OutputError, match="un dossier porte déjà ce nom"):
        write_atomically(tmp_path / "dossier", b"")
    with pytest.raises(OutputError, match="le nom est trop long"):
        write_atomically(tmp_path / ("x" * 300), b"")


@pytest.mark.parametrize("name", ["maitre.ods", "maitre.CSV"])
def test_a_master_in_another_format_is_refused_and_no_folder_made_of_its_name(tmp_path: Path, name: str) -> None:
    nothing = Assessment.__new__(Assessment)  # never looked at
    with pytest.raises(UsageError, match=r"finit ainsi"):
        consolidate(FRAMEWORK, nothing, None, tmp_path / name)
    assert not (tmp_path / name).exists()
