"""The parts of a framework: frozen, each known by its code. `cvsheet.model.framework` puts them together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cvsheet.model.averages import may_be_negative, names_an_average
from cvsheet.model.methods import Aggregation, Method, method_of

ADDED_TYPES = ("nombre", "montant", "volume")  # rates and marks never add up


class Direction(StrEnum):
    """Which way progress goes."""

    RISE = "hausse"
    FALL = "baisse"
    WATCH = "suivi"  # followed without judgement


class Calculation(StrEnum):
    """How a computed measure is made from consolidated lines."""

    SHARE = "part"  # 100 x numerator / denominator
    CHANGE = "évolution"  # 100 x (N - N-1) / N-1 of the numerator


class CampaignType(StrEnum):
    BASELINE = "référence"
    YEARLY = "annuelle"


OWN = "~"  # between the code of a contract and its identity; no code holds it


@dataclass(frozen=True, slots=True)
class ContractSettings:
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
    identity: str = ""  # of this very contract, from `init` on; older contracts have none

    @property
    def key(self) -> str:
        """What its workbooks say they belong to: the code, and the identity where there is one."""
        return f"{self.code}{OWN}{self.identity}" if self.identity else self.code

    def owns(self, named: str) -> bool:
        """Whether a workbook that says `named` is one of this contract; one made before it had an identity is too."""
        code, _, identity = named.partition(OWN)
        return code == self.code and (not identity or not self.identity or identity == self.identity)


@dataclass(frozen=True, slots=True)
class Partner:
    code: str
    name: str
    type: str = ""
    contact: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Campaign:
    """A reporting campaign; `end` is the date of its values, `deadline` the last day for returns. `announced` are the
    days that single partners were told since, by partner."""

    code: str
    title: str
    type: CampaignType
    year: int
    start: date
    end: date
    deadline: date | None = None
    announced: tuple[tuple[str, date], ...] = ()

    def deadline_for(self, partner: str) -> date | None:
        """The last day for the return of `partner`: the latest that it was given."""
        given = [day for code, day in self.announced if code == partner]
        return max(filter(None, (self.deadline, *given)), default=None)


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
    def is_shared(self) -> bool:
        """Whether several partners give it, however often one is named."""
        return any(one != self.producers[0] for one in self.producers)

    @property
    def method(self) -> Method:
        """How the answers of its partners become one value."""
        return method_of(self.aggregation)

    @property
    def has_value(self) -> bool:
        """Whether there can be a consolidated number: texts and answers kept side by side have none."""
        return not self.is_text and (self.computed or self.method.gathers)

    @property
    def adds_up(self) -> bool:
        """Whether exclusive categories sum to the total."""
        return parts_add_up(self.type, self.aggregation, self.title, self.unit)

    @property
    def never_negative(self) -> bool:
        """Whether no value can be below 0: only then is a part at most the whole."""
        minimum = Line(self).limits.minimum
        return minimum is not None and minimum >= 0


def parts_add_up(kind: str, aggregation: Aggregation, title: str, unit: str) -> bool:
    """Whether exclusive categories of a measure of type `kind` sum to its total.

    Its aggregation says so: what is added over partners is added over categories, a mean is not. Of a single source it
    says nothing: counts and amounts add up unless the measure calls itself an average.
    """
    told = method_of(aggregation).parts_add_up
    return kind in ADDED_TYPES and (not names_an_average(title, unit) if told is None else told)


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
    def full_title(self) -> str:
        """What it counts: the measure, and the category of one of its parts."""
        return f"{self.measure.title} – {self.label}" if self.category else self.measure.title

    @property
    def required(self) -> bool:
        """Whether an answer is asked: totals of required measures, and their categories with them."""
        return self.measure.required

    @property
    def limits(self) -> Limits:
        """What the measure says and what its type implies: counts are whole and positive, percentages go to 100, unless
        their title says a balance or a change.

        The plausible minimum of what adds up holds for the total only: a category may be small.
        """
        measure = self.measure
        count, percent = measure.type == "nombre", measure.type == "pourcentage"
        signed = may_be_negative(measure.type, measure.title)
        implied = 0.0 if (count or percent) and not signed else None
        return Limits(
            whole=count,
            minimum=implied if measure.minimum is None else measure.minimum,
            maximum=100.0 if percent and not signed and measure.maximum is None else measure.maximum,
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
