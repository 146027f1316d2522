"""The links on the cells of an xlsx file: where each leads, as a text; nothing is followed.

Apart from `open_grid`, which every file goes through: links matter only where a workbook is copied into an open one.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from cvsheet.files.addresses import parse_cell_name
from cvsheet.files.grid.limits import DEFAULT_LIMITS
from cvsheet.files.grid.markup import elements
from cvsheet.files.grid.package import Package
from cvsheet.files.grid.relationships import main_tags, relationship_id, relationships_of
from cvsheet.files.grid.xlsx import workbook_part

Links: TypeAlias = Mapping[str, Mapping[tuple[int, int], str]]
"""Sheet -> (row, column) -> ``#'Emploi'!A5`` or ``../retours/caf.xlsx#Emploi!J12``."""


def links_in(path: Path) -> Links:
    """The links of the workbook at `path`; UnreadableFile where it is no xlsx file."""
    package = Package(path.read_bytes(), DEFAULT_LIMITS)
    workbook = workbook_part(package, relationships_of(package, ""))
    parts = {link.id: link.target for link in relationships_of(package, workbook) if not link.external}
    sheets = elements(package.read(workbook), workbook, root=main_tags("workbook"), tags=main_tags("sheet"))
    named = [(sheet.get("name", ""), parts.get(relationship_id(sheet), "")) for sheet in sheets]
    return {name: _links_of(package, part) for name, part in named if part in package}


def _links_of(package: Package, part: str) -> dict[tuple[int, int], str]:
    targets = {link.id: link.target for link in relationships_of(package, part) if link.external}
    found = {}
    for link in elements(package.read(part), part, root=main_tags("worksheet"), tags=main_tags("hyperlink")):
        location = link.get("location", "")
        target = targets.get(relationship_id(link), "")
        found[parse_cell_name(link.get("ref", "").partition(":")[0])] = f"{target}#{location}" if location else target
    return found
