"""Folders, for tests: what lies in one, and a contract with some returns of the example campaign."""

from __future__ import annotations

import shutil
from pathlib import Path

from cvsheet.workflows.kept_readings import FOLDER as KEPT
from tests.conftest import ROOT

EXAMPLE = ROOT / "examples" / "campagne"


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file by name, without what a command kept there for the next one: nobody looks at it."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and KEPT not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def example_folder(folder: Path, *returns: str) -> Path:
    """A contract at `folder` with some `returns` of the example: ``2021/amboise_2021_CAF.xlsx``."""
    for name in ("contrat.xlsx", *(f"retours/{one}" for one in returns)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(EXAMPLE / name, folder / name)
    return folder
