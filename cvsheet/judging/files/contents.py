"""What each input cell of a return holds, so that two files of one partner can be compared cell by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from cvsheet.model.findings import Place
from cvsheet.model.submission import (
    COLUMNS_OF,
    ActionReport,
    AnswerKind,
    Entry,
    Observation,
    Submission,
    place_of,
)
from cvsheet.schema.tables import fold

AnswerPlace: TypeAlias = tuple[str, str]  # line, action or title of an added action; column of the partner's tables
COMMENT, SOURCE = "commentaire", "source_reference"
REMARKS = (COMMENT, SOURCE)
"""The columns whose words stand beside an answer and are none: two files may differ in them and agree."""


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
    return {key: held for key, held in contents.items() if held.value is not None and key[1] not in REMARKS}


def action_names(reports: Iterable[ActionReport]) -> Iterator[str]:
    """What tells each action from the others: its code; of one that the partner added the title, as the same free row
    may hold another action in another file."""
    times: Counter[str] = Counter()
    for report in reports:
        name = report.action
        if report.complementary and report.title.strip():
            name = f"{report.action.rpartition('-')[0]}: {fold(report.title)}"
        times[name] += 1
        yield name if times[name] == 1 else f"{name} ({times[name]})"


def _of_observation(seen: Observation) -> Iterator[tuple[AnswerPlace, Held]]:
    answer, year = COLUMNS_OF[seen.quantity]
    yield (seen.line, answer), _of_entry(seen, seen.entry)
    if seen.year is not None:
        yield (seen.line, year), _of_entry(seen, seen.year)
    texts = (
        (COMMENT, seen.comment, seen.comment_cell, seen.comment_from),
        (SOURCE, seen.source, seen.source_cell, seen.source_from),
    )
    for column, text, cell, elsewhere in texts:
        place = Place(*(elsewhere or (seen.file, seen.sheet)), cell)
        yield (seen.line, column), Held(text or None, text, place, seen.line, seen.line)


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
