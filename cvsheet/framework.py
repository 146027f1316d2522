"""The framework of a contract: what is followed, by whom, when. Frozen; read from the canonical workbook.

A `Line` is what one partner types one value into. Lines are derived here, never listed by hand.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property


class Direction(StrEnum):
    """Which way progress goes."""

    RISE = "hausse"
    FALL = "baisse"
    WATCH = "suivi"  # followed without judgement


class Aggregation(StrEnum):
    """How the answers of several partners become one value."""

    SUM = "somme"
    MEAN = "moyenne"
    WEIGHTED_MEAN = "moyenne pondérée"
    SINGLE_SOURCE = "source unique"
    TEXT = "texte"
    RECOMPUTED = "recalcul"
    NONE = "aucune"  # kept side by side, no consolidated value


class Calculation(StrEnum):
    """How a computed measure is made from consolidated lines."""

    SHARE = "part"  # 100 x numerator / denominator
    CHANGE = "évolution"  # 100 x (N - N-1) / N-1 of the numerator


class CampaignType(StrEnum):
    BASELINE = "référence"
    YEARLY = "annuelle"


@dataclass(frozen=True, slots=True)
class Contract:
    """The settings of the contract. Thresholds on progress and variation are in percent."""

    code: str
    name: str
    start: date
    end: date
    territory: str = ""
    coordinator: str = ""
    email: str = ""
    phone: str = ""
    on_track_from: float = 95
    watch_from: float = 75
    too_early_until: float = 10
    secrecy_people: int = 5
    secrecy_companies: int = 3
    strong_change: float = 50
    change_minimum: float = 10
    licence: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    code: str
    name: str
    type: str = ""
    contact: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Campaign:
    """A reporting campaign; `end` is the date of its values, `deadline` the last day for returns."""

    code: str
    title: str
    type: CampaignType
    year: int
    start: date
    end: date
    deadline: date | None = None


@dataclass(frozen=True, slots=True)
class Pillar:
    code: str
    title: str
    sheet: str


@dataclass(frozen=True, slots=True)
class Priority:
    code: str
    pillar: str
    title: str


@dataclass(frozen=True, slots=True)
class Objective:
    code: str
    priority: str
    title: str


@dataclass(frozen=True, slots=True)
class Action:
    """An action; `pilot` answers for it, `partners` are named beside it."""

    code: str
    objective: str
    title: str
    pilot: str = ""
    partners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Category:
    """One category of a breakdown; `exclusive` categories add up to the total."""

    breakdown: str
    code: str
    title: str
    exclusive: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """Baseline and target of a line with their status (à préciser, proposée, validée)."""

    baseline: float | None = None
    baseline_year: int | None = None
    baseline_status: str = ""
    target: float | None = None
    target_year: int | None = None
    target_status: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of an indicator. `minimum`/`maximum` are hard bounds, `plausible_*` soft ones."""

    code: str
    indicator: str
    pillar: str
    priority: str
    objective: str
    indicator_title: str
    title: str
    type: str  # nombre, pourcentage, montant, volume, note, texte
    unit: str
    nature: str
    direction: Direction
    computed: bool
    calculation: Calculation | None
    numerator: str
    denominator: str
    aggregation: Aggregation
    weight: str
    breakdowns: tuple[str, ...]
    producers: tuple[str, ...]
    minimum: float | None = None
    maximum: float | None = None
    plausible_minimum: float | None = None
    plausible_maximum: float | None = None
    required: bool = False
    diffusion: str = "publique"
    definition: str = ""
    headline: bool = False

    @property
    def is_text(self) -> bool:
        return self.type == "texte"

    @property
    def adds_up(self) -> bool:
        """Whether exclusive categories sum to the total: true of counts and amounts, never of rates and marks."""
        return self.type in ("nombre", "montant", "volume")


@dataclass(frozen=True, slots=True)
class Line:
    """A measure's total (`category` None) or one of its categories: ``EMP-P1-I02.M1`` or ``EMP-P1-I02.M1/VER``."""

    measure: Measure
    category: Category | None = None

    @property
    def code(self) -> str:
        return f"{self.measure.code}/{self.category.code}" if self.category else self.measure.code

    @property
    def label(self) -> str:
        """What the line counts beside the measure, as shown: ``Total`` or the category's title."""
        return self.category.title if self.category else "Total"

    @property
    def required(self) -> bool:
        """Whether an answer is asked: totals of required measures, and their categories with them."""
        return self.measure.required

    @property
    def limits(self) -> Limits:
        """What the measure says and what its type implies: counts are whole and positive, percentages go to 100.

        The plausible minimum of what adds up holds for the total only: a category may be small.
        """
        measure = self.measure
        count, percent = measure.type == "nombre", measure.type == "pourcentage"
        implied = 0.0 if count or percent else None
        return Limits(
            whole=count,
            minimum=implied if measure.minimum is None else measure.minimum,
            maximum=100.0 if percent and measure.maximum is None else measure.maximum,
            plausible_minimum=measure.plausible_minimum if self.category is None or not measure.adds_up else None,
            plausible_maximum=measure.plausible_maximum,
        )


@dataclass(frozen=True, slots=True)
class Limits:
    """What a number may be: hard bounds, the plausible range, whether it counts whole things. None is no limit."""

    whole: bool
    minimum: float | None
    maximum: float | None
    plausible_minimum: float | None
    plausible_maximum: float | None


@dataclass(frozen=True, slots=True)
class CoherenceRule:
    """A relation between two lines: ``left operator right``, see the Règles sheet."""

    code: str
    left: str
    operator: str
    right: str
    severity: str
    message: str


@dataclass(frozen=True)
class Framework:
    """A whole contract. All look-ups are by code."""

    contract: Contract
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
        found: dict[str, tuple[Category, ...]] = {}
        for category in self.categories:
            found[category.breakdown] = (*found.get(category.breakdown, ()), category)
        return found

    @cached_property
    def line(self) -> dict[str, Line]:
        """Every line by code, typed or computed, in the order of the framework. Computed measures have a total only,
        and the categories that their numerator and denominator share."""
        return {line.code: line for measure in self.measures for line in self._lines_of(measure)}

    @cached_property
    def input_lines(self) -> tuple[Line, ...]:
        """The lines that partners type."""
        return tuple(line for line in self.line.values() if not line.measure.computed)

    @cached_property
    def reference(self) -> dict[str, Reference]:
        return dict(self.references)

    @cached_property
    def version(self) -> str:
        """A fingerprint of everything that shapes partner workbooks (12 hex digits): references do not count."""
        content = asdict(self)
        del content["references"]
        return fingerprint(json.dumps(content, sort_keys=True, default=str, ensure_ascii=False))

    def lines_for(self, partner: str) -> tuple[Line, ...]:
        """The lines that `partner` types, in the order of the framework."""
        return tuple(line for line in self.input_lines if partner in line.measure.producers)

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


def fingerprint(text: str) -> str:
    """The first 12 hex digits of the SHA-256 of `text`."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
