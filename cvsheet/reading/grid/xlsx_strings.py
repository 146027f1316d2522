"""Texts of an xlsx file: the table of shared strings, rich text, and the escapes of control characters."""

from __future__ import annotations

import re

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.reading.grid.markup import Element, elements
from cvsheet.reading.grid.relationships import main_tags
from cvsheet.reading.grid.sheet_builder import Budget

# A pair of surrogates is one character, so it is tried first. _x005F_ is how a true underscore before x is written.
_ESCAPE = re.compile(r"_x(D[89AB][0-9A-F]{2})__x(D[C-F][0-9A-F]{2})_|_x([0-9A-F]{4})_", re.IGNORECASE)

_TEXT, _RUN = main_tags("t"), main_tags("r")
_LOOK, _STRIKE = main_tags("rPr"), main_tags("strike")
_OFF = ("0", "false")
STRUCK = "barré"  # what is put before a text that was struck through, shown to people: hence French
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_shared_strings(content: bytes, part: str, budget: Budget) -> list[str]:
    """The strings that cells refer to by their rank."""
    strings: list[str] = []
    if not content:
        return strings
    for item in elements(content, part, root=main_tags("sst"), tags=main_tags("si")):
        text = rich_text(item)
        budget.check_text(text)
        strings.append(text)
        if len(strings) > budget.limits.cells:
            raise UnreadableFile(Refusal.GEOMETRY, f"{part}: more than {budget.limits.cells} strings")
    return strings


def rich_text(item: Element) -> str:
    """The text of an `si`, `is` or comment's `text`: its own `t`, and those of its runs; not the phonetic guides."""
    if len(item) == 1 and item[0].tag in _TEXT:  # nearly all of them
        return unescaped(item[0].text or "")
    text = ""
    for child in item:
        tag = child.tag
        if tag in _TEXT:
            text += child.text or ""
        elif tag in _RUN:
            piece = "".join(piece.text or "" for piece in child if piece.tag in _TEXT)
            text += f"[{STRUCK} : {piece}]" if piece.strip() and _is_struck(child) else piece
    return unescaped(text)


def _is_struck(run: Element) -> bool:
    """Whether the text of `run` is struck through: « ~~12~~ 150 » is 150 to whoever typed it, never 12 150."""
    marks = (mark for child in run if child.tag in _LOOK for mark in child if mark.tag in _STRIKE)
    return any(mark.get("val", "1") not in _OFF for mark in marks)


def unescaped(text: str) -> str:
    """The text with ``_x000D_`` and the like decoded. Half a character stays as written: no program can store it."""
    return _ESCAPE.sub(_character, text) if "_x" in text or "_X" in text else text


def _character(match: re.Match[str]) -> str:
    high, low, single = match.groups()
    if single is None:
        return bytes.fromhex(high + low).decode("utf-16-be")
    character = chr(int(single, 16))
    return match[0] if _SURROGATE.match(character) else character
