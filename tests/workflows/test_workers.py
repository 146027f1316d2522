"""Files read in processes of their own: the same result, and one bad file costs one file."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.judging.engine.assessment import Received
from cvsheet.model.framework import Framework
from cvsheet.workflows.folder import load_framework
from cvsheet.workflows.receive import Arrival, arrivals, read_arrival, receive
from cvsheet.workflows.workers import Workers, read_in_workers, warm_reader
from tests.conftest import ROOT
from tests.rules.small import FRAMEWORK

CAMPAIGN = ROOT / "examples" / "campagne"
TWO = Workers(count=2)


def names(found: tuple[Received, ...]) -> list[str]:
    return [one.file for one in found]


def read_last_first(framework: Framework, arrival: Arrival) -> Received:
    """The first files take longest."""
    time.sleep(0.2 if arrival.name < "c" else 0.0)
    return Received(arrival.name)


def die_or_hang(framework: Framework, arrival: Arrival) -> Received:
    """What a fault in a library in C may do with a file."""
    if "meurt" in arrival.name:
        os._exit(9)
    if "attend" in arrival.name:
        time.sleep(0.8)  # more than the seconds of processor that it may take
    if "dort" in arrival.name:
        time.sleep(60)
    if "tourne" in arrival.name:
        while True:
            pass
    return Received(arrival.name)


def take_too_much(framework: Framework, arrival: Arrival) -> Received:
    try:
        return Received(arrival.name, incident=str(len(bytearray(900_000_000))))
    except MemoryError:
        return Received(arrival.name, refusal=UnreadableFile(Refusal.TOO_LARGE, "memory"))


def dropped(folder: Path, *file_names: str) -> tuple[Arrival, ...]:
    for name in file_names:
        (folder / name).write_bytes(b"")
    return arrivals([folder], folder)


def untold(done: int, total: int) -> None:
    """Nobody watches."""


@pytest.mark.usefixtures("in_workers")
@pytest.mark.long
def test_the_result_is_that_of_one_process(tmp_path: Path) -> None:
    framework = load_framework(CAMPAIGN / "contrat.xlsx")
    others = dropped(tmp_path, "vide.xlsx", "~$caf.xlsx", "lettre.docx")
    paths = [CAMPAIGN / "retours", *(one.path for one in others)]
    alone, together = receive(framework, paths, ROOT), receive(framework, paths, ROOT, workers=TWO)
    assert [(one.file, one.submission, str(one.refusal), one.ignored) for one in together] == [
        (one.file, one.submission, str(one.refusal), one.ignored) for one in alone
    ]


def test_the_order_of_the_files_is_kept(tmp_path: Path) -> None:
    found = dropped(tmp_path, "a.xlsx", "b.xlsx", "c.xlsx", "d.xlsx")
    told: list[tuple[int, int]] = []
    read = read_in_workers(FRAMEWORK, found, TWO, read_last_first, lambda *progress: told.append(progress))
    assert names(read) == ["a.xlsx", "b.xlsx", "c.xlsx", "d.xlsx"]
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.long
def test_a_file_that_kills_its_worker_costs_itself(tmp_path: Path) -> None:
    found = dropped(tmp_path, "a.xlsx", "b meurt.xlsx", "c.xlsx", "d meurt.xlsx", "e.xlsx")
    read = read_in_workers(FRAMEWORK, found, TWO, die_or_hang, untold)
    assert [one.refusal and one.refusal.reason for one in read] == [None, Refusal.CRASHES, None, Refusal.CRASHES, None]


@pytest.mark.parametrize(
    ("name", "workers", "refused"),
    [
        ("a tourne.xlsx", Workers(count=1, seconds=0.5), Refusal.HANGS),
        ("a dort.xlsx", Workers(count=1, wait=2), Refusal.HANGS),
        ("a attend.xlsx", Workers(count=1, seconds=0.5), None),  # time on the clock is no fault of the file's
    ],
)
@pytest.mark.long
def test_a_file_that_hangs_costs_itself_and_its_seconds(
    tmp_path: Path, name: str, workers: Workers, refused: Refusal | None
) -> None:
    read = read_in_workers(FRAMEWORK, dropped(tmp_path, name, "b.xlsx", "c.xlsx"), workers, die_or_hang, untold)
    assert [one.refusal and one.refusal.reason for one in read] == [refused, None, None]


def test_memory_is_bounded_where_the_system_counts_it(tmp_path: Path) -> None:
    (read,) = read_in_workers(FRAMEWORK, dropped(tmp_path, "a.xlsx"), TWO, take_too_much, untold)
    bounded = Path("/proc/self/statm").exists()
    assert (read.refusal is not None) == bounded


def test_a_refusal_survives_the_journey_from_a_worker(tmp_path: Path) -> None:
    (read,) = read_in_workers(FRAMEWORK, dropped(tmp_path, "a.xlsx"), TWO, read_arrival, untold)
    assert read.refusal is not None
    assert (read.refusal.reason, read.refusal.detail) == (Refusal.EMPTY, "")


def test_few_files_need_one_worker() -> None:
    assert [Workers(count=4).needed(files) for files in (1, 59, 60, 1000)] == [1, 1, 2, 4]


@pytest.mark.long
def test_a_reader_that_waits_outlives_a_file_that_kills_it(tmp_path: Path) -> None:
    found = dropped(tmp_path, "a.xlsx", "meurt.xlsx", "z.xlsx")
    with warm_reader(FRAMEWORK, Workers(), die_or_hang) as read:
        came = [read(FRAMEWORK, one) for one in found]
    assert [one.refusal is None or one.refusal.reason for one in came] == [True, Refusal.CRASHES, True]
