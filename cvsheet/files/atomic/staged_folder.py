"""A large folder out, replaced whole although most of its files stay: what is new is written beside, what stays is
linked, and one renaming puts all of it there. Until then, and after any failure, the former folder is as it was."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from cvsheet.errors import OutputError
from cvsheet.files.atomic.files import keep_permissions, sync
from cvsheet.files.atomic.folders import linked_to, swap
from cvsheet.files.atomic.refused import reason
from cvsheet.files.atomic.scratch import OLD, temporary_folder


@dataclass(frozen=True, slots=True)
class Staging:
    """What is to stand at `folder`, in the making at `beside`."""

    folder: Path
    beside: Path

    @property
    def new(self) -> Path:
        """The folder as it will be."""
        return self.beside / "new"

    def write(self, name: str, data: bytes) -> None:
        """Put `data` at `name`, a path with slashes, down to the disk."""
        path = self.new / name
        with _told(self.folder):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            sync(path)

    def keep(self, name: str) -> None:
        """Take the file `name` of the former folder over as it is: the same bytes, the same date."""
        path = self.new / name
        with _told(self.folder):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(self.folder / name, path)
            except FileNotFoundError:
                raise
            except OSError:  # a disk without links
                shutil.copy2(self.folder / name, path)

    def discard(self, name: str) -> None:
        """Take back what was written at `name`, and the folders that hold nothing else."""
        (self.new / name).unlink(missing_ok=True)
        with suppress(OSError):  # the first one that holds something ends it
            for folder in PurePosixPath(name).parents[:-1]:
                (self.new / folder).rmdir()

    def put(self) -> None:
        """All of it at `folder`, in place of what stands there."""
        with _told(self.folder):
            self.new.mkdir(exist_ok=True)
            if self.folder.exists():
                keep_permissions(self.new, self.folder)
            swap(self.folder, self.new, self.beside / OLD)
        sync(self.folder.parent)


@contextmanager
def staging(folder: Path) -> Iterator[Staging]:
    """A place beside `folder` to make its successor in, gone afterwards. OutputError where there can be none."""
    target = linked_to(folder)
    with ExitStack() as held:
        with _told(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            beside = held.enter_context(temporary_folder(target))
        yield Staging(target, beside)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"Impossible d’écrire « {folder} » : {reason(error)}. Ce qui s’y trouvait est resté entier. Fermez les "
            "fichiers ouverts, puis relancez."
        ) from error
