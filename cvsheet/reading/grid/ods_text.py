"""The text that an OpenDocument cell shows: paragraphs, with spaces, tabs and line breaks written as elements."""

from __future__ import annotations

import re

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.reading.grid.conversion import whole_number
from cvsheet.reading.grid.markup import Element
from cvsheet.reading.grid.ods_names import NOTE, PARAGRAPH, TEXT
from cvsheet.reading.grid.sheet_builder import Budget

_WHITE = re.compile(r"[ \t\r\n]+")
_INDENT = re.compile(r"[ \t\r]*\n[ \t\r\n]*\Z")
_INLINE = {f"{TEXT}{name}" for name in ("span", "a", "ruby", "ruby-base", "meta")}

# White space of the markup collapses, that written as an element does not: it waits as a character that XML forbids.
_SPACE, _TAB, _BREAK = "\0", "\1", "\2"
_WRITTEN = str.maketrans({_SPACE: " ", _TAB: "\t", _BREAK: "\n"})


def paragraphs(element: Element, budget: Budget) -> str | None:
    """The paragraphs right inside a cell or a note, one per line; None where there is none."""
    texts = [_paragraph(child, budget) for child in element if child.tag == PARAGRAPH]
    if not texts:
        return None
    text = "\n".join(texts)
    budget.check_text(text)
    return text


def note(cell: Element, budget: Budget) -> str:
    """The text of the note on a cell, "" without one."""
    found = cell.find(NOTE)
    return (paragraphs(found, budget) or "") if found is not None else ""


def _paragraph(paragraph: Element, budget: Budget) -> str:
    if len(paragraph) == 0:
        return _collapsed(paragraph.text or "")
    pieces: list[str] = []
    _collect(paragraph, pieces, budget)
    return _collapsed("".join(pieces)).translate(_WRITTEN)


def _collapsed(text: str) -> str:
    """Any white space as one space, none at the start.

    The standard also drops a space at the end, but LibreOffice writes it when someone typed it: only the indentation
    of a pretty-printed file goes.
    """
    if not _WHITE.search(text):
        return text
    return _WHITE.sub(" ", _INDENT.sub("", text)).removeprefix(" ")


def _collect(element: Element, pieces: list[str], budget: Budget) -> None:
    """Append the text of an element; recursion is bounded by the depth that the parser accepts (256)."""
    pieces.append(element.text or "")
    for child in element:
        if child.tag == f"{TEXT}s":
            pieces.append(_SPACE * _space_count(child, budget))
        elif child.tag == f"{TEXT}tab":
            pieces.append(_TAB)
        elif child.tag == f"{TEXT}line-break":
            pieces.append(_BREAK)
        elif child.tag in _INLINE:
            _collect(child, pieces, budget)
        pieces.append(child.tail or "")


def _space_count(element: Element, budget: Budget) -> int:
    text = element.get(f"{TEXT}c", "1")
    count = whole_number(text)
    if count is None or count > budget.limits.text_length:
        raise UnreadableFile(Refusal.TOO_LARGE, f"{text[:20]} spaces in one text")
    return count
