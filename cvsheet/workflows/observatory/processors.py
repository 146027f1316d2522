"""Contracts read several at a time by processes of this machine: one that hangs or dies takes only itself down."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, TimeoutError
from multiprocessing import get_context
from typing import TypeVar

from cvsheet.text.shell import pasted
from cvsheet.workflows.observatory.contract import ContractOutcome, ContractTask, OtherProgramError, Unread, gather
from cvsheet.workflows.workers import processors

WAIT = 3600.0  # seconds on the clock for a contract: ten thousand returns take some minutes
UPDATED = "cvsheet a été mis à jour pendant la lecture : ce contrat n’a pas été lu. Relancez."
AHEAD = 4  # contracts in hand for each worker: no more of what they hold is in memory
InHand = TypeVar("InHand")


def here(tasks: Sequence[ContractTask]) -> Iterator[ContractOutcome]:
    """The same in this process, one after the other."""
    return map(gather, tasks)


def in_processes(
    tasks: Sequence[ContractTask],
    jobs: int = 0,
    wait: float = WAIT,
    work: Callable[[ContractTask], ContractOutcome] = gather,
) -> Iterator[ContractOutcome]:
    """What became of each of `tasks`, in their order; `jobs` processes `work` at once, 0 for as many as processors."""
    from pebble import ProcessPool

    count = max(1, min(jobs or processors(), len(tasks)))
    pool = ProcessPool(max_workers=count, context=get_context("spawn"))
    try:
        yield from in_order(
            tasks,
            lambda task: pool.schedule(work, args=(task,), timeout=wait),
            _outcome,
            AHEAD * count,
        )
    finally:  # after Ctrl-C too: nobody waits for the contracts that are left
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def in_order(
    tasks: Sequence[ContractTask],
    start: Callable[[ContractTask], InHand],
    end: Callable[[ContractTask, InHand], ContractOutcome],
    ahead: int,
) -> Iterator[ContractOutcome]:
    """What `end` says of each task that was `start`ed, in order; at most `ahead` are in hand, so that memory does not
    grow with their number."""
    started: deque[tuple[ContractTask, InHand]] = deque()
    for task in tasks:
        if len(started) >= ahead:
            yield end(*started.popleft())
        started.append((task, start(task)))
    while started:
        yield end(*started.popleft())


def stopped(task: ContractTask, why: str) -> Unread:
    """That the process that read a contract did not come to its end, and how to find the file that is to blame."""
    return Unread(
        f"{why} Cherchez quel fichier de retours/ en est la cause, et rangez-le ailleurs : cvsheet validate -C "
        f"{pasted(task.folder)}"
    )


def _outcome(task: ContractTask, future: Future[ContractOutcome]) -> ContractOutcome:
    from pebble import ProcessExpired

    try:
        return future.result()
    except OtherProgramError:
        return Unread(UPDATED)
    except TimeoutError:
        return stopped(task, "La lecture de ce contrat ne finit pas.")
    except ProcessExpired:
        return stopped(task, "La lecture de ce contrat a fait tomber le programme.")
