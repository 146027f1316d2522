"""How a text stands in its cell where that changes what it says: struck through, raised (4¹), lowered (CO₂).

« ~~12~~ 201 » is 201 to whoever typed it, and the 1 of a footnote call is no digit of the number before it. So such
a piece is written in a way that no reading of numbers or dates takes for digits, and that people read as it was seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from cvsheet.files.grid.model import PLAIN, Look, Piece

STRUCK = "barré"  # what is put before a text that was struck through, shown to people: hence French

# Letters stay: « 1er » and « 12 % » say the same raised or not, and no letter makes another number of a number.
_RAISED = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def marked(text: str, look: Look) -> str:
    """`text` with what its look says: « ¹ », « [barré : 12] »."""
    if look.shift:
        text = text.translate(_RAISED if look.shift > 0 else _LOWERED)
    return f"[{STRUCK} : {text}]" if look.struck and text.strip(" \t\r\n\0\1\2") else text


def joined(pieces: Iterable[Piece], default: Look = PLAIN) -> str:
    """The text of a cell with its marks; `default` is the look of the cell, for pieces that have none of their own.

    Neighbours of one look are one piece: programs cut a run wherever a font or a language changes.
    """
    looks = ((text, default if look is None else look) for text, look in pieces if text)
    return "".join(
        marked("".join(text for text, _ in group), look) for look, group in groupby(looks, lambda one: one[1])
    )
