"""The desk's pictures in README and guides, after `make demo`: ``python -m tests.desk.pictures demo docs/images``."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.desk.test_server import Started

SIZE = {"width": 1180, "height": 760}
PICTURES = {"desk": "campagne", "desk-suivi": "suivi?pilier=COH"}
"""The name of a picture -> the page that it shows."""


def make(contract: Path, target: Path) -> None:
    """Photograph the desk of the contract in the folder `contract`."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    desk = Started(contract)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            page = browser.new_page(viewport=SIZE, locale="fr-FR")  # type: ignore[arg-type]
            page.goto(desk.address)
            page.get_by_role("heading", name="Partenaires", exact=True).wait_for(timeout=60_000)
            for name, address in PICTURES.items():
                page.goto(f"{desk.home}/{address}")
                page.locator("main h1").wait_for()
                page.screenshot(path=target / f"{name}.png")
    finally:
        desk.process.kill()


if __name__ == "__main__":
    make(Path(sys.argv[1]), Path(sys.argv[2]))
