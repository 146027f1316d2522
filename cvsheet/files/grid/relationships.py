"""How the parts of an xlsx package name and find each other: namespaces and relationships.

Strict and Transitional Office Open XML differ in their namespaces only; both are read. A target is resolved inside
the package and nowhere else: an external one is a text to show, never a file to open.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from cvsheet.files.grid.markup import Element, elements
from cvsheet.files.grid.package import Package
from cvsheet.memoising import remembered_part

_MAIN = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
_OFFICE = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


@lru_cache(maxsize=64)
def main_tags(*names: str) -> frozenset[str]:
    """The tags of elements of spreadsheetml, in both dialects."""
    return frozenset(f"{{{namespace}}}{name}" for namespace in _MAIN for name in names)


def relationship_id(element: Element) -> str:
    """The r:id by which an element refers to a part, "" if it has none."""
    return next((found for namespace in _OFFICE if (found := element.get(f"{{{namespace}}}id"))), "")


def is_on(element: Element, attribute: str) -> bool:
    """Whether a boolean attribute is set."""
    return element.get(attribute, "").strip().lower() in ("1", "true", "on")


@dataclass(frozen=True, slots=True)
class Relationship:
    """One line of a .rels part: `kind` is the last word of its type, `target` a part name unless it is external."""

    id: str
    kind: str
    target: str
    external: bool


def relationships_of(package: Package, part: str) -> Sequence[Relationship]:
    """The relationships of a part, or of the package for "". No .rels part, no relationships."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    content = package.read_optional(rels)
    return _relationships_in(content, rels) if content else ()


@remembered_part
def _relationships_in(content: bytes, rels: str) -> tuple[Relationship, ...]:
    folder = posixpath.dirname(posixpath.dirname(rels))
    root, tag = f"{{{_PACKAGE}}}Relationships", f"{{{_PACKAGE}}}Relationship"
    return tuple(_relationship(element, folder) for element in elements(content, rels, root=[root], tags=[tag]))


def _relationship(element: Element, folder: str) -> Relationship:
    target = element.get("Target", "")
    external = element.get("TargetMode", "").lower() == "external"
    return Relationship(
        id=element.get("Id", ""),
        kind=element.get("Type", "").rsplit("/", 1)[-1],
        target=target if external else _resolve(folder, target),
        external=external,
    )


def _resolve(folder: str, target: str) -> str:
    """The part that a target means, seen from the folder of the part that refers to it. It cannot leave the package."""
    return posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")
