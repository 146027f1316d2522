"""A progress bar on stderr for long work: only on a terminal, only when there is enough to wait for."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cvsheet.cli.options import say
from cvsheet.errors import CvsheetError

if TYPE_CHECKING:
    from cvsheet import Assessment, Contract, Progress

AFTERWARDS = "Contrôle et écriture"


@contextmanager
def progress_bar(title: str, *, quiet: bool) -> Iterator[Progress]:
    """A function to call as work goes on; it draws a bar, or nothing where nobody would see one."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(title, total=None)

        def tick(done: int, total: int) -> None:
            """What follows the last step, judging and writing, has no count: the bar then only says that it goes on."""
            if done < total:
                progress.update(task, completed=done, total=total)
            elif len(progress.tasks) == 1:
                progress.update(task, visible=False)
                progress.add_task(AFTERWARDS, total=None)

        yield tick


def read_returns(
    contract: Contract, paths: Sequence[Path] = (), *, quiet: bool, beside: Path | None = None
) -> Assessment:
    """The returns at `paths`, by default all of them, judged while a bar shows how far it is."""
    with progress_bar("Lecture des retours", quiet=quiet) as tick:
        return contract.telling(tick).validate(paths, beside=beside)


def said_first(contract: Contract, campaign: str | None, assessment: Assessment, *, quiet: bool) -> str | None:
    """The code of the campaign that a command is about, once it is said; None where nothing was sent nor received."""
    hand = contract.about(campaign, assessment)
    if hand is None:
        return None
    say(quiet, hand.heading)
    return hand.campaign.code


def said_before_reading(contract: Contract, *, quiet: bool) -> None:
    """The same, said by commands that ask nothing of the returns: nothing where the contract cannot be read, which is
    theirs to say."""
    with suppress(CvsheetError):
        said_first(contract, None, read_returns(contract, quiet=quiet), quiet=quiet)
