"""The outcome of judging all returns together: what counts, what was set aside and why, what could not be judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.long_table import LongTable
from cvsheet.model.submission import ActionReport, CellKey, Submission

if TYPE_CHECKING:
    import pandas as pd

MOST_BESIDE = 20  # files beside the returns that are named one by one


class Ignored(StrEnum):
    """Why a file of a searched folder is noted and not opened."""

    HIDDEN = "hidden"  # .DS_Store, .~lock.x.ods#, Thumbs.db, desktop.ini
    NOT_A_WORKBOOK = "not_a_workbook"  # a letter, a photo: `Received.refusal` says what it is
    LINK_OUTSIDE = "link_outside"  # a symbolic link that leaves the folder


@dataclass(frozen=True, slots=True)
class Received:
    """One file that came in: what was read of it, or why it was not read. `incident` is an unforeseen crash.

    One that is `ignored` for being no workbook has a `refusal` too, which says what it is. `reading` is the key under
    which all this is kept for the next command, empty where it is not.
    """

    file: str
    submission: Submission | None = None
    refusal: UnreadableFile | None = None
    incident: str = ""
    ignored: Ignored | None = None
    reading: str = field(default="", compare=False)

    @property
    def is_message(self) -> bool:
        """Whether it is a saved message: what is attached may be an answer, the message is none."""
        return self.refusal is not None and self.refusal.reason is Refusal.EMAIL

    @property
    def is_trace(self) -> bool:
        """Whether a system or a program left it there: nobody sent it."""
        if self.ignored is not None:
            return self.ignored is Ignored.HIDDEN
        return self.refusal is not None and self.refusal.reason is Refusal.LOCK_FILE


class Fate(StrEnum):
    """What became of a file that came in."""

    COUNTED = "counted"
    SUPERSEDED = "superseded"  # a later one replaces it
    LEFT_OUT = "left_out"  # read, but not of this contract
    REFUSED = "refused"
    IGNORED = "ignored"
    INCIDENT = "incident"


@dataclass(frozen=True, slots=True)
class SkippedRule:
    """A rule that could not judge, and the reason in French."""

    code: str
    file: str
    reason: str


def long_table_of(current: Iterable[Submission], aside: Mapping[CellKey, str]) -> LongTable:
    """The answers of the submissions that count, in their order."""
    return LongTable(tuple(seen for submission in current for seen in submission.observations), aside)


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that `validate` reports and `consolidate` builds on.

    `current` are the submissions that count: of this contract, known campaign and partner, not superseded, one per
    partner and campaign, which may stand in several files (`counted_files`). `answers` is the long table of their
    observations, with the ERROR rule that sets an answer aside. `aside` gives the same by cell, for action reports too.
    `superseded` maps a file that a later one replaces to that later one.
    """

    received: tuple[Received, ...]
    current: tuple[Submission, ...]
    answers: LongTable
    findings: tuple[Finding, ...]
    aside: Mapping[CellKey, str] = field(default_factory=dict)
    superseded: Mapping[str, str] = field(default_factory=dict)
    skipped: tuple[SkippedRule, ...] = ()
    incidents: tuple[str, ...] = ()

    @property
    def frame(self) -> pd.DataFrame:
        """`answers` as a pandas frame."""
        return self.answers.frame

    @property
    def arrived(self) -> tuple[Received, ...]:
        """What somebody sent, or may have: neither the traces of programs nor documents beside the answers."""
        return tuple(one for one in self.received if one.ignored is None and not one.is_trace)

    @property
    def files_received(self) -> int:
        """How many files came as an answer: a saved message is an envelope."""
        return sum(not one.is_message for one in self.arrived)

    @property
    def listed(self) -> tuple[Received, ...]:
        """What a report lists one by one: `arrived`, and what lies beside it where it is little."""
        return self.arrived if len(self.received) - len(self.arrived) > MOST_BESIDE else self.received

    @property
    def companions(self) -> Mapping[str, tuple[str, ...]]:
        """The files that count, each with the other ones of its return."""
        return {
            file: tuple(other for other in submission.files if other != file)
            for submission in self.current
            for file in submission.files
        }

    @property
    def counted_files(self) -> frozenset[str]:
        """The files that count, each of those that were joined among them."""
        return frozenset(self.companions)

    @property
    def fates(self) -> Mapping[str, Fate]:
        """What became of each file."""
        counted = self.counted_files
        return {one.file: self._fate(one, counted=one.file in counted) for one in self.received}

    def _fate(self, received: Received, *, counted: bool) -> Fate:
        if received.incident:
            return Fate.INCIDENT
        if received.ignored:
            return Fate.IGNORED
        if received.refusal:
            return Fate.REFUSED
        if received.file in self.superseded:
            return Fate.SUPERSEDED
        return Fate.COUNTED if counted else Fate.LEFT_OUT

    @property
    def answered(self) -> frozenset[str]:
        """The campaigns of which a return counts."""
        return frozenset(one.identity.campaign for one in self.current if one.identity)

    @property
    def action_reports(self) -> tuple[ActionReport, ...]:
        return tuple(report for submission in self.current for report in submission.actions)

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)
