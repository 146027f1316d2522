"""The tables of the open data to publish, read back as figures: all that the site knows of a contract.

What is masked is not in them. Whatever the page shows, draws or offers is therefore what ``export --diffusion`` gives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeAlias

from cvsheet.figures.changes import nearest_before
from cvsheet.figures.schedules import Schedule
from cvsheet.model.entities import Campaign, CampaignType, Direction
from cvsheet.model.submission import AnswerKind, Quantity

PublishedRow: TypeAlias = Mapping[str, object]
PublishedTables: TypeAlias = Mapping[str, Sequence[PublishedRow]]

MASKED = AnswerKind.SECRET.value
COLLECTED = (Quantity.BASELINE.value, Quantity.TARGET.value)  # by a campaign before there are values
WORDS = (MASKED, AnswerKind.NOT_AVAILABLE.value, AnswerKind.NOT_APPLICABLE.value)


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A number, or the word for why there is none: empty where nothing is said."""

    value: float | None = None
    word: str = ""


NO_FIGURE = PublishedFigure()


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """A line of the contract: what it counts (`row`, of the table *referentiel*), and where it stands in the campaign
    that is shown. `values` are those of the campaigns, by code; `progress` 1 is the target."""

    row: PublishedRow
    values: Mapping[str, PublishedFigure]
    baseline: PublishedFigure = NO_FIGURE
    baseline_status: str = ""
    baseline_day: date | None = None
    target: PublishedFigure = NO_FIGURE
    target_status: str = ""
    progress: PublishedFigure = NO_FIGURE
    situation: str = ""

    def text(self, name: str) -> str:
        """What the table says of the line in the column `name`."""
        return text_of(self.row, name)

    @property
    def is_total(self) -> bool:
        """Whether it is a measure, and not one of its categories."""
        return not self.row["modalite"]

    @property
    def direction(self) -> Direction:
        """Which way progress goes."""
        return Direction(self.text("sens"))


@dataclass(frozen=True)
class PublishedContract:
    """What is published of one contract, with the campaign called `shown` as the one where everything stands.

    `textual` gives the situation of the lines that have no number, which no table holds.
    """

    tables: PublishedTables
    shown: str
    textual: Mapping[str, str] = field(default_factory=dict)

    @property
    def contract(self) -> PublishedRow:
        """The row of the contract itself."""
        return self.tables["contrats"][0]

    @cached_property
    def campaigns(self) -> Mapping[str, Campaign]:
        """All campaigns of the contract, by code."""
        return {text_of(row, "campagne"): _campaign(row) for row in self.tables["campagnes"]}

    @property
    def campaign(self) -> Campaign:
        """The one that is shown."""
        return self.campaigns[self.shown]

    @property
    def when(self) -> Schedule:
        """From the first baseline to the end of the contract."""
        at = self.campaign.end
        bases = (one.end for one in self.campaigns.values() if one.type is CampaignType.BASELINE and one.end <= at)
        return Schedule(min(bases, default=day_of(self.contract, "debut")), day_of(self.contract, "fin"), at)

    @cached_property
    def columns(self) -> tuple[Campaign, ...]:
        """The yearly campaigns with values until the one that is shown, and that one, in the order of time."""
        found = {text_of(row, "campagne") for row in self.tables["progression"]} | {self.shown}
        yearly = (one for one in self.campaigns.values() if one.code in found and one.type is CampaignType.YEARLY)
        return tuple(sorted((one for one in yearly if one.end <= self.campaign.end), key=lambda one: one.end))

    @property
    def former(self) -> Campaign | None:
        """The campaign to compare with: the one that ends nearest to a year before."""
        yearly = self.campaign.type is CampaignType.YEARLY
        return nearest_before(self.campaign, self.columns) if yearly else None

    @cached_property
    def lines(self) -> tuple[PublishedLine, ...]:
        """The lines in the order of the contract."""
        return tuple(self._line(row) for row in self.tables["referentiel"])

    @cached_property
    def headlines(self) -> tuple[PublishedLine, ...]:
        """The line that stands for each indicator: the total of the measure marked so, else of its first."""
        chosen: dict[str, PublishedLine] = {}
        for line in self.lines:
            if line.is_total and (line.row["principale"] or line.text("indicateur") not in chosen):
                chosen[line.text("indicateur")] = line
        return tuple(chosen.values())

    @cached_property
    def _values(self) -> Mapping[tuple[str, str, str], PublishedFigure]:
        """The figures by campaign, line and quantity."""
        return {
            (text_of(row, "campagne"), text_of(row, "ligne"), text_of(row, "grandeur")): _figure(
                row["valeur"], text_of(row, "etat")
            )
            for row in self.tables["valeurs"]
        }

    @cached_property
    def _progress(self) -> Mapping[str, PublishedRow]:
        """Where each line stands in the campaign that is shown."""
        return {text_of(row, "ligne"): row for row in self.tables["progression"] if row["campagne"] == self.shown}

    def _line(self, row: PublishedRow) -> PublishedLine:
        code = text_of(row, "ligne")
        values = {one.code: self._values.get((one.code, code, Quantity.VALUE.value), NO_FIGURE) for one in self.columns}
        found = self._progress.get(code)
        if found is None:
            baseline, target = (self._values.get((self.shown, code, one), NO_FIGURE) for one in COLLECTED)
            since, said = None if baseline.value is None else self.campaign.end, self.textual.get(code, "")
            return PublishedLine(row, values, baseline, baseline_day=since, target=target, situation=said)
        masks = text_of(found, "masques").split(";")
        baseline, target, progress = (
            _figure(found[name], MASKED if name in masks else "") for name in ("reference", "cible", "progression")
        )
        day = found["reference_date"]
        return PublishedLine(
            row,
            values,
            baseline,
            text_of(found, "reference_statut"),
            day if isinstance(day, date) and baseline.value is not None else None,
            target,
            text_of(found, "cible_statut"),
            progress,
            text_of(found, "situation"),
        )


def text_of(row: PublishedRow, name: str) -> str:
    """The text in the column `name`, empty where there is none."""
    found = row[name]
    return "" if found is None else str(found)


def day_of(row: PublishedRow, name: str) -> date:
    """The day in the column `name`."""
    found = row[name]
    assert isinstance(found, date)
    return found


def _figure(value: object, state: str) -> PublishedFigure:
    if isinstance(value, int | float):
        return PublishedFigure(float(value))
    return PublishedFigure(word=state if state in WORDS else "")


def _campaign(row: PublishedRow) -> Campaign:
    kind, year = CampaignType(text_of(row, "type")), int(text_of(row, "annee"))
    days = (day_of(row, "debut"), day_of(row, "fin"))
    return Campaign(text_of(row, "campagne"), text_of(row, "intitule"), kind, year, *days)
