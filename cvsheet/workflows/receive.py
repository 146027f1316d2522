"""What came in: the files and folders given, each file read on its own. First step of `validate`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.files.file_names import (
    is_launcher,
    is_lock,
    is_of_the_system,
    is_trace,
    is_trace_folder,
    named_as_document,
    sent_as_workbook,
)
from cvsheet.files.grid.model import Grid
from cvsheet.files.grid.sniffing import HEAD, UNNAMED_COMPOUND, at_a_glance
from cvsheet.judging.engine.assessment import Ignored, Received
from cvsheet.judging.files.versions import natural_key
from cvsheet.model.framework import Framework
from cvsheet.workflows.kept_readings import KeptReadings, kept_readings
from cvsheet.workflows.workers import Reader, Workers, read_in_workers, warm_reader

ANSWERS = (
    Refusal.LEGACY_XLS,
    Refusal.BINARY_XLSB,
    Refusal.CSV,
    Refusal.OPEN_DATA,
    Refusal.FLAT_XML,
    Refusal.NUMBERS,
    Refusal.SHORTCUT,
    Refusal.EMAIL,
    Refusal.BASE64,
)
"""What may hold answers, under any name."""
NO_ANSWER = (
    Refusal.EMPTY,
    Refusal.PROSE,
    Refusal.HTML,
    Refusal.PDF,
    Refusal.PLAIN_ZIP,
    Refusal.OTHER_DOCUMENT,
    Refusal.UNKNOWN,
    Refusal.LEGACY_XLS,
)
"""What holds none that could be read, unless its name says that somebody meant to answer."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file found: its name as shown, where it is, and why it is not to be opened."""

    name: str
    path: Path
    ignored: Ignored | None
    chosen: bool = True  # named by the user, not found in a folder: then it is meant to be read


class Found(NamedTuple):
    """A file before it has a name to show. A named tuple: a folder may hold a hundred thousand."""

    path: Path
    ignored: Ignored | None = None
    chosen: bool = False


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
    settled = {arrival.name: one for arrival in found if (one := _at_a_glance(arrival)) is not None}
    to_read = [arrival for arrival in found if arrival.name not in settled]
    if workers is not None and to_read and not opened:
        kept = kept_readings(root, framework) if workers.keep else None
        settled |= {one.file: one for one in _read_once(framework, to_read, workers, kept, tick)}
    else:
        settled |= {one.file: one for one in _read_here(framework, to_read, opened or {}, tick)}
    return tuple(settled[arrival.name] for arrival in found)


def _read_once(
    framework: Framework,
    found: Sequence[Arrival],
    workers: Workers,
    kept: KeptReadings | None,
    tick: Callable[[int, int], None],
) -> Iterator[Received]:
    """What is `kept` of the files `found`, the others read in `workers` and kept for the next time."""
    known: dict[str, Received] = {}
    sought = {}
    if kept is not None:
        sought = {one.name: key for one in found if (key := kept.sought(one.path, one.name, chosen=one.chosen))}
        known = kept.found(sought)
    new = [arrival for arrival in found if arrival.name not in known]
    tick(len(known), len(found))
    yield from known.values()
    if not new:
        return
    read = read_in_workers(framework, new, workers, read_arrival, lambda done, _: tick(len(known) + done, len(found)))
    for arrival, one in zip(new, read, strict=True):
        key = sought.get(arrival.name)
        yield one if kept is None or key is None else kept.keep(key, arrival.path, one)
    if kept is not None:
        kept.store.forget_unused()


@contextmanager
def one_by_one(framework: Framework, root: Path, workers: Workers | None) -> Iterator[Reader]:
    """How to read a file whenever one comes, in a worker that waits for it; in this process without `workers`."""
    if workers is None:
        yield read_arrival
        return
    kept = kept_readings(root, framework) if workers.keep else None
    with warm_reader(framework, workers, read_arrival) as read:

        def known_or_read(_: Framework, arrival: Arrival) -> Received:
            told = _at_a_glance(arrival)
            if told is not None:
                return told
            key = kept.sought(arrival.path, arrival.name, chosen=arrival.chosen) if kept else None
            known = kept.find(key, arrival.name) if kept and key else None
            if known is not None:
                return known
            received = read(framework, arrival)
            return received if kept is None or key is None else kept.keep(key, arrival.path, received)

        yield known_or_read


def _read_here(
    framework: Framework, found: Sequence[Arrival], opened: Mapping[Path, Grid], tick: Callable[[int, int], None]
) -> tuple[Received, ...]:
    contents = {_absolute(path): grid for path, grid in opened.items()}
    received = []
    for done, arrival in enumerate(found, start=1):
        received.append(read_arrival(framework, arrival, contents.get(arrival.path)))
        tick(done, len(found))
    return tuple(received)


