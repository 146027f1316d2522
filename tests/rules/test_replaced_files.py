"""What is said of a file that a later one of the same partner replaces: how many cells are named, and how long."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.rules.test_file_joins import EARLY, LATE, ROWS, beside, only, part
from tests.words import plain


def differences(typed: dict[str, str], later: datetime | None = LATE) -> str:
    """What FIC-041 says of the former file, of which the later one has other answers to some lines."""
    finding = only(beside(part(ROWS, "a1", EARLY, typed=typed), part(ROWS, "a2", later)), "FIC-041")
    assert finding.facts["count"] == len(typed)
    return plain(finding.facts["differences"])


@pytest.mark.parametrize(
    ("cells", "named", "others"), [(1, 1, ""), (8, 8, ""), (9, 8, " ; 1 autre."), (10, 8, " ; 2 autres.")]
)
def test_eight_cells_are_named_and_the_others_counted(cells: int, named: int, others: str) -> None:
    told = differences(dict.fromkeys(ROWS[:cells], "77"))
    assert (told.count(" ici ("), told.endswith(others)) == (named, True)
    assert ("autre" in told) == bool(others)


@pytest.mark.parametrize(
    ("typed", "told"), [("x" * 40, "x" * 40), ("x" * 41, f"{'x' * 40}…"), ("Un autre bilan", "Un autre bilan")]
)
def test_the_first_forty_characters_of_what_was_typed_are_shown(typed: str, told: str) -> None:
    assert f"« {told} » ici (Emploi!K17), « Un bilan » dans « a2 » (Emploi!K17)" in differences({"T5.M1": typed})
