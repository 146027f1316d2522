"""Two contracts that every test may spoil: made once, copied for each."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cvsheet.model.framework import Framework
from cvsheet.workflows.observatory import contract as one_contract
from tests.observatory.country import two_contracts


@pytest.fixture(scope="session", autouse=True)
def _read_once(contracts_read_once: Callable[[Path], Framework]) -> Iterator[None]:
    """The observatory reads a contract of the same bytes once too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(one_contract, "load_framework", contracts_read_once)
        yield


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
