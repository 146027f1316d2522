"""What each input cell of a return holds, so that two files of one partner can be compared cell by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from cvsheet.books.partner.rows import COMPLEMENTARY_PREFIX
from cvsheet.model.findings import Place
from cvsheet.model.submission import ActionReport, AnswerKind, Entry, Observation, Submission, place_of
from cvsheet.schema.roles import columns_of, remarks
from cvsheet.schema.tables import fold

AnswerPlace: TypeAlias = tuple[str, str]  # line, action or title of an added action; column of the partner's tables


@dataclass(frozen=True, slots=True)
class Held:
    """What one cell holds: as it is compared (None where it is empty), as it was typed, and where.

    `row` is the code of its line or action, or the title of an action that the partner added.
    """

    value: object
    typed: str
    place: Place
    row: str
    code: str


Contents: TypeAlias = Mapping[AnswerPlace, Held]


def contents_of(submission: Submission) -> Contents:
    """Every input cell that was read, filled or not, by what it is asked for."""
    found: dict[AnswerPlace, Held] = {}
    for seen in submission.observations:
        for key, held in _of_observation(seen):
            found.setdefault(key, held)
    for name, report in zip(action_names(submission.actions), submission.actions, strict=True):
        found |= {(name, column): _of_entry(report, entry) for column, entry in report.entries.items()}
    return found


def answers_among(contents: Contents) -> Contents:
    """The filled cells of `contents`, remarks aside."""
    return {key: held for key, held in contents.items() if held.value is not None and key[1] not in remarks()}


def action_names(reports: Iterable[ActionReport]) -> Iterator[str]:
    """What tells each action from the others: its code; of one that the partner added the title, as the same free row
    may hold another action in another file."""
    times: Counter[str] = Counter()
    for report in reports:
        name = report.action
        if report.complementary and report.title.strip():
            name = f"{COMPLEMENTARY_PREFIX}: {fold(report.title)}"
        times[name] += 1
        yield name if times[name] == 1 else f"{name} ({times[name]})"


def _of_observation(seen: Observation) -> Iterator[tuple[AnswerPlace, Held]]:
    yield (seen.line, columns_of(seen.quantity)[0]), _of_entry(seen, seen.entry)
    for column, entry in seen.beside.items():
        held = _of_entry(seen, entry)
        yield (seen.line, column), replace(held, typed=seen.words(column)) if column in remarks() else held


def _of_entry(row: Observation | ActionReport, entry: Entry) -> Held:
    place = Place(*place_of(row, entry))
    if isinstance(row, Observation):
        return Held(_compared(entry), entry.raw.strip(), place, row.line, row.line)
    return Held(_compared(entry), entry.raw.strip(), place, row.title.strip() or row.action, row.action)


def _compared(entry: Entry) -> object:
    """Numbers, days and reasons as they were read; what could not be read as it was typed."""
    kind = entry.answer.kind
    if kind is AnswerKind.BLANK:
        return None
    return entry.raw if kind is AnswerKind.UNREADABLE else entry.answer
