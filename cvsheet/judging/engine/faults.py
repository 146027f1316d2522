"""The fault of a rule at an answer, or in a file: where it stands and whose it is are known from what is judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cvsheet.judging.engine.rule import AnyRule
from cvsheet.judging.engine.ruling import Ruling, found
from cvsheet.model.findings import Fact, Place
from cvsheet.model.submission import CellKey, Submission

if TYPE_CHECKING:
    from cvsheet.judging.engine.evidence import AnswerSet


def found_at(
    rule: AnyRule, answers: AnswerSet, line: str, facts: Mapping[str, Fact], doubtful: Sequence[CellKey] = ()
) -> Ruling:
    """The fault of `rule` at the answer for `line`."""
    return found(
        rule,
        answers.place(line),
        line=line,
        partner=answers.partner,
        campaign=answers.campaign,
        facts=facts,
        doubtful=doubtful,
    )


def found_in(
    rule: AnyRule,
    submission: Submission,
    facts: Mapping[str, Fact],
    place: Place | None = None,
    line: str = "",
    doubtful: Sequence[CellKey] = (),
) -> Ruling:
    """The fault of `rule` in a file that says whose it is, at `place`; without one, of all of it."""
    identity = submission.identity
    assert identity is not None, "files without identity are left out before"
    return found(
        rule,
        place or Place(submission.file),
        line=line,
        partner=identity.partner,
        campaign=identity.campaign,
        facts=facts,
        doubtful=doubtful,
    )
