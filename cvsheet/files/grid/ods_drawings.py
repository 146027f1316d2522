"""What is drawn above the cells of an OpenDocument table: frames and shapes with words, pictures, form controls.

A drawing stands in the cell to which it is anchored, or before all rows (`table:shapes`) with its place on the page:
the cell under it is then worked out from the widths of columns and the heights of rows.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cvsheet.files.addresses import LAST_COLUMN, LAST_ROW, parse_cell_name
from cvsheet.files.grid.markup import Element
from cvsheet.files.grid.model import Drawn, DrawnKind
from cvsheet.files.grid.ods_looks import Looks
from cvsheet.files.grid.ods_names import DRAW, FORM, SHAPES, STYLE, SVG, TABLE, XML
from cvsheet.files.grid.ods_text import shape_text
from cvsheet.files.grid.sheet_builder import Budget
from cvsheet.files.grid.tracks import Tracks
from cvsheet.files.grid.xlsx_controls import TICKED

_GROUP, _CONTROL, _IMAGE = f"{DRAW}g", f"{DRAW}control", f"{DRAW}image"
_OBJECTS = (f"{DRAW}object", f"{DRAW}object-ole", f"{DRAW}plugin")
_CONTROLS = {
    "checkbox": "Case à cocher",
    "radio": "Bouton d’option",
    "listbox": "Liste déroulante",
    "combobox": "Liste déroulante",
    "text": "Zone de saisie",
    "textarea": "Zone de saisie",
    "value-range": "Compteur",
}
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(mm|cm|in|pt|pc|px)", re.ASCII)
_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96}
_COLUMN_WIDTH, _ROW_HEIGHT = 22.58, 4.52  # millimetres, as LibreOffice makes them

Rectangle = tuple[int, int, int, int]  # first row and column, last row and column
NOWHERE: Rectangle = (0, 0, 0, 0)


def is_drawing(element: Element) -> bool:
    return str(element.tag).startswith(DRAW)


def sizes_in(style: Element) -> dict[str, float]:
    """The name of a style of columns or rows with its size in millimetres, nothing for another."""
    for part, name in (("table-column", "column-width"), ("table-row", "row-height")):
        properties = style.find(f"{STYLE}{part}-properties")
        if properties is not None and (size := _length(properties.get(f"{STYLE}{name}", ""))) is not None:
            return {style.get(f"{STYLE}name", ""): size}
    return {}


@dataclass(slots=True)
class Drawings:
    """What is drawn above one table, while its rows go by."""

    budget: Budget
    looks: Looks
    sizes: Mapping[str, float]  # of the styles of columns and rows
    captions: dict[str, str] = field(default_factory=dict)  # what is written on a control, or in it
    names: dict[str, str] = field(default_factory=dict)  # what a control in which something is chosen is called
    on_page: list[Element] = field(default_factory=list)
    columns: Tracks = field(default_factory=lambda: Tracks(_COLUMN_WIDTH, LAST_COLUMN))
    rows: Tracks = field(default_factory=lambda: Tracks(_ROW_HEIGHT, LAST_ROW))

    def read(self, element: Element) -> None:
        """Take the drawings on the page, or the forms whose controls stand among them: both come before all rows."""
        if element.tag == SHAPES:
            # copied, for what was read of a long table is dropped while its rows go by
            self.on_page += [copy.deepcopy(shape) for shape in element if is_drawing(shape)]
            return
        for control in element.iter():
            for name in filter(None, (control.get(f"{XML}id"), control.get(f"{FORM}id"))):
                self.captions[name] = _caption(control)
                self.names[name] = _CONTROLS.get(str(control.tag).removeprefix(FORM), "")

    def in_cell(self, shapes: Iterable[Element], row: int, column: int) -> Iterator[Drawn]:
        """What is anchored to a cell; it ends in the cell that it names itself."""
        for shape in shapes:
            last_row, last_column = _end(shape, row, column)
            yield from self._drawn(shape, (row, column, max(row, last_row), max(column, last_column)))

    def at_page(self) -> Iterator[Drawn]:
        """What is anchored to the page, once all sizes are known."""
        for shape in self.on_page:
            yield from self._drawn(shape, self._area(shape))

    def _drawn(self, shape: Element, area: Rectangle) -> Iterator[Drawn]:
        name = shape.get(f"{DRAW}name", "")
        if shape.tag == _GROUP:
            for child in shape:
                own = self._area(child) if area == NOWHERE else area
                yield from self._drawn(child, own) if is_drawing(child) else ()
            return
        control = shape.get(_CONTROL, "") if shape.tag == _CONTROL else ""
        text = self.captions.get(control, "")
        text = text or shape_text(shape, self.budget, self.looks)
        if text.strip():
            yield Drawn(DrawnKind.TEXT, name, text, *area)
        elif self.names.get(control):
            yield Drawn(DrawnKind.OBJECT, self.names[control], "", *area)
        elif any(child.tag in _OBJECTS for child in shape):
            yield Drawn(DrawnKind.OBJECT, name, "", *area)
        elif any(child.tag == _IMAGE for child in shape):
            yield Drawn(DrawnKind.PICTURE, _with_description(name, shape), "", *area)

    def _area(self, shape: Element) -> Rectangle:
        """The cells under a drawing that has a place on the page; nowhere for one that is turned or says nothing."""
        x, y, width, height = (_length(shape.get(f"{SVG}{name}", "")) for name in ("x", "y", "width", "height"))
        if x is None or y is None:
            return NOWHERE
        return (
            self.rows.at(1, max(y, 0)),
            self.columns.at(1, max(x, 0)),
            self.rows.at(1, max(y + (height or 0), 0)),
            self.columns.at(1, max(x + (width or 0), 0)),
        )


def _caption(control: Element) -> str:
    """What is written on a form control and chosen in it; what is typed in one that has no caption."""
    caption = control.get(f"{FORM}label", "") or control.get(f"{FORM}current-value", "")
    ticked = "checked" in (control.get(f"{FORM}current-state"), control.get(f"{FORM}state"))
    ticked = ticked or control.get(f"{FORM}current-selected") == "true"
    return f"{caption}{TICKED}" if caption and ticked else caption


def _with_description(name: str, shape: Element) -> str:
    texts = (shape.findtext(f"{SVG}{kind}") or "" for kind in ("title", "desc"))
    described = next((text for text in texts if text.strip() and text != name), "")
    return f"{name} ({described})" if described else name


def _end(shape: Element, row: int, column: int) -> tuple[int, int]:
    """``$'Feuille 1'.L12``: the last cell under a drawing."""
    try:
        return parse_cell_name(shape.get(f"{TABLE}end-cell-address", "").rpartition(".")[2])
    except ValueError:
        return row, column


def _length(text: str) -> float | None:
    """``2.26cm`` in millimetres."""
    match = _LENGTH.fullmatch(text.strip())
    return None if match is None else float(match[1]) * _MILLIMETRES[match[2]]
