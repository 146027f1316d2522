"""The text that an OpenDocument cell shows: paragraphs, with spaces, tabs and line breaks written as elements."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.files.grid.conversion import whole_number
from cvsheet.files.grid.looks import joined
from cvsheet.files.grid.markup import Element
from cvsheet.files.grid.model import PLAIN, Look, Piece
from cvsheet.files.grid.ods_looks import PARAGRAPHS, SPANS, Looks
from cvsheet.files.grid.ods_names import NOTE, PARAGRAPH, SPAN, TEXT
from cvsheet.files.grid.sheet_builder import Budget

_WHITE = re.compile(r"[ \t\r\n]+")
_INDENT = re.compile(r"[ \t\r]*\n[ \t\r\n]*\Z")
_INLINE = {f"{TEXT}{name}" for name in ("span", "a", "ruby", "ruby-base", "meta")}

# White space of the markup collapses, that written as an element does not: it waits as a character that XML forbids.
_SPACE, _TAB, _BREAK = "\0", "\1", "\2"
_WRITTEN = str.maketrans({_SPACE: " ", _TAB: "\t", _BREAK: "\n"})


def paragraphs(element: Element, budget: Budget, looks: Looks, around: Look = PLAIN) -> str | None:
    """The paragraphs right inside a cell or a note, one per line; None where there is none.

    What looks otherwise than `around` is marked, and `around` itself not.
    """
    found = [child for child in element if child.tag == PARAGRAPH]
    return _lines(found, budget, looks, around) if found else None


def shape_text(shape: Element, budget: Budget, looks: Looks) -> str:
    """The text in a shape or frame, however deep its paragraphs stand."""
    return _lines(list(shape.iter(PARAGRAPH)), budget, looks, PLAIN)


def _lines(found: Sequence[Element], budget: Budget, looks: Looks, around: Look) -> str:
    if not looks.speaks:
        text = "\n".join(_paragraph(child, budget) for child in found)
    else:
        text = "\n".join(_marked_paragraph(child, budget, looks, around) for child in found)
    budget.check_text(text)
    return text


def is_mixed(element: Element, looks: Looks, around: Look) -> bool:
    """Whether a part of the text of a cell looks otherwise than the cell."""
    return any(
        _look_of(part, looks, around) != around
        for paragraph in element.iterchildren(PARAGRAPH)
        for part in paragraph.iter(PARAGRAPH, SPAN)
    )


def note(cell: Element, budget: Budget, looks: Looks) -> str:
    """The text of the note on a cell, "" without one."""
    found = cell.find(NOTE)
    return (paragraphs(found, budget, looks) or "") if found is not None else ""


def _paragraph(paragraph: Element, budget: Budget) -> str:
    if len(paragraph) == 0:
        return _collapsed(paragraph.text or "")
    pieces: list[str] = []
    _collect(paragraph, pieces, budget)
    return _collapsed("".join(pieces)).translate(_WRITTEN)


def _marked_paragraph(paragraph: Element, budget: Budget, looks: Looks, around: Look) -> str:
    pieces: list[Piece] = []
    _collect_looks(paragraph, pieces, budget, looks, around)
    return _collapsed(joined(pieces)).translate(_WRITTEN)


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
        if child.tag in _INLINE:
            _collect(child, pieces, budget)
        else:
            pieces.append(_character(child, budget))
        pieces.append(child.tail or "")


def _collect_looks(element: Element, pieces: list[Piece], budget: Budget, looks: Looks, around: Look) -> None:
    """The same with the look of each piece."""
    look = _look_of(element, looks, around)
    pieces.append((element.text or "", look))
    for child in element:
        if child.tag in _INLINE:
            _collect_looks(child, pieces, budget, looks, look)
        else:
            pieces.append((_character(child, budget), look))
        pieces.append((child.tail or "", look))


def _look_of(element: Element, looks: Looks, around: Look) -> Look:
    family = PARAGRAPHS if element.tag == PARAGRAPH else SPANS
    return looks.within(family, element.get(f"{TEXT}style-name"), around)


def _character(element: Element, budget: Budget) -> str:
    """The white space that is written as an element; "" for anything else."""
    if element.tag == f"{TEXT}s":
        return _SPACE * _space_count(element, budget)
    if element.tag == f"{TEXT}tab":
        return _TAB
    return _BREAK if element.tag == f"{TEXT}line-break" else ""


def _space_count(element: Element, budget: Budget) -> int:
    text = element.get(f"{TEXT}c", "1")
    count = whole_number(text)
    if count is None or count > budget.limits.text_length:
        raise UnreadableFile(Refusal.TOO_LARGE, f"{text[:20]} spaces in one text")
    return count
