"""What is asked of whom, noted as it happens: workbooks prepared, messages made, returns seen (`tracking`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cvsheet.books.partner.writing import partner_file_name
from cvsheet.judging.campaign.reception import NOT_LATE, reception
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import Campaign, Framework
from cvsheet.workflows.annotate import AnnotateResult, annotate
from cvsheet.workflows.current import holds_workbooks, named_partners
from cvsheet.workflows.folder import ContractFolder
from cvsheet.workflows.generate import GeneratedFile, GenerateResult, generate
from cvsheet.workflows.messages import Mailing, MessagesResult, late_partners, write_messages, write_receipts
from cvsheet.workflows.previous import answers_before, previous_answers
from cvsheet.workflows.reminders import RemindResult, remind
from cvsheet.workflows.status import StatusResult
from cvsheet.workflows.tracking import Tracking, read_tracking, refuse_held_tracking, write_tracking
from cvsheet.workflows.written import WrittenMessage

if TYPE_CHECKING:
    from cvsheet.workflows.workers import Workers


@dataclass(frozen=True, slots=True)
class Sending:
    """What is to be sent on the day `today`: to whom (`partners`, None: all that are asked) in which campaign (None: in
    all), with which new last day, and into which folder the messages go."""

    campaign: str | None
    partners: tuple[str, ...] | None
    today: date
    before: date | None = None
    folder: Path | None = None


def send(
    framework: Framework,
    place: ContractFolder,
    wanted: Sending,
    assessment: Assessment | None,
    workers: Workers | None,
    tell: Callable[[GeneratedFile], None],
) -> GenerateResult:
    """Write the workbooks of a campaign, with the messages that are due where a folder is given, and note all that."""
    assert wanted.campaign is not None, "workbooks are those of a campaign"
    campaign = wanted.campaign
    refuse_held_tracking(place.root)
    tracking = begun(framework, place, read_tracking(place.root), campaign, assessment)
    everybody = (one.code for one in framework.partners_asked(campaign))
    partners = tuple(everybody) if wanted.partners is None else named_partners(framework, wanted.partners)
    late = late_partners(framework, campaign, wanted.today)
    asking = asked_until(framework, campaign, partners, wanted.before)
    previous = (
        previous_answers(framework, campaign, place.inbox, place.root, workers)
        if assessment is None
        else answers_before(framework, campaign, assessment)
    )
    outbox = place.outbox / campaign
    result = generate(asking, campaign, wanted.partners and partners, outbox, previous=previous, tell=tell)
    tracking = prepared(asking, tracking, result, wanted.today)
    if wanted.folder is not None and assessment is not None:
        mailing = Mailing(campaign, partners, wanted.today, wanted.folder, late)
        tracking = returned(asking, tracking, assessment, campaign, wanted.today)
        messages = write_messages(asking, assessment, mailing, tracking, outbox)
        result, tracking = replace(result, messages=messages), messaged(tracking, campaign, messages, wanted.today)
    write_tracking(place.root, framework, tracking)
    return result


def remind_partners(
    framework: Framework, place: ContractFolder, assessment: Assessment, wanted: Sending, found: StatusResult
) -> RemindResult:
    """Write the reminders of a campaign for the partners in `found`, and note them."""
    assert wanted.campaign is not None and wanted.folder is not None, "reminders are of one campaign, in a folder"
    campaign = wanted.campaign
    if wanted.partners:
        named = named_partners(framework, wanted.partners)
        found = replace(found, rows=tuple(row for row in found.rows if row.partner in named))
    refuse_held_tracking(place.root)
    tracking = begun(framework, place, read_tracking(place.root), campaign, assessment)
    late = [row.partner for row in found.rows if row.standing not in NOT_LATE]
    asking = asked_until(framework, campaign, late, wanted.before)
    result = remind(
        asking,
        assessment,
        campaign,
        wanted.folder,
        today=wanted.today,
        outbox=place.outbox / campaign,
        found=found,
    )
    reminded = [one.partner for one in result.reminders]
    tracking = returned(framework, tracking, assessment, campaign, wanted.today)
    tracking = told_until(tracking.noting(campaign, reminded, reminded=wanted.today), campaign, reminded, wanted.before)
    write_tracking(place.root, framework, tracking)
    return result


def annotate_returns(
    framework: Framework, place: ContractFolder, assessment: Assessment, wanted: Sending
) -> AnnotateResult:
    """Write the corrections and the receipts of the returns, of one campaign or of all, and note them."""
    assert wanted.folder is not None, "corrections go into a folder"
    refuse_held_tracking(place.root)
    tracking, asking = read_tracking(place.root), framework
    named = wanted.partners and named_partners(framework, wanted.partners)
    whose = {(one.identity.campaign, one.identity.partner) for one in assessment.current if one.identity}
    only = {pair for pair in whose if wanted.campaign in (None, pair[0]) and pair[1] in (named or (pair[1],))}
    for campaign in sorted({code for code, _ in only}):
        partners = [partner for code, partner in only if code == campaign]
        asking = asked_until(asking, campaign, partners, wanted.before)
        tracking = begun(framework, place, tracking, campaign, assessment)
        tracking = returned(framework, tracking, assessment, campaign, wanted.today)
    result = annotate(asking, assessment, wanted.folder, today=wanted.today, only=only)
    receipts: list[WrittenMessage] = []
    for campaign in sorted({code for code, _ in only}):
        mailing = Mailing(campaign, framework.partner, wanted.today, wanted.folder, ())
        receipts += write_receipts(framework, assessment, mailing, tracking, result.clean)
    for one in result.files:
        tracking = told_until(tracking, one.campaign, [one.partner], wanted.before)
    write_tracking(place.root, framework, annotated(tracking, result, receipts, wanted.today))
    return replace(result, receipts=tuple(receipts))


def note_adoption(framework: Framework, place: ContractFolder, campaign: str, today: date) -> None:
    """Note that what `campaign` proposed was adopted: its returns are closed."""
    tracking = read_tracking(place.root)
    partners = tracking.sent(campaign) or [one.code for one in framework.partners_asked(campaign)]
    write_tracking(place.root, framework, tracking.noting(campaign, partners, adopted=today))


def asked_until(framework: Framework, campaign: str, partners: Iterable[str], before: date | None) -> Framework:
    """The same contract with `before` as the last day for `partners` in `campaign`; as it is without `before`."""
    if before is None:
        return framework
    wanted = {*partners}

    def moved(one: Campaign) -> Campaign:
        kept = tuple(pair for pair in one.announced if pair[0] not in wanted)
        return replace(
            one, announced=(*kept, *((partner, before) for partner in framework.partner if partner in wanted))
        )

    return replace(
        framework, campaigns=tuple(moved(one) if one.code == campaign else one for one in framework.campaigns)
    )


def begun(
    framework: Framework, place: ContractFolder, tracking: Tracking, campaign: str, assessment: Assessment | None
) -> Tracking:
    """`tracking` with a row for each partner asked in a campaign that was sent before rows were kept: its workbooks lie
    there, or somebody answered."""
    folder = place.outbox / campaign
    answered = assessment is not None and campaign in assessment.answered
    if tracking.sent(campaign) or not (answered or holds_workbooks(folder)):
        return tracking
    for partner in framework.partners_asked(campaign):
        made = _made_on(folder / partner_file_name(framework, campaign, partner.code))
        tracking = tracking.noting(campaign, [partner.code], prepared=made)
    return tracking


def _made_on(path: Path) -> date | None:
    try:
        return date.fromtimestamp(path.stat().st_mtime)
    except (OSError, ValueError, OverflowError):
        return None


def prepared(framework: Framework, tracking: Tracking, result: GenerateResult, today: date) -> Tracking:
    """`tracking` with the workbooks of `result`, first made `today` or earlier, and until when each partner may
    answer."""
    campaign = framework.campaign[result.campaign]
    for file in result.files:
        made = tracking.of(campaign.code, file.partner).prepared or today
        until = campaign.deadline_for(file.partner)
        tracking = tracking.noting(campaign.code, [file.partner], prepared=made, until=until)
    return tracking


def returned(framework: Framework, tracking: Tracking, assessment: Assessment, campaign: str, today: date) -> Tracking:
    """`tracking` with the returns of `campaign` as they count now; one that is seen for the first time came `today`."""
    answers = {one.file: len(one.filled_cells) for one in assessment.current}
    for row in reception(framework, assessment, campaign, today):
        if row.file:
            known = tracking.of(campaign, row.partner)
            new = known.file != row.file
            tracking = tracking.noting(
                campaign,
                [row.partner],
                received=today if new else known.received or today,
                file=row.file,
                answers=answers[row.file],
                errors=row.errors,
                thanked=None if new else known.thanked,
            )
    return tracking


def messaged(tracking: Tracking, campaign: str, result: MessagesResult, today: date) -> Tracking:
    """`tracking` with the messages of `result`, made `today`."""
    for one in result.first:
        first = tracking.of(campaign, one.partner).invited or today
        tracking = tracking.noting(campaign, [one.partner], invited=first)
    tracking = tracking.noting(campaign, (one.partner for one in result.reminders.reminders), reminded=today)
    return annotated(tracking, result.corrections, result.receipts, today)


def annotated(
    tracking: Tracking, corrections: AnnotateResult, receipts: Sequence[WrittenMessage], today: date
) -> Tracking:
    """`tracking` with corrections and receipts made `today`."""
    for file in corrections.files:
        tracking = tracking.noting(file.campaign, [file.partner], corrected=today)
    for receipt in receipts:
        tracking = tracking.noting(receipt.campaign, [receipt.partner], thanked=today)
    return tracking


def told_until(tracking: Tracking, campaign: str, partners: Sequence[str], before: date | None) -> Tracking:
    """`tracking` with the new last day `before` of `partners`, if there is one."""
    return tracking if before is None else tracking.noting(campaign, partners, until=before)
