"""What tests share: LibreOffice where it is asked for, and the Amboise framework."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
Convert = Callable[[Path, str], Path]

RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that wait for another program, which `make fast` leaves out."""
    for item in items:
        if {"libreoffice", "chromium"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("other_program")


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """``convert(path, "xlsx" | "ods" | "pdf")``: the file as LibreOffice saves it, every formula recalculated.

    Without LibreOffice these tests are skipped on a visitor's machine and fail under CI.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        if os.environ.get("CI") or os.environ.get("CVSHEET_REQUIRE_LIBREOFFICE"):
            pytest.fail("LibreOffice is required here: apt-get install libreoffice-calc")
        pytest.skip("LibreOffice is not installed")
    profile = tmp_path_factory.mktemp("profile")
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")

    def convert(path: Path, extension: str) -> Path:
        folder = tmp_path_factory.mktemp("libreoffice")
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", extension]
        subprocess.run([*command, "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=180)
        return folder / f"{path.stem}.{extension}"

    return convert
