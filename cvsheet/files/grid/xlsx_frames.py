"""What a frame of an xlsx drawing shows stands in parts of its own: the points of a diagram (SmartArt), the titles of a
chart, the texts and pictures that somebody laid over one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from cvsheet.errors import UnreadableFile
from cvsheet.files.grid.drawingml import PARAGRAPHS, local, name_of, shape_text, text_of
from cvsheet.files.grid.markup import Element, elements
from cvsheet.files.grid.model import DrawnKind
from cvsheet.files.grid.package import Package
from cvsheet.files.grid.relationships import Relationship, relationships_of

Shape = tuple[DrawnKind, str, str]  # kind, name, text

_DRAWINGML = ("http://schemas.openxmlformats.org/drawingml/2006", "http://purl.oclc.org/ooxml/drawingml")
_DIAGRAM, _CHART, _LAID_OVER = (
    [f"{{{namespace}/{name}}}" for namespace in _DRAWINGML] for name in ("diagram", "chart", "chartDrawing")
)
_CHART_ROOTS = [f"{name}chartSpace" for name in (*_CHART, "{http://schemas.microsoft.com/office/drawing/2014/chartex}")]
_UNSEEN = ("pres", "parTrans", "sibTrans")  # points that hold how a diagram is drawn, none of its words


def shapes_in_frame(package: Package, part: str, frame: Element) -> Iterator[Shape]:
    """What a frame in the drawing `part` holds; what cannot be read of it is still named."""
    name = name_of(frame)
    links = {link.id: link for link in relationships_of(package, part) if not link.external}
    referred = [links[value] for one in frame.iter() for key, value in one.items()
                if "/relationships}" in str(key) and value in links]  # fmt: skip
    found: list[Shape] = []
    with contextlib.suppress(UnreadableFile):
        found = [shape for link in referred for shape in _shapes_at(package, link, name)]
    yield from found or [(DrawnKind.OBJECT, name, "")]


def _shapes_at(package: Package, link: Relationship, name: str) -> Iterator[Shape]:
    content = package.read_optional(link.target)
    if link.kind == "diagramData" and content:
        roots, points = [[f"{space}{word}" for space in _DIAGRAM] for word in ("dataModel", "pt")]
        found = elements(content, link.target, root=roots, tags=points)
        texts = [shape_text(point) for point in found if point.get("type") not in _UNSEEN]
        text = "\n".join(one for one in texts if one.strip())
        if text:
            yield DrawnKind.TEXT, name, text
    elif link.kind in ("chart", "chartEx"):
        found = elements(content, link.target, root=_CHART_ROOTS, tags=PARAGRAPHS) if content else iter(())
        text = "\n".join(one for paragraph in found if (one := text_of([paragraph])).strip())
        yield DrawnKind.OBJECT, name, text
        for over in relationships_of(package, link.target):
            if over.kind == "chartUserShapes" and not over.external:
                yield from _laid_over(package, over.target)


def _laid_over(package: Package, part: str) -> Iterator[Shape]:
    """What somebody typed or put on a chart."""
    names = ("userShapes", "sp", "pic")
    root, shapes, pictures = [[f"{space}{name}" for space in _LAID_OVER] for name in names]
    roots = [*root, *(f"{space}userShapes" for space in _CHART)]
    content = package.read_optional(part)
    for shape in elements(content, part, root=roots, tags=[*shapes, *pictures]) if content else ():
        if local(shape) == "pic":
            yield DrawnKind.PICTURE, name_of(shape), ""
        elif (text := shape_text(shape)).strip():
            yield DrawnKind.TEXT, name_of(shape), text
