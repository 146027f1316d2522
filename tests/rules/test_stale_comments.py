"""A comment answers a question until the answer changes: a resubmission with the old words is asked again."""

from __future__ import annotations

from datetime import datetime

import pytest

from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Received
from cvsheet.model.submission import Submission
from tests.rules.small import FRAMEWORK
from tests.rules.tables import returned

OLD, NEW = datetime(2022, 1, 10), datetime(2022, 2, 10)


def sent(value: str, comment: str, saved_at: datetime) -> Submission:
    """A's return of 2021 with one implausible figure: T1.M1 is expected far below."""
    table = f"ligne | valeur | commentaire\nT1.M1 | {value} | {comment}"
    return returned(table, file=f"envoi {saved_at:%m}.xlsx", saved_at=saved_at)


def asked(*submissions: Submission) -> bool:
    """Whether the file that counts is asked about the plausibility of its figure."""
    received = [Received(one.file, submission=one) for one in submissions]
    findings = assess(FRAMEWORK, received).findings
    return any(one.code == "VAL-017" and one.line == "T1.M1" for one in findings)


@pytest.mark.parametrize(
    ("before", "after", "again"),
    [
        (("900000", "deux ateliers de plus"), ("900000", "deux ateliers de plus"), False),
        (("900000", "deux ateliers de plus"), ("950000", "deux ateliers de plus"), True),
        (("900000", "deux ateliers de plus"), ("950000", "trois ateliers de plus"), False),
        (("900000", ""), ("950000", "trois ateliers de plus"), False),
        (("900000", "deux ateliers de plus"), ("950000", ""), True),
    ],
)
def test_the_question_comes_back_when_the_answer_changed_and_the_words_did_not(
    before: tuple[str, str], after: tuple[str, str], again: bool
) -> None:
    assert asked(sent(*before, OLD), sent(*after, NEW)) is again


def test_a_single_file_is_silenced_by_its_comment() -> None:
    assert asked(sent("900000", "", NEW))
    assert not asked(sent("900000", "deux ateliers de plus", NEW))
