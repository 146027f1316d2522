"""Files out, whole or not at all: a failure or a kill leaves the former file as it was."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from cvsheet.errors import OutputError


def write_atomically(path: Path, data: bytes) -> None:
    """Put `data` at `path` through a temporary file in the same folder; OutputError, in French, where that fails."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise OutputError(f"Impossible d’écrire dans le dossier « {path.parent} » : {error.strerror}.") from error
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
        raise OutputError(f"Impossible d’écrire « {path} » : {error.strerror or error}.") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()
    _sync_folder(path.parent)


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
