"""Before a master is written: what the coordination typed in the former ones, brought together.

The master that is about to be replaced comes first; the masters of other campaigns beside it add what it does not
know. Nothing is guessed: where two of them differ, the first counts and the other version is listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cvsheet.books.master.decisions import (
    DECISIONS,
    NOTHING_WRITTEN,
    Arbitration,
    Coordination,
    Key,
    Note,
    Reason,
    as_text,
)
from cvsheet.books.master.read_back import FormerMaster, read_master
from cvsheet.errors import OutputError, Refusal, UnreadableFile
from cvsheet.files.scalars import answer_of
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import Framework
from cvsheet.model.long_table import records
from cvsheet.model.submission import AnswerKind
from cvsheet.schema.tables import load_table
from cvsheet.workflows.replacing import keep_copy

DIFFERENCE = 1e-9  # relative: a spreadsheet keeps 15 digits
WORDS = {"arbitre": "typed", "motif": "motive", "note": "comment"}  # columns of *Décisions* -> parts of an Arbitration


@dataclass(frozen=True, slots=True)
class Carried:
    """What is carried into the new master. `replaced` is the former master at the same place, where there is one."""

    coordination: Coordination
    replaced: FormerMaster | None


def carried_over(framework: Framework, target: Path, assessment: Assessment) -> Carried:
    """What the master at `target` and those of other campaigns beside it hold of the coordination's hand.

    A number of the former *Données* that differs from what is read now, although the same cell of the same file holds
    the same text, was corrected by hand: it is listed. OutputError, in French, where one of them
    cannot be read back: nothing may be written then.
    """
    masters = [master for path in _masters(framework, target) if (master := _read(framework, path)) is not None]
    replaced = masters[0] if masters and masters[0].file == target.name else None
    notes = list(_merged_notes(masters if replaced is None else [replaced]))
    arbitrations = _arbitrations(framework, masters, notes)
    notes += _other_versions(masters, arbitrations)
    for master in masters:
        unknown = (one for one in master.arbitrations if not _known(framework, one.campaign, one.line))
        notes += [note for one in unknown for note in _as_notes(one, origin=master.file)]
    if replaced is not None:
        notes += _corrected(replaced, assessment)
    settled = [note for note in notes if note.table != DECISIONS or note.reason or not _known(framework, *note.key)]
    titles = tuple(dict.fromkeys(title for master in masters[:1] for title in master.titles))
    return Carried(Coordination(arbitrations, tuple(dict.fromkeys(settled)), titles), replaced)


def decided_in(folder: Path, framework: Framework, assessment: Assessment) -> Coordination:
    """What the coordination decided in the masters of `folder`, the latest campaign first; OutputError likewise."""
    if not framework.campaigns:
        return NOTHING_WRITTEN
    latest = max(framework.campaigns, key=lambda campaign: campaign.end)
    return carried_over(framework, folder / master_name(framework, latest.code), assessment).coordination


def archive(carried: Carried, target: Path) -> Path | None:
    """Keep a copy of the master about to be replaced where a person has saved it since; its path, or None.

    What is not carried over (formats, sheets and charts of one's own) stays there; so do the notes of sheets too large
    to be read back, which is why such a master is always kept.
    """
    former = carried.replaced
    if former is None or not (former.touched or former.left_out):
        return None
    return keep_copy(target, former.saved_at)


def left_behind(framework: Framework, carried: Carried, target: Path, results: Path) -> tuple[Path, ...]:
    """The masters whose notes a new master at `target` does not take over: renamed ones beside it, and those in the
    folder `results` where it is made elsewhere. None where it replaces a former one."""
    if carried.replaced is not None:
        return ()
    folders = dict.fromkeys((target.parent.resolve(), results.resolve()))
    known = {path.resolve() for path in _masters(framework, target)}
    others = (path for folder in folders if folder.is_dir() for path in sorted(folder.glob("[!~.]*.xlsx")))
    return tuple(path for path in others if path.resolve() not in known and _has_notes(framework, path))


def _has_notes(framework: Framework, path: Path) -> bool:
    try:
        master = read_master(path, framework)
    except UnreadableFile:
        return False
    ours = master is not None and master.contract == framework.contract.code
    return ours and master is not None and bool(master.arbitrations or master.notes)


def _masters(framework: Framework, target: Path) -> Iterator[Path]:
    """The master at `target`, then those of the same contract beside it, the latest campaign first."""
    if target.exists():
        yield target
    campaigns = sorted(framework.campaigns, key=lambda campaign: campaign.end, reverse=True)
    for campaign in campaigns:
        path = target.with_name(master_name(framework, campaign.code))
        if path != target and path.exists():
            yield path


def master_name(framework: Framework, campaign: str) -> str:
    """The name of the master that judges `campaign`."""
    return f"{framework.contract.code}_{campaign}_maitre.xlsx"


def _read(framework: Framework, path: Path) -> FormerMaster | None:
    try:
        master = read_master(path, framework)
    except UnreadableFile as error:
        raise OutputError(
            f"Le classeur maître « {path} » ne peut pas être relu ({_why(error)}) : rien n’a été écrit, pour ne perdre "
            "aucune de vos notes. Ouvrez-le et enregistrez-le au format .xlsx, ou déplacez-le dans un autre dossier, "
            "puis relancez."
        ) from error
    if master is None or master.contract not in ("", framework.contract.code):
        what = "n’est pas un classeur maître" if master is None else f"est celui du contrat « {master.contract} »"
        raise OutputError(
            f"« {path} » existe déjà et {what} : rien n’a été écrit. Choisissez un autre nom avec -o, ou déplacez ce "
            "fichier."
        )
    return master


def _why(error: UnreadableFile) -> str:
    reasons = {
        Refusal.ENCRYPTED: "il est protégé par un mot de passe",
        Refusal.EMPTY: "le fichier est vide",
        Refusal.TRUNCATED: "le fichier est incomplet",
        Refusal.LEGACY_XLS: "il est à l’ancien format .xls",
        Refusal.MISSING: "vous n’y avez pas accès",
        Refusal.TOO_LARGE: "il est trop grand",
        Refusal.GEOMETRY: "il est trop grand",
    }
    return reasons.get(error.reason, "le fichier est abîmé ou d’un autre type")


def _merged_notes(masters: Sequence[FormerMaster]) -> Iterator[Note]:
    """The notes of `masters`, each place once; another version of a place says so."""
    taken: dict[tuple[str, Key, str], object] = {}
    for master in masters:
        for note in master.notes:
            if note.reason or note.place not in taken:
                taken.setdefault(note.place, note.value)
                yield note


def _arbitrations(
    framework: Framework, masters: Sequence[FormerMaster], notes: Sequence[Note]
) -> Mapping[tuple[str, str], Arbitration]:
    """The decision of each campaign and line: the first master that has one; else one that had lost its line."""
    found: dict[tuple[str, str], Arbitration] = {}
    for master in masters:
        for one in master.arbitrations:
            if _known(framework, one.campaign, one.line):
                found.setdefault((one.campaign, one.line), one)
    for key, words in _lost(notes).items():
        if _known(framework, *key) and key not in found:
            found[key] = _from_words(key, words)
    return found


def _known(framework: Framework, campaign: str, line: str = "") -> bool:
    return campaign in framework.campaign and line in framework.line


def _lost(notes: Sequence[Note]) -> dict[tuple[str, str], dict[str, Any]]:
    """The decisions among the notes without a row."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for note in notes:
        if note.table == DECISIONS and not note.reason and len(note.key) == 2:  # noqa: PLR2004 - campaign and line
            found.setdefault((note.key[0], note.key[1]), {})[note.title] = note.value
    return found


def _from_words(key: tuple[str, str], words: Mapping[str, Any]) -> Arbitration:
    titles = {name: load_table(DECISIONS).column(name).title for name in WORDS}
    typed = words.get(titles["arbitre"])
    return Arbitration(
        *key,
        typed=typed,
        answer=answer_of(typed),
        motive=str(words.get(titles["motif"]) or ""),
        comment=str(words.get(titles["note"]) or ""),
    )


def _as_notes(one: Arbitration, reason: str = "", origin: str = "") -> Iterator[Note]:
    """The words of a decision, as notes of *Décisions*."""
    for name, part in WORDS.items():
        value = getattr(one, part)
        if value not in (None, ""):
            title = load_table(DECISIONS).column(name).title
            yield Note(DECISIONS, (one.campaign, one.line), title, value, origin, reason)


def _other_versions(masters: Sequence[FormerMaster], chosen: Mapping[tuple[str, str], Arbitration]) -> Iterator[Note]:
    """What other masters say otherwise of the same campaign and line."""
    for master in masters:
        for one in master.arbitrations:
            kept = chosen.get((one.campaign, one.line), one)
            differing = {
                name: "" if as_text(getattr(one, part)) == as_text(getattr(kept, part)) else getattr(one, part)
                for name, part in WORDS.items()
            }
            other = replace(one, typed=differing["arbitre"], motive=differing["motif"], comment=differing["note"])
            yield from _as_notes(other, Reason.OTHER_VERSION, master.file)


def _corrected(former: FormerMaster, assessment: Assessment) -> Iterator[Note]:
    """Numbers of the former *Données* that a person changed, or took out of the totals."""
    title = load_table("donnees").column("nombre").title
    count = load_table("donnees").column("compte").title
    for seen in records(assessment.frame):
        key = (seen["campagne"], seen["partenaire"], seen["ligne"], seen["grandeur"])
        given = former.given.get(key)
        typed = " ".join(str(seen["saisie"]).split())
        if given is None or (given.file, given.cell, given.typed) != (seen["fichier"], seen["cellule"], typed):
            continue
        number = seen["nombre"] if seen["reponse"] == AnswerKind.NUMBER.value else None
        if not _alike(given.number, number):
            yield Note("donnees", key, title, given.number, given.origin, Reason.CORRECTED)
        if given.counted == given.set_aside:
            yield Note("donnees", key, count, int(given.counted), given.origin, Reason.CORRECTED)


def _alike(one: object, other: float | None) -> bool:
    if isinstance(one, int | float) and other is not None:
        return abs(one - other) <= DIFFERENCE * max(1.0, abs(other))
    return one is None and other is None
