"""`validate`: returned files in, everything that is right and wrong with them out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from cvsheet.files.grid.model import Grid
from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import Framework
from cvsheet.workflows.receive import receive
from cvsheet.workflows.workers import Workers


def validate(
    framework: Framework,
    paths: Sequence[Path],
    root: Path,
    tick: Callable[[int, int], None] = lambda done, total: None,
    workers: Workers | None = None,
    *,
    opened: Mapping[Path, Grid] | None = None,
) -> Assessment:
    """What the rules say of the returned files at `paths` (files and folders), named from `root`; read in `workers`, or
    in this process.

    They are read in `workers`, or in this process. `opened` holds what is read in place of a file, by its path: the
    content of a workbook open in Excel.
    """
    received = receive(framework, paths, root, tick, workers, opened=opened)
    return assess(framework, received)
