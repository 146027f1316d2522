"""What was done, in French lines, whoever shows them: the command line or the desk. A module per kind of work.

`show` says a path as it is seen from where the lines are read.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

Show = Callable[[Path], str]
