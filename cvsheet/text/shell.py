"""Names as they can be pasted into a command line: of cmd, PowerShell or sh."""

from __future__ import annotations

import os
import re
import shlex

_PLAIN = re.compile(r"[\w./:+-]+")
_SPECIAL = frozenset('"$`!\\')
"""What still means something between double quotes, to one of the three; the backslash to sh alone."""


def pasted(name: str, *, windows: bool = os.name == "nt") -> str:
    """`name` in quotes where it needs some: double ones, which all three know, as long as they suffice."""
    if _PLAIN.fullmatch(name):
        return name
    if not (_SPECIAL - {"\\"} if windows else _SPECIAL) & {*name}:
        return f'"{name}"'
    return "'" + name.replace("'", "''") + "'" if windows else shlex.quote(name)
