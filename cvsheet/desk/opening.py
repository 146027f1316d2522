"""A file shown to the person at this machine, in the program that it belongs to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from cvsheet.errors import OutputError


def open_for_person(path: Path) -> None:
    """Open the file or folder at `path` as a double click does; OutputError where this machine cannot."""
    try:
        if sys.platform == "win32":
            os.startfile(path)
        else:
            program = "open" if sys.platform == "darwin" else "xdg-open"
            subprocess.Popen(
                [program, str(path)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
    except OSError as error:
        raise OutputError(f"Impossible d’ouvrir « {path} » d’ici : ouvrez-le vous-même.") from error
