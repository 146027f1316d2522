"""`validate --watch`: files judged as they arrive, half-copied ones once they are whole.

A workbook that is being copied cannot be read before its last byte. So a file that reads badly is only *waiting*
while it is young; once nothing has touched it for `Pace.patience` seconds, it is damaged and reported as such.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cvsheet.errors import Refusal, UsageError
from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Assessment, Ignored, Received
from cvsheet.judging.files.joins import said_of
from cvsheet.model.findings import Finding
from cvsheet.model.framework import Framework
from cvsheet.workflows.kept_judgements import judged_once
from cvsheet.workflows.receive import Arrival, arrivals, one_by_one, read_arrival
from cvsheet.workflows.workers import Reader, Workers

if TYPE_CHECKING:
    from threading import Event

FileSignature = tuple[int, int]  # size in bytes, time of last change in ns
UNFINISHED = frozenset(
    {Refusal.MISSING, Refusal.EMPTY, Refusal.TRUNCATED, Refusal.DAMAGED, Refusal.UNKNOWN, Refusal.PLAIN_ZIP}
)
"""What a half-copied workbook looks like."""
NANOSECONDS = 1e9  # in a second


@dataclass(frozen=True, slots=True)
class Pace:
    """In seconds: how often to look, and how long a file that reads badly may stay untouched before it is reported."""

    look: float = 1.0
    patience: float = 10.0


@dataclass(frozen=True, slots=True)
class OnDesk:
    """A file at hand: how it looked, since when (seconds since 1970), what was read; `settled`: not waiting."""

    signature: FileSignature
    since: float
    received: Received
    settled: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything at hand by name, in natural order."""

    files: Mapping[str, OnDesk] = field(default_factory=dict)

    @property
    def settled(self) -> tuple[Received, ...]:
        return tuple(one.received for one in self.files.values() if one.settled)

    @property
    def waiting(self) -> tuple[str, ...]:
        """The names of the files that are still being copied, as far as one can tell."""
        return tuple(name for name, one in self.files.items() if not one.settled)


@dataclass(frozen=True, slots=True)
class FolderChanges:
    """What differs between two looks, by name: `read` anew, `gone`, and those that `began` to be copied."""

    read: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    began: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.read or self.gone or self.began)


@dataclass(frozen=True, slots=True)
class Round:
    """What is known after a change: all whole files judged together, what changed, what is still being copied."""

    assessment: Assessment
    changes: FolderChanges
    waiting: tuple[str, ...]

    @property
    def news(self) -> tuple[Finding, ...]:
        """What is said of the files that were read anew."""
        return tuple(said_of(self.assessment.findings, {*self.changes.read}))


def watch_returns(
    framework: Framework,
    paths: Sequence[Path],
    root: Path,
    stop: Event,
    pace: Pace | None = None,
    *,
    workers: Workers | None = None,
) -> Iterator[Round]:
    """A round for what lies at `paths` now, then one for every change, until `stop` is set.

    The files are read in one of `workers`, which waits for them, or in this process. UsageError where one of `paths`
    does not exist.
    """
    chosen = pace or Pace()
    desk = Desk()
    with one_by_one(framework, root, workers) as read:
        for beat, _ in enumerate(_beats(paths, stop, chosen)):
            before, desk = desk, look(framework, desk, arrivals(paths, root), time.time(), chosen, read)
            news = changes(before, desk)
            if beat == 0 or news:
                keeping = workers is not None and workers.keep
                judged = judged_once(root, framework, desk.settled) if keeping else assess(framework, desk.settled)
                yield Round(judged, news, desk.waiting)


def _beats(paths: Sequence[Path], stop: Event, pace: Pace) -> Iterator[None]:
    """One beat now, then at every change in the folders, and every `pace.look` seconds where nothing tells of changes
    (network drives) or a file is waiting."""
    from watchfiles import watch

    for path in paths:
        if not path.exists():
            raise UsageError(f"« {path} » n’existe pas : rien à surveiller.")
    folders = {path if path.is_dir() else path.parent for path in paths}
    milliseconds = max(1, round(1000 * pace.look))
    yield
    for _ in watch(
        *sorted(folders),
        watch_filter=None,
        stop_event=stop,
        debounce=milliseconds,
        rust_timeout=milliseconds,
        yield_on_timeout=True,
    ):
        yield


def look(
    framework: Framework, desk: Desk, found: Sequence[Arrival], now: float, pace: Pace, read: Reader = read_arrival
) -> Desk:
    """`desk` as it is at `now`, with the files `found`: what changed is `read` again, the rest is kept."""
    wanted = [one for one in found if one.ignored is not Ignored.HIDDEN and not one.path.name.startswith("~$")]
    return Desk({one.name: _on_desk(framework, desk.files.get(one.name), one, now, pace, read) for one in wanted})


def changes(before: Desk, now: Desk) -> FolderChanges:
    """What differs between two looks."""
    return FolderChanges(
        read=tuple(name for name, one in now.files.items() if one.settled and _is_news(before.files.get(name), one)),
        gone=tuple(name for name in before.files if name not in now.files),
        began=tuple(name for name in now.waiting if name not in before.waiting),
    )


def _is_news(before: OnDesk | None, now: OnDesk) -> bool:
    """Whether a file is to be judged again. Not one that is no workbook and was none: a report written beside the
    returns must not start a new round for ever."""
    if before is None or not before.settled or before.received.refusal is None or now.received.refusal is None:
        return before != now
    return before.received.refusal.args != now.received.refusal.args


def _on_desk(
    framework: Framework, before: OnDesk | None, arrival: Arrival, now: float, pace: Pace, read: Reader
) -> OnDesk:
    signature = _signature(arrival)
    same = before is not None and before.signature == signature
    if before is not None and same and (before.settled or now - before.since < pace.patience):
        return before
    received = read(framework, arrival)
    since = before.since if before is not None and same else min(now, signature[1] / NANOSECONDS)
    untouched = _signature(arrival) == signature
    settled = untouched and (now - since >= pace.patience or not _may_be_unfinished(received))
    return OnDesk(signature, since, received, settled)


def _may_be_unfinished(received: Received) -> bool:
    """Also an incident: a file that another program still holds cannot be opened on Windows."""
    return bool(received.incident) or (received.refusal is not None and received.refusal.reason in UNFINISHED)


def _signature(arrival: Arrival) -> FileSignature:
    """Nothing for what is not opened."""
    if arrival.ignored is not None:
        return 0, 0
    try:
        state = arrival.path.stat()
    except OSError:
        return -1, 0
    return state.st_size, state.st_mtime_ns
