"""Where answers stand in *Données*, and how formulas name their cells."""

from __future__ import annotations

import pytest
from openpyxl.utils import get_column_letter

from cvsheet.books.kit.tables import FIRST_ROW, SPARE_ROWS
from cvsheet.books.master.data_places import DataPlaces
from cvsheet.figures.consolidation import aggregate
from cvsheet.model.submission import Quantity
from cvsheet.schema.tables import load_table
from tests.consolidation.frameworks import answers, framework, measure
from tests.engine import Held, results

NAMES = [column.name for column in load_table("donnees").columns]
TOP = FIRST_ROW + 1  # as a spreadsheet counts
LINES = framework(measure("N.M1"), measure("D.M1"))
ROWS = ("2021 B N.M1 7", "2021 A N.M1 5", "2020 A N.M1 4", "2021 A D.M1 9", "2021 A N.M1 6")


def places(*rows: str) -> DataPlaces:
    return DataPlaces(LINES, aggregate(LINES, answers(*rows)))


def cells(name: str, first: int, last: int) -> str:
    """Of a column, from a row to another as a spreadsheet counts them."""
    letter = get_column_letter(NAMES.index(name) + 1)
    return f"Données!${letter}${first}:${letter}${last}"


def test_answers_are_in_the_order_of_campaigns_lines_and_producers() -> None:
    found = places(*ROWS)
    assert list(found.order) == [2, 1, 4, 0, 3]
    assert [found.place[number] for number in found.order] == [FIRST_ROW + rank for rank in range(5)]
    assert found.rows == 5


@pytest.mark.parametrize(
    ("campaign", "line", "first", "last"),
    [("2020", "N.M1", 0, 0), ("2021", "N.M1", 1, 3), ("2021", "D.M1", 4, 4), ("2020", "D.M1", 5, 5)],
)
def test_the_answers_to_a_line_are_one_block(campaign: str, line: str, first: int, last: int) -> None:
    """Of a line that nobody answers, the first spare row stands for them."""
    block = places(*ROWS).placed(campaign, line, Quantity.VALUE).block("repond")
    assert block == cells("repond", TOP + first, TOP + last)


@pytest.mark.parametrize(("row", "above"), [(1, ""), (2, cells("repond", TOP + 1, TOP + 1)),
                                            (3, cells("repond", TOP + 1, TOP + 2))])  # fmt: skip
def test_a_row_sees_those_of_its_line_above_it(row: int, above: str) -> None:
    assert places(*ROWS).placed("2021", "N.M1", Quantity.VALUE, FIRST_ROW + row).above("repond") == above


def test_a_line_as_a_whole_has_nothing_above_it() -> None:
    assert places(*ROWS).placed("2021", "N.M1", Quantity.VALUE).above("repond") == ""


def test_a_column_takes_the_spare_rows_in() -> None:
    assert places(*ROWS).column("nombre") == cells("nombre", TOP, TOP + 5 + SPARE_ROWS - 1)
    assert places().column("cle") == cells("cle", TOP, TOP + SPARE_ROWS - 1)


def test_the_cell_of_an_answer() -> None:
    found = places(*ROWS)
    assert found.cell("nombre", 0) == cells("nombre", TOP + 3, TOP + 3).partition(":")[0]
    assert [found.answer_of("2021", "N.M1", "valeur", partner) for partner in "ABC"] == [1, 0, None]  # A's first


def in_order(found: DataPlaces, ranks: list[int], below: int | None = None) -> Held:
    """What the formula says where the rows bear these numbers, and perhaps something stands in a row below them."""
    rank, key = (get_column_letter(NAMES.index(name) + 1) for name in ("ordre", "cle"))
    held: dict[str, Held] = {f"{rank}{TOP + row}": number for row, number in enumerate(ranks)}
    held |= {f"{key}{TOP + row}": "M" for row in range(len(ranks))}
    held |= {} if below is None else {f"{key}{TOP + len(ranks) + below}": "M"}
    [said] = results(held, [found.in_order_formula.replace("Données!", "")])
    return said


@pytest.mark.parametrize(
    ("ranks", "below", "holds"),
    [
        ([1, 2, 3, 4, 5], None, 1),
        ([1, 2, 3, 5, 4], None, 0),
        ([2, 1, 3, 4, 5], None, 0),
        ([1, 2, 3, 4, 4], None, 0),
        ([1, 2, 3, 4, 5], 0, 0),  # the first row below
        ([1, 2, 3, 4, 5], SPARE_ROWS - 1, 0),
        ([1, 2, 3, 4, 5], SPARE_ROWS, 1),  # too far for any formula
    ],
)
def test_the_order_holds_until_somebody_sorts_or_adds(ranks: list[int], below: int | None, holds: int) -> None:
    assert in_order(places(*ROWS), ranks, below) == holds


def test_without_an_answer_the_order_holds() -> None:
    assert in_order(places("2021 A N.M1 5"), [1]) == 1
