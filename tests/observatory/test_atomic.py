"""A run that is stopped leaves the former data set as it was, and readable."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

import cvsheet
from cvsheet import OutputError
from cvsheet.files.atomic import staging
from cvsheet.workflows.folder import ContractFolder
from cvsheet.workflows.observatory.contract import ContractOutcome, ContractTask, gather
from cvsheet.workflows.observatory.observe import observe
from tests.observatory.country import CAMPAIGN, answer, observed, state

WAITING = """
import sys, time
from pathlib import Path
from cvsheet.files.atomic import staged_folder
import cvsheet

def wait(*_):
    Path(sys.argv[3]).touch()
    time.sleep(60)

if sys.argv[4] == "before":
    staged_folder.swap = wait
else:
    whole = Path.rename
    def rename(path, target):
        if path.name == "new":
            wait()
        return whole(path, target)
    Path.rename = rename
cvsheet.observatory([Path(sys.argv[1])], Path(sys.argv[2]))
"""


def changed(country: Path) -> None:
    answer(ContractFolder(country / "aa"), CAMPAIGN, "P01", {"I1.M1": 200})


@pytest.mark.parametrize("when", ["before", "between"])
@pytest.mark.long
def test_a_kill_leaves_the_former_data_set(country: Path, output: Path, tmp_path: Path, when: str) -> None:
    """Also where the former folder has just been taken away: the next run puts it back first."""
    observed(output, country)
    before = state(output)
    changed(country)
    sign = tmp_path / "sign"
    run = subprocess.Popen([sys.executable, "-c", WAITING, str(country), str(output), str(sign), when])
    try:
        for _ in range(600):
            if sign.exists():
                break
            time.sleep(0.1)
    finally:
        run.send_signal(signal.SIGKILL)
        run.wait()
    assert sign.exists()
    if when == "before":
        assert state(output) == before
    result = observed(output, country)
    assert (result.replaced, result.unchanged) == (("aa",), ("bb",))
    kept = {path: what for path, what in state(output).items() if "c-bb" in path}
    assert kept == {path: what for path, what in before.items() if "c-bb" in path}
    assert [path.name for path in output.parent.iterdir() if path.name.startswith(".out")] == []


def test_an_interruption_leaves_nothing_of_its_own(country: Path, output: Path) -> None:
    observed(output, country)
    before = state(output.parent)
    changed(country)
    changed_only = state(output.parent)

    def interrupted(tasks: Sequence[ContractTask]) -> Iterator[ContractOutcome]:
        yield gather(tasks[0])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        observe([country], output, interrupted, public=False)
    assert state(output.parent) == changed_only != before


def test_a_full_disk_leaves_the_former_data_set(country: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    observed(output, country)
    before = state(output)
    changed(country)
    whole = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.suffix == ".parquet":
            raise OSError(28, "No space left on device")
        return whole(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match="le disque est plein"):
        observed(output, country)
    assert state(output) == before


def test_two_runs_at_once_lose_nothing(country: Path, output: Path) -> None:
    observed(output, country / "aa")

    def overtaken(tasks: Sequence[ContractTask]) -> Iterator[ContractOutcome]:
        changed(country)
        cvsheet.observatory([country / "aa"], output)
        yield from map(gather, tasks)

    with pytest.raises(OutputError, match="par une autre exécution"):
        observe([country / "bb"], output, overtaken, public=False)
    assert observed(output, country / "bb").contracts == ("aa", "bb")


def test_a_workbook_that_is_open_is_not_replaced(country: Path, output: Path) -> None:
    observed(output, country)
    before = state(output)
    changed(country)
    (output / "~$observatoire.xlsx").write_bytes(b"\5Marie")
    with pytest.raises(OutputError, match="ouvert dans Excel par Marie"):
        observed(output, country)
    (output / "~$observatoire.xlsx").unlink()
    assert state(output) == before


def test_a_disk_without_links_copies_what_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("os.link", no_links)
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "a").write_text("A")
    before = state(folder)
    with staging(folder) as place:
        place.keep("a")
        place.write("b/c", b"C")
        place.put()
    assert state(folder)["a"] == before["a"]
    assert (folder / "b" / "c").read_bytes() == b"C"


def what_nobody_may_lose(folder: Path) -> None:
    (folder / "observatoire.xlsx").write_bytes((folder / "observatoire.xlsx").read_bytes() + b"typed")


def a_note(folder: Path) -> None:
    (folder / "à lire.txt").write_text("Voir Marie", encoding="utf-8")


@pytest.mark.parametrize("gesture", [what_nobody_may_lose, a_note], ids=lambda gesture: gesture.__name__)
def test_what_a_person_left_there_is_kept_and_said(
    country: Path, output: Path, gesture: Callable[[Path], None]
) -> None:
    observed(output, country)
    gesture(output)
    theirs = {path: what[0] for path, what in state(output).items() if path in ("observatoire.xlsx", "à lire.txt")}
    result = observed(output, country)
    aside = state(output.parent / "out (autres fichiers)")
    assert {what[0] for what in aside.values()} <= set(theirs.values())
    assert aside
    assert any("out (autres fichiers)" in line for line in result.told)
