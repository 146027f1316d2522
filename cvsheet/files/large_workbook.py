"""A workbook too large to be held in memory, read without some of its sheets: the others as the careful reader does."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.files.grid.limits import DEFAULT_LIMITS, MEGABYTE
from cvsheet.files.grid.markup import elements
from cvsheet.files.grid.model import Grid
from cvsheet.files.grid.ods import is_ods
from cvsheet.files.grid.package import Package, part_key
from cvsheet.files.grid.relationships import main_tags, relationship_id, relationships_of
from cvsheet.files.grid.sniffing import refuse_unless_zip
from cvsheet.files.grid.xlsx import read_xlsx, workbook_part

LIMITS = replace(DEFAULT_LIMITS, file_size=250 * MEGABYTE, total_size=2_000 * MEGABYTE)
"""Of the parts left out, the declared size alone counts: they are never inflated. The cells stay bounded as ever."""
_EMPTY_SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'


class _Partial(Package):
    """A package some of whose parts are not read: in their place stands a sheet without cells."""

    left_out: Collection[str] = ()

    def read(self, name: str, *, repeats_itself: bool = False) -> bytes:
        left_out = part_key(name) in self.left_out
        return _EMPTY_SHEET if left_out else super().read(name, repeats_itself=repeats_itself)


def open_without(path: Path, sheets: Collection[str]) -> Grid:
    """The grid of an xlsx file whose `sheets`, by name, are left without cells. UnreadableFile as `open_grid`."""
    try:
        if path.stat().st_size > LIMITS.file_size:
            raise UnreadableFile(Refusal.TOO_LARGE, f"more than {LIMITS.file_size} bytes")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(Refusal.MISSING, str(error)) from error
    refuse_unless_zip(data)
    package = _Partial(data, LIMITS)
    if is_ods(package):  # all its sheets are one part
        raise UnreadableFile(Refusal.TOO_LARGE, "an OpenDocument workbook is read as a whole or not at all")
    package.left_out = _parts(package, sheets)
    return read_xlsx(package, path.name, hashlib.sha256(data).hexdigest(), LIMITS)


def _parts(package: Package, sheets: Collection[str]) -> frozenset[str]:
    """The keys of the parts that hold `sheets`."""
    workbook = workbook_part(package, relationships_of(package, ""))
    targets = {link.id: link.target for link in relationships_of(package, workbook) if not link.external}
    listed = elements(package.read(workbook), workbook, root=main_tags("workbook"), tags=main_tags("sheet"))
    found = (targets.get(relationship_id(element), "") for element in listed if element.get("name") in sheets)
    return frozenset(part_key(target) for target in found if target)
