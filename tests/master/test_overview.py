"""How the first page ranks indicators and says counts: at the limits and just beyond, by formula as in Python."""

from __future__ import annotations

import pytest

from cvsheet.figures.overview import (
    IN_TROUBLE,
    Counted,
    by_count,
    compared,
    move,
    move_formula,
    strength,
    strength_formula,
    told,
    told_formula,
    urgency,
    urgency_formula,
)
from cvsheet.figures.progress import Situation
from cvsheet.model.entities import Direction
from tests.engine import Held, results
from tests.master.test_pairs import same
from tests.words import plain

RISE, FALL, WATCH = Direction.RISE, Direction.FALL, Direction.WATCH

# now, before, direction, in doubt -> word
MOVES = [
    (110, 100, RISE, False, "Progrès"),
    (90, 100, RISE, False, "Recul"),
    (110, 100, FALL, False, "Recul"),
    (90, 100, FALL, False, "Progrès"),
    (100, 100, RISE, False, "Stable"),
    (1e-9, 0, RISE, False, "Stable"),  # noise of binary fractions
    (2e-9, 0, RISE, False, "Progrès"),
    (0, 2e-9, RISE, False, "Recul"),
    (-2, 3, RISE, False, "Recul"),
    (110, 100, RISE, True, "À confirmer"),
    (100, 100, FALL, True, "À confirmer"),
    (110, None, RISE, False, ""),
    (None, 100, RISE, True, ""),
    (110, 100, WATCH, False, ""),
]


@pytest.mark.parametrize(("now", "former", "direction", "doubt", "word"), MOVES)
def test_a_value_moves_towards_its_target_or_away(
    now: float | None, former: float | None, direction: Direction, doubt: bool, word: str
) -> None:
    assert move(now, former, direction, doubt=doubt) == word
    cells: dict[str, Held] = {"A1": now, "B1": former, "C1": int(doubt)}
    assert results(cells, [move_formula("A1", "B1", "C1=1", direction)]) == [word or None]


# now, before, how it moved -> relative change, above 0 where it is progress
STRENGTHS = [
    (110, 100, "Progrès", 0.1),
    (90, 100, "Progrès", 0.1),
    (90, 100, "Recul", -0.1),
    (110, 100, "Recul", -0.1),
    (100.5, 100, "Progrès", None),  # it stands still up to half a percent
    (100.6, 100, "Progrès", 0.006),
    (99.4, 100, "Recul", -0.006),
    (10, 0, "Progrès", None),  # there is no percentage of nothing
    (10, -5, "Progrès", None),
    (2, 1e-9, "Progrès", None),
    (3e-9, 2e-9, "Progrès", 0.5),
    (0, 0.5, "Recul", -1),
    (110, 100, "Stable", None),
    (110, 100, "À confirmer", None),
    (None, 100, "", None),
    (110, None, "", None),
]


@pytest.mark.parametrize(("now", "former", "moved", "strong"), STRENGTHS)
def test_the_strongest_move_is_the_largest_share_of_what_was_there(
    now: float | None, former: float | None, moved: str, strong: float | None
) -> None:
    found = strength(now, former, moved)
    assert found == (None if strong is None else pytest.approx(strong))
    assert same(results({"A1": now, "B1": former, "C1": moved}, [strength_formula("A1", "B1", "C1")])[0], found)


# change, in points -> words
WORDS = [
    (0.33, False, "+33 %"),
    (-0.35, False, "−35 %"),
    (0.005, False, "+1 %"),  # halves away from 0
    (0.0049, False, "+0 %"),
    (-0.005, False, "−1 %"),
    (0, False, "+0 %"),
    (1.24, True, "+1,2 pt"),
    (1.25, True, "+1,3 pt"),
    (-0.5, True, "−0,5 pt"),
    (12, True, "+12 pt"),
    (None, True, ""),
]


@pytest.mark.parametrize(("change", "points", "words"), WORDS)
def test_a_change_is_told_in_percent_or_points(change: float | None, points: bool, words: str) -> None:
    said = told(change, points=points)
    assert plain(said) == words
    assert results({"A1": change}, [told_formula("A1", points=points)]) == [said or None]


@pytest.mark.parametrize("situation", Situation)
@pytest.mark.parametrize("progress", [None, 0.0, 0.5, -0.25])
def test_the_furthest_from_its_target_is_the_most_urgent(situation: Situation, progress: float | None) -> None:
    rank = urgency(situation, progress, 1)
    assert rank == (progress + 1e-9 if progress is not None and situation in IN_TROUBLE else None)
    [found] = results({"A1": situation.value, "B1": progress}, [urgency_formula("A1", "B1")])
    assert found == rank


@pytest.mark.parametrize(("number", "words"), [(0, "rien"), (1, "une chose"), (2, "2 choses"), (12, "12 choses")])
def test_a_count_is_said_in_the_singular_or_the_plural(number: int, words: str) -> None:
    said = by_count(Counted("A1", number), "rien", "une chose", "{} choses")
    assert plain(said.text) == words
    assert results({"A1": float(number)}, [said.formula]) == [said.text]


# indicators that progress, stand still, go back, are to be confirmed, are alone -> words
COMPARED = [
    ((0, 0, 0, 0, 0), "aucun ne progresse, aucun ne recule."),
    ((1, 1, 1, 1, 1), "1 progresse, 1 est stable, 1 recule, 1 est à confirmer ; 1 est sans comparaison."),
    ((2, 3, 4, 5, 6), "2 progressent, 3 sont stables, 4 reculent, 5 sont à confirmer ; 6 sont sans comparaison."),
]


@pytest.mark.parametrize(("numbers", "words"), COMPARED)
def test_how_many_moved_which_way_is_one_sentence(numbers: tuple[int, ...], words: str) -> None:
    *moved, alone = (Counted(f"A{row}", number) for row, number in enumerate(numbers, start=1))
    moves = dict(zip(("Progrès", "Stable", "Recul", "À confirmer"), moved, strict=True))
    said = compared("2020", moves, alone)
    assert plain(said.text) == f"Par rapport à 2020 : {words}"
    assert results({one.cell: float(one.number) for one in (*moved, alone)}, [said.formula]) == [said.text]
