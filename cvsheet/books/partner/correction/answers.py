"""What a partner sent, ready to be written again: each typed value by row code and column name, as it was typed.

Numbers stay numbers, dates dates; what was refused is the text that was typed. A formula is never written again: its
result is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from cvsheet.model.findings import Place
from cvsheet.model.submission import ActionReport, AnswerKind, Entry, Form, Observation, Submission, place_of
from cvsheet.schema.roles import columns_of, remarks

AnswerKey = tuple[str, str]  # row code, column name


@dataclass(frozen=True, slots=True)
class Typed:
    """One filled cell: what to write, its text as the partner saw it, and where it stood (its cell may be unknown)."""

    key: AnswerKey
    value: str | float | date
    text: str
    place: Place


def typed_cells(submission: Submission) -> tuple[Typed, ...]:
    """Everything that the partner typed in the input cells, each cell once."""
    found: dict[AnswerKey, Typed] = {}
    for seen in submission.observations:
        for one in _of_observation(seen):
            found.setdefault(one.key, one)
    for report in submission.actions:
        found |= {one.key: one for one in _of_report(report)}
    return tuple(found.values())


def places(submission: Submission) -> Mapping[Place, AnswerKey]:
    """The key of each input cell, filled or not, by its place in the file that was sent."""
    found: dict[Place, AnswerKey] = {}
    for part in (*submission.joined, submission):  # what was joined knows the codes of actions that share a row
        for seen in part.observations:
            found[Place(*place_of(seen, seen.entry))] = (seen.line, columns_of(seen.quantity)[0])
            found |= {Place(*place_of(seen, entry)): (seen.line, name) for name, entry in seen.beside.items()}
        for report in part.actions:
            found |= {Place(*place_of(report, entry)): (report.action, name) for name, entry in report.entries.items()}
    return {place: key for place, key in found.items() if place.cell}


def _of_observation(seen: Observation) -> Iterator[Typed]:
    yield from _of_entry((seen.line, columns_of(seen.quantity)[0]), seen, seen.entry)
    for column, entry in seen.beside.items():
        if column in remarks():
            words = seen.words(column)  # a figure or a day in a remark is written as it was seen
            yield Typed((seen.line, column), words, words, Place(*place_of(seen, entry)))
        else:
            yield from _of_entry((seen.line, column), seen, entry)


def _of_report(report: ActionReport) -> Iterator[Typed]:
    for name, entry in report.entries.items():
        yield from _of_entry((report.action, name), report, entry)


def _of_entry(key: AnswerKey, row: Observation | ActionReport, entry: Entry) -> Iterator[Typed]:
    if entry.filled:
        yield Typed(key, _value(entry), entry.raw.strip(), Place(*place_of(row, entry)))


def _value(entry: Entry) -> str | float | date:
    answer, as_typed = entry.answer, entry.form is Form.CONVERTED
    if answer.kind is AnswerKind.NUMBER and answer.number is not None and not as_typed:
        return answer.number
    return answer.day if answer.day is not None and not as_typed else entry.raw.strip()
