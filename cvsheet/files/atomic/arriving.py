"""A file that comes from elsewhere, put under a name that nothing has yet: never over another one."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from itertools import chain, count
from pathlib import Path, PurePath

from cvsheet.errors import OutputError
from cvsheet.files.atomic.files import keep_permissions, sync
from cvsheet.files.atomic.refused import reason
from cvsheet.files.atomic.scratch import temporary_file


def put_new(folder: Path, name: str, pieces: Iterable[bytes]) -> Path:
    """Put what `pieces` bring into `folder` as `name`, with a number before its ending where that is taken; where it is
    now. It appears whole or not at all; OutputError, in French, where that fails."""
    path = PurePath(name)
    names = chain([name], (f"{path.stem} ({number}){path.suffix}" for number in count(2)))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with temporary_file(folder / name) as temporary:
            temporary.fill_from(pieces)
            keep_permissions(temporary.path, folder / "new")
            placed = next(target for one in names if _placed(temporary.path, target := folder / one))
    except OSError as error:
        raise OutputError(f"Impossible d’écrire dans le dossier « {folder} » : {reason(error)}.") from error
    sync(folder)
    return placed


def _placed(temporary: Path, target: Path) -> bool:
    """Whether `temporary` is at `target` now; not where something was there, even since a moment ago."""
    with contextlib.suppress(FileExistsError):
        try:
            os.link(temporary, target)
        except FileExistsError:
            raise
        except OSError:  # a disk without links: the name is taken first, then filled
            with target.open("xb") as file:
                file.write(temporary.read_bytes())
        return True
    return False
