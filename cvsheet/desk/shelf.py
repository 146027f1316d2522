"""The files that a page offers: known by numbers given here, so that no path ever comes from a browser."""

from __future__ import annotations

import secrets
import threading
from pathlib import Path


class Shelf:
    """Files under `root`, each with an identifier that only this start of the desk knows."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._paths: dict[str, Path] = {}
        self._identifiers: dict[Path, str] = {}
        self._lock = threading.Lock()

    def put(self, path: Path) -> str:
        """The identifier of `path`, the same each time."""
        with self._lock:
            known = self._identifiers.get(path)
            if known is None:
                known = self._identifiers[path] = secrets.token_urlsafe(9)
                self._paths[known] = path
            return known

    def find(self, identifier: str) -> Path | None:
        """The file or folder behind `identifier`; None where nothing is, or it leads out of the contract's folder."""
        path = self._paths.get(identifier)
        if path is None:
            return None
        try:
            real = path.resolve(strict=True)
        except OSError:
            return None
        return real if real.is_relative_to(self._root) else None

    def shown(self, path: Path) -> str:
        """`path` as it is seen from the contract's folder."""
        try:
            return path.resolve().relative_to(self._root).as_posix() or "."
        except ValueError:
            return str(path)
