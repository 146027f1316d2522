"""One thing at a time: what was asked for is done beside the pages, says how far it is, and never takes them down."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TypeAlias

from cvsheet.errors import what_stopped


@dataclass(frozen=True, slots=True)
class Done:
    """What a job says when it is over: French lines, and what it made, to be opened."""

    lines: tuple[str, ...]
    made: tuple[Path, ...] = ()


@dataclass(slots=True)
class Running:
    """A job as it is seen while it runs and afterwards: at which `stage`, `done` of `total`; `error` is why it failed,
    `detail` what whoever maintains cvsheet wants to know of an unforeseen failure."""

    number: int
    title: str
    begun: datetime
    stage: str = ""
    done: int = 0
    total: int = 0
    over: bool = False
    error: str = ""
    detail: str = ""
    result: Done = field(default_factory=lambda: Done(()))

    @property
    def state(self) -> str:
        """``1-running``: changes whenever something else is to be shown."""
        return f"{self.number}-{'over' if self.over else f'{self.stage}-{self.done}-{self.total}'}"


TellStage: TypeAlias = Callable[[str, int, int], None]
"""Says at which stage a job is, how much of it is done and how much there is."""
Doing: TypeAlias = Callable[[TellStage], Done]


class Jobs:
    """The desk's jobs: one runs at a time; `after` is called once it is over."""

    def __init__(self, after: Callable[[], None] = lambda: None) -> None:
        self._after = after
        self._lock = threading.Lock()
        self._numbers = count(1)
        self.latest: Running | None = None

    @property
    def busy(self) -> bool:
        return self.latest is not None and not self.latest.over

    def start(self, title: str, doing: Doing) -> Running | None:
        """Begin `doing`; None where another job still runs."""
        with self._lock:
            if self.busy:
                return None
            job = self.latest = Running(next(self._numbers), title, datetime.now())
        threading.Thread(target=self._run, args=(job, doing), name=f"job-{job.number}", daemon=True).start()
        return job

    def _run(self, job: Running, doing: Doing) -> None:
        def tell(stage: str, done: int, total: int) -> None:
            job.stage, job.done, job.total = stage, done, total

        try:
            job.result = doing(tell)
        except Exception as error:  # the last door before the page: it says why, and stays
            job.error = what_stopped(error)
            job.detail = "" if job.error.startswith("Erreur :") else traceback.format_exc()
        self._after()
        job.over = True
