"""On a real Dask cluster of separate processes the result is the same, also where one of them is killed meanwhile."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from cvsheet import CvsheetError, UsageError
from cvsheet.cli.main import execute
from cvsheet.workflows.observatory.cluster import NO_DASK, OTHER_VERSION, on_cluster
from cvsheet.workflows.observatory.contract import ContractOutcome, ContractTask, gather
from cvsheet.workflows.observatory.observe import observe
from tests.conftest import ROOT
from tests.observatory.country import observed, plain, state

PATIENCE = 120.0  # seconds at most for whatever is waited for
SIGN = "worker.pid"
Captured = pytest.CaptureFixture[str]

pytestmark = [
    pytest.mark.long,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning"),  # of Dask's own
]


def waited_for(path: Path) -> str:
    """What stands in the file at `path`, once it is there."""
    until = time.monotonic() + PATIENCE
    while not path.is_file():
        assert time.monotonic() < until, f"no {path.name}"
        time.sleep(0.05)
    return path.read_text(encoding="utf-8")


def started(*words: str) -> subprocess.Popen[bytes]:
    """A process of the cluster, on this machine only; it ends by itself if nobody ends it."""
    command = [sys.executable, "-m", "dask", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__SCHEDULER__IDLE_TIMEOUT": "300s"}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                            start_new_session=True)  # fmt: skip


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[str]:
    """The address of a scheduler with so many workers, each a process of its own."""
    known = folder / "scheduler.json"
    local = ("--host", "127.0.0.1", "--no-dashboard")
    running = [started("scheduler", *local, "--port", "0", "--scheduler-file", str(known))]
    try:
        address = str(json.loads(waited_for(known))["address"])
        for number in range(workers):
            place = ("--local-directory", str(folder / f"w{number}"), "--nthreads", "1", "--no-nanny")
            running.append(started("worker", address, *local, *place, "--death-timeout", "60"))
        yield address
    finally:
        for one in running:
            os.killpg(one.pid, signal.SIGKILL)
            one.wait()


def killed_once(task: ContractTask) -> ContractOutcome:
    """As `gather`; whoever reads *aa* first tells its number, and waits to be killed."""
    sign = Path(task.folder).parent / SIGN
    if task.folder.endswith("aa") and not sign.exists():
        beside = sign.with_name("being written")
        beside.write_text(str(os.getpid()), encoding="utf-8")
        beside.rename(sign)
        time.sleep(PATIENCE)
    return gather(task)


def fatal(task: ContractTask) -> ContractOutcome:
    if task.folder.endswith("aa"):
        os._exit(9)
    return gather(task)


def sums(folder: Path) -> dict[str, str]:
    return {path: what[0] for path, what in state(folder).items()}


def test_a_worker_that_is_killed_changes_nothing(country: Path, output: Path, tmp_path: Path) -> None:
    observed(output, country)
    killed: list[int] = []

    def kill() -> None:
        killed.append(int(waited_for(country / SIGN)))
        os.kill(killed[0], signal.SIGKILL)

    with cluster(tmp_path, workers=2) as address:
        helper = threading.Thread(target=kill, daemon=True)
        helper.start()
        result = observe(
            [country], tmp_path / "other", lambda tasks: on_cluster(tasks, address, killed_once), public=False
        )
        helper.join(PATIENCE)
    assert killed
    assert (result.added, result.unread) == (("aa", "bb"), ())
    assert sums(tmp_path / "other") == sums(output)


def test_the_command_on_a_cluster(country: Path, output: Path, tmp_path: Path, capsys: Captured) -> None:
    observed(output, country)
    (country / "cc" / "retours").mkdir(parents=True)
    target = ["-o", str(tmp_path / "other")]
    with cluster(tmp_path, workers=1) as address:
        assert execute(["observatory", str(country), *target, "--ordonnanceur", address]) == 1
        assert "« cc » : Aucun" in plain(capsys.readouterr().err)
        assert execute(["observatory", str(country / "bb"), *target, "--scheduler", address]) == 0
        assert "1 inchangé" in plain(capsys.readouterr().out)
    data = {path for path in sums(output) if path.endswith(".parquet")}
    assert {path: sums(tmp_path / "other")[path] for path in data} == {path: sums(output)[path] for path in data}


def test_a_contract_that_kills_every_worker_is_one_line(country: Path, output: Path, tmp_path: Path) -> None:
    with cluster(tmp_path, workers=5) as address:
        result = observe([country], output, lambda tasks: on_cluster(tasks, address, fatal), public=False)
    assert result.added == ("bb",)
    assert "plusieurs ouvriers" in plain(result.unread[0])


def test_no_scheduler_no_worker(country: Path, output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cvsheet.workflows.observatory.cluster.CONNECTING", 1.0)
    for address in ("tcp://127.0.0.1:9", "ceci n’est pas une adresse"):
        with pytest.raises(UsageError, match="Aucun ordonnanceur Dask"):
            list(on_cluster([], address))
    with cluster(tmp_path, workers=0) as address, pytest.raises(CvsheetError, match="aucun ouvrier"):
        list(on_cluster([], address, waiting=1.0))
    assert not output.exists()


def test_without_dask(country: Path, output: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert execute(["observatory", str(country), "-o", str(output), "--scheduler", "tcp://127.0.0.1:9"]) == 2
    assert plain(NO_DASK) in plain(capsys.readouterr().err)
    assert not output.exists()


def of_another_version(task: ContractTask) -> ContractOutcome:
    return gather(replace(task, program="another") if task.folder.endswith("aa") else task)


def test_another_version_of_the_program_on_a_worker_is_one_line(country: Path, output: Path, tmp_path: Path) -> None:
    with cluster(tmp_path, workers=1) as address:
        result = observe([country], output, lambda tasks: on_cluster(tasks, address, of_another_version), public=False)
    assert (result.added, len(result.unread)) == (("bb",), 1)
    assert OTHER_VERSION in result.unread[0]
