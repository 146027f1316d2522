"""`validate --annotate`: for each return with something to correct or confirm, its correction and a message."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from cvsheet.books.partner.correction import correct, needs_correction, own_findings
from cvsheet.files.atomic import distinct_names, safe_stem, write_atomically
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import Framework
from cvsheet.model.submission import Submission
from cvsheet.reports.draft import Attachment
from cvsheet.reports.message import correction_message
from cvsheet.workflows.previous import Previous, answers_before
from cvsheet.workflows.replacing import replace_workbook
from cvsheet.workflows.written import WrittenMessage

_LONGEST_STEM = 180  # bytes of a file name, which may have 255 with its ending
_ROUND = re.compile(r"_correction(?:-(\d{1,4}))?$")


@dataclass(frozen=True, slots=True)
class AnnotatedFile:
    """One return with its correction workbook and its message; `kept` is the copy of the former correction where a
    person had saved it."""

    file: str
    partner: str
    workbook: Path
    message: Path
    kept: Path | None = None
    campaign: str = ""


@dataclass(frozen=True, slots=True)
class AnnotateResult:
    """What was written; the returns that need no correction; those that can have none, as nobody knows whose they are
    or they could not be read (`cvsheet validate` says what to do about each); the receipts of the good ones."""

    files: tuple[AnnotatedFile, ...]
    clean: tuple[str, ...]
    without_correction: tuple[str, ...]
    receipts: tuple[WrittenMessage, ...] = ()


def annotate(
    framework: Framework,
    assessment: Assessment,
    folder: Path,
    *,
    today: date | None = None,
    only: Collection[tuple[str, str]] | None = None,
) -> AnnotateResult:
    """Write the corrections of `assessment` into `folder`, two files per return; OutputError where that fails.

    Only returns that count get one: a file that a later one replaces is not corrected. `only` are the campaigns and
    partners to consider (None: all); `today` tells whether a deadline is past.
    """
    written: list[AnnotatedFile] = []
    clean: list[str] = []
    names = distinct_names(f"{correction_name(one.file)}.xlsx" for one in assessment.current)
    former = {code: answers_before(framework, code, assessment) for code in framework.campaign}
    for submission, name in zip(assessment.current, names, strict=True):
        if only is not None and _whose(submission) not in only:
            continue
        if needs_correction(own_findings(submission, assessment.findings)):
            written.append(_write(framework, assessment, submission, former, folder / name, today))
        else:
            clean.append(submission.file)
    current = assessment.counted_files
    others = [one.file for one in assessment.received if one.ignored is None and one.file not in current]
    return AnnotateResult(
        tuple(written), tuple(clean), tuple(file for file in others if file not in assessment.superseded)
    )


def correction_name(file: str) -> str:
    """The name of the correction of `file`, without ending: ``caf_correction``, then ``caf_correction-2``."""
    stem = safe_stem(PurePosixPath(file).stem)
    match = _ROUND.search(stem)
    round_number = int(match[1] or 1) + 1 if match else 1
    stem = _shortened(stem[: match.start()] if match else stem)
    return f"{stem}_correction" if round_number == 1 else f"{stem}_correction-{round_number}"


def _write(
    framework: Framework,
    assessment: Assessment,
    submission: Submission,
    former: Mapping[str, Previous],
    workbook: Path,
    today: date | None,
) -> AnnotatedFile:
    """`former` holds, by campaign, the answers to the campaign before it."""
    identity = submission.identity
    assert identity is not None, "a return that counts has an identity"
    previous = former[identity.campaign].get(identity.partner)
    correction = correct(framework, submission, assessment.findings, previous, today)
    message = workbook.with_suffix(".eml")
    received, *others = [PurePosixPath(file).name for file in submission.files]
    attachment = Attachment(workbook.name, correction.content)
    kept = replace_workbook(workbook, correction.content)
    content = correction_message(framework, identity, received, correction.findings, attachment, others, today)
    write_atomically(message, content)
    return AnnotatedFile(submission.file, identity.partner, workbook, message, kept, identity.campaign)


def _whose(submission: Submission) -> tuple[str, str]:
    identity = submission.identity
    return (identity.campaign, identity.partner) if identity is not None else ("", "")


def _shortened(stem: str) -> str:
    return stem.encode()[:_LONGEST_STEM].decode(errors="ignore")
