"""FIC-053: files of one partner that complete one another, read together as one return.

Two departments each fill their part of a copy. Where no cell says two things, all of it counts: every answer keeps the
file, the sheet and the cell in which it was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TypeVar

from cvsheet.books.partner.rows import next_complementary_code
from cvsheet.judging.engine.faults import found_in
from cvsheet.judging.engine.rule import rule
from cvsheet.judging.engine.ruling import Rulings
from cvsheet.judging.files.contents import Contents, action_names, answers_among, contents_of
from cvsheet.model.findings import Fact, Finding, Place, Severity
from cvsheet.model.groups import grouped
from cvsheet.model.submission import (
    ActionReport,
    Answer,
    AnswerKind,
    Elsewhere,
    Entry,
    Leftover,
    Observation,
    StructureFact,
    StructureKind,
    Submission,
)
from cvsheet.schema.roles import remarks
from cvsheet.text.french import typeset

Piece = TypeVar("Piece", Leftover, StructureFact)


@rule(
    "FIC-053",
    Severity.WARNING,
    "« {other_file} », du même partenaire, complète ce fichier sans le contredire : les deux sont repris ensemble. "
    "Réponses prises ici : {count} ; dans « {other_file} » : {other_count} ; données dans les deux : {common}.",
    "Si c’est bien l’envoi de deux services, rien à faire. Si l’un devait remplacer l’autre, retirez l’autre du "
    "dossier.",
)
def completed_by_another(submission: Submission) -> Rulings:
    """Deux fichiers d’un même partenaire se complètent.

    Constat : deux fichiers portent le même partenaire et la même campagne, chacun contient une réponse que l’autre n’a
        pas, et aucune cellule ne dit deux choses. Une cellule vide ne contredit rien ; de deux commentaires différents,
        aucun n’est perdu : ils sont gardés à la suite, avec leurs fichiers. De plusieurs fichiers, chacun doit
        s’accorder avec tous les autres. Si une seule réponse diffère, un seul fichier est repris (FIC-041, FIC-042).
    Pourquoi : deux services d’un partenaire remplissent chacun leur part ; n’en garder qu’une perdrait l’autre.
    Exemple : le service emploi renvoie « caf.xlsx », le service logement « caf (1).xlsx ».
    Correction : faites confirmer ; sinon, gardez dans le dossier le seul fichier qui fait foi.
    """
    taken = {part.file: 0 for part in submission.parts}
    for held in answers_among(contents_of(submission)).values():
        taken[held.place.file] += 1
    own, *others = submission.parts
    for other in others:
        facts: dict[str, Fact] = {
            "other_file": other.file,
            "count": taken[own.file],
            "other_count": taken[other.file],
            "common": len(answers_among(contents_of(own)).keys() & answers_among(contents_of(other)).keys()),
        }
        yield found_in(completed_by_another, submission, facts, Place(own.file))


def said_of(findings: Iterable[Finding], files: Collection[str]) -> Iterator[Finding]:
    """Those of `findings` that stand at one of `files`; that two were joined stands at the leading one, and is turned
    round where only the other is meant."""
    for finding in findings:
        if finding.place.file in files:
            yield finding
        elif finding.code == completed_by_another.code and finding.facts["other_file"] in files:
            facts = finding.facts
            turned = {"other_file": finding.place.file, "count": facts["other_count"], "other_count": facts["count"]}
            yield replace(finding, place=Place(str(facts["other_file"])), facts={**facts, **turned})


def completes(one: Contents, other: Contents) -> bool:
    """Whether each of two files holds an answer that the other lacks, and no cell says two things."""
    here, there = answers_among(one), answers_among(other)
    return bool(here.keys() - there.keys()) and bool(there.keys() - here.keys()) and agree(one, other)


def agree(one: Contents, other: Contents) -> bool:
    """Whether no cell holds two different answers; an empty one contradicts nothing."""
    here, there = answers_among(one), answers_among(other)
    return all(here[key].value == there[key].value for key in here.keys() & there.keys())


def join(parts: Sequence[Submission]) -> Submission:
    """One return of `parts`, the leading one first; where two hold the same answer, the first one's counts."""
    parts = tuple(replace(part, structure=tuple(_still_missing(part, parts))) for part in parts)
    return replace(
        parts[0],
        saved_at=max((part.saved_at for part in parts if part.saved_at is not None), default=None),
        observations=tuple(_observations(parts)),
        actions=tuple(_reports(parts)),
        structure=_together(parts, lambda part: part.structure),
        leftovers=_together(parts, lambda part: part.leftovers),
        kept=_together(parts, lambda part: part.kept),
        joined=parts,
    )


