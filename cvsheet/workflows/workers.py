"""Files read in processes of their own, several at a time: one that hangs or dies takes itself down, not the run.

The reader is bounded and careful, but it stands on libraries in C, which a file may bring to a crash that no `except`
sees. So a command reads in workers; a library call may read in its own process instead (`receive` without workers), for
a script that starts workers needs ``if __name__ == "__main__":``.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, TimeoutError
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from threading import Event, Thread
from time import process_time
from typing import TYPE_CHECKING, TypeAlias

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.judging.engine.assessment import Received
from cvsheet.memoising import seldom_collect
from cvsheet.model.framework import Framework
from cvsheet.workflows.kept_readings import as_bytes, from_bytes

if TYPE_CHECKING:
    from pebble import ProcessPool

    from cvsheet.workflows.receive import Arrival

FILES_PER_WORKER = 30  # that are read while one more worker starts
PATIENCE = 60.0  # seconds for a worker to start; where none does, this process reads
MEGABYTE = 1 << 20
GLANCE = 0.2  # seconds between two looks at the processor time
OUT_OF_TIME = 75  # exit code of a worker whose file took all of it

Reader: TypeAlias = "Callable[[Framework, Arrival], Received]"


@dataclass(frozen=True, slots=True)
class Workers:
    """What one file may take of its worker: `seconds` of processor time, and `memory` in bytes where the system counts
    it (Linux). `wait` bounds the seconds on the clock: a loaded machine or a slow share is no fault of the file's.

    `count` is the number of workers at most; 0 for as many as there are processors. With `keep`, what they read is kept
    beside the contract, and what is kept there is not read again.
    """

    count: int = 0
    seconds: float = 30.0
    wait: float = 300.0
    memory: int = 512 * MEGABYTE
    keep: bool = False

    def needed(self, files: int) -> int:
        """How many workers are worth starting for so many `files`."""
        return max(1, min(self.count or processors(), files // FILES_PER_WORKER))


def read_in_workers(
    framework: Framework,
    found: Sequence[Arrival],
    workers: Workers,
    read: Reader,
    tick: Callable[[int, int], None],
) -> tuple[Received, ...]:
    """What `read` says of each file, in the order of `found`, whatever the order in which they were finished.

    `read` and what it returns must be importable by the workers; `tick` is called as in `receive`.
    """
    with _pool(framework, workers, read, workers.needed(len(found))) as pool:
        return _collected(framework, found, workers, read, pool, tick)


@contextmanager
def warm_reader(framework: Framework, workers: Workers, read: Reader) -> Iterator[Reader]:
    """`read` in one process that waits for files as long as this lasts: the next one is read at once."""
    with _pool(framework, workers, read, 1) as pool:
        pool.schedule(_awake)  # now, while nobody waits

        def one_more(_: Framework, arrival: Arrival) -> Received:
            future = pool.schedule(_read, args=(arrival,), timeout=workers.wait)
            return _outcome(arrival, future, workers) or read(framework, arrival)

        yield one_more


@contextmanager
def _pool(framework: Framework, workers: Workers, read: Reader, count: int) -> Iterator[ProcessPool]:
    from pebble import ProcessPool

    pool = ProcessPool(
        max_workers=count,
        initializer=_prepare,
        initargs=(framework, read, workers),
        context=get_context("spawn"),  # alike on Linux, macOS and Windows, and safe beside threads
    )
    try:
        yield pool
    finally:  # after Ctrl-C too: nobody waits for the files that are left
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _collected(
    framework: Framework,
    found: Sequence[Arrival],
    workers: Workers,
    read: Reader,
    pool: ProcessPool,
    tick: Callable[[int, int], None],
) -> tuple[Received, ...]:
    from cvsheet.judging.cells.schema import import_libraries

    futures = deque(pool.schedule(_read, args=(arrival,), timeout=workers.wait) for arrival in found)
    import_libraries()  # while the files are read: it takes as long as reading a hundred of them
    received = []
    for done, arrival in enumerate(found, start=1):
        one = _outcome(arrival, futures.popleft(), workers)  # whose bytes, with it, leave memory
        received.append(one if one is not None else read(framework, arrival))
        tick(done, len(found))
    return tuple(received)


def _outcome(arrival: Arrival, future: Future[Received | bytes], workers: Workers) -> Received | None:
    """What came of one file; None where no worker ever took it up."""
    from pebble import ProcessExpired

    try:
        read = future.result(timeout=workers.wait + PATIENCE)
        return read if isinstance(read, Received) else from_bytes(arrival.name, read)
    except TimeoutError:
        if not future.done():
            return None
        return _refused(arrival, Refusal.HANGS, f"not read after {workers.wait:g} seconds")
    except ProcessExpired as death:
        if death.exitcode == OUT_OF_TIME:
            return _refused(arrival, Refusal.HANGS, f"not read in {workers.seconds:g} seconds of processor time")
        return _refused(arrival, Refusal.CRASHES, f"the worker ended with code {death.exitcode}")


def _refused(arrival: Arrival, reason: Refusal, detail: str) -> Received:
    return Received(arrival.name, refusal=UnreadableFile(reason, detail))


_job: tuple[Framework, Reader, float] | None = None  # of this worker


def _prepare(framework: Framework, read: Reader, workers: Workers) -> None:
    global _job  # noqa: PLW0603 - a worker is told once what all its files have in common
    _job = framework, read, workers.seconds
    seldom_collect()
    _limit_memory(workers.memory)


def _awake() -> None:
    """What a worker does first: start."""


def _read(arrival: Arrival) -> Received | bytes:
    """What was read, as it is kept: it passes from one process to another in a tenth of the time."""
    assert _job is not None, "a worker is prepared before it reads"
    framework, read, seconds = _job
    done = Event()
    Thread(target=_end_when_out_of_time, args=(process_time() + seconds, done), daemon=True).start()
    try:
        return as_bytes(read(framework, arrival))
    finally:
        done.set()


def _end_when_out_of_time(limit: float, done: Event) -> None:
    """End this process once it has worked until `limit`, unless the file is `done` before."""
    while not done.wait(GLANCE):
        if process_time() > limit:
            os._exit(OUT_OF_TIME)


def _limit_memory(more: int) -> None:
    """Let this process take `more` bytes than it has, where the system can tell and refuse (Linux)."""
    state = Path("/proc/self/statm")
    if not state.exists():
        return
    import resource

    taken = int(state.read_text().split()[0]) * resource.getpagesize()
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = taken + more
    resource.setrlimit(resource.RLIMIT_AS, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))


def processors() -> int:
    """The processors that this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed is not None else os.cpu_count() or 1
