"""The two ends of the ranges in pyproject.toml, one requirement a line: `lowest` as pins, `newest` without any bound.

`make lowest` and `make newest` install them; docs/versions.md says what came of it. Standard library alone: it runs
before anything is installed.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).parent.parent / "pyproject.toml"
_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+(\[[\w,]+\])?)>=(?P<low>[\w.]+)(,<[\w.]+)?")


def requirements(end: str) -> list[str]:
    """Every requirement of the package and its extras at this end; ValueError for one without a lower bound."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    wanted = {*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)}
    return [_at(end, requirement) for requirement in sorted(wanted)]


def _at(end: str, requirement: str) -> str:
    parts = _REQUIREMENT.fullmatch(requirement)
    if parts is None or end not in ("lowest", "newest"):
        raise ValueError(f"{end} of {requirement}: write name>=low or name>=low,<high")
    return f"{parts['name']}=={parts['low']}" if end == "lowest" else parts["name"]


if __name__ == "__main__":
    print("\n".join(requirements(sys.argv[1])))
