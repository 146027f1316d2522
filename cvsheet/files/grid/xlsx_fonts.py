"""Fonts of an xlsx file: only whether they strike through, raise or lower. The rest of a font says nothing."""

from __future__ import annotations

from cvsheet.files.grid.markup import Element
from cvsheet.files.grid.model import Look
from cvsheet.files.grid.relationships import main_tags

_STRIKE, _ALIGN = main_tags("strike"), main_tags("vertAlign")
_OFF = ("0", "false")
_SHIFTS = {"superscript": 1, "subscript": -1}


def look_of(font: Element) -> Look:
    """The look that a `font` of the style sheet, or the `rPr` of a run, gives to a text."""
    struck, shift = False, 0
    for child in font:
        if child.tag in _STRIKE:
            struck = child.get("val", "1") not in _OFF
        elif child.tag in _ALIGN:
            shift = _SHIFTS.get(child.get("val", ""), 0)
    return Look(struck, shift)
