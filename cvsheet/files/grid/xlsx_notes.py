"""The notes on the cells of a sheet: the comments of old, and the threads that Excel 365 makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.files.addresses import parse_cell_name
from cvsheet.files.grid.markup import Element, elements
from cvsheet.files.grid.package import Package
from cvsheet.files.grid.relationships import Relationship, main_tags
from cvsheet.files.grid.xlsx_strings import rich_text
from cvsheet.memoising import remembered_part

_THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"

Notes: TypeAlias = Mapping[tuple[int, int], str]


def read_notes(package: Package, links: Sequence[Relationship]) -> Notes:
    """The notes by (row, column). A thread replaces the note in which Excel repeats it for older programs."""
    notes: dict[tuple[int, int], str] = {}
    for link in links:
        if link.kind == "comments" and not link.external:
            notes.update(_read_comments(package.read_optional(link.target), link.target))
    for link in links:
        if link.kind == "threadedComment" and not link.external:
            notes.update(_read_threads(package.read_optional(link.target), link.target))
    return notes


@remembered_part
def _read_comments(content: bytes, part: str) -> Notes:
    if not content:
        return {}
    notes = {}
    for comment in elements(content, part, root=main_tags("comments"), tags=main_tags("comment")):
        notes[_position(comment)] = "".join(rich_text(text) for text in comment if text.tag in main_tags("text"))
    return notes


def _read_threads(content: bytes, part: str) -> Notes:
    if not content:
        return {}
    notes: dict[tuple[int, int], str] = {}
    root, tag = f"{{{_THREADS}}}ThreadedComments", f"{{{_THREADS}}}threadedComment"
    for comment in elements(content, part, root=[root], tags=[tag]):
        text = "".join(child.text or "" for child in comment.iterchildren(f"{{{_THREADS}}}text"))
        before = notes.get(_position(comment))
        notes[_position(comment)] = text if before is None else f"{before}\n{text}"
    return notes


def _position(comment: Element) -> tuple[int, int]:
    try:
        return parse_cell_name(comment.get("ref", ""))
    except ValueError as error:
        raise UnreadableFile(Refusal.DAMAGED, f"note: {error}") from error
