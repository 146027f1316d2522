"""Results kept for texts that come again: the workbooks of a contract repeat the same labels by the thousand.

Longer texts are written by one partner and come once; keeping them would fill the memory.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

LONGEST = 1_000  # characters
MOST = 16_384  # results of one function

Result = TypeVar("Result")


def remembered(function: Callable[[str], Result]) -> Callable[[str], Result]:
    """`function`, which depends on its text only, with its results for short texts kept."""
    known = lru_cache(maxsize=MOST)(function)

    @wraps(function)
    def remember(text: str) -> Result:
        return known(text) if len(text) <= LONGEST else function(text)

    return remember
