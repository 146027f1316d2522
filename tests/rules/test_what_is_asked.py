"""Where a blank is asked about, and where the comment beside it is taken for the answer: VAL-001 and VAL-023."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cvsheet.model.submission import BLANK, Submission
from tests.rules.good import A_2021, A_ACTIONS, A_REF, arriving, judged, of, reported, retyped
from tests.rules.tables import returned


def asked(submission: Submission) -> list[str]:
    """The lines of A's file that are asked for."""
    assessment = judged(arriving(of(submission), instead_of=[submission.file])())
    return [one.line for one in assessment.findings if one.code == "VAL-001"]


def blank(table: str, line: str) -> str:
    """The table with nothing typed in the row of a line."""
    rows = table.strip().splitlines()
    return "\n".join(
        f"{line} |{' |' * (row.count('|') - 1)}" if row.partition("|")[0].strip() == line else row for row in rows
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("T2.M1", ["T2.M1"]),
        ("T1.M1/N", ["T1.M1/N"]),  # the categories of a line that is required
        ("T4.M1", []),  # nobody has to answer this one
        ("T5.M1", []),
    ],
)
def test_a_line_that_is_required_is_asked_for(line: str, told: list[str]) -> None:
    assert asked(returned(blank(A_2021, line), A_ACTIONS)) == told


@pytest.mark.parametrize(("line", "told"), [("T2.M1", ["T2.M1"]), ("T6.M1", [])])
def test_a_baseline_is_asked_for_and_a_target_is_not(line: str, told: list[str]) -> None:
    """That a target is missing is COH-021's to say."""
    assert asked(returned(blank(A_REF, line), campaign="REF")) == told


def test_a_cell_that_is_gone_was_never_left_blank() -> None:
    submission = returned(A_2021, A_ACTIONS)
    seen = tuple(replace(one, entry=replace(one.entry, answer=BLANK, cell="")) if one.line == "T2.M1" else one
                 for one in submission.observations)  # fmt: skip
    assert asked(replace(submission, observations=seen)) == []


def test_of_a_file_that_came_back_empty_nothing_is_asked_line_by_line() -> None:
    empty = "\n".join(["ligne | valeur | commentaire", "T1.M1 | |", "T2.M1 | |", "T4.M1 | |"])
    assert asked(returned(empty)) == []
    assert asked(returned(f"{empty}\nT6.M1 | 3 |")) == ["T1.M1", "T2.M1"]
    assert asked(returned(f"{empty}\nT6.M1 | | en mars")) == ["T1.M1", "T2.M1"]  # somebody filled it all the same
    assert asked(returned(empty, "action | statut | avancement | debut | fin | beneficiaires | femmes | commentaire\n"
                          "ACT-1 | En cours | | | | | |")) == ["T1.M1", "T2.M1"]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("T2.M1 | | 45,5", True),
        ("T2.M1 | | 0", True),
        ("T2.M1 | | en mars", False),
        ("T2.M1 | | 45,5 en mars", False),
        ("T2.M1 | |", False),
        ("T2.M1 | 45.5 | 45,5", False),  # it is answered
        ("T2.M1 | nd | 45,5", False),
        ("T6.M2 | | 12", True),  # nobody has to answer this one, but somebody did
        ("T5.M1 | | 12", False),  # a text is asked for
    ],
)
def test_a_number_alone_beside_a_blank_is_an_answer(row: str, told: bool) -> None:
    assert ("VAL-023" in [one.code for one in judged(retyped(row)()).findings]) is told


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("T2.M1 | | 2018 | 60 | 2022 | 43", ["H11"]),
        ("T2.M1 | 43 | 2018 | | 2022 | 60", []),  # it may be about the baseline beside it
        ("T2.M1 | | 2018 | | 2022 | 43", ["H11"]),
    ],
)
def test_beside_two_answers_it_is_that_of_the_baseline(row: str, cells: list[str]) -> None:
    found = judged(retyped(row, table=A_REF, campaign="REF")()).findings
    assert [one.place.cell for one in found if one.code == "VAL-023"] == cells


def test_a_number_beside_an_action_is_a_comment() -> None:
    found = judged(reported("ACT-1 | En cours | | | | 20 | 12 | 50")()).findings
    assert "VAL-023" not in [one.code for one in found]
