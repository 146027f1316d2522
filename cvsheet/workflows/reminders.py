"""`status --relances`: a ready-to-send message for each partner that has not answered, or not completely."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cvsheet.books.partner.correction import correct
from cvsheet.books.partner.identity import file_stem
from cvsheet.books.partner.writing import partner_file_name, partner_workbook
from cvsheet.errors import UnreadableFile
from cvsheet.files.atomic import distinct_names, refuse_unsound, write_atomically
from cvsheet.judging.campaign.reception import (
    ANSWERED,
    NOT_LATE,
    Reception,
    Standing,
)
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.judging.files.identity import has_answers
from cvsheet.judging.files.unusable import UnusableFile
from cvsheet.model.framework import Framework
from cvsheet.model.submission import Submission
from cvsheet.reports.draft import Attachment, addresses_in
from cvsheet.reports.reminder import Reminder, reminder_message
from cvsheet.workflows.annotate import correction_name
from cvsheet.workflows.previous import answers_before
from cvsheet.workflows.status import StatusResult, status

ENDING = "_relance.eml"


@dataclass(frozen=True, slots=True)
class WrittenReminder:
    """One message: to whom, why, where it is; `recipients` are the addresses in it, none where none is known."""

    partner: str
    standing: Standing
    message: Path
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemindResult:
    """What was written, the most urgent first; the partners that need no reminder, and those of them whose answers are
    complete and not all right; `outdated` are messages of an earlier day in the same folder, not to be sent any more.

    `unfiled` are the files out of which an answer is still to be taken: their partners get no message. `unknown` are
    such files of which nothing tells the partner: it may be one of those reminded. `unsent` were never asked.
    """

    campaign: str
    reminders: tuple[WrittenReminder, ...]
    complete: tuple[str, ...]
    to_correct: tuple[str, ...]
    outdated: tuple[Path, ...]
    unfiled: tuple[UnusableFile, ...] = ()
    unknown: tuple[UnusableFile, ...] = ()
    unsent: tuple[str, ...] = ()

    @property
    def without_address(self) -> tuple[str, ...]:
        """The partners whose message has no recipient yet."""
        return tuple(one.partner for one in self.reminders if not one.recipients)


def remind(
    framework: Framework,
    assessment: Assessment,
    campaign: str,
    folder: Path,
    *,
    today: date,
    outbox: Path | None = None,
    found: StatusResult | None = None,
) -> RemindResult:
    """Write a message into `folder` for each partner asked in `campaign` that is not done; OutputError where it fails.

    Who sent nothing usable gets its blank workbook again: the one in `outbox` (where `generate` put it) as long as it
    is still blank and of today's contract, else a new one. Who left something out gets the correction of what it sent.
    The same inputs give the same bytes. `found` is the `status` of the campaign on that day, for who has it already:
    only the partners in its rows are considered.
    """
    found = found or status(framework, assessment, framework.campaign[campaign], today)
    rows = found.rows
    late = [row for row in rows if row.standing not in NOT_LATE and not row.unfiled]
    names = distinct_names(f"{file_stem(framework.contract.code, campaign, row.partner)}{ENDING}" for row in late)
    former = answers_before(framework, campaign, assessment)
    returned = {one.file: one for one in assessment.current}
    written = []
    for row, name in zip(late, names, strict=True):
        previous = former.get(row.partner)
        if row.file:
            attachment, reminder = _completed(framework, assessment, row, returned[row.file], previous, today)
        else:
            attachment, reminder = blank_workbook(framework, row, previous, outbox), Reminder(row, today)
        refuse_unsound(attachment.name, attachment.content)
        write_atomically(folder / name, reminder_message(framework, reminder, attachment))
        recipients = addresses_in(framework.partner[row.partner].email)
        written.append(WrittenReminder(row.partner, row.standing, folder / name, recipients))
    return RemindResult(
        campaign,
        tuple(written),
        tuple(row.partner for row in rows if row.standing is Standing.COMPLETE),
        tuple(row.partner for row in rows if row.standing is Standing.TO_CORRECT),
        outdated(framework, campaign, folder, [one.message for one in written], _settled(framework, campaign, rows)),
        tuple(one for row in rows if row.standing not in ANSWERED for one in row.unfiled),
        tuple(one for one in found.unattributed if one.unfiled),
        tuple(row.partner for row in rows if row.standing is Standing.UNSENT),
    )


def _settled(framework: Framework, campaign: str, rows: Sequence[Reception]) -> list[str]:
    """Of whom it is known whether they need a message: the partners in `rows`, and those that are not asked."""
    left_out = {one.code for one in framework.partners_asked(campaign)} - {row.partner for row in rows}
    return [code for code in framework.partner if code not in left_out]


def _completed(
    framework: Framework,
    assessment: Assessment,
    row: Reception,
    returned: Submission,
    previous: Mapping[str, float | str] | None,
    today: date,
) -> tuple[Attachment, Reminder]:
    """What was `returned`, as its correction, and what is said of it."""
    correction = correct(framework, returned, assessment.findings, previous, today)
    attachment = Attachment(f"{correction_name(row.file)}.xlsx", correction.content)
    return attachment, Reminder(row, today, correction.findings)


def blank_workbook(
    framework: Framework, row: Reception, previous: Mapping[str, float | str] | None, outbox: Path | None
) -> Attachment:
    """The workbook that the partner of `row` was sent, or the same made anew."""
    name = partner_file_name(framework, row.campaign, row.partner)
    sent = _still_blank(framework, row, outbox / name) if outbox is not None else None
    return Attachment(name, sent or partner_workbook(framework, row.campaign, row.partner, previous=previous))


def _still_blank(framework: Framework, row: Reception, path: Path) -> bytes | None:
    """The workbook at `path` where it is the partner's own of that campaign, as the contract is today, and blank: a
    file of somebody else under that name must not leave the house."""
    from cvsheet.books.partner.reading import read_returned

    if not path.is_file():
        return None
    try:
        content, submission = path.read_bytes(), read_returned(path, framework, path.name)
    except (OSError, UnreadableFile):
        return None
    identity = submission.identity
    wanted = (row.campaign, row.partner, framework.version_for(row.campaign))
    if identity is None or not framework.contract.owns(identity.contract):
        return None
    if (identity.campaign, identity.partner, identity.version) != wanted:
        return None
    return None if has_answers(submission) or submission.structure or submission.leftovers else content


def outdated(
    framework: Framework,
    campaign: str,
    folder: Path,
    written: Sequence[Path],
    partners: Iterable[str],
    ending: str = ENDING,
) -> tuple[Path, ...]:
    """The messages of `campaign` for `partners` in `folder` that were not written now."""
    stems = (file_stem(framework.contract.code, campaign, partner) for partner in partners)
    paths = (folder / f"{stem}{ending}" for stem in stems)
    return tuple(path for path in paths if path not in written and path.is_file())
