"""Whether somebody has a workbook open elsewhere: what Excel and LibreOffice leave beside it meanwhile."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from cvsheet.errors import OutputError

STALE_AFTER = 48 * 3600  # seconds: a lock as old was left by a program that crashed, or by a copied folder
EXCEL_NAME = 54  # bytes of Excel's lock that hold the name in Windows' alphabet, after its length
DAY = "%d/%m/%Y à %H:%M"


def refuse_open(path: Path) -> None:
    """OutputError where a lock says that the file at `path` is open: by whom, since when, and what to do.

    Nobody would see the new file before closing the old one, and saving the old one would bury the new. A lock
    older than two days is taken for what a crash left.
    """
    for lock, program, who in _locks(path):
        with contextlib.suppress(OSError):
            since = lock.stat().st_mtime
            if time.time() - since > STALE_AFTER:
                continue
            when = datetime.fromtimestamp(since).strftime(DAY)
            raise OutputError(
                f"« {path} » est ouvert dans {program}{who} depuis le {when} : rien n’a été remplacé. "
                "Enregistrez-le et fermez-le, puis relancez. "
                f"S’il n’est plus ouvert nulle part, supprimez le fichier « {lock.name} »."
            )


def _locks(path: Path) -> Iterator[tuple[Path, str, str]]:
    """The locks beside `path`, the program of each, and whose it is where it says so."""
    excel, libreoffice = path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")
    if _is_file(excel):
        yield excel, "Excel", _by(_excel_user(_bytes(excel)))
    if _is_file(libreoffice):
        yield libreoffice, "LibreOffice", _by(_libreoffice_user(_bytes(libreoffice)))


def _is_file(lock: Path) -> bool:
    try:
        return lock.is_file()
    except OSError:  # a name too long for the disk: there is no such lock
        return False


def _bytes(lock: Path) -> bytes:
    try:
        return lock.read_bytes()[:2000]
    except OSError:  # Excel holds its own on Windows
        return b""


def _excel_user(data: bytes) -> str:
    """The length of the name, then the name in 54 bytes; then the same in UTF-16."""
    wide = data[EXCEL_NAME + 1 :]
    length = int.from_bytes(wide[:2], "little")
    if 0 < length <= EXCEL_NAME and len(wide) >= 2 + 2 * length:
        return wide[2 : 2 + 2 * length].decode("utf-16-le", errors="replace")
    return data[1 : 1 + data[0]].decode("cp1252", errors="replace") if data and data[0] <= EXCEL_NAME else ""


def _libreoffice_user(data: bytes) -> str:
    """``full name,login,computer,moment,profile;``"""
    fields = data.decode("utf-8", errors="replace").split(",")
    name, computer = (fields[0] or fields[1], fields[2]) if len(fields) > 2 else ("", "")  # noqa: PLR2004
    return f"{name} ({computer})" if name and computer else name


def _by(user: str) -> str:
    shown = " ".join("".join(char for char in user if char.isprintable()).split())
    return f" par {shown}" if shown else ""
