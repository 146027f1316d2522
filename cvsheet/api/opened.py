"""A contract folder at hand: what it states, which campaign is the current one, what came back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Concatenate, ParamSpec, Self, TypeVar

if TYPE_CHECKING:
    from threading import Event

    from cvsheet.files.grid.model import Grid
    from cvsheet.judging.engine.assessment import Assessment
    from cvsheet.model.framework import Campaign, Framework
    from cvsheet.workflows.check import CheckResult
    from cvsheet.workflows.current import AtHand
    from cvsheet.workflows.folder import ContractFolder
    from cvsheet.workflows.receive import Arrival
    from cvsheet.workflows.tracking import Tracking
    from cvsheet.workflows.watch import Round
    from cvsheet.workflows.workers import Workers

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")
_Of = TypeVar("_Of", bound="Opened")
Progress = Callable[[int, int], None]
"""Called while files are read or written, with how many are done and how many there are."""


def unseen(done: int, total: int) -> None:
    """Progress that nobody looks at."""


def in_turn(
    method: Callable[Concatenate[_Of, _Given], _Made],
) -> Callable[Concatenate[_Of, _Given], _Made]:
    """`method`, which writes in the folder of a contract, in its turn: it waits while another process or thread does.
    Commands, the desk and programs at once lose nothing."""

    @wraps(method)
    def alone(contract: _Of, /, *given: _Given.args, **named: _Given.kwargs) -> _Made:
        from cvsheet.files.atomic import own_turn

        with own_turn(contract.folder.root):
            return method(contract, *given, **named)

    return alone


@dataclass(frozen=True)
class Opened:
    """What a contract states and what came back; `Contract` adds what is made of it."""

    folder: ContractFolder
    known: Framework | None = None
    progress: Progress = unseen
    jobs: int | None = None
    keep: bool = False
    today: date | None = None

    @cached_property
    def framework(self) -> Framework:
        """What the contract's workbook stated when it was first asked for, with the deadlines that partners were told
        since; FrameworkError where it has an ERREUR."""
        from cvsheet.workflows.current import announced
        from cvsheet.workflows.folder import load_framework

        return announced(self.known or load_framework(self.folder.workbook), self._tracking)

    def reopened(self) -> Self:
        """The same contract as its workbook states it now, after `adopt` for one."""
        return replace(self, known=None)

    def stated_by(self, result: CheckResult, name: str) -> Self:
        """The same contract as the workbook `name`, judged already, states it; FrameworkError as above."""
        from cvsheet.workflows.folder import framework_of

        return replace(self, known=framework_of(result, name))

    def telling(self, progress: Progress) -> Self:
        """The same contract with another `progress`."""
        return replace(self, known=self.framework, progress=progress)

    def at_hand(self, code: str | None = None, assessment: Assessment | None = None) -> AtHand:
        """The campaign called `code`, by default the current one: the latest that was sent, or of which a return
        counts; UsageError where there is none."""
        from cvsheet.workflows.current import at_hand

        judged = assessment or self.validate()
        return at_hand(self.framework, self._sent | judged.answered, code, self._today)

    def campaign(self, code: str | None = None, assessment: Assessment | None = None) -> Campaign:
        """The campaign of `at_hand`."""
        return self.at_hand(code, assessment).campaign

    def to_prepare(self, code: str | None = None, assessment: Assessment | None = None) -> AtHand:
        """The campaign called `code`, or the current one, or where none is the one to begin with, as it stands once it
        is sent. Returns are read only where `code` does not say it."""
        from cvsheet.workflows.current import at_hand, to_prepare

        judged = self.validate() if assessment is None and code is None else assessment
        known = self._sent | (judged.answered if judged is not None else frozenset())
        wanted = code or (None if known else to_prepare(self.framework, self._today).code)
        chosen = at_hand(self.framework, known, wanted, self._today).campaign.code
        return at_hand(self.framework, known | {chosen}, chosen, self._today)

    def to_adopt(self, campaign: str | None = None, assessment: Assessment | None = None) -> AtHand:
        """The `référence` campaign called `campaign`, by default the latest that was sent or received."""
        from cvsheet.workflows.adopt_campaign import baseline_campaign

        judged = assessment or self.validate()
        known = self._sent | judged.answered
        return self.at_hand(baseline_campaign(self.framework, campaign, known).code, judged)

    def following(self, campaign: str, assessment: Assessment | None = None) -> Campaign | None:
        """The campaign to prepare after `campaign`: the first that was neither sent nor received."""
        from cvsheet.workflows.current import next_campaign

        judged = assessment or self.validate()
        return next_campaign(self.framework, campaign, self._sent | judged.answered)

    def about(self, code: str | None, assessment: Assessment) -> AtHand | None:
        """The campaign of `at_hand`; None where `code` names none and nothing was sent nor received."""
        if code is None and not assessment.current and not self._sent:
            return None
        return self.at_hand(code, assessment)

    def is_adopted(self, campaign: str) -> bool:
        """Whether the baselines and targets of `campaign` were adopted: its returns are closed."""
        return self._tracking.adopted(campaign)

    def of_campaign(self, campaign: str, assessment: Assessment) -> Assessment:
        """What `assessment` says of the files of `campaign`, and of those of which nobody can tell the campaign."""
        from cvsheet.workflows.scope import of_campaign

        return of_campaign(self.framework, assessment, campaign)

    def check(self) -> CheckResult:
        """What is wrong with the contract's workbook."""
        from cvsheet.api.tools import check_workbook

        return check_workbook(self.folder.workbook)

    def arrivals(self, paths: Sequence[Path] = ()) -> tuple[Arrival, ...]:
        """The files that `validate` would read, and those that it would leave aside."""
        from cvsheet.workflows.receive import arrivals

        return tuple(arrivals(paths or [self.folder.inbox], self.folder.root))

    def validate(
        self, paths: Sequence[Path] = (), *, opened: Mapping[Path, Grid] | None = None, beside: Path | None = None
    ) -> Assessment:
        """The files and folders at `paths`, by default `retours/`, read and judged.

        UsageError where one of `paths` does not exist, or `retours/` is gone.

        `opened` holds what is read in place of a file: the content of a workbook that is open in Excel. What completes
        one of them in the folder `beside` is not judged, only named.
        """
        from cvsheet.workflows.folder import what_came_back
        from cvsheet.workflows.scope import existing
        from cvsheet.workflows.validate import validate

        place = self.folder
        return validate(
            self.framework,
            existing(paths) or what_came_back(place),
            place.root,
            self.progress,
            self._workers,
            opened=opened,
            beside=beside,
        )

    def drop(self, name: str, content: BinaryIO) -> Path:
        """Keep a returned file, sent as `name`, in `retours/` under a safe name that nothing has yet: where it is."""
        from cvsheet.workflows.dropping import drop

        return drop(self.folder, name, content)

    def watch(self, paths: Sequence[Path], stop: Event) -> Iterator[Round]:
        """`validate` each time files at `paths` arrive, until `stop`."""
        from cvsheet.workflows.folder import what_came_back
        from cvsheet.workflows.scope import existing
        from cvsheet.workflows.watch import watch_returns

        place = self.folder
        places = existing(paths) or what_came_back(place) or [place.inbox]
        return watch_returns(self.framework, places, place.root, stop, workers=self._workers)

    def refuse_targets(
        self,
        *,
        json_file: Path | None = None,
        html_file: Path | None = None,
        site_file: Path | None = None,
        folder: Path | None = None,
        master: Path | None = None,
    ) -> None:
        """UsageError where a report, a folder of what is made or a master cannot be put there: known before anything is
        read."""
        from cvsheet.workflows.folder import refuse_inbox
        from cvsheet.workflows.output_names import refuse_file_name, refuse_other_format
        from cvsheet.workflows.report_files import refuse_other_targets

        refuse_other_targets(json_file, html_file, site_file)
        if folder is not None:
            refuse_file_name(folder)
        if master is not None:
            refuse_other_format(master)
        for place in (folder, site_file, master):
            if place is not None:
                refuse_inbox(place, self.folder)

    def refuse_held(self) -> None:
        """OutputError where the contract's workbook is open in another program: known before anything is read."""
        from cvsheet.files.atomic import refuse_held

        refuse_held(self.folder.workbook)

    @property
    def _today(self) -> date:
        return self.today or date.today()

    @property
    def _tracking(self) -> Tracking:
        from cvsheet.workflows.tracking import read_tracking

        return read_tracking(self.folder.root)

    @property
    def _sent(self) -> frozenset[str]:
        from cvsheet.workflows.current import sent_campaigns

        return sent_campaigns(self.framework, self.folder, self._tracking)

    def _with_returns(self, campaign: str | None, judged: Assessment) -> str | None:
        """The campaign to work on: the current one, None where none is at hand (nothing has come then either)."""
        if campaign is None and not self._sent and not judged.current:
            return None
        return self.campaign(campaign, judged).code

    @property
    def _workers(self) -> Workers | None:
        from cvsheet.workflows.workers import Workers

        return None if self.jobs is None else Workers(count=self.jobs, keep=self.keep)
