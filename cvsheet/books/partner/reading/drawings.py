"""What the partner put above the cells: texts, pictures, objects. No cell holds them; none is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cvsheet.books.partner.reading.placed import PlacedRow
from cvsheet.files.addresses import cell_name
from cvsheet.files.grid.model import Drawn, DrawnKind, Sheet
from cvsheet.model.findings import Fact
from cvsheet.model.submission import Leftover, StructureFact, StructureKind

MOST_TEXTS = 20  # of one sheet that have a fact of their own; all are left over
_WHAT = {
    DrawnKind.TEXT: "Zone de texte",
    DrawnKind.PICTURE: "Image",
    DrawnKind.OBJECT: "Objet",
    DrawnKind.MARGIN: "En-tête ou pied de page",
    DrawnKind.UNREADABLE: "Dessin illisible",
}
_QUOTED = (DrawnKind.TEXT, DrawnKind.MARGIN)  # whose text says all


def drawn_leftovers(sheet: Sheet) -> Iterator[Leftover]:
    """What is drawn on `sheet`, in words: nothing of it can be kept but its text and name."""
    for one in sheet.drawn:
        name = f" « {one.name} »" if one.name and one.kind not in _QUOTED else ""
        area = area_of(one)
        over = f", sur {area}" if ":" in area else ""
        text = f" : {one.text.strip()}" if one.text else ""
        yield Leftover(sheet.name, first_cell(one), f"{_WHAT[one.kind]}{name}{over}{text}")


def drawn_facts(sheet: Sheet, rows: Sequence[PlacedRow]) -> Iterator[StructureFact]:
    """One fact per text above the cells, and per picture or object that lies over an answer."""
    texts = [one for one in sheet.drawn if one.kind in _QUOTED]
    for one in texts[:MOST_TEXTS]:
        under = next(iter(_answers_under(one, rows)), None)
        line = under[0].expected.row.code if under else ""
        told: dict[str, Fact] = {"what": _WHAT[one.kind], "found": " ".join(one.text.split())}
        yield _fact(StructureKind.TEXT_ABOVE, sheet, first_cell(one), line, told)
    for one in sheet.drawn:
        covered = list(_answers_under(one, rows)) if one.kind in (DrawnKind.PICTURE, DrawnKind.OBJECT) else []
        if covered:
            placed, name = covered[0]
            facts: dict[str, Fact] = {"what": _WHAT[one.kind], "name": one.name or "sans nom"}
            facts |= {"found": area_of(one), "count": len(covered)}
            yield _fact(StructureKind.PICTURE_ABOVE, sheet, placed.name(name), placed.expected.row.code, facts)


def _answers_under(one: Drawn, rows: Sequence[PlacedRow]) -> Iterator[tuple[PlacedRow, str]]:
    """The cells of answers that something drawn lies over, with the name of their column."""
    for placed in rows:
        if one.first_row <= placed.row <= one.last_row:
            for column in placed.layout.table.columns:
                place = placed.layout.columns.get(column.name, 0)
                if column.input and not column.remark and one.covers(placed.row, place):
                    yield placed, column.name


def first_cell(one: Drawn) -> str:
    """The cell under the upper left corner, "" where nobody can tell."""
    return cell_name(one.first_row, one.first_column) if one.first_row and one.first_column else ""


def area_of(one: Drawn) -> str:
    """``K5:L9``, or ``K5``."""
    first = first_cell(one)
    last = cell_name(one.last_row, one.last_column) if first else ""
    return first if first == last else f"{first}:{last}"


def _fact(kind: StructureKind, sheet: Sheet, cell: str, line: str, facts: Mapping[str, Fact]) -> StructureFact:
    return StructureFact(kind, sheet.name, cell, line, dict(facts))
