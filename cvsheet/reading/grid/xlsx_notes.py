"""The notes on the cells of a sheet: the comments of old, and the threads that Excel 365 makes of them."""

from __future__ import annotations

from cvsheet.cells import parse_cell_name
from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.reading.grid.markup import Element, elements
from cvsheet.reading.grid.package import Package
from cvsheet.reading.grid.relationships import Relationship, main_tags
from cvsheet.reading.grid.xlsx_strings import rich_text

_THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"

Notes = dict[tuple[int, int], str]


def read_notes(package: Package, links: list[Relationship]) -> Notes:
    """The notes by (row, column). A thread replaces the note in which Excel repeats it for older programs."""
    notes: Notes = {}
    for link in links:
        if link.kind == "comments" and not link.external:
            notes.update(_read_comments(package, link.target))
    for link in links:
        if link.kind == "threadedComment" and not link.external:
            notes.update(_read_threads(package, link.target))
    return notes


def _read_comments(package: Package, part: str) -> Notes:
    content = package.read_optional(part)
    if not content:
        return {}
    notes = {}
    for comment in elements(content, part, root=main_tags("comments"), tags=main_tags("comment")):
        notes[_position(comment)] = "".join(rich_text(text) for text in comment if text.tag in main_tags("text"))
    return notes


def _read_threads(package: Package, part: str) -> Notes:
    content = package.read_optional(part)
    if not content:
        return {}
    notes: Notes = {}
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
