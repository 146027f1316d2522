"""A browser without a network, for the pages of the audit."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


@pytest.fixture
def chromium(tmp_path: Path) -> Callable[[Path, Path], str]:
    """``chromium(page, log)``: the page as the browser holds it, no name resolved; its network log goes to `log`.

    Without Chromium these tests are skipped on a visitor's machine and fail under CI.
    """
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        if os.environ.get("CI") or os.environ.get("CVSHEET_REQUIRE_CHROMIUM"):
            pytest.fail("Chromium is required here: apt-get install chromium")
        pytest.skip("Chromium is not installed")

    def show(page: Path, log: Path) -> str:
        own = (f"--user-data-dir={tmp_path / 'profile'}", f"--log-net-log={log}", "--dump-dom", page.as_uri())
        done = subprocess.run([program, *SWITCHES, *own], capture_output=True, text=True, timeout=120, check=True)
        return done.stdout

    return show
