"""Temporary files and folders: known by their names, held while their run lives, removed by the next run if it died.

A run that is killed removes nothing, and what it had begun to write may be real answers. So each temporary file is
locked as long as its run lives (the system lets go of the lock with the process, however it ends), and whoever writes
beside it later removes those that nobody holds. Where there are no such locks (Windows), age decides.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
import time
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

ENDING = ".cvsheet.tmp"
PREFIX = "cvsheet-"  # in the system's folder for temporary files
_OURS = re.compile(r"\..+" + re.escape(ENDING) + rf"|{PREFIX}\w{{8}}", re.DOTALL)
_STAGED = re.compile(r"\.(?P<target>.+)\.\w{8}" + re.escape(ENDING), re.DOTALL)
_EARLIER = re.compile(r"\.(?P<name>.+)\.[a-z0-9_]{8}\.tmp", re.DOTALL)  # as versions before 0.2 called them
PIECE = 1 << 20  # bytes
OLD = "old"  # in the temporary folder: the folder that is being replaced
WITHOUT_LOCKS = 3600  # seconds: no file takes an hour to be written

_looked_through: dict[Path, int] = {}
"""Folder -> when it had last changed (ns): it is looked through again only once it has changed again."""


@dataclass(frozen=True, slots=True)
class TemporaryFile:
    """A file being written; its `handle` holds the lock."""

    path: Path
    handle: int

    def fill(self, data: bytes) -> None:
        """Write `data` down to the disk. Where nothing is locked the file is closed, as Windows renames no open one."""
        self.fill_from([data])

    def fill_from(self, pieces: Iterable[bytes]) -> None:
        """The same of what `pieces` bring."""
        with os.fdopen(self.handle, "wb", closefd=not fcntl) as stream:
            stream.writelines(pieces)
            stream.flush()
            os.fsync(stream.fileno())


def pieces_of(path: Path) -> Iterator[bytes]:
    """What the file at `path` holds, piece by piece."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


@contextmanager
def temporary_file(target: Path) -> Iterator[TemporaryFile]:
    """A new file beside `target`, held as long as this lasts and gone afterwards; OSError as it comes."""
    sweep(target.parent, target.name)
    while True:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=ENDING, dir=target.parent)
        if _hold(handle, Path(name)):
            break
        os.close(handle)
    try:
        yield TemporaryFile(Path(name), handle)
    finally:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        with contextlib.suppress(OSError):
            os.close(handle)
        _remember(target.parent)


@contextmanager
def temporary_folder(target: Path) -> Iterator[Path]:
    """A new folder beside `target`, held as long as this lasts and gone afterwards with all that is in it."""
    sweep(target.parent, target.name)
    with _held_folder(f".{target.name}.", ENDING, target.parent) as place:
        yield place
    _remember(target.parent)


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder in the system's place for temporary files, for as long as this lasts."""
    sweep(Path(tempfile.gettempdir()))
    with _held_folder(PREFIX, "", None) as place:
        yield place


class ScratchFile:
    """The place of a file in a folder of its own for temporary files, gone with the last that holds this."""

    def __init__(self, name: str) -> None:
        held = contextlib.ExitStack()
        self.path = held.enter_context(scratch_folder()) / name
        weakref.finalize(self, held.close)


def sweep(folder: Path, *names: str) -> None:
    """Remove from `folder` what runs that died have left there; what a living one holds stays.

    `names` are files about to be written: temporary files for them under the names of earlier versions go too.
    """
    if _looked_through.get(folder) == _changed(folder):
        return
    with contextlib.suppress(OSError):
        for entry in [*os.scandir(folder)]:
            earlier = _EARLIER.fullmatch(entry.name)
            if _OURS.fullmatch(entry.name) or (earlier and earlier["name"] in names):
                _remove_if_dead(Path(entry.path))
    _remember(folder)


@contextmanager
def _held_folder(prefix: str, suffix: str, parent: Path | None) -> Iterator[Path]:
    while True:
        place = Path(tempfile.mkdtemp(prefix=prefix, suffix=suffix, dir=parent))
        handle = os.open(place, os.O_RDONLY) if fcntl else None
        if handle is None or _hold(handle, place):
            break
        os.close(handle)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
        if handle is not None:
            os.close(handle)


def _hold(handle: int, path: Path) -> bool:
    """Lock what was just made; False where another run took it for a dead one's before it could be locked."""
    if not fcntl:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a disk without locks: age decides there too
        return True
    return path.exists()


def _remove_if_dead(path: Path) -> None:
    with contextlib.suppress(OSError):
        if not fcntl:
            _remove_if_old(path)
            return
        handle = os.open(path, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove(path)
        except BlockingIOError:
            return  # its run is alive
        except OSError:
            _remove_if_old(path)
        finally:
            os.close(handle)


def _remove_if_old(path: Path) -> None:
    if time.time() - path.stat().st_mtime > WITHOUT_LOCKS:
        _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        _put_back(path)
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink()


def _put_back(staging: Path) -> None:
    """The former folder to its place, where a run died between taking it away and putting the new one there."""
    name = _STAGED.fullmatch(staging.name)
    if name and (staging / OLD).is_dir() and not staging.with_name(name["target"]).exists():
        (staging / OLD).rename(staging.with_name(name["target"]))


def _changed(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return -1


def _remember(folder: Path) -> None:
    _looked_through[folder] = _changed(folder)
