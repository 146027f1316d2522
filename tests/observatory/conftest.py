"""Two contracts that every test may spoil: made once, copied for each."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.observatory.country import two_contracts


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return two_contracts(tmp_path_factory.mktemp("country") / "pays")


@pytest.fixture
def country(made_once: Path, tmp_path: Path) -> Path:
    """A folder with the contracts *aa* and *bb*."""
    return Path(shutil.copytree(made_once, tmp_path / "pays"))


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Where the data set goes."""
    return tmp_path / "out"
