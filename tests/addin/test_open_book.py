"""An open workbook over its file: values that Excel hands over, facts that only the file knows."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from cvsheet.files.grid.model import Cell, CellKind, Grid, Sheet
from cvsheet.files.open_book import OpenSheet, OpenValue, open_book_grid

RATE = Cell(1, 1, CellKind.NUMBER, 0.125, "0.125", percent=True)
CONTROL = Cell(1, 2, CellKind.TEXT, "OK", "OK", formula='IF(A1="","","OK")')
EMPTY = Cell(1, 3, CellKind.TEXT, "", "", formula='""')
FILE = Grid(
    "retour.xlsx",
    "xlsx",
    (Sheet("Emploi", False, {1: {1: RATE, 2: CONTROL, 3: EMPTY}}, hidden_rows=frozenset({1})),),
    "hash",
    saved_at=datetime(2021, 3, 1),
)


def opened(*values: OpenValue, formulas: list[str] | None = None) -> Grid:
    told = None if formulas is None else [formulas]
    return open_book_grid("retour.xlsx", [OpenSheet("Emploi", False, [values], told)], FILE)


def cell(grid: Grid, column: int = 1) -> Cell | None:
    return grid.sheets[0].cell(1, column)


def test_an_unchanged_workbook_is_its_file() -> None:
    assert opened(0.125, "OK", None) == FILE
    assert opened(0.125, "OK", "", formulas=["0.125", '=IF(A1="","","OK")', '=""']) == FILE


def test_a_changed_value_keeps_the_format_of_its_cell_and_the_file_another_fingerprint() -> None:
    grid = opened(0.25, "OK", None)
    assert cell(grid) == RATE._replace(value=0.25, raw="0.25")
    assert grid.sha256 != FILE.sha256
    assert grid.sheets[0].hidden_rows == frozenset({1})


def test_a_formula_that_was_computed_anew_stays_a_formula() -> None:
    found = cell(opened(0.125, "À renseigner", None), 2)
    assert found is not None
    assert (found.value, found.formula) == ("À renseigner", CONTROL.formula)


def test_a_formula_replaced_by_a_value_is_one_no_more_where_excel_tells() -> None:
    found = cell(opened(0.125, "OK", None, formulas=["0.125", "OK", ""]), 2)
    assert found is not None
    assert found.formula is None


def test_a_text_that_looks_like_a_formula_is_a_text() -> None:
    found = cell(opened(0.125, "=1+1", None, formulas=["0.125", "=1+1", ""]), 2)
    assert found is not None
    assert (found.kind, found.value, found.formula) == (CellKind.TEXT, "=1+1", None)


def test_an_erased_cell_is_gone() -> None:
    assert cell(opened(None, "OK", None)) is None


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (3, CellKind.NUMBER),
        (Decimal("12.50"), CellKind.NUMBER),
        (True, CellKind.BOOLEAN),
        ("nd", CellKind.TEXT),
        ("#DIV/0!", CellKind.ERROR),
        (datetime(2021, 3, 1), CellKind.DATE),
    ],
)
def test_kinds_without_a_file(value: OpenValue, kind: CellKind) -> None:
    found = cell(open_book_grid("neuf.xlsx", [OpenSheet("Emploi", False, [[value]])], None))
    assert found is not None
    assert found.kind is kind
