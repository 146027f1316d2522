"""What the master is made from, and where everything stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cvsheet.cells import cell_name, column_letters
from cvsheet.consolidation.aggregation import Consolidation
from cvsheet.consolidation.progress import Judgement, Schedule, judge, schedule
from cvsheet.framework import Campaign, CampaignType, Framework, Line, Pillar
from cvsheet.rules.assessment import Assessment
from cvsheet.rules.reception import Reception
from cvsheet.submission import Quantity
from cvsheet.tables import Column, load_table

TITLE_ROW = 0
HEADER_ROW = 3
FIRST_ROW = 4  # of the data, under the header; all counted from 0
DATA_SHEET, CONTRIBUTIONS_SHEET = "Données", "Contributions"
SPARE_ROWS = 200  # rows that a coordinator may add under Données without losing them from the totals
OWN_SHEETS = (
    "Synthèse", "Actions", CONTRIBUTIONS_SHEET, "Conflits", "Anomalies", "Réception", DATA_SHEET, "Journal",
)  # fmt: skip
LONGEST_NAME = 31  # characters of a sheet's name
DISAGREEMENT, DOUBLE_COUNT = "ENS-001", "ENS-002"  # rules whose findings wait for a decision between partners
CAMPAIGNS = "campagnes"  # the schema's column that stands once per yearly campaign


@dataclass(frozen=True, slots=True)
class Spread:
    """A column of a master sheet: a schema column, or the one of a campaign."""

    column: Column
    campaign: str = ""
    quantity: Quantity = Quantity.VALUE

    @property
    def title(self) -> str:
        if not self.campaign:
            return self.column.title
        return f"{self.quantity.value.capitalize()} {self.campaign}"


@dataclass(frozen=True)
class MasterContent:
    """Everything that goes into a master: `campaign` is the one judged; `accounts` the lines of the conservation."""

    framework: Framework
    consolidation: Consolidation
    assessment: Assessment
    campaign: Campaign
    receptions: Sequence[Reception]
    accounts: Sequence[tuple[str, int]]

    @cached_property
    def campaigns(self) -> tuple[Campaign, ...]:
        """The yearly campaigns that have a column: those with answers, and the one judged."""
        yearly = {*self.consolidation.yearly}
        if self.campaign.type is CampaignType.YEARLY:
            yearly.add(self.campaign)
        return tuple(sorted(yearly, key=lambda campaign: campaign.end))

    @property
    def quantity(self) -> Quantity:
        """What is judged: the value of the year, or in a `référence` campaign the baseline."""
        return Quantity.VALUE if self.campaign.type is CampaignType.YEARLY else Quantity.BASELINE

    @cached_property
    def answered_campaigns(self) -> tuple[Campaign, ...]:
        """The campaigns of any type with answers, and the one judged, in the order of time."""
        codes = {campaign for campaign, _, _ in self.consolidation.typed} | {self.campaign.code}
        found = [campaign for campaign in self.framework.campaigns if campaign.code in codes]
        return tuple(sorted(found, key=lambda campaign: campaign.end))

    @staticmethod
    def quantities(campaign: Campaign) -> tuple[Quantity, ...]:
        """What `campaign` asks of a line."""
        yearly = campaign.type is CampaignType.YEARLY
        return (Quantity.VALUE,) if yearly else (Quantity.BASELINE, Quantity.TARGET)

    @cached_property
    def schedule(self) -> Schedule:
        return schedule(self.framework, self.campaign.code)

    def lines_of(self, pillar: Pillar) -> tuple[Line, ...]:
        return tuple(line for line in self.framework.line.values() if line.measure.pillar == pillar.code)

    def sheet_of(self, pillar: Pillar) -> str:
        """The name of a pillar's sheet: its own, unless the master has a sheet of that name."""
        if pillar.sheet.casefold() not in {name.casefold() for name in OWN_SHEETS}:
            return pillar.sheet
        return f"Pilier {pillar.sheet}"[:LONGEST_NAME]

    @cached_property
    def spread(self) -> tuple[Spread, ...]:
        """The columns of a pillar sheet."""
        return spread_columns("suivi", self.campaigns)

    @cached_property
    def place(self) -> Mapping[str, tuple[str, int]]:
        """Line code -> pillar sheet and row."""
        return {
            line.code: (self.sheet_of(pillar), row)
            for pillar in self.framework.pillars
            for row, line in enumerate(self.lines_of(pillar), start=FIRST_ROW)
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
        for position, spread in enumerate(self.spread):
            if (spread.column.name, spread.campaign) == (name, campaign):
                return cell_name(row + 1, position + 1)
        return '""'

    def position(self, name: str) -> int:
        """The 0-based position of the first column called `name` of a pillar sheet; -1 where it has none."""
        return next((n for n, spread in enumerate(self.spread) if spread.column.name == name), -1)

    def opens_indicator(self, line: Line) -> bool:
        """Whether `line` is the total of the first measure of its indicator."""
        return line.category is None and line.measure.code in self._first_measures

    @cached_property
    def _first_measures(self) -> frozenset[str]:
        first: dict[str, str] = {}
        for measure in self.framework.measures:
            first.setdefault(measure.indicator, measure.code)
        return frozenset(first.values())

    def cell_of(self, line: str, name: str, campaign: str = "", *, seen_from: str = "") -> str:
        """The same for the row of `line`, with its sheet's name unless it is `seen_from`."""
        if line not in self.place:
            return '""'
        sheet, row = self.place[line]
        cell = self.cell(row, name, campaign)
        return cell if sheet == seen_from or cell == '""' else f"{quoted(sheet)}!{cell}"

    @cached_property
    def data_rows(self) -> int:
        """How many answers *Données* lists: every one that is not blank."""
        return int((self.assessment.frame["reponse"] != "vide").sum())

    def data_range(self, name: str) -> str:
        """The absolute range of a column of *Données*, spare rows included."""
        letter = column_letters(load_table("donnees").position(name) + 1)
        return f"{DATA_SHEET}!${letter}${FIRST_ROW + 1}:${letter}${FIRST_ROW + self.data_rows + SPARE_ROWS}"

    @cached_property
    def judgements(self) -> Mapping[str, Judgement]:
        """Line code -> what is said of it in the judged campaign."""
        return {
            code: judge(
                self.consolidation.result(self.campaign.code, code, self.quantity).value,
                self.consolidation.baseline(code)[0],
                self.consolidation.target(code)[0],
                line.measure.direction,
                self.schedule,
                self.framework.contract,
            )
            for code, line in self.framework.line.items()
        }

    @cached_property
    def disputed(self) -> frozenset[tuple[str, str]]:
        """Campaign and line of every disagreement between sources."""
        return frozenset((one.campaign, one.line) for one in self.assessment.findings if one.code == DISAGREEMENT)

    @cached_property
    def headlines(self) -> frozenset[str]:
        """The measure that stands for each indicator: the one marked so, else its first."""
        chosen: dict[str, str] = {}
        for measure in self.framework.measures:
            if measure.headline or measure.indicator not in chosen:
                chosen[measure.indicator] = measure.code
        return frozenset(chosen.values())


def spread_columns(table: str, campaigns: Sequence[Campaign]) -> tuple[Spread, ...]:
    """The columns of `table`, with its campaign column once per campaign."""
    return tuple(
        spread
        for column in load_table(table).columns
        for spread in (
            [Spread(column, campaign.code) for campaign in campaigns] if column.name == CAMPAIGNS else [Spread(column)]
        )
    )


def quoted(sheet: str) -> str:
    """A sheet's name as formulas need it."""
    return "'" + sheet.replace("'", "''") + "'"
