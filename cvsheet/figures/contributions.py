"""What partners answered to one line, and what is said of it besides its value: who answered, of how many, in secret.

Each is one object that says it twice: over the rows of *Données* that hold the answers, and of the answers themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from cvsheet.figures.progress import Situation
from cvsheet.model.data_rows import DataRows, FoundRows
from cvsheet.model.framework import Measure
from cvsheet.model.methods import Given
from cvsheet.model.submission import REASONS, AnswerKind

SET_ASIDE = "écartée"
_From = TypeVar("_From")
_Of = TypeVar("_Of")
_Said = TypeVar("_Said")


@dataclass(frozen=True, slots=True)
class Contribution:
    """One partner's answer to one line: `rank` is its place among the producers, `kept` False where it was set aside.

    `weight` is set on weighted means only; `row` is the row of the long table; `year` the one given with a baseline.
    """

    partner: str
    kind: AnswerKind
    number: float | None
    text: str
    kept: bool
    rank: int
    row: int
    weight: float | None = None
    year: int | None = None

    @property
    def counts(self) -> bool:
        """Whether it carries a number that goes into the result."""
        return self.kept and self.number is not None


@dataclass(frozen=True, slots=True)
class OfAnswer(Generic[_Said]):
    """Of one answer: `formula` over the cells of its row (by column) yields the `value`."""

    formula: Callable[[Mapping[str, str]], str]
    value: Callable[[Contribution], _Said]


@dataclass(frozen=True, slots=True)
class OfCell(Generic[_From, _Said]):
    """Of one figure: `formula` over its cell yields the `value`."""

    formula: Callable[[str], str]
    value: Callable[[_From], _Said]


@dataclass(frozen=True, slots=True)
class OfAnswers(Generic[_Said]):
    """Of all answers to a line of a measure: `found`, an expression over their rows, yields the `value`."""

    found: Callable[[FoundRows, Measure], str]
    value: Callable[[Sequence[Contribution], Measure], _Said]

    def formula(self, rows: DataRows, measure: Measure) -> str:
        return rows.tell(lambda found: self.found(found, measure))


@dataclass(frozen=True, slots=True)
class OfWeight:
    """`formula` over two expressions yields the `value` of whether an answer is alone and of its partner's weight."""

    formula: Callable[[str, str], str]
    value: Callable[[bool, float], float]


COUNTS = OfAnswer(
    lambda cell: f"=IF(AND({cell['compte']}=1,ISNUMBER({cell['nombre']})),1,0)",
    lambda one: int(one.counts),
)
"""1 where a number counts, else 0."""


def _reading_formula(cell: Mapping[str, str]) -> str:
    words = f'IF({cell["reponse"]}="{AnswerKind.TEXT}",{cell["texte"]},{cell["reponse"]})'
    return f'=IF({cell["compte"]}=0,"{SET_ASIDE}",IF(ISNUMBER({cell["nombre"]}),{cell["nombre"]},{words}))'


def _reading(one: Contribution) -> float | str:
    if not one.kept:
        return SET_ASIDE
    if one.number is not None:
        return one.number
    return one.text if one.kind is AnswerKind.TEXT else one.kind.value


READING = OfAnswer(_reading_formula, _reading)
"""What stands for an answer in *Contributions*: its number or text where it counts, else a word."""

OWN_WEIGHT = OfAnswer(
    lambda cell: f"IF({cell['repond']}=1,MAX(0,{cell['nombre']}),0)",
    lambda one: max(0.0, one.number) if one.counts and one.number is not None else 0.0,
)
"""What a partner's answer to the measure that weighs is worth as a weight: its number above 0, else 0."""

YES, NO = "oui", "non"
IN_RESULT: OfCell[float | None, str] = OfCell(
    lambda retained: f'=IF(ISNUMBER({retained}),"{YES}","{NO}")',
    lambda retained: NO if retained is None else YES,
)
"""Whether an answer is in the result, of the number that went into it."""


def _answered_formula(rows: FoundRows, measure: Measure) -> str:
    if measure.is_text:
        return rows.of_kind(AnswerKind.TEXT, counting=True)
    return rows.kept if measure.method.weighed else rows.answering


def _answered(given: Sequence[Contribution], measure: Measure) -> int:
    texts = [one for one in given if one.kept and one.kind is AnswerKind.TEXT]
    counted = [one for one in given if one.counts]
    answering = texts if measure.is_text else kept_of(measure, counted) if measure.method.weighed else counted
    return len({one.partner for one in answering})


