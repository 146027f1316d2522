"""Formulas recalculated by a spreadsheet that installs with the tests (IronCalc): these tests are never skipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import ironcalc

from cvsheet.files.addresses import parse_cell_name

Held = str | float | None
_RESULTS = 60  # column of the formulas, right of all cells that they look at


def results(cells: Mapping[str, Held], formulas: Sequence[str]) -> list[Held]:
    """What each of `formulas` yields where the `cells` of its sheet hold these values (or formulas, from their `=`); an
    empty text is None."""
    model = ironcalc.create("essai", "en", "UTC", "en")
    for name, value in cells.items():
        row, column = parse_cell_name(name)
        if isinstance(value, str):
            write = model.update_cell_with_formula if value.startswith("=") else model.update_cell_with_text
            write(0, row, column, value)
        elif value is not None:
            model.update_cell_with_number(0, row, column, float(value))
    for row, formula in enumerate(formulas, start=1):
        model.update_cell_with_formula(0, row, _RESULTS, formula)
    model.evaluate()
    found = [model.get_cell_value(0, row, _RESULTS) for row in range(1, len(formulas) + 1)]
    return [None if value in ("", None) else value for value in found]


def recalculated(path: Path, to: Path) -> Path:
    """The workbook at `path` with every formula computed anew, at `to`."""
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    model.save_to_xlsx(str(to))
    return to
