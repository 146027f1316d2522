"""DrawingML, which drawings, charts and diagrams share: the words of a shape, the name of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cvsheet.files.grid.conversion import number
from cvsheet.files.grid.looks import joined
from cvsheet.files.grid.markup import Element
from cvsheet.files.grid.model import Look, Piece

MAIN = ("http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main")
PARAGRAPHS = [f"{{{namespace}}}p" for namespace in MAIN]


def local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def name_of(shape: Element) -> str:
    """« Image 2 », with the description that somebody gave."""
    properties = next((one for one in shape.iter() if local(one) == "cNvPr"), None)
    if properties is None:
        return ""
    name, described = properties.get("name", ""), properties.get("descr", "")
    return f"{name} ({described})" if described and described != name else name


def shape_text(shape: Element) -> str:
    """The words of a shape, or of a point of a diagram."""
    body = next((child for child in shape if local(child) in ("txBody", "t")), None)
    return "" if body is None else text_of(child for child in body if local(child) == "p")


def text_of(paragraphs: Iterable[Element]) -> str:
    return "\n".join(joined(_runs(paragraph)) for paragraph in paragraphs)


def _runs(paragraph: Element) -> Iterator[Piece]:
    for run in paragraph:
        name = local(run)
        if name == "br":
            yield "\n", None
        elif name in ("r", "fld"):
            text = "".join(piece.text or "" for piece in run if local(piece) == "t")
            font = next((part for part in run if local(part) == "rPr"), None)
            yield text, None if font is None else _run_look(font)


def _run_look(font: Element) -> Look:
    raised = number(font.get("baseline", "0").rstrip("%")) or 0
    return Look(font.get("strike", "noStrike") != "noStrike", (raised > 0) - (raised < 0))
