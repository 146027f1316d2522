"""Cells that nobody wants, taken out of a sheet before it is parsed: searching the bytes takes a tenth of the time.

Those with a format and nothing in them: a sheet that somebody formatted down to its last row holds a million. And those
that a sheet of formulas computes. It is done only where every row and every cell says its own place, for else the place
of one depends on those before it; and not beside CDATA, whose text may look like a row.
"""

from __future__ import annotations

import re

LARGE = 1 << 20  # bytes; below, parsing takes no time anyway

_CDATA = b"<![CDATA["
_UNPLACED = re.compile(rb'<(?:[\w.-]+:)?(?:row|c)(?! r=")[\s/>]')
_PLACE = rb'<c r="[A-Z]{1,3}[0-9]{1,7}"'
_CELL = rb'%b(?: s="[0-9]{0,9}")?(?: ?/>|></c>)' % _PLACE
_ATTRIBUTES = rb'(?: hidden="(?:0|false)"| (?!hidden)[\w:.-]+="[^"<>&]{0,100}")*+'
_BLANK_CELLS = re.compile(rb"(?:%b)++" % _CELL)
_BLANK_ROWS = re.compile(rb'(?:<row r="[0-9]{1,7}"%b(?: ?/>|>(?:%b)*+</row>))++' % (_ATTRIBUTES, _CELL))
_FORMULA_CELL = re.compile(rb"%b[^<>]*+><f(?:[ ][^<>]*+)?>[^<>]*+(?:</f>)?(?:<v>[^<>]*+</v>|<v/>)?</c>" % _PLACE)


def without_blanks(content: bytes) -> bytes:
    """The worksheet part `content` without blank rows that are not hidden, and without blank cells in other rows."""
    if len(content) < LARGE or _CDATA in content or _UNPLACED.search(content):
        return content
    return _BLANK_CELLS.sub(b"", _BLANK_ROWS.sub(b"", content))


def with_one_formula(content: bytes) -> bytes:
    """The worksheet part `content` with the first of its cells that hold a formula: which tells that it computes."""
    first = _FORMULA_CELL.search(content)
    if first is None or _CDATA in content:
        return content
    left = content[: first.end()] + _FORMULA_CELL.sub(b"", content[first.end() :])
    return content if _UNPLACED.search(left) else left  # what is cut out says its place
