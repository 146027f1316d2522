"""What is committed and made by a command is what the command makes today."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from cvsheet.reports.tables_pages import pages
from tests.conftest import ROOT

LOCALE = ROOT / "cvsheet" / "cli" / "locale" / "fr" / "LC_MESSAGES"


def test_the_compiled_messages_are_those_of_the_catalogue(tmp_path: Path) -> None:
    pybabel = Path(sys.executable).parent / "pybabel"
    made = tmp_path / "messages.mo"
    source = LOCALE / "messages.po"
    subprocess.run([str(pybabel), "-q", "compile", "-i", str(source), "-o", str(made), "-l", "fr"], check=True)
    assert made.read_bytes() == (LOCALE / "messages.mo").read_bytes()


def test_the_pages_of_the_tables_are_those_of_the_schemas() -> None:
    committed = {path.name: path.read_bytes() for path in (ROOT / "docs" / "tables").iterdir()}
    assert committed == {name: content.encode() for name, content in pages().items()}
