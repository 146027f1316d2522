"""What stands beside a value in the master: where it is from, and what a reader of it must know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cvsheet.books.kit.tables import FIRST_ROW
from cvsheet.books.master.writing.pillar_cells import texts_of
from cvsheet.books.master.writing.pillar_row import PillarRow
from cvsheet.model.framework import Framework
from tests.consolidation.frameworks import evolution, framework, measure, share
from tests.master.test_content import content
from tests.words import plain

CONTRACT = framework(
    measure("N.M1"),
    evolution("E.M1", "N.M1"),
    measure("S.M1", "source unique"),
    measure("W.M1", "moyenne pondérée", weight="N.M1"),
    measure("X.M1", "aucune"),
    measure("T.M1", "texte", type="texte"),
    share("P.M1", "S.M1", "N.M1"),
)


def remark(
    line: str, *rows: str, made: Framework = CONTRACT, campaign: str = "2021", decided: tuple[str, ...] = ()
) -> str:
    found = content(*rows, made=made, campaign=campaign, decided=tuple((campaign, code) for code in decided))
    return plain(str(texts_of(PillarRow(found, made.line[line], "Pilier", FIRST_ROW))["texte"]))


@pytest.mark.parametrize(
    ("line", "rows", "said"),
    [
        ("N.M1", ("2021 A N.M1 5", "2021 B N.M1 7"), ""),
        ("S.M1", ("2021 A S.M1 5", "2021 B S.M1 5"), ""),
        ("S.M1", ("2021 A S.M1 5", "2021 B S.M1 7"), ""),  # a disagreement that no finding tells
        ("S.M1", ("2021 B S.M1 7",), "Source de repli : B (le premier producteur n’a pas répondu)."),
        ("W.M1", ("2021 A W.M1 5",), ""),
        ("W.M1", ("2021 A W.M1 5", "2021 B W.M1 7"), "Poids manquant : voir « Conflits »."),
        ("X.M1", ("2021 A X.M1 5",), "Les réponses ne se consolident pas : voir « Contributions »."),
        ("X.M1", ("2021 A X.M1 nd",), ""),
        ("T.M1", ("2021 A T.M1 bien", "2021 B T.M1 moyen"), "A : bien · B : moyen"),
        ("E.M1", ("2021 A N.M1 5",), ""),
        ("E.M1", ("2020 A N.M1 4", "2021 A N.M1 5"), ""),
        ("E.M1", ("2020 A N.M1 nd", "2021 A N.M1 5"), ""),
        ("E.M1", ("2020 A N.M1 0", "2021 A N.M1 5"), "Pas d’évolution en % : la base (campagne 2020) vaut 0."),
        ("E.M1", ("2020 A N.M1 -3", "2021 A N.M1 5"), "Pas d’évolution en % : la base (campagne 2020) vaut −3."),
        (
            "N.M1",
            ("REF A N.M1 4 - référence", "2021 A N.M1 5", "2021 B N.M1 5"),
            "Référence sans B, que la valeur compte.",
        ),
        ("P.M1", ("2021 A S.M1 5", "2021 A N.M1 0"), "Pas de part : le dénominateur vaut 0."),
        ("P.M1", ("2021 A S.M1 5", "2021 A N.M1 -6"), "Pas de part : le dénominateur vaut −6."),
        ("P.M1", ("2021 A S.M1 nd", "2021 A N.M1 0"), ""),
        ("P.M1", ("2021 A S.M1 0", "2021 A N.M1 1"), ""),
    ],
)
def test_a_reader_is_told_what_he_must_know(line: str, rows: tuple[str, ...], said: str) -> None:
    assert remark(line, *rows) == said


def test_a_baseline_is_named_as_the_base_of_a_change() -> None:
    rows = ("REF A N.M1 0 - référence", "2020 A N.M1 5")
    assert remark("E.M1", *rows, campaign="2020") == "Pas d’évolution en % : la base (référence) vaut 0."
    assert remark("E.M1", *rows, campaign="REF") == ""


@pytest.mark.parametrize(
    ("end", "told"),
    [(date(2020, 9, 30), False), (date(2020, 9, 29), True), (date(2021, 4, 2), False), (date(2021, 6, 30), True)],
)
def test_a_change_that_is_more_than_a_quarter_off_a_year_is_told(end: date, told: bool) -> None:
    """92 days before the end of 2020, then 93; 92 after it, and the first half of the same year."""
    campaigns = tuple(
        replace(one, end=end) if one.code == "2020" else one for one in CONTRACT.campaigns if one.code != "REF"
    )
    said = remark("E.M1", "2020 A N.M1 4", "2021 A N.M1 5", made=replace(CONTRACT, campaigns=campaigns))
    words = f"Évolution sur plus ou moins d’un an : depuis la campagne 2020, au {end:%d/%m/%Y}."
    assert said == (words if told else "")


@pytest.mark.parametrize(("end", "told"), [(date(2021, 9, 30), False), (date(2021, 9, 29), True)])
def test_so_is_one_from_a_baseline(end: date, told: bool) -> None:
    """The baseline is of the end of 2020, 92 days after the 30th of September, then 93."""
    campaigns = (
        replace(CONTRACT.campaigns[0], year=2020, end=date(2020, 12, 31)),
        replace(CONTRACT.campaigns[2], end=end),
    )
    said = remark("E.M1", "REF A N.M1 4 - référence", "2021 A N.M1 5", made=replace(CONTRACT, campaigns=campaigns))
    words = "Évolution sur plus ou moins d’un an : depuis la référence, au 31/12/2020."
    assert said == (words if told else "")


def test_what_was_decided_is_told_with_what_it_replaces() -> None:
    assert remark("N.M1", "2021 A N.M1 5", decided=("N.M1",)) == "Valeur arbitrée (calculée : 5)."
    assert remark("N.M1", decided=("N.M1",)) == "Valeur arbitrée."
