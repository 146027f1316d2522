"""What formulas read in a typed cell is what the reader of returns reads in it."""

from __future__ import annotations

import math
import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cvsheet.books.partner.writing.typed import (
    MONTHS,
    REFUSED,
    Lists,
    Slot,
    SlotKind,
    answer_formula,
    answer_in,
    reason_lists,
    spelled_choice,
    spelled_formula,
    spelled_in,
    words_formula,
    words_of,
)
from cvsheet.files.addresses import cell_name
from cvsheet.files.grid.model import Cell, CellKind
from cvsheet.files.values import read_choice, read_date, read_number, read_text
from cvsheet.model.submission import REASONS, AnswerKind, Entry
from tests.engine import Held, results
from tests.examples import examples

PERSONS, EUROS, RATE = (
    Slot(SlotKind.NUMBER, "nombre", "personnes accompagnées"),
    Slot(SlotKind.NUMBER, "montant"),
    Slot(SlotKind.NUMBER, "pourcentage"),
)
MARKS, AREA = Slot(SlotKind.NUMBER, "nombre", "note /10"), Slot(SlotKind.NUMBER, "nombre", "m²")
DAY, TEXT = Slot(SlotKind.DAY), Slot(SlotKind.TEXT)
STATUS = Slot(SlotKind.CHOICE, choices=("Non démarrée", "En cours", "Réalisée"))
NUMBERS = (PERSONS, EUROS, RATE, MARKS, AREA)

# Grammar on purpose: what is read, and what is nearly so.
FIGURES = st.text("0123456789", min_size=1, max_size=5)
GROUPS = st.text("0123456789", min_size=3, max_size=3)
GAPS = st.sampled_from(("", " ", "  ", "\u00a0", "\u202f", "\u2009", "'", "’", "\t", ".", ","))
SIGNS = st.sampled_from(("", "", "", "-", "+", "(", "−", "–", "'", "'-", "-+", "- ", "( ", "~", "|", "€ "))
ENDS = st.sampled_from((
    "", "", "", ")", " )", " €", "€", " euros", " EUR", " TTC", " %", "%", " pour cent", " personnes", " Personne",
    " personnes accompagnées", " personnes accompagnees", "/10", " / 10", " m²", "m2", " m³", " .", " k€", "é", "|",
    "e5", "-", "\u200b", " ?", "€5", " € €", ")(6)",
))  # fmt: skip
WHOLES = st.one_of(
    FIGURES,
    st.builds(lambda first, gap, groups: gap.join((first, *groups)), FIGURES, GAPS, st.lists(GROUPS, max_size=5)),
    st.text("0123456789 ", min_size=1, max_size=22),
)
FRACTIONS = st.one_of(
    st.just(""),
    st.builds(lambda point, digits: point + digits, st.sampled_from(",."), st.text("0123456789", max_size=32)),
)
WRITTEN = st.builds(lambda *parts: "".join(parts), SIGNS, WHOLES, FRACTIONS, ENDS)
REASON_WORDS = st.builds(
    lambda first, mark, last, end: first + mark + last + end,
    st.sampled_from(("n", "s", "N", "non ", "'n")),
    st.sampled_from(("", ".", "/", " ", ". ", " / ", "..", "-")),
    st.sampled_from(("d", "s", "o", "D.", "disponible", "disponibles", "D")),
    st.sampled_from(("", ".", " .", "...", "?", "\u00a0")),
)
SEPARATORS = st.sampled_from(("/", "-", ".", " ", "–"))
DAYS_WRITTEN = st.builds(
    lambda day, one, month, other, year, end: day + one + month + other + year + end,
    st.sampled_from(("1", "01", "1er", "31", "29", "2021", "00", "001", "x", "'1")),
    SEPARATORS,
    st.sampled_from(("2", "03", "12", "13", "0", "mars", "Février", "fevrier", "août.", "decembre", "mar", "003")),
    SEPARATORS,
    st.sampled_from(("2021", "2024", "21", "0202", "02021", "01", "28", "1", "")),
    st.sampled_from(("", "", "", " 00:00", "T00:00:00", " 12:00", ".", "é")),
)
ANYTHING = st.text(
    st.sampled_from(string.ascii_letters + string.digits + string.punctuation + " \téû€²’\u00a0"), max_size=12
).filter(
    lambda text: not text.startswith("=")  # the engine of the tests takes it for a formula
)


