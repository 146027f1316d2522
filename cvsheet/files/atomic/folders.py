"""A folder out, replaced whole."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path

from cvsheet.errors import OutputError
from cvsheet.files.atomic.files import keep_permissions, sync
from cvsheet.files.atomic.refused import reason
from cvsheet.files.atomic.scratch import OLD, temporary_folder

ASIDE = "autres fichiers"
_NOBODYS = re.compile(r"\.ds_store|thumbs\.db|desktop\.ini|~\$.*|\.~lock\..*", re.IGNORECASE | re.DOTALL)
"""What file managers and open spreadsheets leave."""


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put `files`, by name, at `folder` in place of those of the same kinds there; OutputError where that fails.

    They are written beside and put there by renaming: a failure leaves the former folder whole. A folder that holds
    anything of another kind (extension) is not ours to replace.
    """
    kinds = {Path(name).suffix for name in files}
    if any(path.is_dir() or path.suffix not in kinds for path in held_in(folder)):
        raise OutputError(
            f"« {folder} » contient autre chose que ce que cvsheet y écrit. Déplacez vos fichiers, puis relancez."
        )
    _put(linked_to(folder), files)


def replace_package(folder: Path, files: Mapping[str, bytes], strangers: Sequence[Path]) -> Path | None:
    """Put `files`, by name, at `folder` as all that is there; OutputError where that fails.

    What stood there goes with the former package, except `strangers`, which are moved as by `move_aside`. A failure
    leaves the former package whole.
    """
    aside = move_aside(folder, strangers)
    _put(linked_to(folder), files)
    return aside


def linked_to(folder: Path) -> Path:
    """The folder to replace: where a link leads, so that the link stays."""
    return folder.resolve() if folder.is_symlink() else folder


def held_in(folder: Path) -> list[Path]:
    """What stands in `folder`, in the order of names, without what file managers leave; no folder, nothing."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if not _NOBODYS.fullmatch(path.name))


def _aside_name(folder: Path) -> Path:
    """A name beside `folder`, for what does not belong there, that nothing has yet."""
    names = (f"{folder.name} ({ASIDE}{'' if rank == 1 else f' {rank}'})" for rank in count(1))
    return next(path for name in names if not (path := folder.with_name(name)).exists())


def move_aside(folder: Path, strangers: Sequence[Path]) -> Path | None:
    """Move `strangers`, which stand in `folder` or further down, into a folder beside, each to its place there; that
    folder, None where there are none."""
    if not strangers:
        return None
    place = _aside_name(linked_to(folder))
    try:
        for path in strangers:
            target = place / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)
    except OSError as error:
        raise OutputError(
            f"Impossible de déplacer ce qui n’est pas de cvsheet hors de « {folder} » : {reason(error)}. Fermez ces "
            "fichiers, puis relancez."
        ) from error
    return place


def _put(folder: Path, files: Mapping[str, bytes]) -> None:
    """`files` at `folder`, written beside and renamed; each keeps the permissions of the one that it replaces."""
    with contextlib.ExitStack() as held:
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            beside = held.enter_context(temporary_folder(folder))
        except OSError as error:
            raise OutputError(f"Impossible d’écrire dans le dossier « {folder.parent} » : {reason(error)}.") from error
        try:
            new = beside / "new"
            new.mkdir()
            for name, data in files.items():
                (new / name).write_bytes(data)
                sync(new / name)
                keep_permissions(new / name, folder / name)
            if folder.exists():
                keep_permissions(new, folder)
            swap(folder, new, beside / OLD)
        except OSError as error:
            raise OutputError(
                f"Impossible de remplacer « {folder} » : {reason(error)}. Fermez les fichiers ouverts, puis relancez."
            ) from error
    sync(folder.parent)


def swap(folder: Path, new: Path, old: Path) -> None:
    """`new` in the place of `folder`, which goes to `old` and comes back where that fails."""
    if not folder.exists():
        new.rename(folder)
        return
    folder.rename(old)
    try:
        new.rename(folder)
    except BaseException:  # an interruption too
        old.rename(folder)
        raise
