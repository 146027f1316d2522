"""Form controls and ActiveX controls of an xlsx sheet: what they are called, what is written on them and chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cvsheet.files.grid.conversion import whole_number
from cvsheet.files.grid.markup import Element, elements
from cvsheet.files.grid.package import Package
from cvsheet.files.grid.relationships import Relationship, main_tags, relationship_id

_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_ACTIVE_X = "{http://schemas.microsoft.com/office/2006/activeX}"
_WHAT = {
    "Checkbox": "Case à cocher",
    "Radio": "Bouton d’option",
    "Drop": "Liste déroulante",
    "List": "Liste",
    "Edit": "Zone de saisie",
    "Spin": "Compteur",
    "Scroll": "Barre de défilement",
}
"""The controls in which somebody chooses something, as Excel calls them, shown to people: hence French."""
TICKED = " (coché)"  # behind what is written on a control
_ON = ("1", "-1", "true")


def control_name(data: Element | None) -> str:
    """``Liste déroulante, choix n° 2``; "" for what is no control, or one that only does something.

    The arrow of a filter is such a list too: a program put it there (``UIObj``).
    """
    name = "" if data is None or data.find(f"{_EXCEL}UIObj") is not None else _WHAT.get(data.get("ObjectType", ""), "")
    if not name or data is None:
        return ""
    rank = whole_number((data.findtext(f"{_EXCEL}Sel") or "").strip())
    return f"{name}, choix n° {rank}" if rank else f"{name}{ticked(data)}"


def ticked(data: Element | None) -> str:
    """What follows the caption of a form control that is ticked, "" for another."""
    checked = "" if data is None else (data.findtext(f"{_EXCEL}Checked") or "").strip()
    return TICKED if checked not in ("", "0") else ""


def active_x(package: Package, links: Sequence[Relationship], content: bytes, part: str) -> Mapping[str, str]:
    """The words of each ActiveX control of the worksheet `part` that keeps them readable, by the name of its shape."""
    targets = {link.id: link.target for link in links if link.kind == "control" and not link.external}
    if not targets:
        return {}
    found = {}
    for control in elements(content, part, root=main_tags("worksheet"), tags=main_tags("control")):
        target = targets.get(relationship_id(control), "")
        text = _properties(package.read_optional(target), target)
        if text:
            found[f"_x0000_s{control.get('shapeId', '')}"] = text
    return found


def _properties(content: bytes, part: str) -> str:
    """What the bag of properties of a control says; "" where it is kept in a binary part."""
    if not content:
        return ""
    told = {
        one.get(f"{_ACTIVE_X}name", ""): one.get(f"{_ACTIVE_X}value", "").strip()
        for one in elements(content, part, root=[f"{_ACTIVE_X}ocx"], tags=[f"{_ACTIVE_X}ocxPr"])
    }
    caption, value = told.get("Caption", ""), told.get("Text") or told.get("Value", "")
    if not caption:
        return value
    return f"{caption}{TICKED}" if value.lower() in _ON else caption