def _observations(parts: Sequence[Submission]) -> Iterator[Observation]:
    rows = grouped(((seen.line, seen.quantity), seen) for part in parts for seen in part.observations)
    for group in rows.values():
        chosen = _first([(seen, seen.entry) for seen in group])[0]
        others = [seen for seen in group if seen is not chosen]
        yield _completed(chosen, others) if others else chosen


def _completed(seen: Observation, others: Sequence[Observation]) -> Observation:
    """`seen` with what the same row of other files says beside it."""
    rows = (seen, *others)
    beside = {}
    for column in dict.fromkeys(name for row in rows for name in row.beside):
        given = [(row, row.beside[column]) for row in rows if column in row.beside]
        beside[column] = _all_said(seen, column, given)
    speaks = any(row.comment and row.entry.answer == seen.entry.answer for row in rows)
    return replace(seen, beside=beside, stale_comment=not speaks)


def _reports(parts: Sequence[Submission]) -> Iterator[ActionReport]:
    """One report per action; two that stand in the same free row and are not the same get a code each."""
    rows = grouped(pair for part in parts for pair in zip(action_names(part.actions), part.actions, strict=True))
    taken: set[str] = set()
    for group in rows.values():
        code = group[0].action
        code = next_complementary_code(taken) if code in taken else code
        taken.add(code)
        yield replace(_one_report(group), action=code)


def _one_report(rows: Sequence[ActionReport]) -> ActionReport:
    own = rows[0]
    entries: dict[str, Entry] = {}
    for column in dict.fromkeys(name for row in rows for name in row.entries):
        given = [(row, row.entries[column]) for row in rows if column in row.entries]
        entries[column] = _all_said(own, column, given)
    return replace(own, entries=entries)


Row = TypeVar("Row", Observation, ActionReport)


def _all_said(own: Row, column: str, given: Sequence[tuple[Row, Entry]]) -> Entry:
    """The entry of `column` in all files; of different remarks none is lost, they stand one after the other."""
    entry = _entry(own, *_first(given))
    told: dict[str, Row] = {}
    for row, one in given if column in remarks() else ():
        if one.answer.kind is not AnswerKind.BLANK:
            told.setdefault(one.answer.text or one.raw, row)
    if len(told) <= 1:
        return entry
    words = typeset(" ; ".join(f"« {PurePosixPath(row.file).name} » : {text}" for text, row in told.items()))
    return replace(entry, answer=Answer(AnswerKind.TEXT, text=words), raw=words)


def _first(given: Sequence[tuple[Row, Entry]]) -> tuple[Row, Entry]:
    """The first that is filled, else the first that has a cell, else the first."""
    filled = (one for one in given if one[1].filled)
    return next(filled, None) or next((one for one in given if one[1].cell), given[0])


def _entry(own: Row, row: Row, entry: Entry) -> Entry:
    return replace(entry, elsewhere=_elsewhere(own, row))


def _elsewhere(own: Row, row: Row) -> Elsewhere | None:
    """Where a piece of `row` stands, as the row `own` tells it."""
    return None if row is own else (row.file, row.sheet)


def _still_missing(part: Submission, parts: Sequence[Submission]) -> Iterator[StructureFact]:
    """The facts about `part` without the sheets and lines that it lacks and another of `parts` has."""
    others = [other for other in parts if other is not part]
    codes = {seen.line for other in others for seen in other.observations}
    codes |= {report.action for other in others for report in other.actions}
    for fact in part.structure:
        given = fact.kind is StructureKind.LINE_MISSING and fact.line in codes
        if fact.kind is StructureKind.SHEET_MISSING:
            given = any(fact.facts["expected"] not in _missing_sheets(other) for other in others)
        if not given:
            yield fact


def _missing_sheets(part: Submission) -> Iterator[Fact]:
    return (fact.facts["expected"] for fact in part.structure if fact.kind is StructureKind.SHEET_MISSING)


def _together(parts: Sequence[Submission], pieces: Callable[[Submission], Iterable[Piece]]) -> tuple[Piece, ...]:
    """The pieces of all `parts`, each with its file; what several hold alike stands there once."""
    told: dict[str, Piece] = {}
    for part in parts:
        for piece in pieces(part):
            told.setdefault(repr(piece), replace(piece, file=part.file))
    return tuple(told.values())
