"""A page to publish, and a real browser that no name is resolved for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

import cvsheet


@pytest.fixture(scope="session")
def example_page(read_example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the example campaign."""
    folder = tmp_path_factory.mktemp("page") / "contrat"
    shutil.copytree(read_example, folder, ignore=shutil.ignore_patterns("attendu"))
    return cvsheet.open_contract(folder, jobs=0, keep=True).site().path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window. Without it these tests are skipped on a visitor's machine and fail under CI."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        if os.environ.get("CI") or os.environ.get("CVSHEET_REQUIRE_CHROMIUM"):
            pytest.fail("Chromium is required here: apt-get install chromium")
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        own = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND"]
        started = playwright.chromium.launch(executable_path=program, args=own)
        yield started
        started.close()
