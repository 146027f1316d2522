"""Several contracts at once, in processes of their own: the same result, and one that dies or hangs is one line."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

import cvsheet
from cvsheet.workflows.observatory.contract import ContractOutcome, ContractTask, Gathered, Unchanged, Unread
from cvsheet.workflows.observatory.fingerprint import program
from cvsheet.workflows.observatory.processors import UPDATED, in_order, in_processes
from tests.observatory.country import observed, plain, state

BAD = "aa"


def fatal(task: ContractTask) -> ContractOutcome:
    if task.folder == BAD:
        os._exit(9)
    return Unchanged()


def endless(task: ContractTask) -> ContractOutcome:
    while task.folder == BAD:
        time.sleep(0.1)
    return Unchanged()


def tasks(*folders: str) -> list[ContractTask]:
    return [ContractTask(folder, False, "") for folder in folders]


@pytest.mark.long
def test_processes_make_what_one_process_makes(country: Path, output: Path, tmp_path: Path) -> None:
    observed(output, country)
    cvsheet.observatory([country], tmp_path / "other", jobs=2)
    assert {path: what[0] for path, what in state(tmp_path / "other").items()} == {
        path: what[0] for path, what in state(output).items()
    }


@pytest.mark.long
def test_one_that_dies_is_one_line(country: Path) -> None:
    found = list(in_processes(tasks("bb", BAD, "cc"), jobs=2, work=fatal))
    assert [type(one) for one in found] == [Unchanged, Unread, Unchanged]
    assert isinstance(found[1], Unread)
    assert "cvsheet validate -C aa" in plain(found[1].sentence)


@pytest.mark.long
def test_one_that_hangs_is_one_line() -> None:
    found = list(in_processes(tasks(BAD, "bb"), jobs=1, wait=2, work=endless))
    assert [type(one) for one in found] == [Unread, Unchanged]


@pytest.mark.long
def test_a_program_that_is_replaced_meanwhile_is_one_line(country: Path) -> None:
    """Its processes start as long as contracts are left, and each reads the program that lies there then."""
    now, before = (ContractTask(str(country / "aa"), False, one) for one in (program(), "before"))
    found = list(in_processes([now, before], jobs=1))
    assert [type(one) for one in found] == [Gathered, Unread]
    assert found[1] == Unread(UPDATED)


@pytest.mark.parametrize("ahead", [1, 3, 50])
def test_no_more_are_in_hand_than_are_asked_for(ahead: int) -> None:
    """So that memory does not grow with their number."""
    held: list[ContractTask] = []
    most = []

    def start(task: ContractTask) -> ContractTask:
        held.append(task)
        most.append(len(held))
        return task

    def end(task: ContractTask, handle: ContractTask) -> ContractOutcome:
        held.remove(handle)
        return Unread(task.folder)

    folders = [str(number) for number in range(20)]
    found = [one.sentence for one in in_order(tasks(*folders), start, end, ahead) if isinstance(one, Unread)]
    assert found == folders
    assert max(most) == min(ahead, len(folders))
