"""One writer at a time in a folder: a command waits for its turn while another one, or the desk, writes there.

Each file is written whole or not at all; a turn is for what takes several of them, and for lists that are read, added
to and written again, like *suivi.csv*. The system lets go of a turn with the process that holds it, however it ends.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cvsheet.errors import OutputError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]
    import msvcrt

PATIENCE = 300.0  # seconds: no command writes for so long
GLANCE = 0.1  # seconds between two attempts


@contextmanager
def own_turn(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Nobody else has a turn in `folder` as long as this lasts; OutputError where another one lasts too long.

    A disk without locks (some network drives) gives no turns: there each file is protected for itself only.
    """
    try:
        handle = _opened(folder)
    except OSError:  # no such folder yet, or a place for nobody: writing tells
        yield
        return
    try:
        _wait(handle, folder, time.monotonic() + patience)
        yield
    finally:
        _let_go(handle)
        os.close(handle)


def _opened(folder: Path) -> int:
    """What is locked: the folder itself; on Windows, where that cannot be, a file of its own for temporary things."""
    if fcntl:
        return os.open(folder, os.O_RDONLY)
    name = hashlib.sha256(os.path.normcase(folder.resolve()).encode("utf-8", "surrogatepass")).hexdigest()
    return os.open(Path(tempfile.gettempdir()) / f"cvsheet-{name}.lock", os.O_RDWR | os.O_CREAT)


def _wait(handle: int, folder: Path, until: float) -> None:
    while not _taken(handle):
        if time.monotonic() > until:
            raise OutputError(
                f"Une autre commande ou un bureau cvsheet écrit dans « {folder} » depuis longtemps : rien n’a été "
                "écrit. Attendez qu’il finisse, ou fermez-le, puis relancez."
            )
        time.sleep(GLANCE)


def _taken(handle: int) -> bool:
    """Whether the turn is ours now; where nothing can be locked it is too."""
    try:
        if fcntl:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True


def _let_go(handle: int) -> None:
    if not fcntl:
        with contextlib.suppress(OSError):
            msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined,unused-ignore]
