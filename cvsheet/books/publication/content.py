"""What the publication workbook is made from. No answer of a single partner comes this far, and no text of theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from cvsheet.figures.action_results import ActionResult, masked_beneficiaries
from cvsheet.figures.consolidation import Consolidation
from cvsheet.figures.disclosure.confidentiality import Secrecy
from cvsheet.figures.disclosure.figures import BASELINE, POINT, TARGET, VALUE
from cvsheet.figures.follow_up import FollowUp, Shown, follow_up, shown
from cvsheet.model.framework import Campaign, CampaignType, Framework, Line, Pillar
from cvsheet.model.sheet_names import beside
from cvsheet.model.submission import judged_quantity

OWN_SHEETS = ("Synthèse", "Par ventilation", "Synthèse détaillée", "Actions", "Lecture")


@dataclass(frozen=True)
class PublicationContent:
    """Everything that is published: `campaign` is the one judged, `actions` the results of the contract's actions."""

    framework: Framework
    consolidation: Consolidation
    secrecy: Secrecy
    campaign: Campaign
    actions: tuple[ActionResult, ...]

    @cached_property
    def campaigns(self) -> tuple[Campaign, ...]:
        """The yearly campaigns that have a column: those with answers up to the one judged, and that one."""
        until = [one for one in self.consolidation.yearly if one.end <= self.campaign.end]
        judged = [self.campaign] if self.campaign.type is CampaignType.YEARLY else []
        return tuple(sorted({*until, *judged}, key=lambda one: one.end))

    @cached_property
    def masks(self) -> int:
        """How many figures of this workbook are masked; what follows from them is not counted, nor why they are."""
        return self.secrecy.count(self.contexts)

    @cached_property
    def contexts(self) -> frozenset[tuple[str, str]]:
        """The campaigns that are shown, each with its quantities."""
        columns = {self.campaign.code, *(campaign.code for campaign in self.campaigns)}
        asked = {
            (campaign, quantity) for campaign in columns for quantity in (VALUE, judged_quantity(self.campaign).value)
        }
        return frozenset({(POINT, BASELINE), (POINT, TARGET), *asked})

    @property
    def masked_beneficiaries(self) -> int:
        """How many numbers of beneficiaries of actions are masked."""
        return masked_beneficiaries(self.actions)

    @cached_property
    def followed(self) -> Mapping[str, FollowUp]:
        """Line code -> where it stands in the judged campaign."""
        lines = self.framework.line.items()
        return {code: follow_up(self.consolidation, self.secrecy, line, self.campaign) for code, line in lines}

    def value(self, campaign: Campaign, line: Line) -> Shown:
        """What is published of `line` in a yearly campaign."""
        return shown(self.consolidation, self.secrecy, campaign.code, line.code)

    def sheet_of(self, pillar: Pillar) -> str:
        """The name of a pillar's sheet: its own, unless this workbook has a sheet of that name."""
        return beside(pillar.sheet, OWN_SHEETS)

    @cached_property
    def headlines(self) -> tuple[Line, ...]:
        """The line that stands for each indicator: the total of the measure marked so, else of its first."""
        return tuple(self.framework.line[code] for code in self.framework.headlines)