def arrivals(paths: Sequence[Path], root: Path) -> tuple[Arrival, ...]:
    """The files at `paths`, folders searched, none of them opened; in the natural order of their names."""
    files: dict[Path, Found] = {}
    for path in paths:
        for found in _files_at(path):
            files.setdefault(found.path, found)
    base = root.resolve()
    arrived = (Arrival(_shown(one.path, base), one.path, one.ignored, one.chosen) for one in files.values())
    return tuple(sorted(arrived, key=lambda one: (natural_key(one.name), one.name)))


def _files_at(path: Path) -> Iterator[Found]:
    """The file at `path`, or every file of that folder with why it is not to be opened."""
    if not path.is_dir():
        yield Found(_absolute(path), Ignored.HIDDEN if is_of_the_system(path.name) else None, chosen=True)
        return
    top = path.resolve()
    closed: list[Path] = []
    for folder, folders, names in os.walk(path, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = sorted(name for name in folders if not is_trace_folder(name))
        here = Path(folder).resolve()
        links = [name for name in folders if _leaves(here / name, top)]  # os.walk enters no link
        for name in (*names, *links):
            if not is_launcher(name):
                yield Found(here / name, _ignored(here / name, top))
    for file in closed:  # a folder that nobody may look into is refused like a file, not passed over
        yield Found(_absolute(file), chosen=True)


def _ignored(file: Path, top: Path) -> Ignored | None:
    if _leaves(file, top):
        return Ignored.LINK_OUTSIDE
    return Ignored.HIDDEN if is_trace(file.name) else None


def _leaves(path: Path, top: Path) -> bool:
    return path.is_symlink() and not path.resolve().is_relative_to(top)


def read_arrival(framework: Framework, arrival: Arrival, opened: Grid | None = None) -> Received:
    """What is read of one file, or of its content `opened` elsewhere; or why it was not read."""
    from cvsheet.books.partner.reading import read_returned, submission_of

    name, file = arrival.name, arrival.path
    if arrival.ignored is not None:
        return Received(name, ignored=arrival.ignored)
    if is_lock(file.name):
        return Received(name, refusal=UnreadableFile(Refusal.LOCK_FILE))
    try:
        read = submission_of(opened, framework, name) if opened else read_returned(file, framework, name)
        return Received(name, submission=read)
    except UnreadableFile as refusal:
        return _unread(arrival, refusal)
    except MemoryError:
        return Received(name, refusal=UnreadableFile(Refusal.TOO_LARGE, "more memory than a file may take"))
    except Exception as error:  # a fault of ours in one file must not hide the others
        return Received(name, incident=f"lecture impossible ({type(error).__name__} : {error})")


def _at_a_glance(arrival: Arrival) -> Received | None:
    """What becomes of a file that need not be read, told by its first bytes; None of one that must be.

    A folder may hold a hundred thousand photos beside the returns: no worker is asked about them.
    """
    if arrival.ignored is not None:
        return Received(arrival.name, ignored=arrival.ignored)
    if is_lock(arrival.path.name):
        return Received(arrival.name, refusal=UnreadableFile(Refusal.LOCK_FILE))
    if arrival.chosen or sent_as_workbook(arrival.path.name):
        return None
    try:
        if not arrival.path.is_file():  # a pipe would be waited for
            return None
        with arrival.path.open("rb") as file:
            refusal = at_a_glance(file.read(HEAD))
    except (OSError, ValueError):
        return None
    return None if refusal is None else _unread(arrival, refusal)


def _unread(arrival: Arrival, refusal: UnreadableFile) -> Received:
    """`refusal` of a file, which is only noted where neither its content nor its name says that somebody answered."""
    name = arrival.path.name
    meant = arrival.chosen or sent_as_workbook(name) or _holds_answers(refusal)
    beside = not meant and (refusal.reason in NO_ANSWER or named_as_document(name))
    return Received(arrival.name, refusal=refusal, ignored=Ignored.NOT_A_WORKBOOK if beside else None)


def _holds_answers(refusal: UnreadableFile) -> bool:
    if refusal.reason is Refusal.PLAIN_ZIP:
        return bool(refusal.names)
    return refusal.reason in ANSWERS and refusal.detail != UNNAMED_COMPOUND


def _absolute(path: Path) -> Path:
    """`path` in full, its last part as it is: two links to one file stay two files."""
    return path.parent.resolve() / path.name


def _shown(file: Path, base: Path) -> str:
    """The path from `base` with forward slashes; the path in full where it lies elsewhere. Always printable Unicode."""
    name = file.relative_to(base).as_posix() if file.is_relative_to(base) else file.as_posix()
    return os.fsencode(name).decode("utf-8", "replace")
