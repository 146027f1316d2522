"""How far a figure may lie from what was typed, and which answers the rules may use."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cvsheet.judging.engine.evidence import AnswerSet, Evidence, half_unit
from cvsheet.model.framework import Line
from cvsheet.model.submission import ActionReport, Observation, Quantity
from tests.consolidation.frameworks import measure
from tests.rules.small import FRAMEWORK
from tests.rules.tables import entry


@pytest.mark.parametrize(
    ("value", "half"),
    [
        (12, 0.5),
        (12.3, 0.05),
        (12.35, 0.005),
        (-12.3, 0.05),
        (0, 0.5),
        (0.1 + 0.2, 0.05),
        (1_234_567.3, 0.05),
        (0.00005, 0.000005),  # 5e-05 of a program
        (0.000015, 0.0000005),
        (1.5e17, 0.5),
    ],
)
def test_a_figure_stands_for_all_that_is_rounded_to_it(value: float, half: float) -> None:
    assert half_unit(value, Line(measure("M.M1", type="montant"))) == pytest.approx(half)


def test_a_count_is_exact() -> None:
    assert half_unit(12.0, Line(measure("M.M1", type="nombre"))) == 0


def seen(line: str, typed: str, cell: str) -> Observation:
    return Observation("2021", "A", line, Quantity.VALUE, entry(typed, cell), "a.xlsx", "Emploi")


ASIDE = {("a.xlsx", "Emploi", "K2"): "VAL-015", ("a.xlsx", "Emploi", "K5"): "VAL-007"}
ANSWERS = AnswerSet(
    "2021",
    "A",
    Quantity.VALUE,
    "a.xlsx",
    {
        line: seen(line, typed, f"K{row}")
        for row, (line, typed) in enumerate(
            (("used", "0"), ("set aside", "12.5"), ("none", "nd"), ("words", "trois"), ("unreadable", "range!1-2"),
             ("not yet", "approximate!env. 3"), ("blank", "")), start=1
        )
    },
    ASIDE,
)  # fmt: skip


@pytest.mark.parametrize(
    ("line", "number", "in_doubt"),
    [
        ("used", 0.0, False),
        ("set aside", None, True),
        ("none", None, False),
        ("words", None, False),
        ("unreadable", None, True),
        ("not yet", None, True),  # unreadable, and no rule has said so yet
        ("blank", None, False),
        ("no line of this return", None, False),
    ],
)
def test_a_number_is_used_unless_it_is_set_aside(line: str, number: float | None, in_doubt: bool) -> None:
    answers = replace(ANSWERS)  # which keeps the numbers that it found
    assert (answers.number(line), answers.in_doubt(line)) == (number, in_doubt)


REPORT = ActionReport(
    "2021",
    "A",
    "ACT-1",
    "Une action",
    "1-1",
    False,
    {"statut": entry("En cours", "E5"), "avancement": entry("range!1-2", "F5"), "debut": entry("", "G5"),
     "femmes": entry("12", "J5"), "beneficiaires": entry("nd", "I5")},
    "a.xlsx",
    "Actions",
)  # fmt: skip


@pytest.mark.parametrize(
    ("column", "raw"),
    [
        ("statut", "En cours"),
        ("beneficiaires", "nd"),
        ("avancement", None),  # unreadable
        ("debut", None),  # blank
        ("femmes", None),  # set aside
        ("fin", None),  # no such column in this return
    ],
)
def test_an_entry_of_an_action_is_used_unless_it_is_set_aside(column: str, raw: str | None) -> None:
    evidence = Evidence(FRAMEWORK, (), aside={("a.xlsx", "Actions", "J5"): "COH-030"})
    usable = evidence.usable(REPORT, column)
    assert (usable.raw if usable else None) == raw
