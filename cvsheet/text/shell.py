"""Names as they can be pasted into a command line: of cmd, PowerShell or sh."""

from __future__ import annotations

import os
import re
import shlex

_PLAIN = re.compile(r"[\w./:+-]+")
_PLAIN_ON_WINDOWS = re.compile(r"[\w./:+\\-]*[\w./:+-]")  # a program reads \" as a quote: not at the end
_SH = re.compile(r'["$`!\\]')
"""What still means something to sh between double quotes."""
_POWERSHELL = re.compile(r'["“”„`]|\$[\w{(:?^$]')
"""What still means something to PowerShell between double quotes, which typographic ones end too; not a ``$`` before a
space or at the end. To cmd all of it is text."""
_APOSTROPHES = re.compile("['‘’‚‛]")  # each ends a text between single quotes in PowerShell


def pasted(name: str, *, windows: bool = os.name == "nt") -> str:
    """`name` in quotes where it needs some: double ones, which all three know, as long as they suffice.

    Single ones are of PowerShell alone, not of cmd. Nothing keeps cmd from filling in ``%NAME%`` where such a variable
    exists: there is no way to write it that PowerShell would read alike.
    """
    if (_PLAIN_ON_WINDOWS if windows else _PLAIN).fullmatch(name):
        return name
    if not windows:
        return shlex.quote(name) if _SH.search(name) else f'"{name}"'
    end = "\\" if name.endswith("\\") else ""  # which would make a part of the name of the quote
    if not _POWERSHELL.search(name):
        return f'"{name}{end}"'
    return "'" + _APOSTROPHES.sub(r"\g<0>\g<0>", name) + f"{end}'"


def program(name: str, *, windows: bool = os.name == "nt") -> str:
    """`name`, of a file, as the first word of a line: cmd takes what follows a ``/`` for an option, and PowerShell
    runs what is in quotes after ``&`` only, which is not of cmd."""
    if not windows:
        return pasted(name, windows=False)
    word = pasted(name.replace("/", "\\"), windows=True)
    return f"& {word}" if word[0] in "\"'" else word
