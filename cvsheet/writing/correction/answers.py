"""What a partner sent, ready to be written again: each typed value by row code and column name, as it was typed.

Numbers stay numbers, dates dates; what was refused is the text that was typed. A formula is never written again: its
result is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from cvsheet.findings import Place
from cvsheet.submission import ActionReport, AnswerKind, Entry, Form, Observation, Quantity, Submission

Key = tuple[str, str]  # row code, column name

ANSWERS: Mapping[Quantity, tuple[str, str]] = {
    Quantity.VALUE: ("valeur", ""),
    Quantity.BASELINE: ("reference", "annee_reference"),
    Quantity.TARGET: ("cible", "annee_cible"),
}
"""The columns of an answer and of its year."""


@dataclass(frozen=True, slots=True)
class Typed:
    """One filled cell: what to write, its text as the partner saw it, and where it stood (`cell` may be unknown)."""

    key: Key
    value: str | float | date
    text: str
    sheet: str
    cell: str


def typed_cells(submission: Submission) -> tuple[Typed, ...]:
    """Everything that the partner typed in the input cells, each cell once."""
    found: dict[Key, Typed] = {}
    for seen in submission.observations:
        for one in _of_observation(seen):
            found.setdefault(one.key, one)
    for report in submission.actions:
        found |= {one.key: one for one in _of_report(report)}
    return tuple(found.values())


def places(submission: Submission) -> Mapping[Place, Key]:
    """The key of each input cell, filled or not, by sheet and cell (`file` is left empty)."""
    found: dict[Place, Key] = {}
    for seen in submission.observations:
        answer, year = ANSWERS[seen.quantity]
        cells = [(answer, seen.entry.cell), *([(year, seen.year.cell)] if seen.year else [])]
        cells += [("commentaire", seen.comment_cell), ("source_reference", seen.source_cell)]
        found |= {Place("", seen.sheet, cell): (seen.line, column) for column, cell in cells}
    for report in submission.actions:
        found |= {Place("", report.sheet, entry.cell): (report.action, name) for name, entry in report.entries.items()}
    return {place: key for place, key in found.items() if place.cell}


def _of_observation(seen: Observation) -> Iterator[Typed]:
    answer, year = ANSWERS[seen.quantity]
    yield from _of_entry((seen.line, answer), seen.entry, seen.sheet)
    if seen.year is not None:
        yield from _of_entry((seen.line, year), seen.year, seen.sheet)
    texts = (("commentaire", seen.comment, seen.comment_cell), ("source_reference", seen.source, seen.source_cell))
    for column, text, cell in texts:
        if text:
            yield Typed((seen.line, column), text, text, seen.sheet, cell)


def _of_report(report: ActionReport) -> Iterator[Typed]:
    for name, entry in report.entries.items():
        yield from _of_entry((report.action, name), entry, report.sheet)


def _of_entry(key: Key, entry: Entry, sheet: str) -> Iterator[Typed]:
    if entry.answer.kind is not AnswerKind.BLANK:
        yield Typed(key, _value(entry), entry.raw.strip(), sheet, entry.cell)


def _value(entry: Entry) -> str | float | date:
    answer, as_typed = entry.answer, entry.form is Form.CONVERTED
    if answer.kind is AnswerKind.NUMBER and answer.number is not None and not as_typed:
        return answer.number
    return answer.day if answer.day is not None and not as_typed else entry.raw.strip()
