"""Texts of an xlsx file: the table of shared strings, rich text, and the escapes of control characters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.files.grid.looks import joined
from cvsheet.files.grid.markup import Element, elements
from cvsheet.files.grid.model import PLAIN, Look, Piece
from cvsheet.files.grid.relationships import main_tags
from cvsheet.files.grid.sheet_builder import Budget
from cvsheet.files.grid.xlsx_fonts import look_of

# A pair of surrogates is one character, so it is tried first. _x005F_ is how a true underscore before x is written.
_ESCAPE = re.compile(r"_x(D[89AB][0-9A-F]{2})__x(D[C-F][0-9A-F]{2})_|_x([0-9A-F]{4})_", re.IGNORECASE)

_TEXT, _RUN = main_tags("t"), main_tags("r")
_LOOK = main_tags("rPr")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Strings:
    """The shared strings by their rank, as cells write it; `rich` has the pieces of those in which the look changes."""

    texts: dict[str, str]
    rich: dict[str, tuple[Piece, ...]]


def read_shared_strings(content: bytes, part: str, budget: Budget) -> Strings:
    """The strings that cells refer to by their rank."""
    strings = Strings({}, {})
    if not content:
        return strings
    for rank, item in enumerate(elements(content, part, root=main_tags("sst"), tags=main_tags("si"))):
        text = plain_text(item)
        if text is None:
            pieces = pieces_of(item)
            strings.rich[str(rank)] = pieces
            text = joined(pieces)
        budget.check_text(text)
        strings.texts[str(rank)] = text
        if len(strings.texts) > budget.limits.cells:
            raise UnreadableFile(Refusal.GEOMETRY, f"{part}: more than {budget.limits.cells} strings")
    return strings


def rich_text(item: Element, default: Look = PLAIN) -> str:
    """The text of an `si`, `is` or comment's `text`: its own `t`, and those of its runs; not the phonetic guides.

    `default` is the look of what has none of its own.
    """
    text = plain_text(item)
    return joined(pieces_of(item), default) if text is None else text


def plain_text(item: Element) -> str | None:
    """The text of an `si`, `is` or `text` without runs, None for one with runs."""
    return unescaped(item[0].text or "") if len(item) == 1 and item[0].tag in _TEXT else None


def pieces_of(item: Element) -> tuple[Piece, ...]:
    """The runs of a rich text. One without a font of its own (the first one, as Excel writes it) has the cell's."""
    pieces: list[Piece] = []
    for child in item:
        if child.tag in _TEXT:
            pieces.append((unescaped(child.text or ""), None))
        elif child.tag in _RUN:
            text = "".join(piece.text or "" for piece in child if piece.tag in _TEXT)
            font = next((part for part in child if part.tag in _LOOK), None)
            pieces.append((unescaped(text), None if font is None else look_of(font)))
    return tuple(pieces)


def unescaped(text: str) -> str:
    """The text with ``_x000D_`` and the like decoded. Half a character stays as written: no program can store it."""
    return _ESCAPE.sub(_character, text) if "_x" in text or "_X" in text else text


def _character(match: re.Match[str]) -> str:
    high, low, single = match.groups()
    if single is None:
        return bytes.fromhex(high + low).decode("utf-16-be")
    character = chr(int(single, 16))
    return match[0] if _SURROGATE.match(character) else character
