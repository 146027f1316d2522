"""What a command worked out, kept beside the contract for the next one.

Each thing is found by a key, the sha256 of all that it depends on, the program's own code among it; a seal over key and
content makes anything else (damaged, cut short, kept under another key) as good as nothing. It holds answers, so only
its owner may look into it. The folder may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import platform
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import cvsheet
from cvsheet.schema.tables import data_folder

FOLDER = ".cvsheet"
FORMAT = 2
LIBRARIES = ("lxml", "msgspec", "pandas", "pandera", "xlsxwriter")
UNUSED = 90 * 24 * 3600.0  # seconds after which what nobody asked for is deleted
SEAL = 32  # bytes of a sha256
_OURS = re.compile(r"[0-9a-f]{62}\w*")  # a key without its folder; more while it is written


@dataclass(frozen=True, slots=True)
class Store:
    """A folder with one file for each thing that is kept, so that two commands at once disturb nobody."""

    folder: Path

    def find(self, key: str) -> bytes | None:
        """What is kept under `key`; None where nothing is that can have been put there."""
        path = self._path(key)
        try:
            content = path.read_bytes()
            seal, kept = content[:SEAL], content[SEAL:]
            if seal != _seal(key, kept):
                return None
        except (OSError, ValueError):
            return None
        with contextlib.suppress(OSError):  # where nothing can be written
            os.utime(path)
        return kept

    def keep(self, key: str, content: bytes) -> bool:
        """Keep `content` under `key`; whether it could be: the folder may be read-only, the disk full."""
        with contextlib.suppress(OSError, UnicodeError):
            self._write(self._path(key), _seal(key, content) + content)
            return True
        return False

    def forget_unused(self, now: float | None = None) -> None:
        """Delete what nobody asked for in a long time (`now` in seconds since 1970)."""
        before = (time.time() if now is None else now) - UNUSED
        for path in self.folder.glob("??/*"):
            with contextlib.suppress(OSError):
                if _OURS.fullmatch(path.name) and path.stat().st_mtime < before:
                    path.unlink()

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]

    def _write(self, path: Path, content: bytes) -> None:
        """Whole or not at all, for its owner only. Nothing waits for the disk: what a power cut leaves has no seal."""
        for folder in (self.folder.parent, self.folder, path.parent):
            folder.mkdir(mode=0o700, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=path.name, dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            temporary.replace(path)
        except OSError:
            temporary.unlink()
            raise


def key_of(*parts: bytes | str) -> str:
    """The key of what depends on `parts`, and on the program that works it out."""
    told = hashlib.sha256(program())
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        told.update(len(content).to_bytes(8, "big") + content)
    return told.hexdigest()


@contextmanager
def no_collection() -> Iterator[None]:
    """While things without cycles are loaded: looking for some takes ten times as long as loading them."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _seal(key: str, kept: bytes) -> bytes:
    """What a file begins with: nothing else can stand under that key."""
    return hashlib.sha256(key.encode() + kept).digest()


@cache
def program() -> bytes:
    """What works: versions, and each module and each schema with its size and the time of its last change."""
    package, schemas = Path(cvsheet.__file__).parent, Path(str(data_folder("schemas")))
    states = ((path, path.stat()) for path in (*sorted(package.rglob("*.py")), *sorted(schemas.glob("*.json"))))
    code = [f"{path} {state.st_size} {state.st_mtime_ns}" for path, state in states]
    versions = [cvsheet.__version__, platform.python_version(), *(version(name) for name in LIBRARIES)]
    return "\n".join([str(FORMAT), *versions, *code]).encode()
