"""Results kept for what comes again: the workbooks of a contract repeat the same labels by the thousand, and the same
parts (styles, notes on the titles, relationships) file after file.

Longer texts are written by one partner and come once; keeping them would fill the memory.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

LONGEST = 1_000  # characters
MOST = 16_384  # results of one function
LONGEST_PART = 65_536  # bytes
MOST_PARTS = 64  # results of one function

Result = TypeVar("Result")


def remembered(function: Callable[[str], Result]) -> Callable[[str], Result]:
    """`function`, which depends on its text only, with its results for short texts kept."""
    known = lru_cache(maxsize=MOST)(function)

    @wraps(function)
    def remember(text: str) -> Result:
        return known(text) if len(text) <= LONGEST else function(text)

    return remember


def remembered_part(function: Callable[[bytes, str], Result]) -> Callable[[bytes, str], Result]:
    """`function`, which depends on the bytes of a part and its name only, with its results for small parts kept.

    What it returns is shared by all who ask, so it must never be changed; what it raises is not kept.
    """
    known = lru_cache(maxsize=MOST_PARTS)(function)

    @wraps(function)
    def remember(content: bytes, part: str) -> Result:
        return known(content, part) if len(content) <= LONGEST_PART else function(content, part)

    return remember


def seldom_collect() -> None:
    """Have Python look for cycles seldom in a process that works for one command: it makes millions of small objects
    that hold none, and looking through them again and again takes a sixth of the time of writing a master."""
    gc.set_threshold(100_000, 20, 20)
