"""A progress bar on stderr for long work: only on a terminal, only when there is enough to wait for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Tick = Callable[[int, int], None]
"""Called with how many are done and how many there are."""


@contextmanager
def progress_bar(title: str, *, quiet: bool) -> Iterator[Tick]:
    """A function to call as work goes on; it draws a bar, or nothing where nobody would see one."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(title, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
