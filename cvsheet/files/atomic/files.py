"""One file out."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from pathlib import Path
from typing import Literal

from cvsheet.errors import OutputError
from cvsheet.files.atomic.locks import refuse_open
from cvsheet.files.atomic.refused import reason
from cvsheet.files.atomic.scratch import pieces_of, temporary_file

Digest = str | None
"""What a file was when it was looked at: its sha256, None where there was none."""


def look(path: Path) -> Digest:
    """What stands at `path` now, to be given to `write_atomically` when it is replaced later."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise OutputError(f"Impossible de lire « {path} » : {reason(error)}.") from error


def seen_as(data: bytes) -> Digest:
    """What `look` says of a file that holds `data`."""
    return hashlib.sha256(data).hexdigest()


def write_atomically(
    path: Path, data: bytes | Path, *, seen: Digest | Literal[False] = False, like: Path | None = None
) -> None:
    """Put `data`, or what the file there holds, at `path` through a temporary file in the same folder; OutputError, in
    French, where that fails.

    Where `seen` is given, the file is replaced only if it still is what it was then: nobody's work is lost that was
    saved in between. The permissions of a replaced file stay, a copy has those of the file that it is `like`; a file
    that its owner made read-only is not replaced.
    """
    target = _behind_link(path)
    refuse_held(path)
    with contextlib.ExitStack() as held:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary = held.enter_context(temporary_file(target))
        except OSError as error:
            raise OutputError(f"Impossible d’écrire dans le dossier « {path.parent} » : {reason(error)}.") from error
        try:
            temporary.fill_from(pieces_of(data) if isinstance(data, Path) else [data])
            keep_permissions(temporary.path, like or target)
            if seen is not False and look(target) != seen:
                raise OutputError(
                    f"« {path} » vient d’être enregistré par quelqu’un d’autre : rien n’a été remplacé. "
                    "Relancez la commande."
                )
            temporary.path.replace(target)
        except PermissionError as error:
            raise OutputError(
                f"Impossible de remplacer « {path} » : le fichier est sans doute ouvert dans Excel ou LibreOffice. "
                "Fermez-le, puis relancez la commande."
            ) from error
        except OSError as error:
            raise OutputError(f"Impossible d’écrire « {path} » : {reason(error)}.") from error
    sync(target.parent)


def make_folder(folder: Path) -> None:
    """Make `folder` and those above where they are missing; OutputError, in French, where that fails."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"Impossible de créer le dossier « {folder} » : {reason(error)}.") from error


def keep_permissions(new: Path, former: Path) -> None:
    """Give `new` the permissions of `former`; those of any new file where there is no such file."""
    try:
        status = former.stat()
    except OSError:
        new.chmod(0o666 & ~_umask())  # a temporary file is private; a shared folder's file is not
        return
    with contextlib.suppress(OSError, AttributeError):  # not ours to give, or Windows
        os.chown(new, -1, status.st_gid)
    new.chmod(stat.S_IMODE(status.st_mode))


def _behind_link(path: Path) -> Path:
    """The file that `path` leads to: a link stays one."""
    try:
        return path.resolve() if path.is_symlink() else path
    except OSError:  # a name too long, say: writing tells
        return path


def refuse_held(path: Path) -> None:
    """OutputError where the file at `path` is open elsewhere, or where its owner may not write it: whoever set that
    wants it kept."""
    refuse_open(path)
    with contextlib.suppress(OSError):
        if path.is_file() and not path.stat().st_mode & stat.S_IWUSR:
            raise OutputError(
                f"« {path} » est en lecture seule : rien n’a été remplacé. Retirez cette protection (propriétés du "
                "fichier), ou déplacez-le, puis relancez la commande."
            )


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def sync(path: Path) -> None:
    """Make a file, or the names in a folder, durable where the system allows it (not on Windows)."""
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
