"""The names of OpenDocument elements and attributes that are read, in one place because lxml spells them in full."""

from __future__ import annotations

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TABLE, TEXT, STYLE = (f"{{{_ODF}{name}:1.0}}" for name in ("office", "table", "text", "style"))
DRAW, FORM = (f"{{{_ODF}{name}:1.0}}" for name in ("drawing", "form"))
SVG = f"{{{_ODF}svg-compatible:1.0}}"
XML = "{http://www.w3.org/XML/1998/namespace}"
CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"

CELL = f"{TABLE}table-cell"
COVERED_CELL = f"{TABLE}covered-table-cell"
ROW = f"{TABLE}table-row"
COLUMN = f"{TABLE}table-column"
SHEET = f"{TABLE}table"
PARAGRAPH = f"{TEXT}p"
SPAN = f"{TEXT}span"
SHAPES = f"{TABLE}shapes"
FORMS = f"{OFFICE}forms"
NOTE = f"{OFFICE}annotation"
STYLE_ELEMENT = f"{STYLE}style"
