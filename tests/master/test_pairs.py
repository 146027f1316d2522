"""What stands in a formula and in Python says the same of any numbers: each pair, recalculated by a spreadsheet."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from math import nan
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvsheet.books.master.decision_doubts import DoubtfulValue, doubts_of
from cvsheet.books.master.decisions import Arbitration, Basis, DecisionState, as_text, state_formula, state_of
from cvsheet.books.master.writing.pillar_row import SPREADSHEET_START
from cvsheet.figures.actions import ADDED, AVERAGED, OfReports
from cvsheet.figures.changes import EVOLUTION, POINTS, SHARE, VARIATION, OfTwo, StrongChange
from cvsheet.figures.contributions import (
    ALONE,
    ANSWERED,
    COUNTS,
    COVERAGE,
    FOLLOWED,
    IN_RESULT,
    KEPT_SECRET,
    OWN_WEIGHT,
    READING,
    RETAINED,
    WEIGHT,
    Contribution,
    OfAnswers,
)
from cvsheet.figures.follow_up import SECRET_SITUATION
from cvsheet.figures.progress import (
    ELAPSED,
    EXPECTED,
    LAG,
    PROGRESS,
    Cells,
    Figure,
    Numbers,
    Schedule,
    Settings,
    Situation,
    situation_formula,
    situation_of,
)
from cvsheet.files.scalars import answer_of
from cvsheet.model.data_rows import DataRow, DataRows, InOrder
from cvsheet.model.framework import ContractSettings, Direction, Line, Measure
from cvsheet.model.methods import Aggregation, Given, Method, method_of
from cvsheet.model.submission import REASONS, AnswerKind
from tests.consolidation.frameworks import evolution, measure
from tests.engine import Held, recalculated, results
from tests.examples import examples
from tests.master.chance import random_answers, random_contract, random_decisions
from tests.master.test_live_formulas import master
from tests.recalculated import differences

CELLS = Cells("A1", "B1", "C1", "D1", "E1", "F1", "G1", Settings("H1", "I1", "J1", "K1", "L1"))
NEAR = (0.0, 0.1, 0.1 + 0.2, 0.3, 0.8, 1.0, 9.0, 10.0, 47.5, 95.0, 100.0, 100 + 5e-10, 100 + 2e-9, -3.0)
FIGURES = st.one_of(st.sampled_from(NEAR), st.floats(-1e6, 1e6).map(lambda number: round(number, 6)))
OR_NONE = st.one_of(st.none(), FIGURES)
DAYS = st.dates(date(2018, 1, 1), date(2030, 12, 31))
PERCENTS = st.sampled_from((0.0, 10.0, 50.0, 75.0, 95.0, 100.0))


@st.composite
def cases(draw: st.DrawFn) -> Numbers:
    """A line in every state: what is missing, level targets, values at and beside every limit."""
    baseline, target = draw(st.one_of(st.just(nan), FIGURES)), draw(st.one_of(st.just(nan), FIGURES))
    target = draw(st.sampled_from((target, baseline)))
    part = draw(st.sampled_from((-0.01, 0.0, 0.1, 0.375, 0.475, 0.5, 0.95, 1.0, 1.2)))
    value = draw(st.one_of(st.just(nan), FIGURES, st.just(baseline + (target - baseline) * part)))
    start, end = draw(DAYS), draw(DAYS)
    at = draw(st.one_of(DAYS, st.just(start + (end - start) // 2), st.just(end), st.just(end + timedelta(days=1))))
    watch, on_track = sorted((draw(PERCENTS), draw(PERCENTS)))
    contract = ContractSettings("c", "C", start, end, "", "", "", "", on_track, watch, draw(PERCENTS))
    return Numbers(value, baseline, target, draw(st.sampled_from(Direction)), Schedule(start, end, at), contract)


def held(numbers: Numbers) -> dict[str, Held]:
    """The cells of `CELLS`."""
    when, contract = numbers.when, numbers.contract
    progress, elapsed = results(held_by_hand(numbers), [PROGRESS.formula(CELLS), ELAPSED.formula(CELLS)])
    thresholds = {"J1": contract.on_track_from, "K1": contract.watch_from, "L1": contract.too_early_until}
    assert when.elapsed == elapsed or math.isclose(when.elapsed, float(elapsed or 0), abs_tol=1e-12)
    return {**held_by_hand(numbers), **thresholds, "F1": elapsed or 0.0, "G1": "" if progress is None else progress}


def held_by_hand(numbers: Numbers) -> dict[str, Held]:
    when = numbers.when
    figures = {"A1": numbers.value, "B1": numbers.baseline, "C1": numbers.target}
    days = {"E1": when.start, "H1": when.end, "I1": when.at}
    return {
        **{name: None if math.isnan(figure) else figure for name, figure in figures.items()},
        **{name: float((day - SPREADSHEET_START).days) for name, day in days.items()},
        "D1": numbers.direction.value,
    }


@pytest.mark.parametrize("figure", [PROGRESS, ELAPSED, EXPECTED, LAG], ids=["progress", "elapsed", "expected", "lag"])
@given(numbers=cases())
@examples(100)
@pytest.mark.sample(2)
def test_a_figure_is_the_same_in_both(figure: Figure, numbers: Numbers) -> None:
    [found] = results(held(numbers), [figure.formula(CELLS)])
    assert same(found, figure.value(numbers))


@given(former=OR_NONE, now=OR_NONE, near=st.sampled_from((0.0, 0.5, 1.5, 2.0, 0.3)), percent=PERCENTS)
@examples(150)
def test_a_strong_change_is_the_same_in_both(
    former: float | None, now: float | None, near: float, percent: float
) -> None:
    """Also right at the threshold: half of a figure, or as much again."""
    change = StrongChange(percent, 10)
    for value in (now, None if former is None else former * near):
        [found] = results({"A1": former, "B1": value}, [f"={change.formula('A1', 'B1')}"])
        assert found == (former is not None and value is not None and change.holds(former, value))


@st.composite
def judged_cases(draw: st.DrawFn) -> Numbers:
    """A line with all of its numbers and days, its target on the side that it should be: few of `cases` are."""
    direction = draw(st.sampled_from((Direction.RISE, Direction.FALL)))
    way = draw(st.sampled_from((0.3, 10.0, 47.5, 1e5))) * (1 if direction is Direction.RISE else -1)
    baseline = draw(FIGURES)
    value = baseline + way * draw(st.sampled_from((-0.01, 0.0, 0.1, 0.375, 0.5, 0.95, 1.0, 1.2)))
    start, days = draw(DAYS), draw(st.integers(1, 4000))
    end = start + timedelta(days=days)
    at = start + timedelta(days=draw(st.sampled_from((0, days // 3, days, days + 200))))
    return Numbers(
        value, baseline, baseline + way, direction, Schedule(start, end, at), ContractSettings("c", "C", start, end)
    )


@pytest.mark.parametrize("figure", [PROGRESS, EXPECTED, LAG], ids=["progress", "expected", "lag"])
@given(numbers=judged_cases())
@examples(40)
def test_a_figure_of_a_line_that_is_judged_is_the_same_in_both(figure: Figure, numbers: Numbers) -> None:
    [found] = results(held(numbers), [figure.formula(CELLS)])
    assert same(found, figure.value(numbers))
    assert figure is LAG or found is not None


@given(numbers=cases())
@examples(300)
def test_a_situation_is_the_same_word_in_both(numbers: Numbers) -> None:
    open_word, secret_word = results(
        held(numbers), [situation_formula(CELLS, secret, SECRET_SITUATION) for secret in ("FALSE", "TRUE")]
    )
    word = situation_of(numbers)
    assert open_word == word
    assert secret_word == (SECRET_SITUATION if word is Situation.NOT_FILLED else word)


@pytest.mark.parametrize("pair", [SHARE, EVOLUTION, POINTS, VARIATION], ids=["share", "evolution", "points", "change"])
@given(one=OR_NONE, other=st.one_of(OR_NONE, st.sampled_from((1e-9, 2e-9))))
@examples(100)
def test_a_figure_of_two_others_is_the_same_in_both(pair: OfTwo, one: float | None, other: float | None) -> None:
    [found] = results({"A1": one, "B1": other}, [pair.formula("A1", "B1")])
    assert same(found, pair.value(one, other))


ANSWERS = ("A 1", "A 1 · B nd")
COUNT = Line(measure("C.M1"))
AMOUNT = Line(measure("A.M1", type="montant", unit="€"))
RATE = Line(measure("R.M1", type="pourcentage", unit="%"))
LOW_RATE = Line(measure("L.M1", type="pourcentage", unit="%", plausible_maximum=1))
YEARLY = Line(evolution("E.M1", "C.M1"))
DOUBTED = (COUNT, AMOUNT, RATE, LOW_RATE, YEARLY)


@given(
    typed=st.sampled_from((None, 3.0, 0.0, 0.35, -0.35, 1.0, -1.0, 100.0, 100.1, "nd", "ns", "so", "env. 3")),
    line=st.sampled_from(DOUBTED),
    motive=st.sampled_from(("", "Vu.")),
    basis=st.sampled_from((None, *ANSWERS)),
    now=st.sampled_from(ANSWERS),
    text_only=st.booleans(),
)
def test_the_state_of_a_decision_is_the_same_in_both(
    typed: str | float | None, line: Line, motive: str, basis: str | None, now: str, text_only: bool
) -> None:
    decided = Arbitration("2021", "M1", typed, answer_of(typed), motive)
    decided = replace(decided, basis=Basis(as_text(typed), basis)) if basis else decided
    cells: dict[str, Held] = {"A1": typed, "B1": motive or None, "E1": now}
    cells |= {"C1": typed, "D1": basis} if basis else {}
    written, doubts = {"alors": "C1", "etabli": "D1", "origine": "E1"}, doubts_of(line)
    formula = state_formula("A1", "B1", written, doubts, text_only=text_only)
    assert results(cells, [formula]) == [state_of(decided, now, doubts, text_only=text_only)]


@pytest.mark.parametrize(
    ("line", "number", "said"),
    [
        (RATE, 100, None), (RATE, 100.1, DoubtfulValue.OUT_OF_BOUNDS), (RATE, -0.1, DoubtfulValue.OUT_OF_BOUNDS),
        (RATE, 1, None), (RATE, 0.99, DoubtfulValue.SHARE), (RATE, 0, None), (LOW_RATE, 0.35, None),
        (COUNT, 0, None), (COUNT, -1, DoubtfulValue.OUT_OF_BOUNDS), (COUNT, 0.5, None), (AMOUNT, -1, None),
        (YEARLY, -12, None),
    ],
)  # fmt: skip
def test_a_number_that_a_partner_would_be_asked_about_is_asked_about(
    line: Line, number: float, said: DoubtfulValue | None
) -> None:
    assert next((doubt.says for doubt in doubts_of(line) if doubt.holds(number)), None) == said


def test_every_state_of_a_decision_is_met() -> None:
    texts = [state_formula("A1", "B1", {"alors": "C1", "etabli": "D1", "origine": "E1"}, text_only=o) for o in (0, 1)]
    texts += [state_formula("A1", "B1", None, doubts_of(RATE), text_only=False)]
    assert {state for state in DoubtfulValue if any(f'"{state}"' in text for text in texts)} == set(DoubtfulValue)
    assert {state for state in DecisionState if any(f'"{state}"' in text for text in texts)} == set(DecisionState)


# The columns of *Données* that aggregation looks at, and the two that it fills.
ROWS = {"cle": "A", "rang": "B", "repond": "C", "nombre": "D", "poids": "E", "retenu": "F", "produit": "G"}
MOST = 6  # partners
GATHERED = [one for one in Aggregation if method_of(one).gathers]


def in_order(holds: str, row: int = 0) -> InOrder:
    """The rows as they were written, or (FALSE) as somebody sorted them; as seen from `row`."""
    columns = {**ROWS, "compte": "J", "reponse": "H", "texte": "I"}
    return InOrder(
        holds,
        lambda name: f"${columns[name]}$1:${columns[name]}${MOST}",
        lambda name: f"${columns[name]}$1:${columns[name]}${row - 1}" if row > 1 else "",
    )


@pytest.mark.parametrize("holds", ["TRUE", "FALSE"])
@pytest.mark.parametrize("aggregation", GATHERED)
@given(answers=st.lists(st.tuples(OR_NONE, st.one_of(st.none(), st.integers(0, 5))), max_size=MOST))
@examples(60)
@pytest.mark.sample(4)
def test_a_method_gathers_the_same_in_both(
    aggregation: Aggregation, holds: str, answers: list[tuple[float | None, int | None]]
) -> None:
    """Each answer is a number, or none, and its weight; a weight that is missing or 0 counts as none."""
    method = method_of(aggregation)
    given_numbers = [Given(number, weight or None) for number, weight in answers if number is not None]
    kept = [one for one, counts in zip(given_numbers, method.kept(given_numbers), strict=True) if counts]
    cells: dict[str, Held] = {}
    for row, (number, weight) in enumerate(answers, start=1):
        cells |= _row_of_data(method, row, number, 1 if len(given_numbers) == 1 else weight or 0, holds)
    rows = DataRows('"L"', lambda name: f"${ROWS[name]}$1:${ROWS[name]}${MOST}", in_order(holds))
    total = method.total(rows)
    assert same(results(cells, [total])[0], method.combine(kept) if kept else None)


def _row_of_data(method: Method, row: int, number: float | None, weight: int, holds: str = "TRUE") -> dict[str, Held]:
    cell = {name: f"{letter}{row}" for name, letter in ROWS.items()}
    column = lambda name: f"${ROWS[name]}$1:${ROWS[name]}${MOST}"  # noqa: E731
    condition = method.kept_row(DataRow(cell, column, in_order(holds, row))) or "TRUE"
    return {
        cell["cle"]: "L",
        cell["rang"]: row,
        cell["repond"]: 0 if number is None else 1,
        cell["nombre"]: number,
        cell["poids"]: weight,
        cell["retenu"]: f'=IF({cell["repond"]}=1,IF({condition},{cell["nombre"]},""),"")',
        cell["produit"]: f'=IF(ISNUMBER({cell["retenu"]}),{cell["retenu"]}*{cell["poids"]},"")',
    }


COLUMNS = {**ROWS, "compte": "J", "reponse": "H", "texte": "I"}
KINDS = (AnswerKind.NUMBER, AnswerKind.TEXT, *REASONS)
PRODUCERS = ("A", "B", "C", "D")
MEASURES = (
    measure("M.M1", "somme", producers=PRODUCERS),
    measure("M.M1", "moyenne pondérée", weight="W.M1", producers=PRODUCERS),
    measure("M.M1", "aucune", producers=PRODUCERS),
    measure("M.M1", "texte", type="texte", producers=PRODUCERS),
)


@st.composite
def answered(draw: st.DrawFn) -> list[Contribution]:
    """What some of the producers answer, each once; numbers have a weight or none, any answer may be set aside."""
    partners = draw(st.lists(st.sampled_from(PRODUCERS), unique=True))
    found = []
    for rank, partner in enumerate(partners):
        kind = draw(st.sampled_from(KINDS))
        number = draw(FIGURES) if kind is AnswerKind.NUMBER else None
        text = "bien" if kind is AnswerKind.TEXT else ""
        weight = draw(st.sampled_from((None, 2.0)))
        found.append(Contribution(partner, kind, number, text, draw(st.booleans()), rank, rank, weight))
    return found


def data(by: list[Contribution], of: Measure) -> dict[str, Held]:
    """Their rows of *Données*."""
    alone = sum(one.counts for one in by) == 1
    cells: dict[str, Held] = {}
    for row, one in enumerate(by, start=1):
        cell = {name: f"{letter}{row}" for name, letter in COLUMNS.items()}
        answer: dict[str, Held] = {"reponse": one.kind.value, "compte": int(one.kept), "texte": one.text or None}
        cells |= {cell[name]: value for name, value in answer.items()}
        cells |= _row_of_data(of.method, row, one.number, 1 if alone else int(one.weight or 0))
        cells[cell["repond"]] = COUNTS.formula(cell)
    return cells


THEIR_ROWS = [
    DataRows('"L"', lambda name: f"${COLUMNS[name]}$1:${COLUMNS[name]}${MOST}", in_order(holds))
    for holds in ("TRUE", "FALSE")
]


@given(one=answered())
def test_what_is_read_of_an_answer_is_the_same_in_both(one: list[Contribution]) -> None:
    cells = [{name: f"{letter}{row}" for name, letter in COLUMNS.items()} for row in range(1, len(one) + 1)]
    read = results(data(one, MEASURES[0]), [pair.formula(cell) for cell in cells for pair in (COUNTS, READING)])
    assert read == [pair.value(each) for each in one for pair in (COUNTS, READING)]


@given(one=answered())
def test_what_an_answer_weighs_is_the_same_in_both(one: list[Contribution]) -> None:
    cells = [{name: f"{letter}{row}" for name, letter in COLUMNS.items()} for row in range(1, len(one) + 1)]
    weights = results(data(one, MEASURES[0]), ["=" + OWN_WEIGHT.formula(cell) for cell in cells])
    assert all(same(found, OWN_WEIGHT.value(each)) for found, each in zip(weights, one, strict=True))


@given(by=answered(), own=st.integers(0, 5))
def test_an_answer_that_is_alone_needs_no_weight_in_both(by: list[Contribution], own: int) -> None:
    formulas = ["=" + WEIGHT.formula(ALONE.formula(rows, MEASURES[1]), "Z1") for rows in THEIR_ROWS]
    found = results({**data(by, MEASURES[1]), "Z1": own}, formulas)
    assert found == 2 * [WEIGHT.value(ALONE.value(by, MEASURES[1]), own)]


@given(number=OR_NONE)
def test_whether_an_answer_is_in_the_result_is_the_same_word_in_both(number: float | None) -> None:
    [found] = results({"A1": "" if number is None else number}, [IN_RESULT.formula("A1")])
    assert found == IN_RESULT.value(number)


@pytest.mark.parametrize("pair", [ANSWERED, COVERAGE, FOLLOWED], ids=["answered", "coverage", "followed"])
@pytest.mark.parametrize("of", MEASURES, ids=lambda of: of.aggregation)
@given(by=answered())
@examples(40)
@pytest.mark.sample(4)
def test_who_answered_is_the_same_in_both(pair: OfAnswers[object], of: Measure, by: list[Contribution]) -> None:
    found = results(data(by, of), [f"={pair.formula(rows, of)}" for rows in THEIR_ROWS])
    assert found == 2 * [pair.value(by, of)]


DECISIONS = (None, 3.0, 0.0, "nd", "ns", "so", "env. 3")


@given(typed=st.sampled_from(DECISIONS), by=answered())
def test_a_secret_is_kept_the_same_in_both(typed: str | float | None, by: list[Contribution]) -> None:
    """Only of a value that is missing: an arbitrated number is one."""
    decided = Arbitration("2021", "M.M1", typed, answer_of(typed))
    cells = {**data(by, MEASURES[0]), "Z1": typed}
    secret = KEPT_SECRET.value(decided.decides, decided.answer.number, by)
    tests = [KEPT_SECRET.formula("Z1", rows) for rows in THEIR_ROWS]
    assert results(cells, [f"=IF(AND(NOT(ISNUMBER(Z1)),{test}),1,0)" for test in tests]) == 2 * [secret]


@pytest.mark.parametrize("computed", ["B1", '=IF(ISNUMBER(B1),B1,"")'], ids=["a cell", "a formula"])
@given(typed=st.sampled_from(DECISIONS), number=OR_NONE)
def test_the_retained_value_is_the_same_in_both(computed: str, typed: str | float | None, number: float | None) -> None:
    decided = Arbitration("2021", "M.M1", typed, answer_of(typed))
    [found] = results({"A1": typed, "B1": number}, [RETAINED.formula("A1", computed)])
    assert same(found, RETAINED.value(decided.decides, decided.answer.number, number))


@pytest.mark.parametrize("pair", [ADDED, AVERAGED], ids=["added", "averaged"])
@given(figures=st.lists(st.one_of(OR_NONE, st.sampled_from(REASONS)), min_size=1, max_size=MOST))
def test_a_figure_of_several_reports_is_the_same_in_both(
    pair: OfReports, figures: list[float | AnswerKind | None]
) -> None:
    cells: dict[str, Held] = {f"A{row}": figure for row, figure in enumerate(figures, start=1)}
    [found] = results(cells, [pair.formula("A1", f"A{len(figures)}")])
    value = pair.value(figures)
    assert found == value if isinstance(value, AnswerKind) else same(found, value)


@pytest.mark.long
def test_a_whole_master_is_what_another_program_computes(tmp_path: Path) -> None:
    contract = random_contract(10)
    path = tmp_path / "maitre.xlsx"
    path.write_bytes(master(contract, random_answers(contract, 10), "2021", random_decisions(contract, 10)))
    count, found = differences(path, recalculated(path, tmp_path / "recalcule.xlsx"))
    assert count > 1000
    assert found == []


def same(found: Held, value: float | None) -> bool:
    if value is None or not isinstance(found, float):
        return found == value
    return math.isclose(found, value, rel_tol=1e-9, abs_tol=1e-9)
