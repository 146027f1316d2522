"""A contract folder, and what it can be asked for: a method gives a workflow what the contract knows of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from cvsheet.api.opened import Opened, in_turn

if TYPE_CHECKING:
    from cvsheet.books.master.content import MasterContent
    from cvsheet.figures.consolidation import Consolidation
    from cvsheet.judging.engine.assessment import Assessment
    from cvsheet.workflows.adopt import AdoptResult
    from cvsheet.workflows.annotate import AnnotateResult
    from cvsheet.workflows.audit import AuditResult
    from cvsheet.workflows.consolidate import ConsolidateResult
    from cvsheet.workflows.excel_doctor import Check
    from cvsheet.workflows.excel_setup import Prepared
    from cvsheet.workflows.export import ExportResult
    from cvsheet.workflows.generate import GenerateResult
    from cvsheet.workflows.publish import PublishResult
    from cvsheet.workflows.reminders import RemindResult
    from cvsheet.workflows.site import SiteResult
    from cvsheet.workflows.status import StatusResult


@dataclass(frozen=True)
class Contract(Opened):
    """A contract folder at hand. Its methods raise a `CvsheetError`, whose text is a French sentence for a person.

    `known` is the framework where it is not to be read from the contract's workbook; `progress` is called during long
    work. `jobs` processes read the returned files, 0 for as many as there are processors: a file that hangs or crashes
    its reader then takes nothing with it. Without `jobs` this process reads them. With `keep`, what those processes
    read is kept beside the contract for the next time. `today` decides which campaign is the current one and who is
    late: by default the day on which it is asked.

    Where a method takes an `assessment`, the returns judged, it judges those in `retours/` if none is given.
    """

    @in_turn
    def generate(
        self,
        campaign: str | None = None,
        partners: Sequence[str] | None = None,
        *,
        before: date | None = None,
        messages: Path | None = None,
        assessment: Assessment | None = None,
    ) -> GenerateResult:
        """Write the workbooks of `partners` (by default all that are asked) into `envois/`, and what was sent to whom
        into the list of the campaign. `before` is a new last day for them. With `messages`, a folder, the message
        that is due to each is written there too."""
        from cvsheet.workflows.sending import Sending, send

        judged = assessment
        if judged is None and (campaign is None or partners or messages is not None):
            judged = self.validate()
        chosen = self.to_prepare(campaign, judged).campaign.code
        if messages is not None:
            self.refuse_targets(folder=messages)
        done, total = count(1), len(partners or self.framework.partners_asked(chosen))
        wanted = Sending(chosen, tuple(partners or ()) or None, self._today, before, messages)
        return send(
            self.framework, self.folder, wanted, judged, self._workers, lambda file: self.progress(next(done), total)
        )

    def write_reports(
        self, assessment: Assessment, *, json_file: Path | None = None, html_file: Path | None = None
    ) -> None:
        """Write what was found, in JSON for programs, as a page for people."""
        from cvsheet.workflows.report_files import write_reports

        write_reports(self.framework, assessment, json_file, html_file)

    @in_turn
    def annotate(
        self,
        folder: Path,
        assessment: Assessment | None = None,
        campaign: str | None = None,
        partners: Sequence[str] | None = None,
        *,
        before: date | None = None,
    ) -> AnnotateResult:
        """Write into `folder` a correction workbook and a message for each return with something to correct, a receipt
        for each good one; of `campaign` and of `partners` only, if given. `before` is a new last day for them."""
        from cvsheet.workflows.sending import Sending, annotate_returns

        self.refuse_targets(folder=folder)
        judged = assessment or self.validate()
        chosen = None if campaign is None else self.at_hand(campaign, judged).campaign.code
        wanted = Sending(chosen, tuple(partners or ()) or None, self._today, before, folder)
        return annotate_returns(self.framework, self.folder, judged, wanted)

    def status(self, campaign: str | None = None, assessment: Assessment | None = None) -> StatusResult:
        """Who was asked, who answered, when, and what is missing."""
        from cvsheet.workflows.status import asked, status

        judged = assessment or self.validate()
        chosen = self.campaign(campaign, judged)
        sent = asked(self._tracking, judged, chosen.code, sent=chosen.code in self._sent)
        return status(self.framework, judged, chosen, self._today, sent)

    @in_turn
    def remind(
        self,
        folder: Path,
        campaign: str | None = None,
        assessment: Assessment | None = None,
        partners: Sequence[str] | None = None,
        *,
        found: StatusResult | None = None,
        before: date | None = None,
    ) -> RemindResult:
        """Write into `folder` a message for each partner that was asked, and is late or incomplete, as `found`, the
        status, tells; for `partners` only, if given. `before` is a new last day for them."""
        from cvsheet.workflows.sending import Sending, remind_partners

        self.refuse_targets(folder=folder)
        judged = assessment or self.validate()
        told = found or self.status(campaign, judged)
        wanted = Sending(told.campaign.code, tuple(partners or ()) or None, self._today, before, folder)
        return remind_partners(self.framework, self.folder, judged, wanted, told)

    def figures(self, campaign: str | None = None, assessment: Assessment | None = None) -> Consolidation:
        """One value per line and campaign, with what the coordination decided in the master of `campaign`."""
        from cvsheet.workflows.consolidate import arbitrated
        from cvsheet.workflows.former_master import carried_over, master_name

        judged = assessment or self.validate()
        master = self.folder.results / master_name(self.framework, self.campaign(campaign, judged).code)
        return arbitrated(
            self.framework, judged, carried_over(self.framework, master, judged, self.folder.root).coordination
        )

    def master_path(self, campaign: str) -> Path:
        """Where `consolidate` puts the master of `campaign` by default."""
        from cvsheet.workflows.former_master import master_name

        return self.folder.results / master_name(self.framework, campaign)

    def master_content(self, campaign: str | None = None, assessment: Assessment | None = None) -> MasterContent:
        """What the master of `campaign` would show if it were written now: nothing is."""
        from cvsheet.workflows.consolidate import master_content

        judged, place = assessment or self.validate(), self.folder
        chosen = self._with_returns(campaign, judged)
        return master_content(self.framework, judged, chosen, place.results, place.root, keep=self.keep)

    @in_turn
    def consolidate(
        self, campaign: str | None = None, assessment: Assessment | None = None, *, output: Path | None = None
    ) -> ConsolidateResult:
        """Write the master of `campaign`, by default the current one, at `output`, a file or a folder, by default
        `sorties/`."""
        from cvsheet.workflows.consolidate import consolidate
        from cvsheet.workflows.excel_setup import follow_master

        target, judged = output or self.folder.results, assessment or self.validate()
        chosen = self._with_returns(campaign, judged)
        made = consolidate(self.framework, judged, chosen, target, self.folder.root, keep=self.keep)
        follow_master(self.folder, made.path)
        return made

    @in_turn
    def publish(self, master: ConsolidateResult, assessment: Assessment) -> PublishResult:
        """Write the workbook to publish beside `master`, which was made of `assessment`: small counts masked."""
        from cvsheet.workflows.publish import publish

        content = master.content
        return publish(assessment, content.consolidation, content.campaign, master.path.parent, self.folder.results)

    @in_turn
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
        root, kind = self.folder.root, Format(chosen)
        return export(self.framework, judged, kind, target, results, public=public, root=root, keep=self.keep)

    @in_turn
    def site(
        self, campaign: str | None = None, assessment: Assessment | None = None, *, output: Path | None = None
    ) -> SiteResult:
        """Write the page that the town publishes, with the figures of `export` made `public`, at `output`, a file, by
        default in `sorties/`. It shows where everything stands in `campaign`, by default the latest with values."""
        from cvsheet.workflows.site import site, site_name

        results = self.folder.results
        judged = assessment or self.validate()
        wanted = None if campaign is None else self.campaign(campaign, judged).code
        path = output or results / site_name(self.framework)
        return site(self.framework, judged, wanted, path, results, self.folder.root, keep=self.keep)

    def audit(
        self, campaign: str | None = None, assessment: Assessment | None = None, *, docs: bool = True
    ) -> AuditResult:
        """Judge a campaign as a whole (great_expectations needed); `docs`: with its pages, for `write_audit`."""
        from cvsheet.api.tools import require_audit
        from cvsheet.workflows.audit import audit

        require_audit()
        judged = assessment or self.validate()
        return audit(self.framework, judged, self._with_returns(campaign, judged), docs=docs)

    @in_turn
    def write_audit(self, result: AuditResult) -> tuple[Path, tuple[str, ...]]:
        """Write the pages of an audit into `sorties/audit/`: the one to open, and what a person must know."""
        from cvsheet.workflows.audit import DOCS, write_audit

        return write_audit(result, self.folder.results / DOCS)

    @in_turn
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
        from cvsheet.workflows.sending import note_adoption

        judged = assessment or self.validate()
        chosen = self.to_adopt(campaign, judged).campaign.code
        result = adopt_campaign(
            self.folder,
            self.framework,
            judged,
            chosen,
            self._today,
            replace_validated=replace_validated,
            preview=preview,
        )
        if not preview and not result.held:
            note_adoption(self.framework, self.folder, chosen, self._today)
        return result

    @in_turn
    def write_adoption(self, result: AdoptResult) -> Path:
        """Write every value of an adoption and what becomes of it into a table in `sorties/`."""
        from cvsheet.files.atomic import write_atomically
        from cvsheet.workflows.adopt_campaign import detail_file

        path = self.folder.results / "adoption.csv"
        write_atomically(path, detail_file(result))
        return path

    def prepare_desk(self) -> tuple[Path, ...]:
        """Put beside the contract what opens its desk by a double click, where it is not there: what was written."""
        from cvsheet.workflows.launchers import write_launchers

        return write_launchers(self.folder)

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
