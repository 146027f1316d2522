"""What the styles of an OpenDocument strike through, raise or lower: of cells, of paragraphs and of spans.

A style says only what it changes; the rest comes from its parent. What a condition would give (`style:map`) is another
style, which nobody asks for here: a cell has its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from cvsheet.files.grid.markup import Element, elements
from cvsheet.files.grid.model import PLAIN, Look
from cvsheet.files.grid.ods_names import OFFICE, STYLE, STYLE_ELEMENT
from cvsheet.memoising import remembered_part

CELLS, PARAGRAPHS, SPANS = "table-cell", "paragraph", "text"  # families of styles

_PROPERTIES = f"{STYLE}text-properties"
_LINES = tuple(f"{STYLE}text-{name}" for name in ("line-through-style", "line-through-type", "crossing-out"))
_POSITION = f"{STYLE}text-position"
_LONGEST_LINE = 50  # styles from the first to the last ancestor, more than any program writes


class StyleChange(NamedTuple):
    """What one style says itself: None where it leaves it to its parent, or to what it stands in."""

    parent: str = ""
    struck: bool | None = None
    shift: int | None = None


StyleChanges = Mapping[tuple[str, str], StyleChange]  # by family and name


@remembered_part
def common_changes(content: bytes, part: str) -> StyleChanges:
    """The named styles of a document (styles.xml), on which those of its cells stand."""
    if not content:
        return {}
    roots = [f"{OFFICE}document-styles"]
    return dict(
        change_of(style)
        for style in elements(content, part, root=roots, tags=[STYLE_ELEMENT])
        if (parent := style.getparent()) is not None and parent.tag == f"{OFFICE}styles"
    )


def change_of(style: Element) -> tuple[tuple[str, str], StyleChange]:
    """The key of a style, and what it says."""
    properties = style.find(_PROPERTIES)
    key = style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", "")
    parent = style.get(f"{STYLE}parent-style-name", "")
    if properties is None:
        return key, StyleChange(parent)
    lines = [line for name in _LINES if (line := properties.get(name)) is not None]
    position = properties.get(_POSITION)
    return key, StyleChange(
        parent,
        struck=any(line != "none" for line in lines) if lines else None,
        shift=None if position is None else _shift(position),
    )


def _shift(position: str) -> int:
    """``super 58%``, ``-33% 58%``: raised, lowered; ``0% 100%`` is neither."""
    word = position.split(maxsplit=1)[0] if position.strip() else ""
    if word in ("super", "sub"):
        return 1 if word == "super" else -1
    figure = word.removesuffix("%").strip("0.")
    return 0 if not figure or figure == "-" else -1 if figure.startswith("-") else 1


class Looks:
    """The looks of the styles of one document."""

    def __init__(self, common: StyleChanges) -> None:
        self._changes = dict(common)
        self._known: dict[tuple[str, str], StyleChange] = {}
        self._speaks = any(_says(change) for change in common.values())

    def add(self, style: Element) -> None:
        """One of the automatic styles, which all precede the first cell."""
        key, change = change_of(style)
        self._changes[key] = change
        self._speaks = self._speaks or _says(change)

    @property
    def speaks(self) -> bool:
        """Whether any style strikes, raises or lowers: in most documents none does, and no cell is asked."""
        return self._speaks

    def within(self, family: str, name: str | None, around: Look = PLAIN) -> Look:
        """The look of what bears a style, where it stands in something that has the look `around`."""
        if not name:
            return around
        change = self._whole(family, name)
        return Look(
            around.struck if change.struck is None else change.struck,
            around.shift if change.shift is None else change.shift,
        )

    def of_cell(self, names: Iterable[str | None]) -> Look:
        """The look of a cell by the first style that it, its row or its column has."""
        return self.within(CELLS, next((name for name in names if name), None))

    def _whole(self, family: str, name: str) -> StyleChange:
        """What a style says with its ancestors."""
        key = family, name
        if key not in self._known:
            struck: bool | None = None
            shift: int | None = None
            for _ in range(_LONGEST_LINE):
                change = self._changes.get((family, name), StyleChange())
                struck = change.struck if struck is None else struck
                shift = change.shift if shift is None else shift
                name = change.parent
            self._known[key] = StyleChange(struck=struck, shift=shift)
        return self._known[key]


SILENT = Looks({})
"""No style says anything."""


def _says(change: StyleChange) -> bool:
    return bool(change.struck or change.shift)
