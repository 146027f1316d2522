"""A row of the catalogue: a damage and the verdict that it must end in; and the verdict that it gets today.

Verdicts are letters: A accepted silently, N accepted with a note (INFO), W accepted with a warning, E an error at its
cell (the answers in doubt stay out of the totals), R the file is refused or does not count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.submission import AnswerKind, Entry
from cvsheet.workflows.kept_judgements import judgement_from_bytes, judgement_to_bytes
from cvsheet.workflows.receive import receive

from .contract import ANSWERS, FRAMEWORK, PARTNER, good_return
from .editing import Damage, InCell, in_cell, place_of

Files = Mapping[str, bytes]
Answers = Mapping[tuple[str, str], object]

RETURN = "retour.xlsx"
NOTHING = None
GOOD: Answers = {key: value.isoformat() if isinstance(value, date) else value for key, value in ANSWERS.items()}
"""What counts of the good return."""
ALL = len(GOOD)
"""How many answers are lost where none counts."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of a delivery, and what counts afterwards.

    `rules` are the codes of all findings, sorted, each as often as it stands there; `lost` counts the answers of the
    good return that do not count any more, or changed, the one at stake apart; `reads` is that one's value, None
    where it does not count.
    """

    letter: str
    rules: tuple[str, ...] = ()
    lost: int = 0
    reads: object = NOTHING


@dataclass(frozen=True, slots=True)
class Case:
    """One row: `id` as in the catalogue of the reliability notes (``+`` for one of our own), `what` is done and how.

    `at` is the answer at stake: every finding must stand in its cell. `note` says why the verdict wanted is not the
    one that the notes propose.
    """

    id: str
    what: str
    files: Callable[[], Files]
    wanted: Verdict
    at: tuple[str, str] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """The verdict that a case gets, and the findings that stand elsewhere than at the answer at stake."""

    verdict: Verdict
    strays: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A row of the catalogue that has no test here, and why."""

    id: str
    what: str
    why: str


def damaged(damage: Damage, name: str = RETURN) -> Callable[[], Files]:
    """The good return after `damage`, under `name`."""
    return lambda: {name: damage(good_return())}


def bytes_as(name: str, content: bytes) -> Callable[[], Files]:
    """A file that is no workbook."""
    return lambda: {name: content}


def structure(id: str, what: str, damage: Damage, letter: str, rules: str = "", lost: int = 0, note: str = "") -> Case:
    """A damage to the workbook as a whole; `rules` separated by spaces."""
    return Case(id, what, damaged(damage), Verdict(letter, tuple(rules.split()), lost), note=note)


def entry(  # noqa: PLR0913, PLR0917 - a row of a table
    id: str,
    what: str,
    at: tuple[str, str],
    damage: InCell,
    letter: str,
    rules: str = "",
    reads: object = NOTHING,
    note: str = "",
) -> Case:
    """Something odd in the cell `at`: nothing else may change, and every finding stands there."""
    verdict = Verdict(letter, tuple(rules.split()), 0, reads)
    return Case(id, what, damaged(in_cell(at, damage)), verdict, at, note)


def given(case: Case, folder: Path) -> Given:
    """What `case` gets today; its files are delivered in the empty folder `folder`."""
    assessment = delivered(case.files(), folder)
    assert assessment.incidents == (), assessment.incidents
    kept = judgement_from_bytes(assessment.received, judgement_to_bytes(assessment) or b"")
    assert repr(kept) == repr(assessment), "what is kept for the next command is what was said"
    findings = about_files(assessment)
    counted = answers_of(assessment)
    others = {key: value for key, value in GOOD.items() if key != case.at}
    verdict = Verdict(
        _letter(findings, assessment),
        tuple(sorted(finding.code for finding in findings)),
        sum(counted.get(key) != value for key, value in others.items()),
        counted.get(case.at) if case.at else NOTHING,
    )
    if case.at is None:
        return Given(verdict, ())
    place = place_of(*case.at)
    return Given(verdict, tuple(one for one in findings if (one.place.sheet, one.place.cell) != place))


def delivered(files: Files, folder: Path) -> Assessment:
    """What the rules say of `files`, put in the empty folder `folder`."""
    for former in folder.iterdir():
        former.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return assess(FRAMEWORK, receive(FRAMEWORK, [folder], folder))


def about_files(assessment: Assessment) -> tuple[Finding, ...]:
    """The findings in files: that other partners have not answered yet is no matter here."""
    return tuple(finding for finding in assessment.findings if finding.place.file)


def answers_of(assessment: Assessment) -> Answers:
    """Every answer and comment of the partner that counts, by code and column."""
    found: dict[tuple[str, str], object] = {}
    for submission in assessment.current:
        if submission.identity is None or submission.identity.partner != PARTNER:
            continue
        for seen in submission.observations:
            if (seen.file, seen.sheet, seen.entry.cell) not in assessment.aside:
                found[seen.line, "valeur"] = _value(seen.entry)
            found[seen.line, "commentaire"] = seen.comment or None
        for report in submission.actions:
            for column, typed in report.entries.items():
                if (report.file, report.sheet, typed.cell) not in assessment.aside:
                    found[report.action, column] = _value(typed)
    return {key: value for key, value in found.items() if value is not None}


def _letter(findings: Sequence[Finding], assessment: Assessment) -> str:
    severities = {finding.severity for finding in findings}
    if Severity.ERROR in severities:
        return "E" if assessment.current else "R"
    if Severity.WARNING in severities:
        return "W"
    return "N" if severities else "A"


def _value(typed: Entry) -> object:
    """What an entry counts for: a number, a text, a reason, None where it is none."""
    answer = typed.answer
    if answer.kind is AnswerKind.NUMBER:
        return answer.number
    if answer.kind is AnswerKind.TEXT:
        return answer.text
    return None if answer.kind in (AnswerKind.BLANK, AnswerKind.UNREADABLE) else answer.kind.value
