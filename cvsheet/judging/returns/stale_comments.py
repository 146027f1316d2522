"""A comment explains the answer that it was written for: once the answer changes, the question is asked again.

Between choosing the files that count and judging them: who corrects a figure often leaves the old comment beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cvsheet.judging.files.versions import Replacement
from cvsheet.model.groups import grouped
from cvsheet.model.submission import Answer, Observation, Quantity, Submission


def with_stale_comments(
    submissions: Sequence[Submission], replacements: Iterable[Replacement]
) -> tuple[Submission, ...]:
    """`submissions` with the comments marked that a replaced file holds beside another answer."""
    formers = grouped((one.kept.file, one.former) for one in replacements)
    return tuple(_marked(submission, formers.get(submission.file, [])) for submission in submissions)


def _marked(submission: Submission, formers: Sequence[Submission]) -> Submission:
    known = _explained(formers)
    stale = [bool(known) and _is_stale(seen, known.get(_key(seen), ())) for seen in submission.observations]
    if not any(stale):
        return submission
    pairs = zip(submission.observations, stale, strict=True)
    return replace(
        submission, observations=tuple(replace(seen, stale_comment=True) if old else seen for seen, old in pairs)
    )


def _is_stale(seen: Observation, before: Sequence[Answer]) -> bool:
    """The same words stood beside other answers only."""
    return bool(before) and seen.entry.answer not in before


def _explained(formers: Sequence[Submission]) -> dict[tuple[str, Quantity, str], list[Answer]]:
    """Line, quantity and comment -> the answers beside which that comment stood."""
    commented = (seen for former in formers for seen in former.observations if seen.comment)
    return grouped((_key(seen), seen.entry.answer) for seen in commented)


def _key(seen: Observation) -> tuple[str, Quantity, str]:
    return seen.line, seen.quantity, seen.comment
