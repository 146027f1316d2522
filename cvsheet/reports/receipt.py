"""The receipt: every file that came in, what makes it out from any other, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from cvsheet.judging.engine.assessment import Assessment, Fate, Received
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.judging.engine.rule import LooksAt
from cvsheet.model.findings import Finding, Severity
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
    fates, companions = assessment.fates, assessment.companions

    def fate(one: Received) -> str:
        finding = refusals.get(one.file)
        why = find_rule(finding.code).fault(finding) if finding else ""
        became = Fate.IGNORED if one.is_trace else fates[one.file]
        return _in_words(became, why, assessment.superseded.get(one.file, ""), companions.get(one.file, ()))

    return tuple(
        _receipt(one, fate(one), tally_of(*(remarks.get(one.file, Counter())[severity] for severity in Severity)))
        for one in assessment.listed
    )


def _receipt(received: Received, fate: str, tally: str) -> Receipt:
    submission = received.submission
    if submission is None:
        return Receipt(received.file, "", "", "", tally, fate)
    answers = french_count(len(submission.filled_cells), "réponse")
    return Receipt(received.file, submission.sha256, saved_on(submission.saved_at), answers, tally, fate)


def _in_words(fate: Fate, why: str, replaced_by: str, others: Sequence[str]) -> str:
    """What became of a file, in French; `why` is what a FIC rule says of it, `others` are the files of its return."""
    words = {
        Fate.INCIDENT: "Non lu : incident de cvsheet",
        Fate.IGNORED: f"Laissé de côté. {why}",
        Fate.REFUSED: f"Refusé. {why}",
        Fate.SUPERSEDED: f"Remplacé par « {replaced_by} »",
        Fate.COUNTED: f"Pris en compte avec {quoted(others)}" if others else "Pris en compte",
        Fate.LEFT_OUT: f"Non pris en compte. {why}",
    }
    return typeset(words[fate].strip())


def tally_of(errors: int, warnings: int, infos: int) -> str:
    """``2 erreurs, 1 avertissement``; empty where there is nothing to count."""
    counted = ((errors, "erreur"), (warnings, "avertissement"), (infos, "info"))
    return ", ".join(french_count(count, noun) for count, noun in counted if count)


def saved_on(moment: datetime | None) -> str:
    """``31/12/2021 à 14:05``; midnight is what programs write that keep the day only."""
    if moment is None:
        return ""
    return french_date(moment) if moment.time() == time() else f"{french_date(moment)} à {moment:%H:%M}"
