"""The first sheet counts what is left and says it in a plain sentence."""

from __future__ import annotations

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.books.partner.writing.progress import DONE, Missing, sentence, when_done
from cvsheet.demo.fictitious import typed_answers
from cvsheet.model.framework import Framework
from tests.partner.cells import made


@pytest.mark.parametrize(
    ("lines", "actions", "again", "words"),
    [
        (0, 0, 0, "Tout est renseigné. Vous pouvez renvoyer le classeur."),
        (0, 0, 1, "Tout est renseigné, mais 1 saisie est à revoir."),
        (0, 0, 3, "Tout est renseigné, mais 3 saisies sont à revoir."),
        (1, 0, 0, "Il reste 1 ligne à renseigner."),
        (0, 1, 0, "Il reste 1 action à renseigner."),
        (12, 3, 0, "Il reste 12 lignes et 3 actions à renseigner."),
        (12, 0, 2, "Il reste 12 lignes à renseigner. 2 saisies sont à revoir."),
    ],
)
def test_the_sentence(lines: int, actions: int, again: int, words: str) -> None:
    assert plain(sentence(Missing(lines, actions, again), DONE)) == words


def test_the_sentence_where_nothing_is_required() -> None:
    assert when_done((), correction=False).startswith("Aucune ligne n’est obligatoire.")


def test_the_counts_of_an_empty_workbook(small: Framework) -> None:
    assert counts(made(small, "2021", "A", values=True).worksheets[0]) == {
        "L'emploi & l’insertion": [0, 8, 0],
        "Actions": [0, 2, 0],
        "Total": [0, 10, 0],
    }


def test_the_counts_follow_what_is_typed(small: Framework) -> None:
    typed = {("E-I1.M1", "valeur"): -5, ("A1", "statut"): "En cours", ("E-I2.M1", "valeur"): 3}
    sheet = made(small, "2021", "A", typed, values=True).worksheets[0]
    assert counts(sheet)["Total"] == [2, 10, 1]
    assert "Il reste 7 lignes et 1 action à renseigner. 1 saisie est à revoir." in texts(sheet)


def test_a_campaign_of_baselines_counts_no_actions(small: Framework) -> None:
    assert counts(made(small, "REF", "A", values=True).worksheets[0])["Total"] == [0, 8, 0]


@pytest.mark.parametrize("campaign", ["2021", "2019-REF"])
@pytest.mark.long
def test_good_answers_leave_nothing_to_do(amboise: Framework, campaign: str) -> None:
    for partner in amboise.reporting_partners:
        book = made(amboise, campaign, partner, typed_answers(amboise, campaign, partner), values=True)
        assert "Tout est renseigné. Vous pouvez renvoyer le classeur." in texts(book.worksheets[0]), partner


def counts(sheet: Worksheet) -> dict[str, list[int]]:
    rows = {row[1].value: [cell.value for cell in row[2:] if cell.value is not None] for row in sheet.iter_rows()}
    names = list(rows)
    return {name: rows[name] for name in names[names.index("Feuille") + 1 : names.index("Total") + 1]}


def texts(sheet: Worksheet) -> set[str]:
    return {plain(str(cell.value)) for row in sheet.iter_rows() for cell in row if cell.value}


def plain(text: str) -> str:
    return " ".join(text.split())
