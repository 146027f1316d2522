"""What is said of one campaign, out of what is known of all returns; and the files that a person names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cvsheet.errors import UsageError
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.judging.files.unusable import unusable_files
from cvsheet.model.framework import Framework
from cvsheet.text.nearby import missing

_WILD = "*?["


def of_campaign(framework: Framework, assessment: Assessment, campaign: str) -> Assessment:
    """What `assessment` says of the files of `campaign`, and of those that nobody can tell the campaign of."""
    read = (one.submission for one in assessment.received if one.submission is not None)
    told = {one.file: one.identity.campaign for one in read if one.identity}
    told |= {one.file: one.campaign for one in unusable_files(framework, assessment) if one.campaign}

    def concerned(file: str, code: str = "") -> bool:
        return (told.get(file) or code or campaign) == campaign

    return replace(
        assessment,
        received=tuple(one for one in assessment.received if concerned(one.file)),
        current=tuple(one for one in assessment.current if concerned(one.file)),
        findings=tuple(one for one in assessment.findings if concerned(one.place.file, one.campaign)),
        skipped=tuple(one for one in assessment.skipped if concerned(one.file)),
        superseded={old: new for old, new in assessment.superseded.items() if concerned(old)},
    )


def existing(paths: Sequence[Path]) -> tuple[Path, ...]:
    """`paths`, with what stands for several files (``retours/*.xlsx``, which Windows leaves as it is) resolved.

    UsageError where one does not exist, naming what lies there under a similar name: it is no partner's fault.
    """
    found: list[Path] = []
    for path in paths:
        if path.exists() or path.is_symlink():
            found.append(path)
        elif any(sign in path.name for sign in _WILD):
            matching = sorted(path.parent.glob(path.name))
            if not matching:
                raise UsageError(f"Aucun fichier ne correspond à « {path} ».")
            found += matching
        else:
            raise UsageError(missing(path))
    return tuple(found)
