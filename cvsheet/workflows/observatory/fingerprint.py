"""By what a contract is known to be unchanged: all that its tables are made from, and the program that makes them.

Only contents and names count, never the dates of files or the machine: a folder that was copied, or that is read by
another machine of a cluster, is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import cvsheet
from cvsheet.files.file_names import is_lock
from cvsheet.schema.tables import data_folder
from cvsheet.workflows.editions import RECORD
from cvsheet.workflows.export_folder import PUBLIC_FOLDER, REAL_FOLDER
from cvsheet.workflows.folder import ContractFolder
from cvsheet.workflows.kept_readings import digest_of
from cvsheet.workflows.receive import arrivals
from cvsheet.workflows.replacing import ARCHIVES


def fingerprint(place: ContractFolder, *, public: bool) -> str:
    """The sum of the contract in the folder `place`; OSError where a file cannot be read.

    The published editions are left to `with_editions`: making one adds itself to them.
    """
    found = sha256(f"{program()} {public}\n".encode())
    for name, path in _files(place, public=public):
        content = digest_of(path) or str(path.stat().st_size if path.is_file() else None).encode()
        found.update(f"{name}\0".encode("utf-8", "surrogatepass") + content + b"\n")
    for path in sorted(place.outbox.glob("*/*")):
        found.update(f"{path.parent.name}/{path.name}\n".encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def with_editions(known: str, place: ContractFolder) -> str:
    """The same with what was published of the contract so far."""
    record = digest_of(place.results / ARCHIVES / RECORD) or b""
    return sha256(known.encode() + record).hexdigest()


@cache
def program() -> str:
    """The sum of the program: alike on two machines that run the same one."""
    package = Path(cvsheet.__file__).parent
    found = sha256(cvsheet.__version__.encode())
    for folder, pattern in ((package, "*.py"), (data_folder("schemas"), "*.json")):
        for path in sorted(folder.rglob(pattern)):
            found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def _files(place: ContractFolder, *, public: bool) -> Iterator[tuple[str, Path]]:
    """What the tables depend on: the contract, its lists, what came back, the masters; for publication, editions too.
    Each with a name."""
    folders = [place.root, place.results]
    if public:
        editions = (place.results, place.results / REAL_FOLDER, place.results / PUBLIC_FOLDER)
        folders += [folder / ARCHIVES for folder in editions] + [*editions[1:]]
    for folder in folders:
        files = sorted(folder.iterdir()) if folder.is_dir() else []
        kept = (path for path in files if path.is_file() and path.name != RECORD and not _passing(path.name))
        yield from ((path.relative_to(place.root).as_posix(), path) for path in kept)
    if place.inbox.exists():
        yield from ((one.name, one.path) for one in arrivals([place.inbox], place.root))


def _passing(name: str) -> bool:
    """What comes and goes while programs work."""
    return is_lock(name) or name.startswith(".")
