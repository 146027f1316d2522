"""A returned file handed over by a program, a browser for one: kept in `retours/` under a name that nothing has yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from cvsheet.errors import UsageError
from cvsheet.files.atomic import put_new, safe_stem
from cvsheet.files.file_names import is_launcher, is_lock, is_trace
from cvsheet.files.grid.limits import DEFAULT_LIMITS, MEGABYTE
from cvsheet.text.french import typeset
from cvsheet.workflows.folder import ContractFolder

PIECE = 1 << 20  # bytes read at a time
_LONGEST_STEM, _LONGEST_ENDING = 180, 20  # bytes of a file name, which may have 255
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{one}{n}" for one in ("com", "lpt") for n in range(1, 10))})
"""Names that are no files on Windows."""
_NAMELESS = "fichier"


def drop(place: ContractFolder, name: str, content: BinaryIO) -> Path:
    """Keep what `content` holds in `retours/`, under the safe form of `name`: where it is now. UsageError where it is
    larger than any return may be: nothing is kept then."""
    return put_new(place.inbox, safe_name(name), _pieces(name, content))


def safe_name(name: str) -> str:
    """`name`, as a browser sends it, as a file may be called on every system: one that is read like any other, and
    that leads nowhere else."""
    last = PurePosixPath(name.replace("\\", "/")).name
    path = PurePosixPath(last)
    stem = _shortened(safe_stem(path.stem), _LONGEST_STEM)
    ending = _shortened("".join(char for char in path.suffix if char.isalnum() or char == "."), _LONGEST_ENDING)
    safe = stem + ending
    if is_trace(safe) or is_lock(safe) or is_launcher(safe) or stem.partition(".")[0].casefold() in _DEVICES:
        return f"{_NAMELESS}_{safe.lstrip('.~$')}"
    return safe


def _shortened(text: str, most: int) -> str:
    return text.encode("utf-8", "replace")[:most].decode(errors="ignore")


def _pieces(name: str, content: BinaryIO) -> Iterator[bytes]:
    """`content` piece by piece, no more than a return may hold."""
    came = 0
    while piece := content.read(PIECE):
        came += len(piece)
        if came > DEFAULT_LIMITS.file_size:
            most = DEFAULT_LIMITS.file_size // MEGABYTE
            raise UsageError(
                typeset(f"« {name} » fait plus de {most} Mo : aucun retour n’est si gros. Rien n’a été gardé.")
            )
        yield piece