ANSWERED = OfAnswers(_answered_formula, _answered)
"""How many partners gave a figure, or a text on text measures: of a weighted mean, a figure that has its weight."""


def _expected_formula(rows: FoundRows, measure: Measure) -> str:
    return f"({len(set(measure.producers))}-{rows.of_kind(AnswerKind.NOT_APPLICABLE, counting=False)})"


def _expected(given: Sequence[Contribution], measure: Measure) -> int:
    return len(set(measure.producers) - {one.partner for one in given if one.kind is AnswerKind.NOT_APPLICABLE})


EXPECTED = OfAnswers(_expected_formula, _expected)
"""How many partners were to answer: *so* leaves them, *nd* and *ns* do not."""

ALONE = OfAnswers(
    lambda rows, measure: f"{rows.answering}=1",
    lambda given, measure: sum(one.counts for one in given) == 1,
)
"""Whether there is but one figure: it then needs no weight."""

WEIGHT = OfWeight(
    lambda alone, own: f"IF({alone},1,{own})",
    lambda alone, own: 1.0 if alone else own,
)
"""The weight of an answer: 1 where it is alone (`ALONE`), else its partner's own (`OWN_WEIGHT`)."""

COVERAGE = OfAnswers(
    lambda rows, measure: f'{ANSWERED.found(rows, measure)}&"/"&{EXPECTED.found(rows, measure)}',
    lambda given, measure: f"{ANSWERED.value(given, measure)}/{EXPECTED.value(given, measure)}",
)
"""``2/3``: partners that answered, of those expected."""

FOLLOWED = OfAnswers(
    lambda rows, measure: f'IF({ANSWERED.found(rows, measure)}>0,"{Situation.WATCHED}","{Situation.NOT_FILLED}")',
    lambda given, measure: Situation.WATCHED if ANSWERED.value(given, measure) else Situation.NOT_FILLED,
)
"""The situation of a line whose answers yield no value: followed where somebody answered."""


def kept_of(measure: Measure, counted: Sequence[Contribution]) -> tuple[Contribution, ...]:
    """Those of `counted`, which carry numbers, that go into the value."""
    chosen = measure.method.kept([given_by(one) for one in counted])
    return tuple(one for one, taken in zip(counted, chosen, strict=True) if taken)


def given_by(one: Contribution) -> Given:
    """The number of a contribution that counts, as methods of aggregation take it."""
    assert one.number is not None
    return Given(one.number, one.weight)


def is_reason(cell: str) -> str:
    """That a cell holds *nd*, *ns* or *so*, as an expression."""
    return "OR(" + ",".join(f'{cell}="{reason}"' for reason in REASONS) + ")"


@dataclass(frozen=True, slots=True)
class OfDecision(Generic[_From, _Of, _Said]):
    """What is so once the coordination may have decided: `formula` over the cell of the arbitrated value and what it
    replaces yields the `value` of whether it decided, of which number, and of what it replaces."""

    formula: Callable[[str, _From], str]
    value: Callable[[bool, float | None, _Of], _Said]


def _retained_formula(arbitration: str, computed: str) -> str:
    value = computed.removeprefix("=") or '""'
    kept = value if computed.startswith("=") else f'IF(ISNUMBER({value}),{value},"")'
    return f'=IF(ISNUMBER({arbitration}),{arbitration},IF({is_reason(arbitration)},"",{kept}))'


def _retained(decided: bool, number: float | None, computed: float | None) -> float | None:
    return number if decided else computed


RETAINED = OfDecision(_retained_formula, _retained)
"""The value to judge: the arbitrated number, none where *nd*, *ns* or *so* was decided, else the computed one."""


def _secret_formula(arbitration: str, rows: DataRows) -> str:
    secret = rows.tell(lambda found: f"{found.of_kind(AnswerKind.SECRET, counting=True)}>0")
    return f"AND({secret},NOT({is_reason(arbitration)}))"


def _secret(decided: bool, number: float | None, given: Sequence[Contribution]) -> bool:
    del number
    return not decided and any(one.kept and one.kind is AnswerKind.SECRET for one in given)


KEPT_SECRET = OfDecision(_secret_formula, _secret)
"""Whether a missing value is one that partners keep secret (*ns*), and no decision says otherwise."""
