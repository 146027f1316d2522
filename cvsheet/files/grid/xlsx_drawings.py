"""What is drawn above the cells of an xlsx sheet: shapes and their texts, pictures, captions of form controls.

Drawings of today (DrawingML) and of old (VML) alike; a form control stands in both and is told once. The notes on
cells have a VML shape each, which is none of these (`xlsx_notes` reads them).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from cvsheet.errors import UnreadableFile
from cvsheet.files.addresses import LAST_COLUMN, LAST_ROW
from cvsheet.files.grid.conversion import number, whole_number
from cvsheet.files.grid.drawingml import local, name_of, shape_text
from cvsheet.files.grid.markup import Element, elements
from cvsheet.files.grid.model import Drawn, DrawnKind
from cvsheet.files.grid.package import Package
from cvsheet.files.grid.relationships import Relationship, main_tags
from cvsheet.files.grid.tracks import Tracks
from cvsheet.files.grid.xlsx_controls import TICKED, active_x, control_name, ticked
from cvsheet.files.grid.xlsx_frames import Shape, shapes_in_frame

_DRAWING = (
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
)
_ROOTS = [f"{{{namespace}}}wsDr" for namespace in _DRAWING]
_ANCHORS = [f"{{{namespace}}}{name}Anchor" for namespace in _DRAWING for name in ("twoCell", "oneCell", "absolute")]
_VML, _EXCEL = "{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:excel}"
_VML_SHAPES = [f"{_VML}{name}" for name in ("shape", "rect", "roundrect", "oval", "line", "polyline", "image")]
_OPEN_BREAK = re.compile(rb"<br\s*>", re.IGNORECASE)  # as Excel writes them in the texts of VML, which is XML else

_EMU_PER_POINT, _EMU_PER_PIXEL = 12_700, 9_525
_ROW_HEIGHT, _COLUMN_WIDTH = 15 * _EMU_PER_POINT, 64 * _EMU_PER_PIXEL
_PIXELS_PER_CHARACTER, _PADDING = 7, 5  # of a column's width, in the usual font

Sizes = Callable[[], tuple[Tracks, Tracks]]
"""The columns and rows of the sheet in EMU, worked out where a drawing needs them."""


def read_drawn(package: Package, links: Sequence[Relationship], content: bytes, part: str) -> tuple[Drawn, ...]:
    """What lies above the cells of the worksheet `part`, whose relationships are `links`, each thing once."""
    modern: list[Drawn] = []
    old: list[Drawn] = []
    for link in links:
        if link.external or link.kind not in ("drawing", "vmlDrawing"):
            continue
        drawn = old if link.kind == "vmlDrawing" else modern
        try:
            if drawn is old:
                drawn += _vml(package.read_optional(link.target), link.target, active_x(package, links, content, part))
            else:
                drawn += _modern(package, link.target, lambda: sizes_of(content, part))
        except UnreadableFile:  # no reason to lose the answers that lie under it
            drawn.append(Drawn(DrawnKind.UNREADABLE))
    told = {_key(one) for one in old if one.text}
    return (*(one for one in modern if _key(one) not in told), *old)


def _key(one: Drawn) -> tuple[object, ...]:
    """What a control has in both kinds of drawings, of which only the old one tells whether it is ticked."""
    caption = one.text.removesuffix(TICKED)
    return " ".join(caption.split()), one.first_row, one.first_column


def sizes_of(content: bytes, part: str) -> tuple[Tracks, Tracks]:
    """The columns and rows of a worksheet part."""
    columns, rows = Tracks(_COLUMN_WIDTH, LAST_COLUMN), Tracks(_ROW_HEIGHT, LAST_ROW)
    for element in elements(content, part, root=main_tags("worksheet"), tags=main_tags("col", "row")):
        hidden = element.get("hidden") in ("1", "true")
        if element.tag in main_tags("col"):
            width = number(element.get("width", ""))
            first, last = whole_number(element.get("min", "")), whole_number(element.get("max", ""))
            if first and last and (hidden or width is not None):
                pixels = 0 if hidden or width is None else width * _PIXELS_PER_CHARACTER + _PADDING
                columns.add(first, last, pixels * _EMU_PER_PIXEL)
        else:
            at, height = whole_number(element.get("r", "")), number(element.get("ht", ""))
            if at and (hidden or height is not None):
                rows.add(at, at, 0 if hidden or height is None else height * _EMU_PER_POINT)
    return columns, rows


def _modern(package: Package, part: str, sizes: Sizes) -> Iterator[Drawn]:
    content = package.read_optional(part)
    if not content:
        return
    for anchor in elements(content, part, root=_ROOTS, tags=_ANCHORS):
        area: tuple[int, int, int, int] | None = None
        for kind, name, text in _shapes(anchor, lambda frame: shapes_in_frame(package, part, frame)):
            area = _area(anchor, sizes) if area is None else area
            yield Drawn(kind, name, text, *area)


def _shapes(element: Element, inside: Callable[[Element], Iterator[Shape]]) -> Iterator[Shape]:
    """All that an anchor holds, in groups too; of alternatives, the first that has something. `inside` tells what a
    frame shows."""
    for child in element:
        name = local(child)
        if name == "AlternateContent":
            yield from next((found for choice in child if (found := list(_shapes(choice, inside)))), [])
        elif name == "sp":
            text = shape_text(child)
            if text.strip():
                yield DrawnKind.TEXT, name_of(child), text
        elif name == "pic":
            yield DrawnKind.PICTURE, name_of(child), ""
        elif name == "graphicFrame":
            yield from inside(child)
        elif name == "grpSp":
            yield from _shapes(child, inside)


def _area(anchor: Element, sizes: Sizes) -> tuple[int, int, int, int]:
    """First row and column, last row and column of what an anchor holds; zeros where it says nothing."""
    parts = {local(child): child for child in anchor}
    start, end, extent = parts.get("from"), parts.get("to"), parts.get("ext")
    if start is not None:
        row, left_row, column, left_column = _corner(start)
    elif (position := parts.get("pos")) is not None:
        row, column = 1, 1
        left_row, left_column = (number(position.get(name, "")) or 0 for name in ("y", "x"))
    else:
        return 0, 0, 0, 0
    if end is not None:
        last_row, over_row, last_column, over_column = _corner(end)
        # it ends where a row or column begins: that one is not under it
        return row, column, max(row, last_row - (not over_row)), max(column, last_column - (not over_column))
    columns, rows = sizes()
    height, width = (number(extent.get(name, "")) or 0 if extent is not None else 0 for name in ("cy", "cx"))
    return (
        rows.at(row, left_row),
        columns.at(column, left_column),
        rows.at(row, left_row + max(height - 1, 0)),
        columns.at(column, left_column + max(width - 1, 0)),
    )


def _corner(element: Element) -> tuple[int, float, int, float]:
    """Row and how far in it, column and how far in it; Excel counts them from 0 here."""
    texts = {local(child): child.text or "" for child in element}
    row, column = (min(whole_number(texts.get(name, "")) or 0, LAST_ROW - 1) for name in ("row", "col"))
    inside_row, inside_column = (number(texts.get(name, "")) or 0 for name in ("rowOff", "colOff"))
    return row + 1, inside_row, min(column + 1, LAST_COLUMN), inside_column


def _vml(content: bytes, part: str, captions: Mapping[str, str]) -> Iterator[Drawn]:
    notes = content.count(b'ObjectType="Note"')
    if notes == content.count(b"ObjectType=") and content.count(b"<v:textbox") <= notes:
        return  # the shapes of notes: nearly all VML that there is
    for shape in elements(_OPEN_BREAK.sub(b"<br/>", content), part, root=["xml"], tags=_VML_SHAPES):
        data = shape.find(f"{_EXCEL}ClientData")
        kind = "" if data is None else data.get("ObjectType", "")
        if kind == "Note":
            continue
        area = _vml_area("" if data is None else data.findtext(f"{_EXCEL}Anchor") or "")
        text = " ".join("".join(map(str, box.itertext())) for box in shape.iter(f"{_VML}textbox"))
        text = " ".join(text.split()) or captions.get(shape.get("id", ""), "")
        if text:
            yield Drawn(DrawnKind.TEXT, shape.get("id", ""), text + ticked(data), *area)
        elif name := control_name(data):
            yield Drawn(DrawnKind.OBJECT, name, "", *area)
        elif kind == "Pict":
            picture = next(shape.iter(f"{_VML}imagedata"), None)
            title = "" if picture is None else picture.get("{urn:schemas-microsoft-com:office:office}title", "")
            yield Drawn(DrawnKind.PICTURE, title or shape.get("id", ""), "", *area)


def _vml_area(anchor: str) -> tuple[int, int, int, int]:
    """``3, 15, 2, 4, 5, 31, 6, 9``: left column and pixels in it, top row, right column, bottom row."""
    figures = [whole_number(figure) for figure in anchor.split(",")]
    if len(figures) != 8 or None in figures:  # noqa: PLR2004 - four corners of two figures
        return 0, 0, 0, 0
    left, _, top, _, right, over_right, bottom, over_bottom = (figure or 0 for figure in figures)
    return top + 1, left + 1, max(top, bottom - (not over_bottom)) + 1, max(left, right - (not over_right)) + 1
