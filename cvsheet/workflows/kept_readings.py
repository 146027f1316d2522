"""What was read of the returned files, kept beside the contract for the next command: a file is read once.

A reading is found by what it depends on and by nothing else: the bytes of the file and its name, the contract, the
version of the program with its code and the libraries that read. Where any of them changed, or what is kept is damaged,
cut short or of another origin, the file is read anew: nothing can be read wrong, and the folder may be deleted at any
time. It holds answers, so only its owner may look into it. Its format is MessagePack, checked against the types of a
`Submission`: loading it executes nothing.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import platform
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

import msgspec

import cvsheet
from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.files.grid.limits import DEFAULT_LIMITS
from cvsheet.judging.engine.assessment import Ignored, Received
from cvsheet.model.framework import Framework
from cvsheet.model.submission import Submission

FOLDER = ".cvsheet"
FORMAT = 1
READERS = ("lxml", "msgspec")
OF_THE_MACHINE = (Refusal.HANGS, Refusal.CRASHES, Refusal.TOO_LARGE, Refusal.MISSING)
"""What may be refused today and read tomorrow, the file being the same."""
UNUSED = 90 * 24 * 3600.0  # seconds after which a reading that nobody asked for is deleted
SEAL = 32  # bytes of a sha256


class _Unread(msgspec.Struct, array_like=True):
    """`UnreadableFile`, as it is kept."""

    reason: Refusal
    detail: str
    names: tuple[str, ...]
    at: tuple[str, str]


class _Kept(msgspec.Struct, array_like=True):
    """`Received`, as it is kept: all but the name, by which it was found."""

    submission: Submission | None
    refusal: _Unread | None
    ignored: Ignored | None


_TO_BYTES = msgspec.msgpack.Encoder()
_FROM_BYTES = msgspec.msgpack.Decoder(_Kept)


def to_bytes(received: Received) -> bytes:
    """`received`, which must be no incident, as bytes."""
    refusal = received.refusal
    unread = refusal and _Unread(refusal.reason, refusal.detail, refusal.names, (refusal.sheet, refusal.cell))
    return _TO_BYTES.encode(_Kept(received.submission, unread or None, received.ignored))


def from_bytes(name: str, content: bytes) -> Received:
    """What `to_bytes` made of the file called `name`; msgspec.MsgspecError where it is something else."""
    kept = _FROM_BYTES.decode(content)
    one = kept.refusal
    refusal = UnreadableFile(one.reason, one.detail, one.names, one.at) if one else None
    return Received(name, kept.submission, refusal, ignored=kept.ignored)


@dataclass(frozen=True, slots=True)
class Sought:
    """A reading that is looked for: the sha256 of the file's `content`, and the `key` under which it is kept."""

    content: bytes
    key: str


@dataclass(frozen=True, slots=True)
class KeptReadings:
    """The readings kept in `folder`; `context` is what they depend on beside the files."""

    folder: Path
    context: bytes

    def sought(self, path: Path, name: str, *, chosen: bool) -> Sought | None:
        """What to look for of the file at `path`, shown as `name`; None of one that is not read, being too large."""
        content = digest_of(path)
        if content is None:
            return None
        told = f"{name}\0{chosen}".encode("utf-8", "surrogatepass")
        return Sought(content, hashlib.sha256(b"\0".join((self.context, content, told))).hexdigest())

    def found(self, wanted: Mapping[str, Sought]) -> dict[str, Received]:
        """What is kept of the files shown as the names of `wanted`, of those of which something is."""
        collecting = gc.isenabled()
        gc.disable()  # what is loaded holds no cycle; looking for some takes ten times as long as loading it
        try:
            return {name: one for name, sought in wanted.items() if (one := self.find(sought, name)) is not None}
        finally:
            if collecting:
                gc.enable()

    def find(self, sought: Sought, name: str) -> Received | None:
        """What is kept of the file shown as `name`; None where nothing is that can have been put there."""
        path = self._path(sought)
        try:
            content = path.read_bytes()
            seal, kept = content[:SEAL], content[SEAL:]
            found = from_bytes(name, kept) if seal == _seal(sought, kept) else None
            os.utime(path)
        except (OSError, ValueError, msgspec.MsgspecError):
            return None
        return found

    def keep(self, sought: Sought, path: Path, received: Received) -> None:
        """Keep what was `received` of the file at `path`, unless it changed meanwhile, or it is the machine's doing.

        What cannot be written is not kept: the folder may be read-only, the disk full.
        """
        one, refusal = received.submission, received.refusal
        if received.incident or (refusal is not None and refusal.reason in OF_THE_MACHINE):
            return
        if (bytes.fromhex(one.sha256) if one is not None else digest_of(path)) != sought.content:
            return
        with contextlib.suppress(OSError, UnicodeError):
            kept = to_bytes(received)
            self._write(self._path(sought), _seal(sought, kept) + kept)

    def forget_unused(self, now: float | None = None) -> None:
        """Delete what nobody asked for in a long time (`now` in seconds since 1970)."""
        before = (time.time() if now is None else now) - UNUSED
        for path in self.folder.glob("*/*"):
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < before:
                    path.unlink()

    def _path(self, sought: Sought) -> Path:
        return self.folder / sought.key[:2] / sought.key[2:]

    def _write(self, path: Path, content: bytes) -> None:
        """Whole or not at all, for its owner only. Nothing waits for the disk: what a power cut leaves has no seal."""
        for folder in (self.folder.parent, self.folder, path.parent):
            folder.mkdir(mode=0o700, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)


def kept_readings(root: Path, framework: Framework) -> KeptReadings:
    """What is kept in the contract's folder `root` of files read for `framework` by this very program."""
    unmoved = tuple(replace(one, announced=()) for one in framework.campaigns)  # who was told which day since
    stated = replace(framework, campaigns=unmoved)
    context = hashlib.sha256(_program() + repr(stated).encode("utf-8", "surrogatepass"))
    return KeptReadings(root / FOLDER / "lectures", context.digest())


def digest_of(path: Path) -> bytes | None:
    """The sha256 of the file at `path`; None where it is too large to be read, or no file."""
    try:
        if not path.is_file() or path.stat().st_size > DEFAULT_LIMITS.file_size:
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return None


def _seal(sought: Sought, kept: bytes) -> bytes:
    """What a reading begins with: nothing else can stand under that key."""
    return hashlib.sha256(sought.key.encode() + kept).digest()


@cache
def _program() -> bytes:
    """What reads: versions, and each module of the program with its size and the time of its last change."""
    package = Path(cvsheet.__file__).parent
    states = ((path, path.stat()) for path in sorted(package.rglob("*.py")))
    code = [f"{path.relative_to(package)} {state.st_size} {state.st_mtime_ns}" for path, state in states]
    versions = [cvsheet.__version__, platform.python_version(), *(version(name) for name in READERS)]
    return "\n".join([str(FORMAT), *versions, *code]).encode()
