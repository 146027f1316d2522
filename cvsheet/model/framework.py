"""The framework of a contract: what is followed, by whom, when. Frozen; read from the canonical workbook.

Lines are derived here, never listed by hand.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property

from cvsheet.memoising import remembered
from cvsheet.model.entities import (
    Action,
    Calculation,
    Campaign,
    CampaignType,
    Category,
    CoherenceRule,
    ContractSettings,
    Direction,
    Limits,
    Line,
    Measure,
    Objective,
    Partner,
    Pillar,
    Priority,
    Reference,
)
from cvsheet.model.findings import Severity
from cvsheet.model.groups import grouped
from cvsheet.model.methods import Aggregation

__all__ = [
    "Action",
    "Aggregation",
    "Calculation",
    "Campaign",
    "CampaignType",
    "Category",
    "CoherenceRule",
    "ContractSettings",
    "Direction",
    "Framework",
    "Limits",
    "Line",
    "Measure",
    "Objective",
    "Partner",
    "Pillar",
    "Priority",
    "Reference",
    "fingerprint",
]

_ELIDED = re.compile(r"(?<=\b[dl]) (?=[aeiouyàâéèêëîïôœuûh])", re.IGNORECASE)  # type d emploi: type d’emploi


@dataclass(frozen=True)
class Framework:
    """A whole contract. All look-ups are by code.

    `severities` gives what the contract decides otherwise than the catalogue, by rule code; None switches a rule off.
    `breakdown_titles` gives what people read instead of the code of a breakdown, where the contract says it.
    """

    contract: ContractSettings
    partners: tuple[Partner, ...]
    campaigns: tuple[Campaign, ...]
    pillars: tuple[Pillar, ...]
    priorities: tuple[Priority, ...]
    objectives: tuple[Objective, ...]
    actions: tuple[Action, ...]
    measures: tuple[Measure, ...]
    categories: tuple[Category, ...]
    references: tuple[tuple[str, Reference], ...] = ()
    rules: tuple[CoherenceRule, ...] = ()
    severities: tuple[tuple[str, Severity | None], ...] = ()
    breakdown_titles: tuple[tuple[str, str], ...] = ()

    @cached_property
    def partner(self) -> dict[str, Partner]:
        return {partner.code: partner for partner in self.partners}

    @cached_property
    def campaign(self) -> dict[str, Campaign]:
        return {campaign.code: campaign for campaign in self.campaigns}

    @cached_property
    def pillar(self) -> dict[str, Pillar]:
        return {pillar.code: pillar for pillar in self.pillars}

    @cached_property
    def priority(self) -> dict[str, Priority]:
        return {priority.code: priority for priority in self.priorities}

    @cached_property
    def objective(self) -> dict[str, Objective]:
        return {objective.code: objective for objective in self.objectives}

    @cached_property
    def action(self) -> dict[str, Action]:
        return {action.code: action for action in self.actions}

    @cached_property
    def measure(self) -> dict[str, Measure]:
        return {measure.code: measure for measure in self.measures}

    @cached_property
    def breakdown(self) -> dict[str, tuple[Category, ...]]:
        """Breakdown name -> its categories, in the order of the workbook."""
        found = grouped((category.breakdown, category) for category in self.categories)
        return {name: tuple(categories) for name, categories in found.items()}

    def breakdown_title(self, breakdown: str) -> str:
        """What people read for the code of a breakdown; where the contract does not say it, the words of the code:
        ``type_d_emploi`` is *type d’emploi*."""
        return dict(self.breakdown_titles).get(breakdown) or _ELIDED.sub("’", breakdown.replace("_", " "))

    @cached_property
    def line(self) -> dict[str, Line]:
        """Every line by code, typed or computed, in the order of the framework. Computed measures have a total only,
        and the categories that their numerator and denominator share."""
        return {line.code: line for measure in self.measures for line in self._lines_of(measure)}

    @cached_property
    def input_lines(self) -> tuple[Line, ...]:
        """The lines that partners type."""
        return tuple(line for line in self.line.values() if not line.measure.computed)

    def lines_of(self, pillar: Pillar) -> tuple[Line, ...]:
        """The lines of `pillar`, in the order of the framework."""
        return tuple(line for line in self.line.values() if line.measure.pillar == pillar.code)

    @cached_property
    def headlines(self) -> tuple[str, ...]:
        """The measure that stands for each indicator: the one marked so, else its first."""
        chosen: dict[str, str] = {}
        for measure in self.measures:
            if measure.headline or measure.indicator not in chosen:
                chosen[measure.indicator] = measure.code
        return tuple(chosen.values())

    @cached_property
    def opening(self) -> frozenset[str]:
        """The first measure of each indicator: the indicator's text stands in full there."""
        first: dict[str, str] = {}
        for measure in self.measures:
            first.setdefault(measure.indicator, measure.code)
        return frozenset(first.values())

    @cached_property
    def reference(self) -> dict[str, Reference]:
        return dict(self.references)

    def paired(self, code: str, line: Line) -> str:
        """The line that `code` (a measure, or a line of its own) means for `line`: its own category where it has it."""
        if line.category is None or "/" in code:
            return code
        same = f"{code}/{line.category.code}"
        return same if same in self.line else code

    @cached_property
    def terms(self) -> frozenset[str]:
        """The lines that computed ones are worked out from, through others too, with those that weigh them."""
        found, new = set[str](), {measure.code for measure in self.measures if measure.computed}
        while new:
            found |= new
            known = [self.measure[code] for code in new if code in self.measure]
            named = {code for one in known for code in (one.numerator, one.denominator, one.weight)}
            new = {code.partition("/")[0] for code in named} - found
        return frozenset(line.code for line in self.line.values() if line.measure.code in found)

    def version_for(self, campaign: str) -> str:
        """A fingerprint of everything that shapes the partner workbooks of `campaign` (12 hex digits): references,
        severities and the other campaigns do not count, so that a new campaign makes no former return an old one."""
        return self._versions[campaign][0]

    def is_version_of(self, version: str, campaign: str) -> bool:
        """Whether `version` is that of `campaign`, or was but for a deadline that was moved since."""
        return version in self._versions[campaign]

    @cached_property
    def _versions(self) -> dict[str, tuple[str, ...]]:
        """By campaign, its version, then the same with each deadline announced before."""
        content = asdict(self)
        del content["references"], content["severities"], content["campaigns"]
        # Whose it is and how breakdowns are called shape no workbook: those sent before are no older version.
        del content["contract"]["identity"], content["breakdown_titles"]
        return {
            one.code: tuple(
                _version({**content, "campaign": {**_settings(one), "deadline": day}})
                for day in dict.fromkeys((one.deadline, *(day for _, day in one.announced)))
            )
            for one in self.campaigns
        }

    def label_of(self, code: str) -> str:
        """What the line or action called `code` is about; empty where it is unknown."""
        if code in self.action:
            return self.action[code].title
        line = self.line.get(code)
        return line.full_title if line else ""

    def partner_name(self, code: str) -> str:
        """The name of the partner called `code`; what stands there itself where it is unknown."""
        return self.partner[code].name if code in self.partner else code

    def lines_for(self, partner: str) -> tuple[Line, ...]:
        """The lines that `partner` types, in the order of the framework."""
        return self._lines_by_partner.get(partner, ())

    @cached_property
    def _lines_by_partner(self) -> dict[str, tuple[Line, ...]]:
        asked = ((partner, line) for line in self.input_lines for partner in dict.fromkeys(line.measure.producers))
        return {partner: tuple(lines) for partner, lines in grouped(asked).items()}

    def actions_for(self, partner: str) -> tuple[Action, ...]:
        """The actions that `partner` reports: those it pilots and, while no pilot is named, those that name it.

        Being named commits nobody to a report: a partner that produces no figure and pilots nothing gets no workbook
        (`cvsheet check` lists actions without a pilot).
        """
        reports_anyway = partner in self.reporting_partners
        return tuple(
            action
            for action in self.actions
            if action.pilot == partner or (not action.pilot and partner in action.partners and reports_anyway)
        )

    @cached_property
    def reporting_partners(self) -> tuple[str, ...]:
        """The partners that get a workbook: those that type a line or pilot an action."""
        producers = {code for line in self.input_lines for code in line.measure.producers}
        pilots = {action.pilot for action in self.actions}
        return tuple(partner.code for partner in self.partners if partner.code in producers | pilots)

    def partners_asked(self, campaign: str) -> tuple[Partner, ...]:
        """The partners that have something to fill in `campaign`: a line, or in a yearly campaign an action."""
        yearly = self.campaign[campaign].type is CampaignType.YEARLY
        return tuple(self.partner[code] for code in self.reporting_partners if yearly or self.lines_for(code))

    def pillar_of_action(self, action: Action) -> str:
        """The code of the pillar that `action` belongs to."""
        return self.priority[self.objective[action.objective].priority].pillar

    def earlier_campaigns(self, campaign: str) -> tuple[Campaign, ...]:
        """The campaigns that end before `campaign` ends, latest first."""
        end = self.campaign[campaign].end
        earlier = [other for other in self.campaigns if other.end < end]
        return tuple(sorted(earlier, key=lambda other: other.end, reverse=True))

    def _lines_of(self, measure: Measure) -> tuple[Line, ...]:
        return (Line(measure), *(Line(measure, category) for category in self._categories_of(measure)))

    def _categories_of(self, measure: Measure) -> tuple[Category, ...]:
        if not measure.computed:
            return tuple(c for name in measure.breakdowns for c in self.breakdown.get(name, ()))
        top, bottom = self.measure.get(measure.numerator), self.measure.get(measure.denominator)
        if top is None or top.computed or (bottom is None and measure.calculation is Calculation.SHARE):
            return ()
        shared = set(top.breakdowns) & set(bottom.breakdowns) if bottom else set(top.breakdowns)
        return tuple(c for name in top.breakdowns if name in shared for c in self.breakdown.get(name, ()))


def _settings(campaign: Campaign) -> dict[str, object]:
    """What the contract says of `campaign`."""
    settings = asdict(campaign)
    del settings["announced"]
    return settings


def _version(content: Mapping[str, object]) -> str:
    return fingerprint(json.dumps(content, sort_keys=True, default=str, ensure_ascii=False))


@remembered
def fingerprint(text: str) -> str:
    """The first 12 hex digits of the SHA-256 of `text`."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
