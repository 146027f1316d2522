"""What lies in the contract's folder now: returns judged as they come, the contract read again when it changes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import cvsheet
from cvsheet.errors import what_stopped

if TYPE_CHECKING:
    from cvsheet import Assessment, Campaign, Contract, Framework, Round
    from cvsheet.books.master.content import MasterContent

GLANCE = 0.5  # seconds between two looks at the contract's own files
AGAIN = 3.0  # seconds after which what failed is tried again
DECIDED = ("decisions.csv", "notes.csv")

FileMarks = tuple[tuple[str, int, int], ...]
"""Names, sizes and times of files: something else is there once they differ."""


@dataclass(frozen=True)
class FolderView:
    """The contract and its returns as they were last looked at. `version` changes with anything that a page shows."""

    contract: Contract
    round: Round
    version: int
    _contents: dict[str | None, MasterContent] = field(default_factory=dict, repr=False, compare=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    @property
    def framework(self) -> Framework:
        return self.contract.framework

    @property
    def assessment(self) -> Assessment:
        return self.round.assessment

    def content(self, campaign: str | None = None) -> MasterContent:
        """What the master of `campaign` would show, worked out once however many pages ask."""
        with self._lock:
            if campaign not in self._contents:
                self._contents[campaign] = self.contract.master_content(campaign, self.assessment)
            return self._contents[campaign]

    def campaign(self, code: str | None = None) -> Campaign:
        """The campaign called `code`, by default the current one, or where none is the one to begin with."""
        return self.contract.to_prepare(code, self.assessment).campaign


class Follower:
    """Follows the folder of a contract in threads of its own; `seen` is None until it was read once, or while `failure`
    says in French why it cannot be."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.failure = ""
        self.seen: FolderView | None = None
        self.read = 0, 0  # files of the first reading: how many are done, how many there are
        self._versions = 0
        self._reopened: Contract | None = None  # the same contract with the deadlines that partners were told since
        self._stop = threading.Event()
        self._lock = threading.Lock()

    def start(self) -> None:
        threading.Thread(target=self._follow, name="follower", daemon=True).start()

    def stop(self) -> None:
        self._stop.set()

    @property
    def version(self) -> int:
        """Changes with all that a page may show."""
        return self._versions

    def _follow(self) -> None:
        while not self._stop.is_set():
            before = self._stated()
            try:
                self._watch(before)
            except Exception as error:  # the pages stay, and say why they show nothing
                self._failed(what_stopped(error))
                until = time.monotonic() + AGAIN
                while time.monotonic() < until and self._stated() == before and not self._stop.wait(GLANCE):
                    pass

    def _watch(self, stated: FileMarks) -> None:
        """Judge the returns whenever they change, until the contract states something else."""
        if not (self.root / "envois").exists():  # else it is gone, and said so: nothing else tells who has answered
            with suppress(OSError):
                self._inbox.mkdir(exist_ok=True)
        contract = cvsheet.open_contract(self.root, jobs=0, keep=True)
        self._reopened = None
        if self.seen is None:
            contract.telling(
                self._told
            ).validate()  # all at once, by several workers: what they read is kept for the one that waits
        renewed = threading.Event()
        threading.Thread(target=self._look_after, args=(stated, renewed), name="look", daemon=True).start()
        try:
            for one in contract.watch((), renewed):
                self._show(self._reopened or contract, one)
        finally:
            renewed.set()

    def _told(self, done: int, total: int) -> None:
        """How far the first reading is; the pages show it."""
        with self._lock:
            self.read = done, total
            self._versions += 1

    def _look_after(self, stated: FileMarks, renewed: threading.Event) -> None:
        """Set `renewed` once the contract changes or the desk stops; show anew what the coordination decided or
        whom it wrote to."""
        beside = self._beside()
        while not renewed.is_set():
            if self._stop.wait(GLANCE) or self._stated() != stated:
                renewed.set()
                return
            now = self._beside()
            if now != beside:
                beside = now
                self.look_again()

    def look_again(self) -> None:
        """The same returns, with all that is not in them read anew."""
        seen = self.seen
        if seen is not None:
            with suppress(cvsheet.CvsheetError):  # a contract that changed meanwhile is said elsewhere
                self._reopened = seen.contract.reopened()
                self._show(self._reopened, seen.round)

    def _show(self, contract: Contract, one: Round) -> None:
        _ = contract.framework  # now, not in the first page that asks
        with self._lock:
            self._versions += 1
            self.seen, self.failure = FolderView(contract, one, self._versions), ""

    def _failed(self, why: str) -> None:
        with self._lock:
            if why != self.failure:
                self._versions += 1
            self.seen, self.failure = None, why

    @property
    def _inbox(self) -> Path:
        return self.root / "retours"

    def _stated(self) -> FileMarks:
        there = [(self._inbox.name, 0, 0)] if self._inbox.exists() else []
        return (*_marks([self.root / "contrat.xlsx"]), *there)

    def _beside(self) -> FileMarks:
        names = ("suivi.csv", *DECIDED)
        return tuple(_marks([*(self.root / name for name in names), *sorted(self.root.glob("sorties/*_maitre.xlsx"))]))


def _marks(paths: list[Path]) -> Iterator[tuple[str, int, int]]:
    for path in paths:
        with suppress(OSError):
            state = path.stat()
            yield path.name, state.st_size, state.st_mtime_ns
