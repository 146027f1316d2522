"""Files out, whole or not at all: a failure or a kill leaves the former file as it was."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from cvsheet.errors import OutputError

_REASONS = {
    errno.EACCES: "vous n’y avez pas accès en écriture",
    errno.EPERM: "vous n’y avez pas accès en écriture",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENOENT: "le dossier n’existe pas et n’a pas pu être créé",
    errno.ENOTDIR: "un fichier porte déjà le nom d’un dossier du chemin",
    errno.EEXIST: "un fichier porte déjà ce nom",
    errno.EISDIR: "un dossier porte déjà ce nom",
    errno.ENOSPC: "le disque est plein",
    errno.ENAMETOOLONG: "le nom est trop long",
}


def write_atomically(path: Path, data: bytes) -> None:
    """Put `data` at `path` through a temporary file in the same folder; OutputError, in French, where that fails."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise OutputError(f"Impossible d’écrire dans le dossier « {path.parent} » : {_reason(error)}.") from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o666 & ~_umask())  # mkstemp is private; a shared folder's file is not
        temporary.replace(path)
    except PermissionError as error:
        raise OutputError(
            f"Impossible de remplacer « {path} » : le fichier est sans doute ouvert dans Excel ou LibreOffice. "
            "Fermez-le, puis relancez la commande."
        ) from error
    except OSError as error:
        raise OutputError(f"Impossible d’écrire « {path} » : {_reason(error)}.") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()
    _sync_folder(path.parent)


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put `files`, by name, at `folder` in place of those of the same kinds there; OutputError where that fails.

    They are written beside and put there by renaming: a failure leaves the former folder whole. A folder that holds
    anything of another kind (extension) is not ours to replace.
    """
    kinds = {Path(name).suffix for name in files}
    if folder.is_dir() and any(one.is_dir() or one.suffix not in kinds for one in folder.iterdir()):
        raise OutputError(
            f"« {folder} » contient autre chose que ce que cvsheet y écrit. Déplacez vos fichiers, puis relancez."
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".tmp", dir=folder.parent))
    except OSError as error:
        raise OutputError(f"Impossible d’écrire dans le dossier « {folder.parent} » : {_reason(error)}.") from error
    try:
        new = beside / "new"
        new.mkdir()
        for name, data in files.items():
            (new / name).write_bytes(data)
        _swap(folder, new, beside / "old")
    except OSError as error:
        raise OutputError(
            f"Impossible de remplacer « {folder} » : {_reason(error)}. Fermez les pages ouvertes, puis relancez."
        ) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    _sync_folder(folder.parent)


def _swap(folder: Path, new: Path, old: Path) -> None:
    """`new` in the place of `folder`, which goes to `old` and comes back where that fails."""
    if not folder.exists():
        new.rename(folder)
        return
    folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        old.rename(folder)
        raise


def _reason(error: OSError) -> str:
    """Why, in French; a number where the system says something rare."""
    return _REASONS.get(error.errno or 0, f"le système l’a refusé (erreur {error.errno})")


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _sync_folder(folder: Path) -> None:
    """Make the renaming itself durable where the system allows it (not on Windows)."""
    with contextlib.suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
