"""The first contract's own document: blanks lost, rows shifted, indicators beside several objectives."""

from __future__ import annotations

import csv
from collections.abc import Iterable

import pytest

from cvsheet.books.contract.outline import Draft
from cvsheet.books.contract.outline.model import PointSubject
from tests.conftest import ROOT
from tests.outline.documents import column, drafted, pairs

DOCUMENT = ROOT / "examples" / "amboise" / "source.txt"


@pytest.fixture(scope="module")
def draft() -> Draft:
    return drafted(DOCUMENT)


def transcribed(table: str) -> list[dict[str, str]]:
    """The rows of a table as a careful person transcribed them."""
    with (ROOT / "examples" / "amboise" / "referentiel" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def test_the_tree_is_found_with_its_codes(draft: Draft) -> None:
    for table, parent in (("piliers", "code"), ("priorites", "pilier"), ("objectifs", "priorite")):
        expected = [(row["code"], row[parent], row["source"]) for row in transcribed(table)]
        assert pairs(draft, table, "code", parent, "source") == expected


def test_every_indicator_is_found_beside_its_objective(draft: Draft) -> None:
    expected = once((row["indicateur"], row["source"], row["ligne_source"]) for row in transcribed("indicateurs"))
    assert len(expected) == 54
    assert pairs(draft, "indicateurs", "indicateur", "source", "ligne_source") == expected


def test_actions_without_bullets_are_cut_nearly_as_a_person_cut_them(draft: Draft) -> None:
    expected = {(row["objectif"], row["source"]) for row in transcribed("actions")}
    assert len(draft.canonical.rows("actions")) == 89
    assert len(expected & set(pairs(draft, "actions", "objectif", "source"))) == 86


def test_each_shifted_cell_is_stated(draft: Draft) -> None:
    shifted = [point.passage.cell for point in draft.points if point.subject is PointSubject.SHIFTED]
    assert " ".join(shifted) == (
        "B9 C9 D9 E9 F9 A10 A11 A12 B15 C15 B20 C20 D20 E20 F20 D21 E21 A22 A23 B23 C23 D23 B24 C24 D24"
    )


def test_indicators_beside_several_objectives_are_stated_and_given_to_none(draft: Draft) -> None:
    stated = [point.passage.cell for point in draft.points if point.subject is PointSubject.BESIDE_INDICATOR]
    assert stated == ["E4", "E14", "E16", "E18", "F20"]
    of_first_priority = [
        record.text("objectif") for record in draft.canonical.rows("indicateurs") if record.text("priorite") == "P1"
    ]
    assert of_first_priority == [""] * 5
    assert "4-3 et 4-4" in next(point.done for point in draft.points if point.passage.cell == "E14")


def test_each_cell_cut_by_a_guess_is_stated(draft: Draft) -> None:
    beside = once(record.text("objectif") for record in draft.canonical.rows("actions") if record.text("note"))
    stated = [point for point in draft.points if point.subject is PointSubject.CUT]
    assert len(stated) == len(beside) == 20


def test_only_what_the_words_say_is_guessed(draft: Draft) -> None:
    kinds = dict(pairs(draft, "indicateurs", "indicateur", "type"))
    assert kinds["EMP-P1-I01"] == "nombre"
    assert kinds["HAB-P5-I01"] == "montant"
    assert kinds["COH-P3-I01"] == "pourcentage"
    assert kinds["VAL-P7-I02"] == ""
    assert column(draft, "indicateurs", "producteurs") == [""] * 54
