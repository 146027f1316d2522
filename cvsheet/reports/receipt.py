"""The receipt: every file that came in, what makes it out from any other, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from cvsheet.errors import Refusal
from cvsheet.judging.engine.assessment import Assessment, Received
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.judging.engine.rule import LooksAt
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.submission import AnswerKind, Submission
from cvsheet.text.french import french_count, french_date, quoted, typeset


@dataclass(frozen=True, slots=True)
class Receipt:
    """One file that came in: its SHA-256, when it was saved, how many answers, and what became of it."""

    file: str
    sha256: str
    saved: str
    answers: str
    tally: str
    fate: str


def receipts_of(assessment: Assessment) -> tuple[Receipt, ...]:
    """A receipt per file, in the order of `assessment`."""
    remarks: dict[str, Counter[Severity]] = {}
    refusals: dict[str, Finding] = {}
    for finding in assessment.findings:
        remarks.setdefault(finding.place.file, Counter())[finding.severity] += 1
        if find_rule(finding.code).looks_at is LooksAt.FILE:
            refusals.setdefault(finding.place.file, finding)
    counted = {file: one.files for one in assessment.current for file in one.files}

    def fate(one: Received) -> str:
        finding = refusals.get(one.file)
        why = find_rule(finding.code).fault(finding) if finding else ""
        return _fate(one, why, assessment.superseded.get(one.file, ""), counted.get(one.file, ()))

    return tuple(
        _receipt(one, fate(one), tally_of(*(remarks.get(one.file, Counter())[severity] for severity in Severity)))
        for one in assessment.listed
    )


def _receipt(received: Received, fate: str, tally: str) -> Receipt:
    submission = received.submission
    if submission is None:
        return Receipt(received.file, "", "", "", tally, fate)
    answers = french_count(_answers(submission), "réponse")
    return Receipt(received.file, submission.sha256, saved_on(submission.saved_at), answers, tally, fate)


def _fate(received: Received, why: str, replaced_by: str, counted: Sequence[str]) -> str:
    """What became of a file, in French; `why` is what a FIC rule says of it, `counted` the files of its return."""
    if received.incident:
        fate = "Non lu : incident de cvsheet"
    elif received.ignored or (received.refusal and received.refusal.reason is Refusal.LOCK_FILE):
        fate = f"Laissé de côté. {why}"
    elif received.refusal:
        fate = f"Refusé. {why}"
    elif replaced_by:
        fate = f"Remplacé par « {replaced_by} »"
    elif counted:
        others = [file for file in counted if file != received.file]
        fate = f"Pris en compte avec {quoted(others)}" if others else "Pris en compte"
    else:
        fate = f"Non pris en compte. {why}"
    return typeset(fate.strip())


def _answers(submission: Submission) -> int:
    """How many cells the partner filled."""
    entries = [seen.entry for seen in submission.observations]
    entries += [entry for report in submission.actions for entry in report.entries.values()]
    return sum(entry.answer.kind is not AnswerKind.BLANK for entry in entries)


def tally_of(errors: int, warnings: int, infos: int) -> str:
    """``2 erreurs, 1 avertissement``; empty where there is nothing to count."""
    counted = ((errors, "erreur"), (warnings, "avertissement"), (infos, "info"))
    return ", ".join(french_count(count, noun) for count, noun in counted if count)


def saved_on(moment: datetime | None) -> str:
    """``31/12/2021 à 14:05``; midnight is what programs write that keep the day only."""
    if moment is None:
        return ""
    return french_date(moment) if moment.time() == time() else f"{french_date(moment)} à {moment:%H:%M}"
