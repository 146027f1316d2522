"""How a note of the coordination finds its row again, and which columns it brings along."""

from __future__ import annotations

import pytest

from cvsheet.books.master.decisions import Arbitration, Coordination, Note, Reason, as_text, row_key
from cvsheet.model.submission import Answer, AnswerKind
from cvsheet.schema.tables import load_table


@pytest.mark.parametrize(
    ("table", "values", "key"),
    [
        ("suivi_actions", {"code": "A1", "partenaire": "CAF", "campagne": "2021"}, ("A1", "CAF", "2021")),
        ("suivi_actions", {"code": "A1", "partenaire": "3 partenaires", "campagne": ""}, ("A1", "", "")),
        ("suivi", {"code": " M.M1 ", "partenaire": "CAF"}, ("M.M1",)),
        ("decisions", {"campagne": None, "ligne": "M.M1"}, ("", "M.M1")),
        ("decisions", {"campagne": 2021, "ligne": "M.M1"}, ("2021", "M.M1")),
    ],
)
def test_a_row_is_known_by_its_key(table: str, values: dict[str, object], key: tuple[str, ...]) -> None:
    assert row_key(load_table(table), values) == key


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (True, "True"), ("env. 3", "env. 3"), (3, "3"), (3.0, "3"), (0.1 + 0.2, "0.3")]
)
def test_a_typed_value_as_text_is_the_same_in_any_spreadsheet(value: object, text: str) -> None:
    assert as_text(value) == text  # type: ignore[arg-type]


NOTES = (
    Note("suivi", ("M.M1",), "Rappel", "vu"),
    Note("suivi", ("N.M1",), "Contact", "CAF"),
    Note("suivi", ("O.M1",), "Égaré", "x", reason=Reason.NO_ROW),
    Note("conflits", ("M.M1",), "Ailleurs", "y"),
)
TITLES = (("Pilier", "suivi", "Vide"), ("Autre pilier", "suivi", "Autre"), ("Pilier", "conflits", "Non"))


@pytest.mark.parametrize(
    ("keys", "sheet", "titles", "noted"),
    [
        (None, "", ("Vide", "Autre", "Rappel", "Contact"), {("M.M1",), ("N.M1",)}),
        ([("M.M1",), ("P.M1",)], "Pilier", ("Vide", "Rappel"), {("M.M1",)}),
        ([("N.M1",)], "Autre pilier", ("Autre", "Contact"), {("N.M1",)}),
        ([], "Ailleurs", (), set()),
    ],
)
def test_a_table_gets_the_columns_that_were_added_to_it(
    keys: list[tuple[str, ...]] | None, sheet: str, titles: tuple[str, ...], noted: set[tuple[str, ...]]
) -> None:
    margin = Coordination(notes=NOTES, titles=TITLES).margin("suivi", keys, sheet)
    assert (margin.titles, set(margin.values)) == (titles, noted)


def test_notes_without_a_row_say_why() -> None:
    orphans = Coordination(notes=NOTES).orphans({"suivi": frozenset({("M.M1",)}), "conflits": frozenset({("M.M1",)})})
    assert [(one.title, one.reason) for one in orphans] == [("Contact", Reason.ROW_GONE), ("Égaré", Reason.NO_ROW)]


@pytest.mark.parametrize(
    ("typed", "motive", "comment", "says"),
    [(None, "", "", False), (3.0, "", "", True), (None, "vu", "", True), (None, "", "à revoir", True)],
)
def test_a_decision_that_holds_words_alone_says_something(
    typed: float | None, motive: str, comment: str, says: bool
) -> None:
    answer = Answer(AnswerKind.BLANK if typed is None else AnswerKind.NUMBER, typed)
    assert Arbitration("2021", "M.M1", typed, answer, motive, comment).says_something == says
