"""`validate --watch`: files judged as they arrive; what is still being copied waits."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cvsheet import Contract, ContractFolder
from cvsheet.cli.watching import Reports, keep_watching
from cvsheet.errors import Refusal, UnreadableFile, UsageError
from cvsheet.model.submission import Submission
from cvsheet.workflows.receive import arrivals
from cvsheet.workflows.watch import Desk, FolderChanges, Pace, Round, changes, look, watch_returns
from tests.rules.small import FRAMEWORK

PACE = Pace(look=0.02, patience=10)


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A reader that takes ``PK...END`` for a workbook, a text for a CSV file, and notes what it was asked to read."""
    asked: list[str] = []

    def read(path: Path, framework: object, shown_as: str) -> Submission:
        asked.append(shown_as)
        text = path.read_text()
        if text.startswith("a;b"):
            raise UnreadableFile(Refusal.CSV)
        if not text.endswith("END"):
            raise UnreadableFile(Refusal.TRUNCATED if text else Refusal.EMPTY)
        return Submission(shown_as, "0" * 64, "xlsx", None, None)

    monkeypatch.setattr("cvsheet.books.partner.reading.read_returned", read)
    return asked


def seen(folder: Path, before: Desk, now: float) -> Desk:
    return look(FRAMEWORK, before, arrivals([folder], folder), now, PACE)


def names(desk: Desk) -> list[str]:
    return [received.file for received in desk.settled]


def test_a_file_that_grows_is_not_reported_before_it_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "caf.xlsx"
    file.write_text("")
    desk = seen(tmp_path, Desk(), 0)
    for moment, text in enumerate(("PK", "PK half", "PK half and more"), start=1):
        file.write_text(text)
        desk = seen(tmp_path, desk, 9 * moment)
        assert (names(desk), desk.waiting) == ([], ("caf.xlsx",))
    file.write_text("PK half and more END")
    before, desk = desk, seen(tmp_path, desk, 28)
    assert names(desk) == ["caf.xlsx"]
    assert changes(before, desk) == FolderChanges(read=("caf.xlsx",))


def test_a_file_that_stays_unreadable_is_damaged(tmp_path: Path, reader: list[str]) -> None:
    (tmp_path / "caf.xlsx").write_text("PK half")
    young = seen(tmp_path, seen(tmp_path, Desk(), 0), 9.9)
    assert young.waiting == ("caf.xlsx",) and reader == ["caf.xlsx"]
    old = seen(tmp_path, young, 10)
    (received,) = old.settled
    assert received.refusal is not None and received.refusal.reason is Refusal.TRUNCATED


def test_what_was_damaged_long_ago_is_reported_at_once(tmp_path: Path) -> None:
    (tmp_path / "caf.xlsx").write_text("PK half")
    os.utime(tmp_path / "caf.xlsx", (1000, 1000))
    assert names(seen(tmp_path, Desk(), 1010)) == ["caf.xlsx"]


def test_what_can_only_be_wrong_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "caf.csv").write_text("a;b")
    assert names(seen(tmp_path, Desk(), 0)) == ["caf.csv"]


def test_only_what_changed_is_read_again(tmp_path: Path, reader: list[str]) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        (tmp_path / name).write_text("PK END")
    desk = seen(tmp_path, Desk(), 0)
    (tmp_path / "b.xlsx").write_text("PK longer END")
    assert not changes(desk, seen(tmp_path, desk, 1)).gone
    assert reader == ["a.xlsx", "b.xlsx", "b.xlsx"]


def test_lock_files_come_and_go_unnoticed(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("PK END")
    desk = seen(tmp_path, Desk(), 0)
    (tmp_path / "~$a.xlsx").write_text("who")
    (tmp_path / ".~lock.a.xlsx#").write_text("who")
    assert not changes(desk, seen(tmp_path, desk, 1))


def test_a_file_taken_away_is_gone(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("PK END")
    desk = seen(tmp_path, Desk(), 0)
    (tmp_path / "a.xlsx").unlink()
    assert changes(desk, seen(tmp_path, desk, 1)) == FolderChanges(gone=("a.xlsx",))


def test_a_report_written_among_the_returns_starts_no_endless_round(tmp_path: Path) -> None:
    (tmp_path / "constats.html").write_text("one")
    desk = seen(tmp_path, Desk(), 0)
    (tmp_path / "constats.html").write_text("another")
    assert not changes(desk, seen(tmp_path, desk, 1))


def first_rounds(rounds: Iterator[Round], stop: threading.Event, *acts: Callable[[], object]) -> list[Round]:
    """The rounds, one act after each; the watch is stopped after the last, or after four seconds."""
    alarm = threading.Timer(4, stop.set)
    alarm.start()
    found = []
    for one in rounds:
        found.append(one)
        if len(found) > len(acts):
            stop.set()
        else:
            acts[len(found) - 1]()
    alarm.cancel()
    return found


def test_real_files_are_judged_as_they_arrive(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("PK END")
    stop = threading.Event()
    rounds = watch_returns(FRAMEWORK, [tmp_path], tmp_path, stop, PACE)
    there, arriving, whole = first_rounds(
        rounds,
        stop,
        lambda: (tmp_path / "b.xlsx").write_text("PK ha"),
        lambda: (tmp_path / "b.xlsx").write_text("PK half END"),
    )
    assert there.changes.read == ("a.xlsx",)
    assert arriving.waiting == ("b.xlsx",) and len(arriving.assessment.received) == 1
    assert whole.changes.read == ("b.xlsx",) and whole.waiting == ()
    assert [one.file for one in whole.assessment.received] == ["a.xlsx", "b.xlsx"]


def test_a_folder_that_does_not_exist_is_a_fault_of_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="rien à surveiller"):
        next(watch_returns(FRAMEWORK, [tmp_path / "retour"], tmp_path, threading.Event()))


def contract_in(folder: Path) -> Contract:
    return Contract(ContractFolder(folder), FRAMEWORK)


def test_the_reports_are_kept_and_the_end_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "retours").mkdir()
    (tmp_path / "retours" / "a.csv").write_text("a;b")
    stop = threading.Event()
    stop.set()
    reports = Reports(contract_in(tmp_path), tmp_path / "x.json", tmp_path / "x.html")
    assert keep_watching(reports, [tmp_path / "retours"], stop=stop) == 0
    out = capsys.readouterr().out
    assert "FIC-007" in out and "En veille" in out and out.endswith("Veille terminée.\n")
    assert (tmp_path / "x.json").is_file() and (tmp_path / "x.html").is_file()


def test_a_report_open_elsewhere_does_not_end_the_watch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", held)
    stop = threading.Event()
    stop.set()
    assert keep_watching(Reports(contract_in(tmp_path), None, tmp_path / "x.html"), [tmp_path], stop=stop) == 0
    assert "Impossible de remplacer" in capsys.readouterr().err


def test_interrupting_ends_cleanly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> Iterator[Round]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr("cvsheet.workflows.watch.watch_returns", interrupted)
    assert keep_watching(Reports(contract_in(tmp_path), None, None), [tmp_path]) == 0
    assert capsys.readouterr().out == "Veille terminée.\n"
