"""`validate`: returned files in, everything that is right and wrong with them out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from cvsheet.files.file_names import sent_as_workbook
from cvsheet.files.grid.model import Grid
from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Assessment, Received
from cvsheet.judging.files.joins import completed_by_another, said_of
from cvsheet.judging.files.unusable import Names
from cvsheet.model.findings import Finding
from cvsheet.model.framework import Framework
from cvsheet.workflows.kept_judgements import judged_once
from cvsheet.workflows.receive import arrivals, receive
from cvsheet.workflows.workers import Workers


def validate(
    framework: Framework,
    paths: Sequence[Path],
    root: Path,
    tick: Callable[[int, int], None] = lambda done, total: None,
    workers: Workers | None = None,
    *,
    opened: Mapping[Path, Grid] | None = None,
    beside: Path | None = None,
) -> Assessment:
    """What the rules say of the returned files at `paths` (files and folders), named from `root`.

    They are read in `workers`, or in this process. `opened` holds what is read in place of a file, by its path: the
    content of a workbook open in Excel. What completes one of them in the folder `beside` is not judged, only named.
    """
    received = receive(framework, paths, root, tick, workers, opened=opened)
    keeping = workers is not None and workers.keep and not opened
    assessment = judged_once(root, framework, received) if keeping else assess(framework, received)
    if beside is None:
        return assessment
    others = receive(framework, _perhaps_of_the_same(framework, received, beside, root), root, workers=workers)
    return replace(assessment, findings=(*_joins(framework, received, others), *assessment.findings))


def _perhaps_of_the_same(
    framework: Framework, received: Sequence[Received], folder: Path, root: Path
) -> tuple[Path, ...]:
    """The workbooks in `folder` that may be other copies of what was received: their names tell nobody else."""
    wanted = {identity for one in received if (identity := _identity(one))}
    known = {one.file for one in received}
    names = Names(framework)
    return tuple(
        one.path
        for one in (arrivals([folder], root) if wanted else ())
        if one.name not in known and sent_as_workbook(one.path.name) and _may_be(names.told(one.name), wanted)
    )


def _may_be(told: tuple[str, str], wanted: Collection[tuple[str, str]]) -> bool:
    campaign, partner = told
    return any(campaign in ("", known[0]) and partner in ("", known[1]) for known in wanted)


def _joins(framework: Framework, received: Sequence[Received], others: Sequence[Received]) -> Iterator[Finding]:
    """That a file received would count together with one of `others`."""
    wanted = {identity for one in received if (identity := _identity(one))}
    same = [one for one in others if _identity(one) in wanted]
    if same:
        known = {_identity(one) for one in same}
        mine = [one for one in received if _identity(one) in known]
        findings = assess(framework, (*mine, *same)).findings
        joined = [one for one in findings if one.code == completed_by_another.code]
        told = {one.file for one in same}
        of_both = (one for one in joined if {one.place.file, one.facts["other_file"]} & told)
        yield from said_of(of_both, {one.file for one in mine})


def _identity(one: Received) -> tuple[str, str] | None:
    identity = one.submission.identity if one.submission is not None else None
    return (identity.campaign, identity.partner) if identity is not None else None
