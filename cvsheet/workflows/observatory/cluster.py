"""Contracts read by the workers of a Dask cluster, where one machine is too small: the same function, the same result.

Dask gives a task of a worker that dies to another one by itself, and a finished task too, if its result was still on
that worker: nothing is lost, since a task may run twice. The workers see the contract folders under the same paths as
this machine; they write nothing but the record of what is published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from cvsheet.errors import CvsheetError, UsageError
from cvsheet.workflows.observatory.contract import ContractOutcome, ContractTask, OtherProgramError, Unread, gather
from cvsheet.workflows.observatory.processors import AHEAD, in_order, stopped

if TYPE_CHECKING:
    from distributed import Client, Future

CONNECTING, WAITING = 30.0, 60.0  # seconds for the scheduler to answer, for a first worker to be there
LEAST_AHEAD = 16  # contracts in hand: workers may still join
NO_DASK = 'Il manque la bibliothèque Dask. Installez-la : pip install "cvsheet[cluster]"'
LOST = (
    "L’ordonnanceur Dask ne répond plus : rien n’a été remplacé. Vérifiez qu’il tourne, puis relancez ; ou relancez "
    "sans --ordonnanceur, sur cette machine seule."
)
OTHER_VERSION = (
    "La machine qui devait lire ce contrat n’a pas la même version de cvsheet. Installez la même partout, redémarrez "
    "les ouvriers, puis relancez."
)
_alone = Lock()  # of a worker: with several threads, one contract at a time all the same


def on_cluster(
    tasks: Sequence[ContractTask],
    address: str,
    work: Callable[[ContractTask], ContractOutcome] = gather,
    waiting: float = WAITING,
) -> Iterator[ContractOutcome]:
    """What became of each of `tasks`, in their order, on the workers of the scheduler at `address`.

    UsageError where no scheduler answers there, CvsheetError where it has no worker, or is lost on the way.
    """
    with _connected(address, waiting) as client:
        ahead = max(LEAST_AHEAD, AHEAD * sum(client.nthreads().values()))  # type: ignore[no-untyped-call]
        yield from in_order(tasks, lambda task: client.submit(_one_at_a_time, work, task, pure=False), _outcome, ahead)


def _one_at_a_time(work: Callable[[ContractTask], ContractOutcome], task: ContractTask) -> ContractOutcome:
    with _alone:
        return work(task)


@contextmanager
def _connected(address: str, waiting: float) -> Iterator[Client]:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(NO_DASK) from error
    try:
        client = Client(address, timeout=CONNECTING, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError, ImportError) as error:  # TimeoutError is an OSError
        raise UsageError(
            f"Aucun ordonnanceur Dask ne répond à « {address} ». Démarrez-en un (dask scheduler), et donnez l’adresse "
            "qu’il affiche, par exemple tcp://127.0.0.1:8786"
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=waiting)
        except TimeoutError as error:
            raise CvsheetError(
                f"L’ordonnanceur Dask « {address} » n’a aucun ouvrier. Démarrez-en : dask worker {address} --nworkers "
                "-1 --nthreads 1"
            ) from error
        yield client


def _outcome(task: ContractTask, future: Future[ContractOutcome]) -> ContractOutcome:
    from distributed import CancelledError, KilledWorker

    try:
        found: ContractOutcome = future.result()
    except OtherProgramError:
        return Unread(OTHER_VERSION)
    except KilledWorker:
        return stopped(task, "La lecture de ce contrat a fait tomber plusieurs ouvriers l’un après l’autre.")
    except (CancelledError, OSError) as error:
        raise CvsheetError(LOST) from error
    return found
