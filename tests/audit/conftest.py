"""A browser without a network, for the pages of the audit."""

from __future__ import annotations

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
def dumped(chromium_program: str, tmp_path: Path) -> Callable[[Path, Path], str]:
    """``dumped(page, log)``: the page as the browser holds it, no name resolved; its network log goes to `log`."""

    def show(page: Path, log: Path) -> str:
        own = (f"--user-data-dir={tmp_path / 'profile'}", f"--log-net-log={log}", "--dump-dom", page.as_uri())
        done = subprocess.run(
            [chromium_program, *SWITCHES, *own], capture_output=True, text=True, timeout=120, check=True
        )
        return done.stdout

    return show
