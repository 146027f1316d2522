"""One writer at a time in a folder: two that add to the same list lose nothing, and nobody waits for ever."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

import cvsheet
from cvsheet.errors import OutputError
from cvsheet.files.atomic import own_turn

ADD = """
import sys, time
from pathlib import Path
from cvsheet.files.atomic import own_turn
total = Path({folder!r}) / "total"
for _ in range(20):
    with own_turn(Path({folder!r})):
        before = int(total.read_text())
        time.sleep(0.002)
        total.write_text(str(before + 1))
"""
HOLD = """
import os, signal, sys
from pathlib import Path
from cvsheet.files.atomic import own_turn
with own_turn(Path({folder!r})):
    print("held", flush=True)
    signal.pause()
"""


def test_processes_that_add_to_the_same_file_lose_nothing(tmp_path: Path) -> None:
    (tmp_path / "total").write_text("0")
    command = [sys.executable, "-c", ADD.format(folder=str(tmp_path))]
    running = [subprocess.Popen(command) for _ in range(2)]
    assert [one.wait(60) for one in running] == [0, 0]
    assert (tmp_path / "total").read_text() == "40"


def test_a_turn_that_lasts_is_said_and_ends_with_its_process(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD.format(folder=str(tmp_path))]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(OutputError, match="écrit dans"), own_turn(tmp_path, patience=0.2):
            pass
        other.send_signal(signal.SIGKILL)
    with own_turn(tmp_path, patience=5):
        pass


def test_a_folder_that_is_not_there_stops_nobody(tmp_path: Path) -> None:
    with own_turn(tmp_path / "nowhere"):
        pass


def test_two_threads_that_note_what_was_sent_lose_no_row(tmp_path: Path) -> None:
    """As two tabs of the desk, or the desk and a command line, do: *suivi.csv* is read, added to and written again."""
    contract = cvsheet.new_contract(tmp_path / "contrat", identity="")
    asked = [partner.code for partner in contract.framework.partners_asked("2020")][:4]
    contracts = [cvsheet.open_contract(contract.folder.root, today=date(2020, 12, 1)) for _ in asked]
    with ThreadPoolExecutor() as pool:
        pairs = zip(contracts, asked, strict=True)
        for done in [pool.submit(one.generate, "2020", [partner]) for one, partner in pairs]:
            done.result()
    noted = (contract.folder.root / "suivi.csv").read_text(encoding="utf-8-sig")
    assert [code for code in asked if f"2020;{code};" not in noted] == []
