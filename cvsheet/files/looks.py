"""A cell as it is seen where its whole content is struck through, raised or lowered."""

from __future__ import annotations

from cvsheet.files.grid.looks import marked
from cvsheet.files.grid.model import PLAIN, Cell, CellKind
from cvsheet.files.values import is_blank, shown


def as_seen(cell: Cell) -> Cell:
    """`cell`, or the text that it shows where its font says more than its value: « [barré : 12] », « ¹² ».

    What somebody struck out is no answer, whatever kind of value stands under the line. Errors and formulas without
    a value stay what they are.
    """
    if cell.look == PLAIN or is_blank(cell) or cell.kind in (CellKind.ERROR, CellKind.MISSING):
        return cell
    text = marked(shown(cell), cell.look)
    return cell._replace(kind=CellKind.TEXT, value=text, raw=text, percent=False, look=PLAIN)
