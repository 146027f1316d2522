"""The demonstration ends with the page, names it, and the page is light."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvsheet.cli.main import execute
from cvsheet.reports.ours import is_our_site
from tests.site.test_browser import LARGEST


@pytest.mark.long
def test_the_demonstration_names_the_page_that_it_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["demo", str(tmp_path / "demo")]) == 0
    (page,) = (tmp_path / "demo" / "sorties").glob("*_site.html")
    assert str(page) in capsys.readouterr().out
    assert is_our_site(page.read_bytes()) and page.stat().st_size < LARGEST
