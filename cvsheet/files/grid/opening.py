"""The entrance of reading: a path becomes a grid, or one reason why it does not.

    bytes, read once ─ sniffing ─ package (zip) ─┬─ xlsx ── xlsx_sheet ─┬─ sheet_builder ─ Grid
                                                 └─ ods ─── ods_sheet ──┘

All that is said about a file (its hash, its cells) is said about the same bytes, even if a synchronisation replaces
the file meanwhile.
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Collection
from pathlib import Path

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.files.grid.limits import DEFAULT_LIMITS, FileLimits
from cvsheet.files.grid.model import Grid
from cvsheet.files.grid.ods import is_ods, read_ods
from cvsheet.files.grid.package import Package
from cvsheet.files.grid.sniffing import refuse_lock_file, refuse_unless_zip
from cvsheet.files.grid.xlsx import read_xlsx


def open_grid(path: Path, limits: FileLimits = DEFAULT_LIMITS, computed: Collection[str] = ()) -> Grid:
    """The content of a workbook file (xlsx, xlsm, ods), whatever its extension says.

    `computed` names the sheets of whose formulas nobody wants more than the first: in an xlsx file the others, which
    may be most of its cells, are left out.

    Raises UnreadableFile, and nothing else, for a file that cannot be read.
    """
    refuse_lock_file(path.name)
    data = _read_bytes(path, limits)
    refuse_unless_zip(data)
    package = Package(data, limits)
    sha256 = hashlib.sha256(data).hexdigest()
    if is_ods(package):
        return read_ods(package, path.name, sha256, limits)
    return read_xlsx(package, path.name, sha256, limits, computed)


def _read_bytes(path: Path, limits: FileLimits) -> bytes:
    try:
        # A pipe or a device would be waited for, so the kind is looked at before opening.
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableFile(Refusal.MISSING, "not a regular file")
        with path.open("rb") as file:
            data = file.read(limits.file_size + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise UnreadableFile(Refusal.MISSING, str(error)) from error
    if len(data) > limits.file_size:
        raise UnreadableFile(Refusal.TOO_LARGE, f"more than {limits.file_size} bytes")
    return data
