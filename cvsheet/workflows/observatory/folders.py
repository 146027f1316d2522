"""Which contract folders are meant: those given, and those in a folder that holds many. And what lies in the folder of
a data set and is none of it: a copy that a synchronisation left, a person's own notes. A reader takes every file of a
folder, so it must not stay; and it is somebody's, so it must not go."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from cvsheet.files.atomic import held_in, move_aside
from cvsheet.text.french import french_count
from cvsheet.workflows.export_folder import few_names
from cvsheet.workflows.folder import WORKBOOK, ContractFolder, named_as_contract


def contract_folders(given: Sequence[Path]) -> tuple[Path, ...]:
    """The folders `given`, each once; of one that is no contract but holds some, those. A folder in which nothing is
    found is named all the same: whoever gave it must hear of it."""
    found = (folder for path in given for folder in _meant(path))
    return tuple(dict.fromkeys(folder.resolve() for folder in found))


def _meant(path: Path) -> Iterator[Path]:
    within = [] if _is_contract(path) else [one for one in _folders_in(path) if _may_be_contract(one)]
    yield from within or [path]


def _is_contract(path: Path) -> bool:
    """Whether a contract's workbook lies in `path`, in whatever format."""
    if (path / WORKBOOK).exists():
        return True
    try:
        return any(named_as_contract(one) for one in path.iterdir() if one.is_file())
    except OSError:
        return False


def _may_be_contract(path: Path) -> bool:
    """Whether `path` is a contract folder, be it without its workbook."""
    place = ContractFolder(path)
    return _is_contract(path) or place.inbox.is_dir() or place.outbox.is_dir()


def _folders_in(path: Path) -> list[Path]:
    try:
        return sorted(one for one in path.iterdir() if one.is_dir() and not one.name.startswith("."))
    except OSError:
        return []


def move_foreign_aside(folder: Path, own: Collection[str]) -> tuple[str, ...]:
    """Move the files of `folder` that are none of its `own` paths into a folder beside; the sentence that says so."""
    foreign = sorted(path for path in _held(folder) if path.relative_to(folder).as_posix() not in own)
    aside = move_aside(folder, foreign)
    if aside is None:
        return ()
    count = french_count(
        len(foreign), "fichier qui n’en vient pas tel quel", "fichiers qui n’en viennent pas tels quels"
    )
    return (f"« {folder.name} » contenait {count} : {few_names(foreign)}. Ils sont maintenant dans « {aside.name} ».",)


def _held(folder: Path) -> Iterator[Path]:
    for path in held_in(folder):
        if path.is_dir() and not path.is_symlink():
            yield from _held(path)
        else:
            yield path
