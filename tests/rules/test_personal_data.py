"""VAL-021: personal data are told at the cell in which they stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cvsheet.model.submission import Answer, AnswerKind, Entry
from cvsheet.schema.roles import name_of
from cvsheet.schema.tables import Role
from tests.rules.good import A_2021, A_ACTIONS, B_2021, judged, of, reported
from tests.rules.tables import returned

ADDRESS = "voir avec prenom.nom@exemple.fr"
COMMENT, SOURCE = name_of(Role.COMMENT), name_of(Role.SOURCE)


def said_at(line: str, answer: str = "", **texts: str) -> list[tuple[str, str]]:
    """The lines and cells of the findings where `line` has these texts in its columns, and perhaps another answer."""
    submission = returned(A_2021, A_ACTIONS)
    cells = {COMMENT: "M9", SOURCE: "N9", "": ""}
    made = {name: Entry(Answer(AnswerKind.TEXT, text=text), raw=text, cell=cells[name]) for name, text in texts.items()}
    seen = [
        replace(
            one,
            beside=made,
            entry=replace(one.entry, answer=Answer(AnswerKind.TEXT, text=answer)) if answer else one.entry,
        )
        if one.line == line
        else one
        for one in submission.observations
    ]
    assessment = judged((of(submission, observations=tuple(seen)), of(returned(B_2021, partner="B"))))
    return [(one.line, one.place.cell) for one in assessment.findings if one.code == "VAL-021"]


@pytest.mark.parametrize(
    ("line", "answer", "texts", "told"),
    [
        ("T5.M1", "", {COMMENT: "rien à dire"}, []),
        ("T5.M1", "", {COMMENT: ADDRESS}, [("T5.M1", "M9")]),
        ("T1.M1", "", {COMMENT: ADDRESS}, [("T1.M1", "M9")]),  # the first line as well
        ("T5.M1", "", {SOURCE: ADDRESS}, [("T5.M1", "N9")]),
        ("T5.M1", "", {COMMENT: "rien à dire", SOURCE: ADDRESS}, [("T5.M1", "N9")]),
        ("T5.M1", "", {COMMENT: ADDRESS, SOURCE: ADDRESS}, [("T5.M1", "M9")]),  # once a line
        ("T5.M1", ADDRESS, {}, [("T5.M1", "K17")]),
        ("T5.M1", ADDRESS, {COMMENT: "rien à dire"}, [("T5.M1", "K17")]),
    ],
)
def test_personal_data_are_told_where_they_stand(
    line: str, answer: str, texts: dict[str, str], told: list[tuple[str, str]]
) -> None:
    assert said_at(line, answer, **texts) == told


def test_it_stands_at_the_comment_and_the_answer_s_own_fault_at_the_answer() -> None:
    submission = returned(A_2021.replace("45.5 ", "approximate!env. 45 "), A_ACTIONS)
    comment = Entry(Answer(AnswerKind.TEXT, text=ADDRESS), raw=ADDRESS, cell="M11")
    seen = tuple(replace(one, beside={COMMENT: comment}) if one.line == "T2.M1" else one
                 for one in submission.observations)  # fmt: skip
    found = judged((of(submission, observations=seen), of(returned(B_2021, partner="B")))).findings
    assert [(one.code, one.place.cell) for one in found if one.line == "T2.M1"] == [
        ("VAL-007", "K11"),
        ("VAL-021", "M11"),
    ]


def test_in_what_is_said_of_an_action_too() -> None:
    found = judged(reported(f"ACT-1 | En cours | 50 | | | 20 | 12 | {ADDRESS}")()).findings
    assert [(one.code, one.line, one.place.sheet, one.place.cell) for one in found] == [
        ("VAL-021", "ACT-1", "Actions", "K5")
    ]
