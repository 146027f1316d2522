"""VAL-021: personal data are told at the cell in which they stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cvsheet.model.submission import Answer, AnswerKind, Entry
from cvsheet.schema.roles import name_of
from cvsheet.schema.tables import Role
from tests.rules.good import A_2021, A_ACTIONS, B_2021, judged, of
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
