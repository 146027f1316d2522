"""`status`: who was asked in a campaign, who answered, how completely."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cvsheet.judging.campaign.reception import ANSWERED, Reception, Standing, by_urgency, reception, unattributed
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.judging.files.unusable import UnusableFile, unusable_files
from cvsheet.model.framework import Campaign, Framework


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
        """The codes of the partners that have not finished."""
        return tuple(row.partner for row in self.rows if row.standing not in ANSWERED)


def status(framework: Framework, assessment: Assessment, campaign: Campaign, today: date) -> StatusResult:
    """Where each partner stands in `campaign` on the day `today`."""
    unusable = unusable_files(framework, assessment)
    return StatusResult(
        campaign, by_urgency(reception(framework, assessment, campaign.code, today, unusable)), unusable
    )
