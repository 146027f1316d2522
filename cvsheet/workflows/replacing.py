"""A workbook put in the place of an earlier one: what a person saved there is kept first, under its date."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from cvsheet.errors import OutputError, UnreadableFile
from cvsheet.files.atomic import look, refuse_held, refuse_unsound, write_atomically
from cvsheet.files.grid import open_grid
from cvsheet.files.own_marks import saved_by_another

ARCHIVES = "archives"
MARK_LENGTH = 6


def replace_workbook(path: Path, content: bytes, *, typed: bool = False) -> Path | None:
    """Put `content` at `path`; the copy of what a person had saved there, None where there was nothing to keep.

    `typed` says that somebody's words stand there, whatever the file tells of the program that saved it.

    OutputError where that fails, or where the file changes meanwhile.
    """
    refuse_unsound(path.name, content)
    seen = look(path)
    refuse_held(path)
    kept = None if seen is None else _keep(path, content, typed=typed)
    write_atomically(path, content, seen=seen)
    return kept


def keep_copy(path: Path, saved_at: datetime | None) -> Path:
    """A copy of the workbook at `path` in the folder of archives beside it, once for each content."""
    content = path.read_bytes()
    when = f"_{saved_at:%Y-%m-%d_%Hh%M}" if saved_at else ""
    mark = hashlib.sha256(content).hexdigest()[:MARK_LENGTH]  # two copies of one minute keep apart
    copy = path.parent / ARCHIVES / f"{path.stem}{when}_{mark}{path.suffix}"
    if not copy.exists():
        write_atomically(copy, content, like=path)
    return copy


def _keep(path: Path, content: bytes, *, typed: bool) -> Path | None:
    """A copy where what stands there is not as cvsheet wrote it: a person saved it, or it is something else."""
    try:
        if path.read_bytes() == content:
            return None
        grid = open_grid(path)
    except UnreadableFile:
        return keep_copy(path, None)
    except OSError as error:
        raise OutputError(f"« {path} » ne peut pas être lu : rien n’a été remplacé.") from error
    return keep_copy(path, grid.saved_at) if typed or saved_by_another(grid) else None
