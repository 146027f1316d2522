"""What the tables of the audit are made of: counts, shares, and the cells that a finding names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cvsheet.judging.campaign.returns import Tally
from cvsheet.judging.campaign.subject import cells_of, percent, table_of
from cvsheet.model.submission import Observation
from tests.rules.tables import returned


@pytest.mark.parametrize(("part", "whole", "share"), [(0, 4, 0), (1, 4, 25), (4, 4, 100), (1, 200, 0.5), (0, 0, None)])
def test_a_share_of_nothing_is_none(part: float, whole: float, share: float | None) -> None:
    assert percent(part, whole) == share


def test_answers_are_counted_by_what_became_of_them() -> None:
    total = Tally(usable=5, without_figure=1, blank=2) + Tally(usable=1, without_figure=2, blank=1)
    assert total == Tally(usable=6, without_figure=3, blank=3)
    assert (total.asked, total.share, total.rest) == (12, 50, "3\u00a0nd ou ns, 3\u00a0sans réponse")


@pytest.mark.parametrize(
    ("tally", "rest"),
    [
        (Tally(usable=3), ""),
        (Tally(without_figure=1), "1\u00a0nd ou ns"),
        (Tally(blank=1), "1\u00a0sans réponse"),
    ],
)
def test_only_what_there_is_is_told(tally: Tally, rest: str) -> None:
    assert tally.rest == rest


def answers(*files: str) -> list[Observation]:
    """One answer of each file, in K5, K6 and so on."""
    rows = "\n".join(["ligne | valeur | commentaire", *(f"T1.M1 | {number} |" for number in range(len(files)))])
    return [replace(seen, file=file) for seen, file in zip(returned(rows).observations, files, strict=True)]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ((), ""),
        (("a.xlsx",) * 2, "Emploi!K5, Emploi!K6"),
        (("a.xlsx", "sous/b.xlsx"), "a.xlsx Emploi!K5, b.xlsx Emploi!K6"),
        (("a",) * 8, ", ".join(f"Emploi!K{row}" for row in range(5, 13))),
        (("a",) * 9, ", ".join(f"Emploi!K{row}" for row in range(5, 13)) + " et 1 autre"),
        (("a",) * 10, ", ".join(f"Emploi!K{row}" for row in range(5, 13)) + " et 2 autres"),
    ],
)
def test_eight_cells_are_named(files: tuple[str, ...], told: str) -> None:
    assert cells_of(answers(*files)) == told


def test_a_column_of_numbers_alone_is_one_of_numbers() -> None:
    rows = [
        {"ligne": "A", "nombre": 1, "peut": None, "entier": 1, "vide": None, "oui": True, "mixte": 1},
        {"ligne": "B", "nombre": None, "peut": 2.5, "entier": 2, "vide": None, "oui": False, "mixte": "x"},
    ]
    frame = table_of("essai", rows).frame
    numbers = [name for name in frame.columns if frame[name].dtype == "float64"]
    assert numbers == ["nombre", "peut", "entier", "vide"]
    assert [*frame["ligne"]] == ["A", "B"]
    assert [*frame["cellule"]] == ["", ""]
