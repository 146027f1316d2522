"""What the reader noticed about the structure of a returned workbook, as findings (STR)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cvsheet.judging.engine.catalogue import rules_of
from cvsheet.judging.engine.evidence import Evidence
from cvsheet.judging.engine.faults import found_in
from cvsheet.judging.engine.gestures import MOST_ALIKE, as_one
from cvsheet.judging.engine.rule import Rule
from cvsheet.judging.engine.ruling import Outcome, Ruling, Severities, settle
from cvsheet.judging.structure import drawn, files, rows, sheets
from cvsheet.model.findings import Place
from cvsheet.model.framework import Framework
from cvsheet.model.submission import CellKey, StructureFact, StructureKind, Submission, place_of

STRUCTURE_RULES: tuple[Rule[StructureFact, bool], ...] = rules_of(sheets, rows, drawn, files)
EXPLAINED_BY_AGE = (StructureKind.LINE_MISSING, StructureKind.LINE_UNKNOWN, StructureKind.SHEET_MISSING)
"""What a change of the framework explains: FIC-034 says it once."""
OF_ROWS = (
    StructureKind.LINE_MISSING,
    StructureKind.LINE_UNKNOWN,
    StructureKind.LINE_TWICE,
    StructureKind.ROW_WITHOUT_CODE,
    StructureKind.ROWS_SHUFFLED,
    StructureKind.ROW_OF_ANOTHER,
    StructureKind.ROW_OF_ANOTHER_CAMPAIGN,
    StructureKind.LOCKED_CHANGED,
    StructureKind.INPUT_MERGED,
)
"""Facts of which a sheet has one per row."""
JUDGED_BEFORE = (
    StructureKind.IDENTITY_CONFLICT,
    StructureKind.IDENTITY_MISSING,
    StructureKind.CANONICAL_WORKBOOK,
    StructureKind.MASTER_WORKBOOK,
    StructureKind.RESULTS_WORKBOOK,
)
"""Facts for which the whole file is left out (FIC)."""


def judge_structure(evidence: Evidence, severities: Severities) -> Outcome:
    """What the STR rules say of every file that counts."""
    parts = [part for submission in evidence.submissions for part in submission.parts]
    return settle((ruling for file in parts for ruling in _found_in(evidence.framework, file)), severities)


def _found_in(framework: Framework, submission: Submission) -> Iterator[Ruling]:
    """One finding per fact of the reader, and one for many that one gesture made in a sheet; what only follows from an
    older framework is not said again."""
    identity = submission.identity
    assert identity is not None, "files without identity are left out before"
    older = bool(identity.version) and not framework.is_version_of(identity.version, identity.campaign)
    gestures: dict[object, list[Ruling]] = {}
    for rank, fact in enumerate(submission.structure):
        if older and fact.kind in EXPLAINED_BY_AGE:
            continue
        for judge in STRUCTURE_RULES:
            if judge(fact):
                alike = (judge.code, fact.sheet, fact.facts.get("name"))
                gestures.setdefault(alike if fact.kind in OF_ROWS else rank, []).append(
                    _ruling(judge, submission, fact)
                )
    for group in gestures.values():
        yield from [_as_one(group)] if len(group) > MOST_ALIKE else group


def _ruling(judge: Rule[StructureFact, bool], submission: Submission, fact: StructureFact) -> Ruling:
    facts = {"line": fact.line, **fact.facts}
    place = Place(submission.file, fact.sheet, fact.cell)
    return found_in(judge, submission, facts, place, fact.line, _doubtful(submission, fact))


def _as_one(group: Sequence[Ruling]) -> Ruling:
    """One ruling for a gesture, that doubts all that its parts do."""
    return Ruling(as_one([one.finding for one in group]), tuple(key for one in group for key in one.doubtful))


def _doubtful(submission: Submission, fact: StructureFact) -> list[CellKey]:
    """The answers that an ERROR puts in doubt: those of its line, or of its sheet where a column stands twice."""
    if fact.kind is StructureKind.COLUMN_TWICE:
        observed = [seen for seen in submission.observations if seen.sheet == fact.sheet]
    else:
        observed = [seen for seen in submission.observations if fact.line and seen.line == fact.line]
    reports = [report for report in submission.actions if fact.line and report.action == fact.line]
    entries = [place_of(report, entry) for report in reports for entry in report.entries.values() if entry.cell]
    return [place_of(seen, seen.entry) for seen in observed] + entries
