"""What the rules on answers look at: the answers of each return, by line, without those set aside."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from cvsheet.figures.consolidation import Consolidation, consolidated
from cvsheet.judging.files.versions import Replacement
from cvsheet.model.findings import Place
from cvsheet.model.framework import Framework, Line
from cvsheet.model.long_table import LongTable
from cvsheet.model.submission import (
    ActionReport,
    AnswerKind,
    CellKey,
    Entry,
    Observation,
    Quantity,
    Submission,
    place_of,
)


@dataclass(frozen=True)
class AnswerSet:
    """What one partner answered in one campaign for one quantity, by line code; `file` is its return."""

    campaign: str
    partner: str
    quantity: Quantity
    file: str
    answers: Mapping[str, Observation]
    aside: Mapping[CellKey, str]

    @cached_property
    def numbers(self) -> Mapping[str, float]:
        """The numbers answered, by line, without those set aside: every rule asks for them."""
        return {
            line: seen.entry.answer.number
            for line, seen in self.answers.items()
            if seen.entry.answer.kind is AnswerKind.NUMBER
            and seen.entry.answer.number is not None
            and cell_key(seen) not in self.aside
        }

    def number(self, line: str) -> float | None:
        """The number answered for `line`; None where there is none, or where it is set aside."""
        return self.numbers.get(line)

    def in_doubt(self, line: str) -> bool:
        """Whether something was typed for `line` that cannot be used: unreadable, or set aside."""
        seen = self.answers.get(line)
        if seen is None:
            return False
        return seen.entry.answer.kind is AnswerKind.UNREADABLE or cell_key(seen) in self.aside

    def kind(self, line: str) -> AnswerKind:
        """The kind of answer given for `line`; BLANK where the return has no such line."""
        seen = self.answers.get(line)
        return seen.entry.answer.kind if seen else AnswerKind.BLANK

    def place(self, line: str) -> Place:
        """Where the answer for `line` stands."""
        seen = self.answers.get(line)
        return Place(*cell_key(seen)) if seen else Place(self.file)

    def keys(self, *lines: str) -> tuple[CellKey, ...]:
        """The cells of those of `lines` that are answered here."""
        return tuple(cell_key(self.answers[line]) for line in lines if line in self.answers)


@dataclass(frozen=True)
class Evidence:
    """The submissions that count, and which of their cells are set aside so far."""

    framework: Framework
    submissions: tuple[Submission, ...]
    replacements: tuple[Replacement, ...] = ()
    aside: Mapping[CellKey, str] = field(default_factory=dict)

    def with_aside(self, aside: Mapping[CellKey, str]) -> Evidence:
        """The same evidence with more cells set aside; the observations do not depend on them, nor anything on none."""
        if aside.keys() <= self.aside.keys():
            return self
        more = replace(self, aside={**aside, **self.aside})
        vars(more).update(observations=self.observations)
        return more

    @cached_property
    def observations(self) -> tuple[Observation, ...]:
        """The observations of all submissions, in their order."""
        return tuple(seen for submission in self.submissions for seen in submission.observations)

    @property
    def judged_table(self) -> LongTable:
        """The long table, with the rule that sets each answer aside so far."""
        return LongTable(self.observations, self.aside)

    @cached_property
    def sets(self) -> tuple[AnswerSet, ...]:
        """One set per submission and quantity, in the order of the submissions."""
        return tuple(found for submission in self.submissions for found in answer_sets(submission, self.aside))

    @cached_property
    def set_of(self) -> dict[tuple[str, str, Quantity], AnswerSet]:
        """The sets by campaign, partner and quantity."""
        return {(one.campaign, one.partner, one.quantity): one for one in self.sets}

    @cached_property
    def worked_out(self) -> Consolidation:
        """The values that computed measures are made of, and theirs."""
        return self.figures_of(self.framework.terms)

    def figures_of(self, lines: Collection[str]) -> Consolidation:
        """The values of `lines`, by code. Of all others, an answer a campaign is enough to know that it has answers:
        there may be a hundred times as many."""
        told, rows = set[tuple[str, Quantity]](), list[int]()
        for row, seen in enumerate(self.observations):
            if seen.entry.filled and (seen.line in lines or (seen.campaign, seen.quantity) not in told):
                told.add((seen.campaign, seen.quantity))
                rows.append(row)
        return consolidated(self.framework, self.judged_table.records(rows))

    @property
    def reports(self) -> Iterator[ActionReport]:
        """The reports of every action, those without any entry aside."""
        for submission in self.submissions:
            for report in submission.actions:
                if any(entry.filled for entry in report.entries.values()):
                    yield report

    def usable(self, report: ActionReport, column: str) -> Entry | None:
        """The entry of `column`, None where it is blank, unreadable, or set aside."""
        entry = report.entries.get(column)
        if entry is None or entry.answer.kind in (AnswerKind.BLANK, AnswerKind.UNREADABLE):
            return None
        return None if place_of(report, entry) in self.aside else entry


def answer_sets(submission: Submission, aside: Mapping[CellKey, str]) -> Iterator[AnswerSet]:
    """The answers of one submission, by quantity."""
    by_quantity: dict[Quantity, dict[str, Observation]] = {}
    for seen in submission.observations:
        by_quantity.setdefault(seen.quantity, {})[seen.line] = seen
    for quantity, answers in by_quantity.items():
        first = next(iter(answers.values()))
        yield AnswerSet(first.campaign, first.partner, quantity, submission.file, answers, aside)


def cell_key(seen: Observation) -> CellKey:
    return place_of(seen, seen.entry)


def half_unit(value: float, line: Line) -> float:
    """How far the true value may lie from what was typed: counts are exact, 12,3 stands for 12,25 to 12,35."""
    if line.measure.type == "nombre":
        return 0.0
    _, _, decimals = format(Decimal(f"{value:.12g}"), "f").partition(".")
    return 0.5 * 10.0 ** -len(decimals)
