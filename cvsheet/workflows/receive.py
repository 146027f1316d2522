"""What came in: the files and folders given, each file read on its own. First step of `validate`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.framework import Framework
from cvsheet.reading.grid.model import Grid
from cvsheet.rules.assessment import Ignored, Received
from cvsheet.rules.file_versions import natural_key
from cvsheet.workflows.workers import Workers, read_in_workers

OPENED = frozenset(
    {".xlsx", ".xlsm", ".xltx", ".ods", ".ots", ".fods", ".xls", ".xlsb", ".csv", ".tsv", ".numbers", ".zip"}
)
"""Extensions under which a partner may send answers; most are refused, each with its own sentence."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file found: its name as shown, where it is, and why it is not to be opened."""

    name: str
    path: Path
    ignored: Ignored | None


def receive(
    framework: Framework,
    paths: Sequence[Path],
    root: Path,
    tick: Callable[[int, int], None] = lambda done, total: None,
    workers: Workers | None = None,
    *,
    opened: Mapping[Path, Grid] | None = None,
) -> tuple[Received, ...]:
    """Everything at `paths`, folders searched, in the natural order of the paths; each file named from `root`.

    One bad file never stops the others: what cannot be opened is a refusal, an unforeseen crash an incident. `tick` is
    called with how many files are done and how many there are. With `workers` the files are read in processes of their
    own, for the same result; without, in this one. `opened` gives, by path, what is read in place of a file: then, in
    this process.
    """
    found = arrivals(paths, root)
    if workers is not None and found and not opened:
        return read_in_workers(framework, found, workers, read_arrival, tick)
    contents = {_absolute(path): grid for path, grid in (opened or {}).items()}
    received = []
    for done, arrival in enumerate(found, start=1):
        received.append(read_arrival(framework, arrival, contents.get(arrival.path)))
        tick(done, len(found))
    return tuple(received)


def arrivals(paths: Sequence[Path], root: Path) -> tuple[Arrival, ...]:
    """The files at `paths`, folders searched, none of them opened; in the natural order of their names."""
    files: dict[Path, Ignored | None] = {}
    for path in paths:
        for file, ignored in _files_at(path):
            files.setdefault(_absolute(file), ignored)
    named = sorted(((_shown(file, root), file) for file in files), key=lambda pair: (natural_key(pair[0]), pair[0]))
    return tuple(Arrival(name, file, files[file]) for name, file in named)


def _files_at(path: Path) -> Iterator[tuple[Path, Ignored | None]]:
    """The file at `path`, or every file of that folder with why it is not to be opened."""
    if not path.is_dir():
        yield path, None
        return
    top = path.resolve()
    closed: list[Path] = []
    for folder, folders, names in os.walk(path, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if _leaves(Path(folder) / name, top)]  # os.walk enters no link
        for name in sorted([*names, *links]):
            file = Path(folder) / name
            yield file, _ignored(file, top)
    for file in closed:  # a folder that nobody may look into is refused like a file, not passed over
        yield file, None


def _ignored(file: Path, top: Path) -> Ignored | None:
    if _leaves(file, top):
        return Ignored.LINK_OUTSIDE
    if file.name.startswith("."):
        return Ignored.HIDDEN
    return None if file.suffix.casefold() in OPENED else Ignored.NOT_A_WORKBOOK


def _leaves(path: Path, top: Path) -> bool:
    return path.is_symlink() and not path.resolve().is_relative_to(top)


def read_arrival(framework: Framework, arrival: Arrival, opened: Grid | None = None) -> Received:
    """What is read of one file, or of its content `opened` elsewhere; or why it was not read."""
    from cvsheet.reading.returned import read_returned, submission_of

    name, file = arrival.name, arrival.path
    if arrival.ignored is not None:
        return Received(name, ignored=arrival.ignored)
    if file.name.startswith("~$"):
        return Received(name, refusal=UnreadableFile(Refusal.LOCK_FILE))
    try:
        read = submission_of(opened, framework, name) if opened else read_returned(file, framework, name)
        return Received(name, submission=read)
    except UnreadableFile as refusal:
        return Received(name, refusal=refusal)
    except MemoryError:
        return Received(name, refusal=UnreadableFile(Refusal.TOO_LARGE, "more memory than a file may take"))
    except Exception as error:  # a fault of ours in one file must not hide the others
        return Received(name, incident=f"lecture impossible ({type(error).__name__} : {error})")


def _absolute(path: Path) -> Path:
    """`path` in full, its last part as it is: two links to one file stay two files."""
    return path.parent.resolve() / path.name


def _shown(file: Path, root: Path) -> str:
    """The path from `root` with forward slashes; the path in full where it lies elsewhere. Always printable Unicode."""
    base = root.resolve()
    name = file.relative_to(base).as_posix() if file.is_relative_to(base) else file.as_posix()
    return os.fsencode(name).decode("utf-8", "replace")
