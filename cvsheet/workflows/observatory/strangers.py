"""What lies in the folder of a data set and is none of it: a copy that a synchronisation left, a person's own notes.

A reader takes every file of a folder, so it must not stay; and it is somebody's, so it must not go."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from cvsheet.errors import OutputError
from cvsheet.files.atomic import aside_name, held_in
from cvsheet.files.atomic.refused import reason
from cvsheet.reports.visible import visible
from cvsheet.text.french import french_count, french_list

MOST_NAMED = 5


def put_strangers_aside(folder: Path, own: Collection[str]) -> tuple[str, ...]:
    """Move the files of `folder` that are none of its `own` paths into a folder beside; the sentence that says so."""
    strangers = sorted(path for path in _held(folder) if path.relative_to(folder).as_posix() not in own)
    if not strangers:
        return ()
    place = aside_name(folder)
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
    names = [visible(path.name) for path in strangers[:MOST_NAMED]]
    count = french_count(
        len(strangers), "fichier qui n’en vient pas tel quel", "fichiers qui n’en viennent pas tels quels"
    )
    shown = french_list([*names, "…"] if len(strangers) > MOST_NAMED else names)
    return (f"« {folder.name} » contenait {count} : {shown}. Ils sont maintenant dans « {place.name} ».",)


def _held(folder: Path) -> Iterator[Path]:
    for path in held_in(folder):
        if path.is_dir() and not path.is_symlink():
            yield from _held(path)
        else:
            yield path
