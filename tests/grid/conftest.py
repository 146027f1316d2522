"""What the tests of the reader share: bytes become a file, a file becomes a grid or a reason."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import pytest

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.files.addresses import cell_name
from cvsheet.files.grid import DEFAULT_LIMITS, FileLimits, open_grid
from cvsheet.files.grid.model import Grid
from tests.conftest import Convert
from tests.grid.packages import zipped
from tests.grid.samples import sample

Content = bytes | Mapping[str, str | bytes]
Read = Callable[..., Grid]
Refused = Callable[..., Refusal]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """``read(bytes or parts)``: the grid of such a file."""

    def read(
        content: Content, name: str = "file.xlsx", limits: FileLimits = DEFAULT_LIMITS, computed: Collection[str] = ()
    ) -> Grid:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else zipped(content))
        return open_grid(path, limits, computed)

    return read


@pytest.fixture
def refused(read: Read) -> Refused:
    """``refused(bytes or parts)``: the reason why such a file is not read; the test fails if it is."""

    def refused(content: Content, name: str = "file.xlsx", limits: FileLimits = DEFAULT_LIMITS) -> Refusal:
        with pytest.raises(UnreadableFile) as caught:
            read(content, name, limits)
        return caught.value.reason

    return refused


@pytest.fixture(scope="session")
def resaved(libreoffice: Convert, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sample as LibreOffice saves it: as "xlsx", as "ods", and as "ods-xlsx" one after the other."""
    path = tmp_path_factory.mktemp("sample") / "sample.xlsx"
    path.write_bytes(sample())
    ods = libreoffice(path, "ods")
    return {"xlsx": libreoffice(path, "xlsx"), "ods": ods, "ods-xlsx": libreoffice(ods, "xlsx")}


def filled(grid: Grid) -> dict[str, object]:
    """The values of the first sheet by cell name."""
    return {cell_name(cell.row, cell.column): cell.value for cell in grid.sheets[0].cells()}
