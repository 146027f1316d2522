"""The results of formulas through an edit by openpyxl, which saves formulas without them.

A result that no edited cell can have changed is put back; the others stay out, and Excel or LibreOffice computes them
when it opens the file. A stale target would be worse than a missing one.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from openpyxl.formula import Tokenizer
from openpyxl.utils.cell import range_boundaries

from cvsheet.files.addresses import LAST_COLUMN, LAST_ROW, cell_name
from cvsheet.files.grid.model import CellKind, Grid, Sheet

_Place = tuple[str, int, int]  # sheet, row, column
_FORMULA_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f[ >](?:(?!</c>).)*?</f>)<v(?: ?/>|></v>)</c>', re.DOTALL)
_MODIFIED = re.compile(r"(<dcterms:modified[^>]*>)[^<]*")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # of every entry of the archive: the same edit gives the same bytes


@dataclass(frozen=True, slots=True)
class _Area:
    sheet: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def holds(self, place: _Place) -> bool:
        sheet, row, column = place
        inside = self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column
        return inside and sheet.casefold() == self.sheet.casefold()


def stale_formulas(grid: Grid, changed: Iterable[_Place]) -> frozenset[_Place]:
    """The cells whose formula may give another result once the cells `changed` are edited, directly or through others.

    A formula with a name, a table or a function that builds addresses is supposed to depend on everything.
    """
    reads = {
        (sheet.name, cell.row, cell.column): _areas(cell.formula, sheet.name)
        for sheet in grid.sheets
        for cell in sheet.cells()
        if cell.formula
    }
    stale: set[_Place] = set()
    edited = set(changed)
    moved = set(edited)
    while moved:
        hit = {
            place
            for place, areas in reads.items()
            if place not in stale and (areas is None or any(area.holds(at) for area in areas for at in moved))
        }
        stale |= hit
        moved = hit
    return frozenset(stale - edited)


def with_results(data: bytes, grid: Grid, stale: frozenset[_Place], saved: date) -> bytes:
    """The xlsx file `data`, as openpyxl saved it, with the results that `grid` had and `saved` as its date."""
    parts = {f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(grid.sheets, start=1)}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in archive.namelist():
            content = archive.read(name)
            if name in parts:
                content = _refilled(content.decode(), parts[name], stale)
            elif name == "docProps/core.xml":
                content = _MODIFIED.sub(rf"\g<1>{saved:%Y-%m-%d}T00:00:00Z", content.decode()).encode()
            target.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _refilled(part: str, sheet: Sheet, stale: frozenset[_Place]) -> bytes:
    results = {
        cell_name(cell.row, cell.column): cell
        for cell in sheet.cells()
        if cell.formula and cell.kind is not CellKind.MISSING and (sheet.name, cell.row, cell.column) not in stale
    }

    def with_result(match: re.Match[str]) -> str:
        name, attributes, formula = match.groups()
        cell = results.get(name)
        if cell is None:
            return match[0]
        kind = {CellKind.TEXT: ' t="str"', CellKind.BOOLEAN: ' t="b"', CellKind.ERROR: ' t="e"'}.get(cell.kind, "")
        text = str(int(bool(cell.value))) if cell.kind is CellKind.BOOLEAN else cell.raw
        return f'<c r="{name}"{attributes}{kind}>{formula}<v>{escape(text)}</v></c>'

    return _FORMULA_CELL.sub(with_result, part).encode("ascii", "xmlcharrefreplace")


def _areas(formula: str, sheet: str) -> tuple[_Area, ...] | None:
    """The ranges that `formula` reads, None where they are not all plain A1 references."""
    areas = []
    for token in Tokenizer(f"={formula}").items:
        if token.value == ":" or token.value.upper() in ("INDIRECT(", "OFFSET("):
            return None
        if token.type != "OPERAND" or token.subtype != "RANGE":
            continue
        name, _, reference = token.value.rpartition("!")
        try:
            left, top, right, bottom = range_boundaries(reference.replace("$", ""))
        except (ValueError, TypeError):
            return None
        if ":" in name:  # a range across sheets
            return None
        own = name[1:-1].replace("''", "'") if name.startswith("'") else name
        areas.append(_Area(own or sheet, top or 1, left or 1, bottom or LAST_ROW, right or LAST_COLUMN))
    return tuple(areas)
