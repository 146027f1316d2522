"""What opens the desk by a double click: a file for Windows, one for macOS, one for Linux, beside the contract.

Each goes to the folder that it lies in, wherever that was moved or copied, and takes the cvsheet that made it where
that is still there, else the one that the machine finds. No answer and no name of the contract is in them.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from cvsheet.files.atomic import write_atomically
from cvsheet.files.file_names import LAUNCHER, LAUNCHER_ENDINGS
from cvsheet.workflows.folder import ContractFolder

MISSING = "cvsheet n'est pas installe sur ce poste : voir son mode d'emploi (pip install cvsheet)."  # any console
_EXECUTABLE = 0o755

_SHELL = """#!/bin/sh
# Ouvre le bureau cvsheet du dossier de ce fichier : double-clic.
cd "$(dirname "$0")" || exit 1
if [ -x {python} ] && {python} -c 'import cvsheet' 2>/dev/null; then
  exec {python} -m cvsheet bureau
elif command -v cvsheet >/dev/null 2>&1; then
  exec cvsheet bureau
elif python3 -c 'import cvsheet' 2>/dev/null; then
  exec python3 -m cvsheet bureau
fi
echo {missing}
printf 'Entree pour fermer. '
read -r _
exit 1
"""
_BATCH = """@echo off
rem Ouvre le bureau cvsheet du dossier de ce fichier : double-clic.
chcp 65001 >nul
cd /d "%~dp0"
"{python}" -c "import cvsheet" >nul 2>nul && ("{python}" -m cvsheet bureau & goto end)
where cvsheet >nul 2>nul && (cvsheet bureau & goto end)
py -c "import cvsheet" >nul 2>nul && (py -m cvsheet bureau & goto end)
python -c "import cvsheet" >nul 2>nul && (python -m cvsheet bureau & goto end)
echo {missing}
:end
if errorlevel 1 pause
"""
_DESKTOP = r"""[Desktop Entry]
Type=Application
Version=1.0
Name=Bureau cvsheet
Comment=Ouvre le bureau cvsheet du dossier de ce fichier
Exec=sh -c "exec sh \\"\\$(dirname \\"\\$1\\")/{name}.command\\"" sh %k
Icon=x-office-spreadsheet
Terminal=true
"""


def launchers(python: str = sys.executable) -> dict[str, str]:
    """The files by name; `python` is the interpreter that has cvsheet."""
    texts = (
        _BATCH.format(python=python.replace("%", "%%"), missing=MISSING).replace("\n", "\r\n"),
        _SHELL.format(python=shlex.quote(python), missing=shlex.quote(MISSING)),
        _DESKTOP.format(name=LAUNCHER),
    )
    return {f"{LAUNCHER}{ending}": text for ending, text in zip(LAUNCHER_ENDINGS, texts, strict=True)}


def write_launchers(place: ContractFolder, python: str = sys.executable) -> tuple[Path, ...]:
    """Put them beside the contract where none of that name lies there yet: those that were written."""
    written = []
    for name, text in launchers(python).items():
        path = place.root / name
        if not path.exists():
            write_atomically(path, text.encode())
            path.chmod(path.stat().st_mode | _EXECUTABLE)
            written.append(path)
    return tuple(written)
