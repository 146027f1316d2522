"""What the master is made from, and where everything stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cvsheet.books.kit.spreads import Spread, spread_columns
from cvsheet.books.kit.tables import FIRST_ROW
from cvsheet.books.master.answers import answers_as_text
from cvsheet.books.master.data_places import DataPlaces
from cvsheet.books.master.decision_doubts import doubts_of
from cvsheet.books.master.decisions import (
    DECIDED,
    NOTHING_WRITTEN,
    OUR_SHEETS,
    Arbitration,
    Coordination,
    State,
    state_of,
)
from cvsheet.figures.action_results import ActionResult, action_results
from cvsheet.figures.conflicts import DISAGREEMENT, Conflict, conflicts_of
from cvsheet.figures.consolidation import Consolidated, Consolidation
from cvsheet.figures.contributions import FOLLOWED
from cvsheet.figures.disclosure.confidentiality import NO_SECRECY
from cvsheet.figures.follow_up import shown, unfilled_situation
from cvsheet.figures.points import Point
from cvsheet.figures.progress import Judgement, Schedule, judge, schedule
from cvsheet.files.addresses import cell_name, quoted
from cvsheet.judging.campaign.reception import Reception
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.judging.engine.ruling import disputed_in
from cvsheet.judging.files.unusable import UnusableFile
from cvsheet.model.framework import Campaign, CampaignType, Framework, Line, Pillar
from cvsheet.model.sheet_names import beside
from cvsheet.model.submission import Quantity, judged_quantity
from cvsheet.schema.tables import load_table
from cvsheet.text.french import french_digits

CONTRIBUTIONS_SHEET, DECISIONS_SHEET = "Contributions", "Décisions"
TREND = "tendance"  # a line through the values of several campaigns


@dataclass(frozen=True)
class MasterContent:
    """Everything that goes into a master: `campaign` is the one judged; `accounts` the lines of the conservation.

    `root` leads from the master's folder to the one that the names of received files start from, for links to them;
    empty where there is no such way. `unattributed` are the files that count for nobody and tell no partner.
    """

    framework: Framework
    consolidation: Consolidation
    assessment: Assessment
    campaign: Campaign
    receptions: Sequence[Reception]
    accounts: Sequence[tuple[str, int]]
    coordination: Coordination = NOTHING_WRITTEN
    root: str = ""
    unattributed: Sequence[UnusableFile] = ()

    @cached_property
    def campaigns(self) -> tuple[Campaign, ...]:
        """The yearly campaigns that have a column: those with answers, and the one judged."""
        yearly = {*self.consolidation.yearly}
        if self.campaign.type is CampaignType.YEARLY:
            yearly.add(self.campaign)
        return tuple(sorted(yearly, key=lambda campaign: campaign.end))

    @cached_property
    def actions(self) -> tuple[ActionResult, ...]:
        """What is retained of each action of the contract in the judged campaign."""
        judged = self.assessment
        return tuple(action_results(self.framework, judged.action_reports, judged.aside, self.campaign.code))

    @property
    def quantity(self) -> Quantity:
        """What is judged: the value of the year, or in a `référence` campaign the baseline."""
        return judged_quantity(self.campaign)

    @cached_property
    def answered_campaigns(self) -> tuple[Campaign, ...]:
        """The campaigns of any type with answers, and the one judged, in the order of time."""
        codes = {campaign for campaign, _, _ in self.consolidation.typed} | {self.campaign.code}
        found = [campaign for campaign in self.framework.campaigns if campaign.code in codes]
        return tuple(sorted(found, key=lambda campaign: campaign.end))

    @cached_property
    def schedule(self) -> Schedule:
        """Of the contract as a whole; each line has its own, which starts at its baseline."""
        return schedule(self.framework, self.campaign.code)

    def point(self, line: str, quantity: Quantity) -> Point:
        """The baseline or the target of `line` as it was known at the end of the judged campaign."""
        return self._points[line, quantity]

    @cached_property
    def _points(self) -> Mapping[tuple[str, Quantity], Point]:
        at = self.campaign.end
        both = (Quantity.BASELINE, Quantity.TARGET)
        return {(line, one): self.consolidation.point(line, one, at) for line in self.framework.line for one in both}

    def schedule_of(self, line: str) -> Schedule:
        """From the date of the baseline of `line`."""
        return schedule(self.framework, self.campaign.code, self.point(line, Quantity.BASELINE).since)

    def sheet_of(self, pillar: Pillar) -> str:
        """The name of a pillar's sheet: its own, unless the master has a sheet of that name."""
        return beside(pillar.sheet, OUR_SHEETS)

    @cached_property
    def spread(self) -> tuple[Spread, ...]:
        """The columns of a pillar sheet."""
        spread = spread_columns("suivi", self.campaigns, self.campaign.code, DECIDED)
        return tuple(one for one in spread if one.column.name != TREND or len(self.campaigns) > 1)

    @cached_property
    def place(self) -> Mapping[str, tuple[str, int]]:
        """Line code -> pillar sheet and row."""
        return {
            line.code: (self.sheet_of(pillar), row)
            for pillar in self.framework.pillars
            for row, line in enumerate(self.framework.lines_of(pillar), start=FIRST_ROW)
        }

    @cached_property
    def contributions_place(self) -> Mapping[str, tuple[str, int]]:
        """Line code -> the sheet *Contributions* and the first of its rows there."""
        found: dict[str, tuple[str, int]] = {}
        row = FIRST_ROW
        for line in self.framework.input_lines:
            if line.measure.producers:
                found[line.code] = (CONTRIBUTIONS_SHEET, row)
            row += len(line.measure.producers)
        return found

    def cell(self, row: int, name: str, campaign: str = "") -> str:
        """The A1 name of a column of a pillar sheet in `row`; an empty text where that campaign has no column."""
        position = self._positions.get((name, campaign))
        return '""' if position is None else cell_name(row + 1, position + 1)

    @cached_property
    def _positions(self) -> Mapping[tuple[str, str], int]:
        return {(spread.column.name, spread.campaign): number for number, spread in enumerate(self.spread)}

    def position(self, name: str) -> int:
        """The 0-based position of the first column called `name` of a pillar sheet; -1 where it has none."""
        return next((n for n, spread in enumerate(self.spread) if spread.column.name == name), -1)

    def opens_indicator(self, line: Line) -> bool:
        """Whether `line` is the total of the first measure of its indicator."""
        return line.category is None and line.measure.code in self.framework.opening

    def cell_of(self, line: str, name: str, campaign: str = "", *, seen_from: str = "") -> str:
        """The same for the row of `line`, with its sheet's name unless it is `seen_from`."""
        if line not in self.place:
            return '""'
        sheet, row = self.place[line]
        cell = self.cell(row, name, campaign)
        return cell if sheet == seen_from or cell == '""' else f"{quoted(sheet)}!{cell}"

    @cached_property
    def data(self) -> DataPlaces:
        """Where the answers stand in *Données*."""
        return DataPlaces(self.framework, self.consolidation)

    def result(self, line: str) -> Consolidated:
        """What the answers of the judged campaign yield for `line`."""
        return self.consolidation.result(self.campaign.code, line, self.quantity)

    def retained(self, line: str) -> float | None:
        """The value of `line` that is judged: as arbitrated, else as consolidated."""
        return self.consolidation.retained(self.campaign.code, line, self.quantity)

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        return conflicts_of(self.consolidation, disputed_in(self.assessment.findings))

    @cached_property
    def decided(self) -> Mapping[tuple[str, str], int]:
        """Campaign and line -> row of *Décisions*: all that was decided, and what waits for it in other campaigns."""
        waiting = {
            (one.campaign, one.line.code)
            for one in self.conflicts
            if one.campaign != self.campaign.code and one.quantity is judged_quantity(self._campaign(one.campaign))
        }
        rank = {code: number for number, code in enumerate(self.framework.line)}
        keys = sorted(
            waiting | set(self.coordination.arbitrations),
            key=lambda key: (-self._campaign(key[0]).end.toordinal(), key[0], rank[key[1]]),
        )
        return {key: row for row, key in enumerate(keys, start=FIRST_ROW)}

    def _campaign(self, code: str) -> Campaign:
        return self.framework.campaign[code]

    def arbitration(self, campaign: str, line: str) -> Arbitration:
        """What the coordination decided; without a word where it did not."""
        return self.coordination.arbitrations.get((campaign, line), Arbitration(campaign, line))

    def arbitration_cell(self, campaign: str, line: str, *, seen_from: str = "") -> str:
        """Where the value of `line` in `campaign` is arbitrated; empty where nothing is, in a campaign not judged."""
        if campaign == self.campaign.code:
            return self.cell_of(line, "arbitre", seen_from=seen_from)
        row = self.decided.get((campaign, line))
        return "" if row is None else f"{DECISIONS_SHEET}!{self.decision_cell(row, 'arbitre')}"

    @staticmethod
    def decision_cell(row: int, name: str) -> str:
        """The A1 name of a column of *Décisions* in `row`."""
        return cell_name(row + 1, load_table("decisions").position(name) + 1)

    def decision_state(self, campaign: str, line: str) -> State | None:
        """What is to be said of a decision; None where there is none."""
        arbitration = self.arbitration(campaign, line)
        if arbitration.typed is None:  # as nearly everywhere: its answers need not be put into words
            return None
        of = self.framework.line[line]
        return state_of(arbitration, self.answers_of(campaign, line), doubts_of(of), text_only=of.measure.is_text)

    def answers_of(self, campaign: str, line: str) -> str:
        """The answers that make a value, as one text: what a decision is based on."""
        quantity = judged_quantity(self._campaign(campaign))
        result = self.consolidation.result(campaign, line, quantity)
        if self.framework.line[line].measure.computed:
            return "" if result.value is None else f"calculée : {french_digits(result.value)}"
        return answers_as_text(result.contributions)

    @cached_property
    def judgements(self) -> Mapping[str, Judgement]:
        """Line code -> what is said of it in the judged campaign."""
        return {
            code: judge(
                self.retained(code),
                self.point(code, Quantity.BASELINE).value,
                self.point(code, Quantity.TARGET).value,
                line.measure.direction,
                self.schedule_of(code),
                self.framework.contract,
            )
            for code, line in self.framework.line.items()
        }

    def shown_situation(self, line: Line) -> str:
        """The situation in the pillar sheet: without a retained value, what takes none is followed once answered."""
        measure = line.measure
        valued = not measure.is_text and self.retained(line.code) is not None
        if valued:
            return self.judgements[line.code].situation.value
        if not measure.has_value:
            return FOLLOWED.value(self.result(line.code).contributions, measure).value
        place = (self.campaign.code, line.code, self.quantity.value)
        return unfilled_situation(shown(self.consolidation, NO_SECRECY, *place))

    @cached_property
    def disputed(self) -> frozenset[tuple[str, str]]:
        """Campaign and line of every disagreement between sources."""
        found = disputed_in(self.assessment.findings)
        return frozenset((one.campaign, one.line) for dispute, one in found if dispute is DISAGREEMENT)

    @cached_property
    def headline_lines(self) -> tuple[Line, ...]:
        """The lines that stand for their indicator, in the order of the framework."""
        lines = self.framework.line.values()
        return tuple(line for line in lines if line.category is None and line.measure.code in self.framework.headlines)
