"""What of a workbook survives a program: counted in the file itself, not by a library that might look away."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from cvsheet.books.partner.identity import HIDDEN_SHEET
from cvsheet.files.addresses import parse_cell_name
from cvsheet.files.grid import open_grid
from cvsheet.files.grid.model import Grid

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_VALIDATION = re.compile(r"<(?:\w+:)?dataValidation\s[^>]*>")
_PROTECTED = re.compile(r'<(?:\w+:)?sheetProtection\s[^>]*\bsheet="(?:1|true)"')
COUNTED = ("feuilles protégées", "listes déroulantes", "messages de saisie", "formules", "commentaires")


@dataclass(frozen=True, slots=True)
class Features:
    """How many of each a workbook has, in the order of `COUNTED`: sheets, cells, cells, cells, cells; and whether the
    technical sheet is hidden, None where there is none."""

    counts: tuple[int, ...]
    hidden_identity: bool | None


def features(path: Path) -> Features:
    """What stands in the workbook at `path`."""
    grid = open_grid(path)
    protected, dropdowns, messages = _ods(path) if grid.format == "ods" else _xlsx(path)
    formulas = sum(cell.formula is not None for sheet in grid.sheets for cell in sheet.cells())
    notes = sum(len(sheet.notes) for sheet in grid.sheets)
    return Features((protected, dropdowns, messages, formulas, notes), _is_hidden(grid))


def _is_hidden(grid: Grid) -> bool | None:
    return next((sheet.hidden for sheet in grid.sheets if sheet.name == HIDDEN_SHEET), None)


def _xlsx(path: Path) -> tuple[int, int, int]:
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    validations = [one for sheet in sheets for one in _VALIDATION.findall(sheet)]
    return (
        sum(bool(_PROTECTED.search(sheet)) for sheet in sheets),
        sum(_area(one) for one in validations if 'type="list"' in one),
        sum(_area(one) for one in validations if re.search(r'\bprompt="[^"]', one)),
    )


def _area(validation: str) -> int:
    """How many cells a validation stands on."""
    total = 0
    for area in re.search(r'sqref="([^"]*)"', validation)[1].split():  # type: ignore[index]
        first, _, last = area.partition(":")
        (top, left), (bottom, right) = parse_cell_name(first), parse_cell_name(last or first)
        total += (bottom - top + 1) * (right - left + 1)
    return total


def _ods(path: Path) -> tuple[int, int, int]:
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("content.xml"))
    protected = sum(table.get(f"{_TABLE}protected") == "true" for table in root.iter(f"{_TABLE}table"))
    lists, prompts = set(), set()
    for one in root.iter(f"{_TABLE}content-validation"):
        name = one.get(f"{_TABLE}name")
        if "cell-content-is-in-list" in (one.get(f"{_TABLE}condition") or ""):
            lists.add(name)
        if any(len(message) for message in one.iter(f"{_TABLE}help-message")):
            prompts.add(name)
    cells = [*_validated(root)]
    return (
        protected,
        sum(count for name, count in cells if name in lists),
        sum(count for name, count in cells if name in prompts),
    )


def _validated(root: etree._Element) -> Iterator[tuple[str, int]]:
    """The name of the validation of each run of cells, and how many these are."""
    for row in root.iter(f"{_TABLE}table-row"):
        rows = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
        for cell in row.iter(f"{_TABLE}table-cell"):
            if name := cell.get(f"{_TABLE}content-validation-name"):
                yield str(name), rows * int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
