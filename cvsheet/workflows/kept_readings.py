"""What was read of the returned files, kept beside the contract for the next command: a file is read once.

A reading is found by what it depends on and by nothing else: the bytes of the file and its name, the contract, the
version of the program with its code and the libraries that read. Where any of them changed, or what is kept is damaged,
cut short or of another origin, the file is read anew: nothing can be read wrong. Its format is MessagePack, checked
against the types of a `Submission`: loading it executes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from sys import intern

import msgspec

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.files.grid.limits import DEFAULT_LIMITS
from cvsheet.judging.engine.assessment import Ignored, Received
from cvsheet.memoising import MOST
from cvsheet.model.framework import Framework
from cvsheet.model.submission import NOTHING_BESIDE, Answer, Submission
from cvsheet.workflows.kept import FOLDER, Store, key_of, no_collection

OF_THE_MACHINE = (Refusal.HANGS, Refusal.CRASHES, Refusal.TOO_LARGE, Refusal.MISSING)
"""What may be refused today and read tomorrow, the file being the same."""


class _Unread(msgspec.Struct, array_like=True):
    """`UnreadableFile`, as it is kept."""

    reason: Refusal
    detail: str
    names: tuple[str, ...]
    at: tuple[str, str]


class _KeptReading(msgspec.Struct, array_like=True):
    """`Received`, as it is kept: all but the name, by which it was found."""

    submission: Submission | None
    refusal: _Unread | None
    ignored: Ignored | None


_TO_BYTES = msgspec.msgpack.Encoder()
_FROM_BYTES = msgspec.msgpack.Decoder(_KeptReading)


def to_bytes(received: Received) -> bytes:
    """`received`, which must be no incident, as bytes."""
    refusal = received.refusal
    unread = refusal and _Unread(refusal.reason, refusal.detail, refusal.names, (refusal.sheet, refusal.cell))
    return _TO_BYTES.encode(_KeptReading(received.submission, unread or None, received.ignored))


def as_bytes(received: Received) -> Received | bytes:
    """`received` as bytes, or itself where they would not say it all."""
    if received.incident:
        return received
    try:
        return to_bytes(received)
    except (TypeError, OverflowError, UnicodeError):
        return received


def from_bytes(name: str, content: bytes) -> Received:
    """What `to_bytes` made of the file called `name`; msgspec.MsgspecError where it is something else."""
    with no_collection():
        kept = _FROM_BYTES.decode(content)
    if kept.submission is not None:
        _share_texts(kept.submission)
    one = kept.refusal
    refusal = UnreadableFile(one.reason, one.detail, one.names, one.at) if one else None
    return Received(name, kept.submission, refusal, ignored=kept.ignored)


def _share_texts(read: Submission) -> None:
    """Have equal texts and answers be one object again, in all files: of ten thousand returns, a hundred megabytes."""
    for seen in read.observations:
        for name in ("campaign", "partner", "line", "file", "sheet"):
            object.__setattr__(seen, name, intern(getattr(seen, name)))
        if not seen.beside:
            object.__setattr__(seen, "beside", NOTHING_BESIDE)
        for entry in (seen.entry, *seen.beside.values()):
            object.__setattr__(entry, "cell", intern(entry.cell))
            object.__setattr__(entry, "raw", intern(entry.raw))
            if entry.answer.number != 0:  # -0.0 is equal to 0.0, and not the same
                object.__setattr__(entry, "answer", _shared(entry.answer))


@lru_cache(maxsize=MOST)
def _shared(answer: Answer) -> Answer:
    """The first of all answers that are equal to it."""
    return answer


@dataclass(frozen=True, slots=True)
class Sought:
    """A reading that is looked for: the sha256 of the file's `content`, and the `key` under which it is kept."""

    content: bytes
    key: str


@dataclass(frozen=True, slots=True)
class KeptReadings:
    """The readings kept in `store`; `context` is what they depend on beside the files."""

    store: Store
    context: str

    def sought(self, path: Path, name: str, *, chosen: bool) -> Sought | None:
        """What to look for of the file at `path`, shown as `name`; None of one that is not read, being too large."""
        content = digest_of(path)
        if content is None:
            return None
        return Sought(content, key_of(self.context, content, name, str(chosen)))

    def found(self, wanted: Mapping[str, Sought]) -> dict[str, Received]:
        """What is kept of the files shown as the names of `wanted`, of those of which something is."""
        with no_collection():
            return {name: one for name, sought in wanted.items() if (one := self.find(sought, name)) is not None}

    def find(self, sought: Sought, name: str) -> Received | None:
        """What is kept of the file shown as `name`; None where nothing is that can have been put there."""
        kept = self.store.find(sought.key)
        try:
            return None if kept is None else replace(from_bytes(name, kept), reading=sought.key)
        except (ValueError, msgspec.MsgspecError):
            return None

    def keep(self, sought: Sought, path: Path, received: Received) -> Received:
        """Keep what was `received` of the file at `path`, unless it changed meanwhile, or it is the machine's doing.

        The same is returned, with the key under which it is kept.
        """
        one, refusal = received.submission, received.refusal
        if refusal is not None and refusal.reason in OF_THE_MACHINE:
            return received
        if (bytes.fromhex(one.sha256) if one is not None else digest_of(path)) != sought.content:
            return received
        said = as_bytes(received)
        kept = isinstance(said, bytes) and self.store.keep(sought.key, said)
        return replace(received, reading=sought.key) if kept else received


def kept_readings(root: Path, framework: Framework) -> KeptReadings:
    """What is kept in the contract's folder `root` of files read for `framework` by this very program."""
    unmoved = tuple(replace(one, announced=()) for one in framework.campaigns)  # who was told which day since
    stated = replace(framework, campaigns=unmoved)
    return KeptReadings(Store(root / FOLDER / "lectures"), key_of(repr(stated)))


def digest_of(path: Path) -> bytes | None:
    """The sha256 of the file at `path`; None where it is too large to be read, or no file."""
    try:
        if not path.is_file() or path.stat().st_size > DEFAULT_LIMITS.file_size:
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return None