def in_formulas(slot: Slot, text: str) -> tuple[Held, Held, Held]:
    """Words, what is spelled and the answer, as a spreadsheet reckons them."""
    held: dict[str, Held] = {"A1": text, "E2": MONTHS}
    reasons = {}
    for number, (reason, words) in enumerate(reason_lists().items(), start=5):
        reasons[reason] = cell_name(1, number)
        held[reasons[reason]] = words
    choices = {choice: cell_name(3, number) for number, choice in enumerate(slot.choices, start=5)}
    held |= {cell: spelled_choice(choice) for choice, cell in choices.items()}
    if slot.units:
        held["E4"] = slot.units
    lists = Lists(reasons, "E2", "E4" if slot.units else "", choices)
    source = "A1"
    held["B1"] = words_formula(source)
    if formula := spelled_formula(slot.kind, "B1", lists):
        held["C1"] = formula
    found = results(held, ["=B1", '=C1&""', answer_formula(slot.kind, source, "B1", "C1", lists)])
    return found[0], found[1], found[2]


def in_reader(slot: Slot, text: str) -> object:
    """What the reader of returns makes of a text cell, in the words of the sheet."""
    cell = Cell(1, 1, CellKind.TEXT, text, text)
    entry: Entry
    if slot.kind is SlotKind.NUMBER:
        entry = read_number(cell, slot.counts, slot.unit)
    elif slot.kind is SlotKind.DAY:
        entry = read_date(cell)
    else:
        entry = read_choice(cell, slot.choices) if slot.kind is SlotKind.CHOICE else read_text(cell)
    answer = entry.answer
    if answer.kind in REASONS:
        return answer.kind.value
    if answer.kind is AnswerKind.UNREADABLE:
        return REFUSED
    if answer.kind is AnswerKind.BLANK:
        return None
    return answer.day or (answer.number if answer.kind is AnswerKind.NUMBER else answer.text)


def agree(slot: Slot, text: str) -> None:
    words, spelled, answer = in_formulas(slot, text)
    cached = words_of(text), spelled_in(slot.kind, words_of(text)) or None, answer_in(slot, text)
    assert (words, spelled) == cached[:2]
    assert same(answer, cached[2] if cached[2] != "" else None)
    read = in_reader(slot, text)
    assert (answer == REFUSED, answer is None) == (read == REFUSED, read is None)
    if isinstance(read, float):
        assert same(answer, read)


def same(one: Held, other: Held) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-14)
    return one == other


@pytest.mark.parametrize("slot", NUMBERS, ids=lambda slot: slot.unit or slot.counts)
@given(text=st.one_of(WRITTEN, REASON_WORDS, ANYTHING))
@examples(150)
@example("12 34")
@example("007")
@example("(500)")
@example("+5")
@example("1 234 567,89 €")
@example("1'234’567")
@example("123456789012345")
@example("1234567890123456")
@example("1000 000 000 000 000")
@example("123 456 789 012 345")
@example("0,333333333333333333333333333333")
def test_a_number(slot: Slot, text: str) -> None:
    agree(slot, text)


@given(text=st.one_of(DAYS_WRITTEN, WRITTEN, REASON_WORDS, ANYTHING))
@examples(400)
@example("1er mars 2021")
@example("1-03-2021")
@example("31/02/2021")
@example("2021-03-01 00:00:00")
@example("01/03/21")
def test_a_day(text: str) -> None:
    agree(DAY, text)


@given(text=st.one_of(
    st.sampled_from(("Réalisée", "realisee", "RÉALISÉE.", " en  cours ", "En-cours", "encours", "non demarree")),
    st.just("fini"),
    REASON_WORDS, ANYTHING,
))  # fmt: skip
@examples(150)
def test_a_choice(text: str) -> None:
    agree(STATUS, text)


@given(text=st.one_of(REASON_WORDS, ANYTHING))
@examples(100)
def test_a_text(text: str) -> None:
    words, _, answer = in_formulas(TEXT, text)
    assert (words, answer) == (words_of(text), answer_in(TEXT, text) or None)


@pytest.mark.parametrize(
    ("slot", "text", "answer"),
    [
        (PERSONS, "1 234", 1234.0),
        (PERSONS, "1  234", 1234.0),
        (PERSONS, "12 34", REFUSED),
        (PERSONS, "007", REFUSED),
        (PERSONS, "0", 0.0),
        (PERSONS, "(500)", -500.0),
        (PERSONS, "+5", 5.0),
        (PERSONS, "1,234", REFUSED),
        (PERSONS, "0,234", 0.234),
        (PERSONS, "1 personne", 1.0),
        (PERSONS, "env. 20", REFUSED),
        (EUROS, "12 euros", 12.0),
        (RATE, "12,5 %", 12.5),
        (MARKS, "8/10", 8.0),
        (AREA, "30 m²", 30.0),
        (DAY, "1er mars 2021", 44256.0),
        (DAY, "01/03/2021", 44256.0),
        (DAY, "31/02/2021", REFUSED),
        (DAY, "printemps", REFUSED),
        (DAY, "01/03/0202", 1.0),
    ],
)
def test_what_is_read(slot: Slot, text: str, answer: float | str) -> None:
    assert in_formulas(slot, text)[2] == answer
