"""A return without a single number is judged like any other: no rule fails for want of cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.returned.conftest import workbook
from tests.rules.test_gestures import judged


@pytest.mark.filterwarnings("error")
def test_an_empty_return_is_no_incident(tmp_path: Path) -> None:
    assert judged(tmp_path, workbook("ML", "2021")).incidents == ()
