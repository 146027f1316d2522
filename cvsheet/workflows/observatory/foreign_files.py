"""What lies in the folder of a data set and is none of it: a copy that a synchronisation left, a person's own notes.

A reader takes every file of a folder, so it must not stay; and it is somebody's, so it must not go."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from cvsheet.files.atomic import held_in, move_aside
from cvsheet.text.french import french_count
from cvsheet.workflows.export_folder import few_names


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
