"""The answers behind a value, as one text that a decision is compared with later."""

from __future__ import annotations

import pytest

from cvsheet.books.master.answers import answers_as_text
from cvsheet.figures.contributions import Contribution
from cvsheet.model.submission import AnswerKind


def answer(partner: str, number: float | None = None, *, kept: bool = True) -> Contribution:
    kind = AnswerKind.NOT_AVAILABLE if number is None else AnswerKind.NUMBER
    return Contribution(partner, kind, number, "", kept, 0, 0)


@pytest.mark.parametrize(
    ("answers", "text"),
    [
        ((), ""),
        ((answer("A", 1.5), answer("B")), "A 1,5 · B nd"),
        ((answer("A", 1.5, kept=False), answer("B", kept=False)), "A 1,5 (écartée) · B nd (écartée)"),
    ],
)
def test_who_answered_what(answers: tuple[Contribution, ...], text: str) -> None:
    assert answers_as_text(answers) == text


@pytest.mark.parametrize(("characters", "whole"), [(30_000, True), (30_001, False)])
def test_more_than_a_cell_holds_is_cut_and_a_change_still_shows(characters: int, whole: bool) -> None:
    first, name = answer("A", 1), "x" * (characters - len("A 1 ·  nd"))
    said = answers_as_text((first, answer(name)))
    assert (said == f"A 1 · {name} nd") == whole
    assert said.startswith("A 1 · ")
    assert (said == answers_as_text((first, answer(name, 2)))) is False
    assert whole or len(said) < 100
