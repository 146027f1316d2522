"""Names of files that are made."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from itertools import chain, count
from pathlib import Path, PurePath

_FORBIDDEN = '<>:"/\\|?*'


def distinct_names(wanted: Iterable[str]) -> tuple[str, ...]:
    """The file names `wanted`, with a number before the ending of those that are taken: no two alike, whatever the case
    of their letters, which Windows does not tell apart."""
    taken: set[str] = set()
    names = []
    for first in wanted:
        path = PurePath(first)
        numbered = (f"{path.stem} ({number}){path.suffix}" for number in count(2))
        name = next(name for name in chain([first], numbered) if name.casefold() not in taken)
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def safe_stem(stem: str) -> str:
    """`stem` as a name of a file may begin on every system and be read on every screen: what acts, hides or is no
    character becomes `_`, and so does what Windows forbids."""
    kept = (char if unicodedata.category(char)[0] not in "C" and char not in _FORBIDDEN else "_" for char in stem)
    return re.sub(r"[\u2028\u2029]", "_", "".join(kept)).rstrip(" .") or "_"


def dated_name(path: Path, word: str, today: date) -> Path:
    """A name for a copy of `path`, beside it, that nothing has yet: ``contrat.avant-adoption-2026-01-31.xlsx``."""
    stem = f"{path.stem}.{word}-{today:%Y-%m-%d}"
    ranks = (f"-{rank}" if rank > 1 else "" for rank in count(1))
    return next(copy for rank in ranks if not (copy := path.with_name(f"{stem}{rank}{path.suffix}")).exists())
