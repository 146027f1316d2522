"""What the rules said of all returns together, kept beside the contract: what has not changed is judged once.

A judgement is found by the contract with its severities and deadlines, by every file that came in with what was read
of it, and by the program with the libraries that judge. What counts is kept by its place among the files, so that the
readings are not kept twice; only several files that make one return are kept whole.

Where some files changed, what the rules said of each of the others for itself is known too: by its reading, under the
contract and the program. Only what lies between returns is then judged again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from cvsheet.judging.engine.apart import Said
from cvsheet.judging.engine.assess import assess, assess_knowing
from cvsheet.judging.engine.assessment import Assessment, Received, SkippedRule, long_table_of
from cvsheet.judging.engine.ruling import Outcome
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


class _KeptOutcome(msgspec.Struct, array_like=True, omit_defaults=True):
    """`Outcome` of one stage about one return, as it is kept; `stage` by its place."""

    stage: int
    findings: tuple[Finding, ...]
    aside: tuple[tuple[CellKey, str], ...]
    skipped: tuple[SkippedRule, ...]


class _KeptReturns(msgspec.Struct, array_like=True):
    """What was said of each return, by the key of its reading: the outcomes of the stages that said something."""

    stages: int
    said: dict[str, tuple[_KeptOutcome, ...]]


_TO_BYTES = msgspec.msgpack.Encoder()
_FROM_BYTES = msgspec.msgpack.Decoder(_KeptJudgement)
_RETURNS_FROM_BYTES = msgspec.msgpack.Decoder(_KeptReturns)
_NOTHING = Outcome()


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
        assessment = _judged_apart(store, framework, received)
        said = judgement_to_bytes(assessment)
        if said is not None:
            store.keep(key, said)
            store.forget_unused()
    return assessment


def _judged_apart(store: Store, framework: Framework, received: Sequence[Received]) -> Assessment:
    """What `assess` says, the returns judged that nothing is known of; what is said of each is kept for the next time,
    with what was known of as many others: two commands may look at different folders of one contract."""
    key = key_of("par retour", repr(framework))
    kept = store.find(key)
    known = {} if kept is None else _returns_from_bytes(kept)
    assessment, said = assess_knowing(known, framework, received)
    others = [reading for reading in known if reading not in said][-len(said) :]
    content = _returns_to_bytes({**{reading: known[reading] for reading in others}, **said})
    if content is not None and said.keys() - known.keys() and not assessment.incidents:
        store.keep(key, content)
    return assessment


def _returns_to_bytes(said: Mapping[str, Said]) -> bytes | None:
    """`said` as bytes; None where a fact in it is of no plain type."""
    kept = {
        reading: tuple(
            _KeptOutcome(stage, one.findings, tuple(one.aside.items()), one.skipped)
            for stage, one in enumerate(outcomes)
            if one != _NOTHING
        )
        for reading, outcomes in said.items()
    }
    try:
        return _TO_BYTES.encode(_KeptReturns(max(map(len, said.values()), default=0), kept))
    except (TypeError, OverflowError, UnicodeError):
        return None


def _returns_from_bytes(content: bytes) -> Mapping[str, Said]:
    """What `_returns_to_bytes` made bytes of; nothing where it is something else."""
    try:
        with no_collection():
            kept = _RETURNS_FROM_BYTES.decode(content)
    except (msgspec.MsgspecError, ValueError):
        return {}
    return {reading: _outcomes(kept.stages, several) for reading, several in kept.said.items()}


def _outcomes(stages: int, several: Iterable[_KeptOutcome]) -> Said:
    told = {one.stage: Outcome(one.findings, dict(one.aside), one.skipped) for one in several}
    return tuple(told.get(stage, _NOTHING) for stage in range(stages))


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
