"""A contract folder, and what it can be asked for: a method gives a workflow what the contract knows of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threading import Event

    from cvsheet.figures.consolidation import Consolidation
    from cvsheet.files.grid.model import Grid
    from cvsheet.judging.engine.assessment import Assessment
    from cvsheet.judging.files.unusable import UnusableFile
    from cvsheet.model.framework import Campaign, Framework
    from cvsheet.workflows.adopt import AdoptResult
    from cvsheet.workflows.annotate import AnnotateResult
    from cvsheet.workflows.audit import AuditResult
    from cvsheet.workflows.check import CheckResult
    from cvsheet.workflows.consolidate import ConsolidateResult
    from cvsheet.workflows.excel_doctor import Check
    from cvsheet.workflows.excel_setup import Prepared
    from cvsheet.workflows.export import ExportResult
    from cvsheet.workflows.folder import ContractFolder
    from cvsheet.workflows.generate import GenerateResult
    from cvsheet.workflows.publish import PublishResult
    from cvsheet.workflows.receive import Arrival
    from cvsheet.workflows.reminders import RemindResult
    from cvsheet.workflows.status import StatusResult
    from cvsheet.workflows.watch import Round
    from cvsheet.workflows.workers import Workers

Progress = Callable[[int, int], None]
"""Called while files are read or written, with how many are done and how many there are."""


def unseen(done: int, total: int) -> None:
    """Progress that nobody looks at."""


@dataclass(frozen=True)
class Contract:
    """A contract folder at hand. Its methods raise a `CvsheetError`, whose text is a French sentence for a person.

    `known` is the framework where it is not to be read from the contract's workbook; `progress` is called during long
    work. `jobs` processes read the returned files, 0 for as many as there are processors: a file that hangs or crashes
    its reader then takes nothing with it. Without `jobs` this process reads them. With `keep`, what those processes
    read is kept beside the contract for the next time. `today` decides which campaign is the current one and who is
    late: by default the day on which it is asked.

    Where a method takes an `assessment`, the returns judged, it judges those in `retours/` if none is given.
    """

    folder: ContractFolder
    known: Framework | None = None
    progress: Progress = unseen
    jobs: int | None = None
    keep: bool = False
    today: date | None = None

    @cached_property
    def framework(self) -> Framework:
        """What the contract's workbook stated when it was first asked for; FrameworkError where it has an ERREUR."""
        from cvsheet.workflows.folder import load_framework

        return self.known or load_framework(self.folder.workbook)

    def reopened(self) -> Contract:
        """The same contract as its workbook states it now, after `adopt` for one."""
        return replace(self, known=None)

    def stated_by(self, result: CheckResult, name: str) -> Contract:
        """The same contract as the workbook `name`, judged already, states it; FrameworkError as above."""
        from cvsheet.workflows.folder import framework_of

        return replace(self, known=framework_of(result, name))

    def telling(self, progress: Progress) -> Contract:
        """The same contract with another `progress`."""
        return replace(self, known=self.framework, progress=progress)

    def campaign(self, code: str | None = None) -> Campaign:
        """The campaign called `code`, by default the latest that has begun; UsageError where there is no such one."""
        from cvsheet.workflows.folder import choose_campaign

        return choose_campaign(self.framework, code, self._today)

    def check(self) -> CheckResult:
        """What is wrong with the contract's workbook."""
        from cvsheet.api.tools import check_workbook

        return check_workbook(self.folder.workbook)

    def generate(self, campaign: str | None = None, partners: Sequence[str] | None = None) -> GenerateResult:
        """Write the workbooks of `partners` (by default all that are asked) into `envois/`."""
        from cvsheet.workflows.generate import generate
        from cvsheet.workflows.previous import previous_answers

        chosen, place = self.campaign(campaign).code, self.folder
        previous = previous_answers(self.framework, chosen, place.inbox, place.root, self._workers)
        done, total = count(1), len(partners or self.framework.partners_asked(chosen))
        return generate(
            self.framework,
            chosen,
            partners or None,
            place.outbox / chosen,
            previous=previous,
            tell=lambda file: self.progress(next(done), total),
        )

    def arrivals(self, paths: Sequence[Path] = ()) -> tuple[Arrival, ...]:
        """The files that `validate` would read, and those that it would leave aside."""
        from cvsheet.workflows.receive import arrivals

        return tuple(arrivals(paths or [self.folder.inbox], self.folder.root))

    def validate(
        self, paths: Sequence[Path] = (), *, opened: Mapping[Path, Grid] | None = None, beside: Path | None = None
    ) -> Assessment:
        """The files and folders at `paths`, by default `retours/`, read and judged.

        `opened` holds what is read in place of a file: the content of a workbook that is open in Excel. What completes
        one of them in the folder `beside` is not judged, only named.
        """
        from cvsheet.workflows.validate import validate

        place = self.folder
        return validate(
            self.framework,
            paths or [place.inbox],
            place.root,
            self.progress,
            self._workers,
            opened=opened,
            beside=beside,
        )

    def watch(self, paths: Sequence[Path], stop: Event) -> Iterator[Round]:
        """`validate` each time files at `paths` arrive, until `stop`."""
        from cvsheet.workflows.watch import watch_returns

        return watch_returns(self.framework, paths or [self.folder.inbox], self.folder.root, stop)

    def refuse_targets(
        self, *, json_file: Path | None = None, html_file: Path | None = None, folder: Path | None = None
    ) -> None:
        """UsageError where a report or a folder of what is made cannot be put there: known before anything is read."""
        from cvsheet.workflows.folder import refuse_inbox
        from cvsheet.workflows.report_files import refuse_other_targets

        refuse_other_targets(json_file, html_file)
        if folder is not None:
            refuse_inbox(folder, self.folder)

    def write_reports(
        self, assessment: Assessment, *, json_file: Path | None = None, html_file: Path | None = None
    ) -> None:
        """Write what was found, in JSON for programs, as a page for people."""
        from cvsheet.workflows.report_files import write_reports

        write_reports(self.framework, assessment, json_file, html_file)

    def annotate(self, folder: Path, assessment: Assessment | None = None) -> AnnotateResult:
        """Write into `folder` a correction workbook and a message for each return with something to correct."""
        from cvsheet.workflows.annotate import annotate

        self.refuse_targets(folder=folder)
        return annotate(self.framework, assessment or self.validate(), folder)

    def status(self, campaign: str | None = None, assessment: Assessment | None = None) -> StatusResult:
        """Who answered, when, and what is missing."""
        from cvsheet.workflows.status import status

        return status(self.framework, assessment or self.validate(), self.campaign(campaign), self._today)

    def remind(
        self,
        folder: Path,
        campaign: str | None = None,
        assessment: Assessment | None = None,
        *,
        unusable: Sequence[UnusableFile] | None = None,
    ) -> RemindResult:
        """Write into `folder` a message for each partner that is late or incomplete; `unusable` as a status tells."""
        from cvsheet.workflows.reminders import remind

        self.refuse_targets(folder=folder)
        chosen, today, judged = self.campaign(campaign).code, self._today, assessment or self.validate()
        outbox = self.folder.outbox / chosen
        return remind(self.framework, judged, chosen, folder, today=today, outbox=outbox, unusable=unusable)

    def figures(self, campaign: str | None = None, assessment: Assessment | None = None) -> Consolidation:
        """One value per line and campaign, with what the coordination decided in the master of `campaign`."""
        from cvsheet.workflows.consolidate import arbitrated
        from cvsheet.workflows.former_master import carried_over, master_name

        judged = assessment or self.validate()
        master = self.folder.results / master_name(self.framework, self.campaign(campaign).code)
        return arbitrated(
            self.framework, judged, carried_over(self.framework, master, judged, self.folder.root).coordination
        )

    def consolidate(
        self, campaign: str | None = None, assessment: Assessment | None = None, *, output: Path | None = None
    ) -> ConsolidateResult:
        """Write the master at `output`, a file or a folder, by default `sorties/`."""
        from cvsheet.workflows.consolidate import consolidate

        target = output or self.folder.results
        return consolidate(self.framework, assessment or self.validate(), campaign, target, self.folder.root)

    def publish(self, master: ConsolidateResult, assessment: Assessment) -> PublishResult:
        """Write the workbook to publish beside `master`, which was made of `assessment`: small counts masked."""
        from cvsheet.workflows.publish import publish

        content = master.content
        return publish(assessment, content.consolidation, content.campaign, master.path.parent, self.folder.results)

    def export(
        self,
        chosen: str = "csv",
        assessment: Assessment | None = None,
        *,
        public: bool = False,
        output: Path | None = None,
    ) -> ExportResult:
        """Write the open data (csv, parquet or xlsx) at `output`, by default in `sorties/`; `public`: masked."""
        from cvsheet.books.opendata import Format
        from cvsheet.workflows.export import export
        from cvsheet.workflows.export_folder import PUBLIC_FOLDER, REAL_FOLDER

        results = self.folder.results
        target = output or results / (PUBLIC_FOLDER if public else REAL_FOLDER)
        judged = assessment or self.validate()
        return export(self.framework, judged, Format(chosen), target, results, public=public, root=self.folder.root)

    def audit(
        self, campaign: str | None = None, assessment: Assessment | None = None, *, docs: bool = True
    ) -> AuditResult:
        """Judge a campaign as a whole (great_expectations needed); `docs`: with its pages, for `write_audit`."""
        from cvsheet.api.tools import require_audit
        from cvsheet.workflows.audit import audit

        require_audit()
        return audit(self.framework, assessment or self.validate(), campaign, docs=docs)

    def write_audit(self, result: AuditResult) -> tuple[Path, tuple[str, ...]]:
        """Write the pages of an audit into `sorties/audit/`: the one to open, and what a person must know."""
        from cvsheet.workflows.audit import DOCS, write_audit

        return write_audit(result, self.folder.results / DOCS)

    def adopt(
        self,
        campaign: str | None = None,
        assessment: Assessment | None = None,
        *,
        replace_validated: bool = False,
        preview: bool = False,
    ) -> AdoptResult:
        """Write the baselines and targets of a `référence` campaign into the contract's workbook; a copy is kept.

        Nothing is written for a `preview`.
        """
        from cvsheet.workflows.adopt_campaign import adopt_campaign

        judged = assessment or self.validate()
        return adopt_campaign(
            self.folder,
            self.framework,
            judged,
            campaign,
            self._today,
            replace_validated=replace_validated,
            preview=preview,
        )

    def write_adoption(self, result: AdoptResult) -> Path:
        """Write every value of an adoption and what becomes of it into a table in `sorties/`."""
        from cvsheet.files.atomic import write_atomically
        from cvsheet.workflows.adopt_campaign import detail_file

        path = self.folder.results / "adoption.csv"
        write_atomically(path, detail_file(result))
        return path

    def refuse_held(self) -> None:
        """OutputError where the contract's workbook is open in another program: known before anything is read."""
        from cvsheet.files.atomic import refuse_held

        refuse_held(self.folder.workbook)

    def prepare_excel(self) -> Prepared:
        """Put beside the contract's workbook what the add-in needs; CvsheetError where xlwings is not installed."""
        from cvsheet.workflows.excel_setup import Machine, prepare, require_xlwings

        require_xlwings()
        return prepare(self.folder, self.framework, Machine())

    def examine_excel(self) -> tuple[Check, ...]:
        """What the add-in needs, looked at."""
        from cvsheet.workflows.excel_doctor import examine
        from cvsheet.workflows.excel_setup import Machine

        return examine(self.folder, Machine())

    @property
    def _today(self) -> date:
        return self.today or date.today()

    @property
    def _workers(self) -> Workers | None:
        from cvsheet.workflows.workers import Workers

        return None if self.jobs is None else Workers(count=self.jobs, keep=self.keep)
