"""What stands in each cell of a table, and what *Contrôle* says of each row, before anything is written.

A partner's answers, where there are any (corrections, demonstration), are joined here with what is locked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from cvsheet.books.partner.rows import PartnerRow
from cvsheet.books.partner.writing.action_controls import ActionControl, action_checks
from cvsheet.books.partner.writing.checks import ControlCheck, Word, control_formula, control_word
from cvsheet.books.partner.writing.indicator_controls import line_checks
from cvsheet.books.partner.writing.layout import Area, CodeList
from cvsheet.books.partner.writing.sums import LineControl
from cvsheet.books.partner.writing.typed import CellValue
from cvsheet.figures.likely_days import likely_days
from cvsheet.model.framework import Campaign, Framework

Prefill = Mapping[tuple[str, str], CellValue]


@dataclass(frozen=True, slots=True)
class CellRemark:
    """What a correction says of one input cell: a note, and the tint that shows it."""

    note: str
    paper: str


Marks = Mapping[tuple[str, str], CellRemark]
"""By row code and column name, as in `Prefill`."""


@dataclass(frozen=True, slots=True)
class Control:
    """The *Contrôle* cell of one row: its formula and what it shows now."""

    formula: str
    word: Word


@dataclass(frozen=True, slots=True)
class FilledArea:
    """A table with its controls, one per row, and how many rows wait for an answer."""

    area: Area
    controls: tuple[Control, ...]
    expected: int

    def count(self) -> Counter[Word]:
        return Counter(control.word for control in self.controls)


def fill(framework: Framework, campaign: str, area: Area, typed: Prefill, lists: Mapping[str, CodeList]) -> FilledArea:
    """`area` with the controls that fit what is `typed`; `lists` as in `LineControl`."""
    checks = [_checks(framework, framework.campaign[campaign], area, placed, typed, lists) for placed in area.placed()]
    controls = tuple(Control(control_formula(each), control_word(each)) for each in checks)
    expected = sum(row.line.required if row.line is not None else row.action is not None for row in area.rows)
    return FilledArea(area, controls, expected)


def _checks(
    framework: Framework,
    campaign: Campaign,
    area: Area,
    placed: tuple[int, PartnerRow],
    typed: Prefill,
    lists: Mapping[str, CodeList],
) -> tuple[ControlCheck, ...]:
    row, entry = placed
    if entry.line is not None:
        return line_checks(LineControl(framework, area, row, entry.line, typed, lists, campaign))
    return action_checks(ActionControl(area, row, entry, typed, likely_days(framework, campaign)))
