"""A cell as it is seen where its whole content is struck through, raised or lowered."""

from __future__ import annotations

from cvsheet.files.grid.looks import STRUCK, marked
from cvsheet.files.grid.model import PLAIN, Cell, CellKind
from cvsheet.files.values import is_blank, shown

_MARK = f"[{STRUCK} : "


def is_struck(cell: Cell | None) -> bool:
    """Whether a cell with something in it is struck through, wholly or in part."""
    if cell is None or is_blank(cell):
        return False
    return cell.look.struck or (cell.kind is CellKind.TEXT and _MARK in cell.raw)


def without_mark(text: str) -> str:
    """`text` without the mark of what is struck where it was put around all of it."""
    whole = text.startswith(_MARK) and text.endswith("]") and text.count(_MARK) == 1
    return text.removeprefix(_MARK).removesuffix("]") if whole else text


def as_seen(cell: Cell) -> Cell:
    """`cell`, or the text that it shows where its font says more than its value: « [barré : 12] », « ¹² ».

    What somebody struck out is no answer, whatever kind of value stands under the line. Errors and formulas without
    a value stay what they are.
    """
    if cell.look == PLAIN or is_blank(cell) or cell.kind in (CellKind.ERROR, CellKind.MISSING):
        return cell
    text = marked(shown(cell), cell.look)
    return cell._replace(kind=CellKind.TEXT, value=text, raw=text, percent=False, look=PLAIN)
