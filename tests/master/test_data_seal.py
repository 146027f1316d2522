"""The sum over *Données* that is told a partner at a time is the one over all rows together."""

from __future__ import annotations

from itertools import permutations

import pytest

from cvsheet.books.master.data_seal import seal_of, seal_of_answers
from cvsheet.model.long_table import LongTable
from cvsheet.model.submission import Answer, AnswerKind, Entry, Observation, Quantity

PARTNERS = ("CAF", "CAF-1", "CAF1", "L'AUTRE", 'L"A', "É", "CA")


def answer(campaign: str, partner: str, line: str, number: float | None, cell: str = "J5") -> Observation:
    given = Answer(AnswerKind.NOT_AVAILABLE) if number is None else Answer(AnswerKind.NUMBER, number)
    entry = Entry(given, cell=cell)
    return Observation(campaign, partner, line, Quantity.VALUE, entry, f"{partner}.xlsx", "Pilier")


@pytest.mark.parametrize("campaigns", [("2021",), ("2021", "2020", "2021-bis")])
def test_it_is_the_sum_over_all_rows(campaigns: tuple[str, ...]) -> None:
    given = [
        answer(campaign, partner, line, None if line == "B.M1" else rank / 3)
        for campaign in campaigns
        for rank, partner in enumerate(PARTNERS)
        for line in ("A.M1", "B.M1", "A.M1/N")
    ]
    table = LongTable(given, {("CAF.xlsx", "Pilier", "J5"): "VAL-001"})
    rows = {
        (one.campaign, one.partner, one.line, "valeur"): (one.entry.answer.number, one.partner != "CAF")
        for one in given
    }
    assert seal_of_answers(table, range(len(given))) == seal_of(rows)


def test_it_is_the_same_in_any_order_and_of_the_rows_that_are_asked_for() -> None:
    given = [answer("2021", partner, "A.M1", 1.0) for partner in PARTNERS[:3]]
    sums = {seal_of_answers(LongTable(order), range(3)) for order in permutations(given)}
    assert len(sums) == 1
    assert seal_of_answers(LongTable([*given, answer("2021", "B", "A.M1", 2.0)]), range(3)) in sums


def test_of_two_answers_to_one_line_the_first_is_told() -> None:
    twice = [answer("2021", "CAF", "A.M1", 1.0), answer("2021", "CAF", "A.M1", 2.0, "J9")]
    assert seal_of_answers(LongTable(twice), [0, 1]) == seal_of({("2021", "CAF", "A.M1", "valeur"): (1.0, True)})


def test_no_answer_has_a_sum_too() -> None:
    assert seal_of_answers(LongTable(()), ()) == seal_of({})
