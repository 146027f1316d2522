"""`generate --messages`: for each partner the message that is due, ready to be sent, each as one file.

The first one with its blank workbook; once the deadline is past a reminder; for a return that is not all right its
correction; for a good one a receipt, once.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from cvsheet.books.partner.identity import file_stem
from cvsheet.files.atomic import distinct_names, refuse_unsound, write_atomically
from cvsheet.judging.campaign.reception import NOT_LATE, Reception, Standing, reception
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import Framework
from cvsheet.reports.draft import addresses_in
from cvsheet.reports.reminder import Reminder, reminder_message
from cvsheet.reports.thanks import Thanks, thanks_message
from cvsheet.text.french import french_count, french_list
from cvsheet.workflows.annotate import AnnotateResult, annotate
from cvsheet.workflows.previous import answers_before
from cvsheet.workflows.reminders import ENDING, RemindResult, blank_workbook, outdated, remind
from cvsheet.workflows.status import status
from cvsheet.workflows.tracking import FILE, Tracking
from cvsheet.workflows.written import WrittenMessage

FIRST, RECEIPT = "_envoi.eml", "_accuse.eml"


@dataclass(frozen=True, slots=True)
class MessagesResult:
    """What was written: first messages, reminders, corrections, receipts. `outdated` are messages of an earlier day in
    the same folder, not to be sent any more; `tracked_in` names the list of what was sent, at the contract's root."""

    campaign: str
    first: tuple[WrittenMessage, ...]
    reminders: RemindResult
    corrections: AnnotateResult
    receipts: tuple[WrittenMessage, ...]
    outdated: tuple[Path, ...]
    tracked_in: str = FILE

    @property
    def sentence(self) -> str:
        """``3 premiers envois, 1 relance et 2 corrections``; empty where nothing was written."""
        counts = (
            (len(self.first), "premier envoi", "premiers envois"),
            (len(self.reminders.reminders), "relance", "relances"),
            (len(self.corrections.files), "correction", "corrections"),
            (len(self.receipts), "accusé de réception", "accusés de réception"),
        )
        return french_list([french_count(count, one, several) for count, one, several in counts if count])

    @property
    def without_address(self) -> tuple[str, ...]:
        """The partners whose message has no recipient yet, corrections aside."""
        written = (*self.first, *self.receipts)
        return (*(one.partner for one in written if not one.recipients), *self.reminders.without_address)


@dataclass(frozen=True, slots=True)
class Mailing:
    """For whom messages of `campaign` are to be written: `partners`, on the day `today`, into `folder`; `late` are
    those whose deadline was past before a new one was given."""

    campaign: str
    partners: Collection[str]
    today: date
    folder: Path
    late: Collection[str]


def late_partners(framework: Framework, campaign: str, today: date) -> frozenset[str]:
    """Whose deadline in `campaign` is past."""
    limits = {code: framework.campaign[campaign].deadline_for(code) for code in framework.partner}
    return frozenset(code for code, limit in limits.items() if limit is not None and today > limit)


def write_messages(
    framework: Framework, assessment: Assessment, wanted: Mailing, tracking: Tracking, outbox: Path
) -> MessagesResult:
    """Write the message that is due to each partner; OutputError where one cannot be written.

    `tracking` is as it was before this run; `outbox` is where the workbooks are.
    """
    campaign, folder, today = wanted.campaign, wanted.folder, wanted.today
    found = status(framework, assessment, framework.campaign[campaign], today)
    rows = [row for row in found.rows if row.partner in wanted.partners]
    new = [row for row in rows if _is_first(row, wanted, tracking)]
    open_ones = {row.partner for row in rows if row.standing not in NOT_LATE} - {row.partner for row in new}
    done = {(campaign, row.partner) for row in rows if row.file and row.partner not in open_ones}
    first = _write_first(framework, assessment, wanted, new, outbox)
    asked = replace(found, rows=tuple(row for row in rows if row.partner in open_ones))
    reminders = remind(framework, assessment, campaign, folder, today=today, outbox=outbox, found=asked)
    corrections = annotate(framework, assessment, folder, today=today, only=done)
    receipts = write_receipts(framework, assessment, wanted, tracking, corrections.clean)
    written = [*(one.message for one in first), *(one.message for one in reminders.reminders)]
    old = (
        path
        for ending in (FIRST, ENDING)
        for path in outdated(framework, campaign, folder, written, wanted.partners, ending)
    )
    return MessagesResult(campaign, first, reminders, corrections, receipts, tuple(old))


def _is_first(row: Reception, wanted: Mailing, tracking: Tracking) -> bool:
    """Whether the partner of `row` is asked for the first time: it sent nothing, and it has time left, or its workbook
    is new."""
    if row.standing not in (Standing.OVERDUE, Standing.AWAITED, Standing.UNSENT):
        return False
    known = tracking.of(wanted.campaign, row.partner)
    asked = min(filter(None, (known.prepared, known.invited)), default=wanted.today)
    return row.partner not in wanted.late or asked >= wanted.today


def _write_first(
    framework: Framework, assessment: Assessment, wanted: Mailing, rows: Sequence[Reception], outbox: Path
) -> tuple[WrittenMessage, ...]:
    former = answers_before(framework, wanted.campaign, assessment)
    names = _names(framework, wanted.campaign, [row.partner for row in rows], FIRST)
    written = []
    for row, name in zip(rows, names, strict=True):
        attachment = blank_workbook(framework, row, former.get(row.partner), outbox)
        refuse_unsound(attachment.name, attachment.content)
        content = reminder_message(framework, Reminder(row, wanted.today, first=True), attachment)
        written.append(_write(framework, wanted, row.partner, name, content))
    return tuple(written)


def write_receipts(
    framework: Framework, assessment: Assessment, wanted: Mailing, tracking: Tracking, clean: Collection[str]
) -> tuple[WrittenMessage, ...]:
    """Write a receipt for each complete return among the files `clean` that has none yet; `tracking` knows them."""
    answers = {one.file: len(one.filled_cells) for one in assessment.current}
    rows = [
        row
        for row in reception(framework, assessment, wanted.campaign, wanted.today)
        if row.partner in wanted.partners and row.file in clean and row.standing is Standing.COMPLETE
        if not _has_receipt(row, tracking, wanted)
    ]
    names = _names(framework, wanted.campaign, [row.partner for row in rows], RECEIPT)
    written = []
    for row, name in zip(rows, names, strict=True):
        came = tracking.of(wanted.campaign, row.partner).received or wanted.today
        files = [PurePosixPath(file).name for file in row.files]
        thanks = Thanks(wanted.campaign, row.partner, files, came, row.saved_at, answers[row.file])
        content = thanks_message(framework, thanks)
        written.append(_write(framework, wanted, row.partner, name, content))
    return tuple(written)


def _has_receipt(row: Reception, tracking: Tracking, wanted: Mailing) -> bool:
    """Whether this very return was acknowledged on an earlier day."""
    thanked = tracking.of(wanted.campaign, row.partner).thanked
    return thanked is not None and thanked < wanted.today


def _names(framework: Framework, campaign: str, partners: Sequence[str], ending: str) -> tuple[str, ...]:
    return tuple(distinct_names(f"{file_stem(framework.contract.code, campaign, code)}{ending}" for code in partners))


def _write(framework: Framework, wanted: Mailing, partner: str, name: str, content: bytes) -> WrittenMessage:
    write_atomically(wanted.folder / name, content)
    return WrittenMessage(
        wanted.campaign, partner, wanted.folder / name, addresses_in(framework.partner[partner].email)
    )
