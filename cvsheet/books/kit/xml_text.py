"""XlsxWriter's escaping made complete: what XML cannot hold is replaced wherever a text goes.

XlsxWriter looks for such characters in plain cells only. Names of files in links, input messages, titles, names of
sheets and formulas are written as they come, and one escape character in one of them makes a file that nothing opens.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from xlsxwriter.xmlwriter import XMLwriter

REPLACEMENT = "\ufffd"
_CONTROLS, _NO_CHARACTERS = "\x00-\x08\x0b\x0c\x0e-\x1f", "\ud800-\udfff\ufffe\uffff"
_IMPOSSIBLE = re.compile(f"[{_CONTROLS}{_NO_CHARACTERS}]")
_NO_CHARACTER = re.compile(f"[{_NO_CHARACTERS}]")
_IN_ATTRIBUTES = re.compile(f'["&<>\\n{_CONTROLS}{_NO_CHARACTERS}]')
_IN_DATA = re.compile(f"[&<>{_NO_CHARACTERS}]")


def without_impossible(text: str) -> str:
    """`text` with a sign in the place of each character that XML cannot hold."""
    return _IMPOSSIBLE.sub(REPLACEMENT, text)


def escape_everywhere() -> None:
    """Have every class of XlsxWriter write its texts so; done again, it changes nothing."""
    XMLwriter._escape_attributes, XMLwriter._escape_data = _escape_attributes, _escape_data


def _escape_attributes(_: XMLwriter, attribute: object) -> object:
    if not isinstance(attribute, str) or not _IN_ATTRIBUTES.search(attribute):
        return attribute
    return without_impossible(escape(attribute, {'"': "&quot;", "\n": "&#xA;"}))


def _escape_data(_: XMLwriter, data: object) -> object:
    """Control characters are left: XlsxWriter writes them as _x001B_ after this."""
    if not isinstance(data, str) or not _IN_DATA.search(data):
        return data
    return _NO_CHARACTER.sub(REPLACEMENT, escape(data))
