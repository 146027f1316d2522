"""`status`: who was asked in a campaign, who answered, how completely."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from cvsheet.judging.campaign.reception import ANSWERED, Reception, Standing, by_urgency, reception, unattributed
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.judging.files.unusable import UnusableFile, unusable_files
from cvsheet.model.framework import Campaign, Framework
from cvsheet.workflows.tracking import Tracking


@dataclass(frozen=True, slots=True)
class StatusResult:
    """One row a partner, the most urgent first; `unusable` are the files that count for nobody."""

    campaign: Campaign
    rows: tuple[Reception, ...]
    unusable: tuple[UnusableFile, ...]

    @property
    def unattributed(self) -> tuple[UnusableFile, ...]:
        """Those of the unusable files of which nobody knows the sender."""
        return unattributed(self.unusable, self.campaign.code)

    def partners(self, standing: Standing) -> tuple[str, ...]:
        """The codes of the partners that stand so."""
        return tuple(row.partner for row in self.rows if row.standing is standing)

    @property
    def awaited(self) -> tuple[str, ...]:
        """The codes of the partners that were asked and have not finished."""
        return tuple(row.partner for row in self.rows if row.standing not in (*ANSWERED, Standing.UNSENT))


def status(
    framework: Framework,
    assessment: Assessment,
    campaign: Campaign,
    today: date,
    sent: Collection[str] | None = None,
) -> StatusResult:
    """Where each partner stands in `campaign` on the day `today`; `sent` as for `reception`."""
    unusable = unusable_files(framework, assessment)
    rows = reception(framework, assessment, campaign.code, today, unusable, sent)
    return StatusResult(campaign, by_urgency(rows), unusable)


def asked(tracking: Tracking, assessment: Assessment, campaign: str, *, sent: bool) -> Collection[str] | None:
    """The partners that were asked in `campaign`, or answered; None where it was `sent`, or somebody answered, and
    nobody noted to whom."""
    rows = tracking.sent(campaign)
    identities = (one.identity for one in assessment.current)
    answered = {one.partner for one in identities if one is not None and one.campaign == campaign}
    return None if not rows and (sent or answered) else {*rows, *answered}
