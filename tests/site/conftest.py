"""A page to publish."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import cvsheet


@pytest.fixture(scope="session")
def example_page(read_example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the example campaign."""
    folder = tmp_path_factory.mktemp("page") / "contrat"
    shutil.copytree(read_example, folder, ignore=shutil.ignore_patterns("attendu"))
    return cvsheet.open_contract(folder, jobs=0, keep=True).site().path
