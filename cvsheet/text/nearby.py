"""What lies where a person looked for something else."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from cvsheet.text.french import quoted

_MOST_NAMED = 3


def missing(path: Path) -> str:
    """That there is nothing at `path`, and what lies there under a similar name."""
    above = path.parent
    if not above.is_dir():
        return f"« {path} » n’existe pas, le dossier « {above} » non plus. Vérifiez le chemin."
    near = near_names(path.name, (one.name for one in above.iterdir()))
    hint = f" Il y a là : {quoted(near)}." if near else " Vérifiez le chemin."
    return f"« {path} » n’existe pas.{hint}"


def near_names(name: str, names: Iterable[str]) -> list[str]:
    """Those of `names` that a person may have meant by `name`, the nearest first: case, accents and ending aside."""
    by_plain: dict[str, str] = {}
    for one in names:
        if not one.startswith("."):
            by_plain.setdefault(_plain(one), one)
    return [by_plain[one] for one in difflib.get_close_matches(_plain(name), by_plain, n=_MOST_NAMED)]


def _plain(name: str) -> str:
    bare = unicodedata.normalize("NFKD", Path(name).stem.replace("’", "'"))
    return "".join(char for char in bare if not unicodedata.combining(char)).casefold()
