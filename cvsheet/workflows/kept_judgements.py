"""What the rules said of all returns together, kept beside the contract: what has not changed is judged once.

A judgement is found by the contract with its severities and deadlines, by every file that came in with what was read
of it, and by the program with the libraries that judge. What counts is kept by its place among the files, so that the
readings are not kept twice; only several files that make one return are kept whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Assessment, Received, SkippedRule, long_table_of
from cvsheet.model.findings import Finding
from cvsheet.model.framework import Framework
from cvsheet.model.submission import CellKey, Submission
from cvsheet.workflows.kept import FOLDER, Store, key_of, no_collection
from cvsheet.workflows.kept_readings import as_bytes


class _KeptJudgement(msgspec.Struct, array_like=True):
    """`Assessment`, as it is kept: `current` are places in what was received, or returns made of several files."""

    current: tuple[int | Submission, ...]
    findings: tuple[Finding, ...]
    aside: tuple[tuple[CellKey, str], ...]
    superseded: dict[str, str]
    skipped: tuple[SkippedRule, ...]


_TO_BYTES = msgspec.msgpack.Encoder()
_FROM_BYTES = msgspec.msgpack.Decoder(_KeptJudgement)


def judged_once(root: Path, framework: Framework, received: Sequence[Received]) -> Assessment:
    """What `assess` says of what was `received`, as it is kept in the contract's folder `root` if it is."""
    told = told_of(received)
    if told is None:
        return assess(framework, received)
    store = Store(root / FOLDER / "jugements")
    key = key_of(repr(framework), *told)
    kept = store.find(key)
    assessment = None if kept is None else judgement_from_bytes(received, kept)
    if assessment is None:
        assessment = assess(framework, received)
        said = judgement_to_bytes(assessment)
        if said is not None:
            store.keep(key, said)
            store.forget_unused()
    return assessment


def told_of(received: Iterable[Received]) -> tuple[str, ...] | None:
    """What makes `received` another: the names, and the keys of the readings; None where bytes do not say it all."""
    told: list[str] = []
    for one in received:
        said = one.reading or as_bytes(one)
        if isinstance(said, Received):
            return None
        told += (one.file, said if isinstance(said, str) else key_of(said))
    return tuple(told)


def judgement_to_bytes(assessment: Assessment) -> bytes | None:
    """`assessment` as bytes, all but what was received; None where a crash of ours left something out of it, or a fact
    in it is of no plain type."""
    if assessment.incidents:
        return None
    places = {id(one.submission): place for place, one in enumerate(assessment.received) if one.submission is not None}
    judgement = _KeptJudgement(
        tuple(places.get(id(one), one) for one in assessment.current),
        assessment.findings,
        tuple(assessment.aside.items()),
        dict(assessment.superseded),
        assessment.skipped,
    )
    try:
        return _TO_BYTES.encode(judgement)
    except (TypeError, OverflowError, UnicodeError):
        return None


def judgement_from_bytes(received: Sequence[Received], content: bytes) -> Assessment | None:
    """What `judgement_to_bytes` made of a judgement of `received`; None where it is something else."""
    try:
        with no_collection():
            kept = _FROM_BYTES.decode(content)
        current = tuple(_current(received, one) for one in kept.current)
    except (msgspec.MsgspecError, ValueError, IndexError):
        return None
    aside = dict(kept.aside)
    return Assessment(
        received=tuple(received),
        current=current,
        answers=long_table_of(current, aside),
        findings=kept.findings,
        aside=aside,
        superseded=kept.superseded,
        skipped=kept.skipped,
    )


def _current(received: Sequence[Received], one: int | Submission) -> Submission:
    found = received[one].submission if isinstance(one, int) else one
    if found is None:
        raise ValueError("a file of which nothing was read counts for nobody")
    return found
