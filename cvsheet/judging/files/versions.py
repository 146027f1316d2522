"""FIC-040 to FIC-042: several files from the same partner for the same campaign, and which of them count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import PurePosixPath

from cvsheet.books.partner.rows import entry_table, is_added
from cvsheet.judging.engine.faults import found_in
from cvsheet.judging.engine.rule import AnyRule, rule
from cvsheet.judging.engine.ruling import Ruling, Rulings
from cvsheet.judging.files.contents import AnswerPlace, Contents, Held, answers_among, contents_of
from cvsheet.judging.files.identity import has_answers
from cvsheet.judging.files.joins import agree, completes, join
from cvsheet.model.findings import Fact, Severity
from cvsheet.model.framework import Framework
from cvsheet.model.submission import Submission
from cvsheet.schema.roles import ACTIONS, remarks
from cvsheet.schema.tables import load_table
from cvsheet.text.french import french_count, typeset

MOST_NAMED = 8  # cells that differ
_LONGEST = 40  # characters of what was typed


@dataclass(frozen=True)
class Replacement:
    """Two files for the same partner and campaign: `kept` counts (it may be several, joined), `former` does not."""

    framework: Framework
    former: Submission
    kept: Submission

    @property
    def identical(self) -> bool:
        return self.former.sha256 == self.kept.sha256

    @cached_property
    def cells(self) -> Mapping[AnswerPlace, tuple[Held | None, Held | None]]:
        """The cells of which the two do not say the same, with what each holds; None where it has no such row."""
        former, kept = contents_of(self.former), contents_of(self.kept)
        pairs = {key: (former.get(key), kept.get(key)) for key in {**former, **kept}}
        return {key: pair for key, pair in pairs.items() if _value(pair[0]) != _value(pair[1])}

    @property
    def differences(self) -> int:
        """How many answers or comments differ."""
        return len(self.cells)

    @cached_property
    def blanked(self) -> Mapping[AnswerPlace, tuple[Held, Held | None]]:
        """The answers of the former file that the one kept leaves blank, with that cell; None for an action that the
        partner had added, of which there is no row any more. A line whose row is gone is another matter (STR)."""
        return {
            key: (former, kept)
            for key, (former, kept) in self.cells.items()
            if former is not None
            and former.value is not None
            and key[1] not in remarks()
            and (is_added(former.code) if kept is None else kept.value is None)
        }

    @property
    def dated(self) -> bool:
        """Whether the files themselves say which one is the later."""
        return _tell_their_order(self.former, self.kept)


@rule("FIC-040", Severity.INFO, "Ce fichier est la copie exacte de « {other_file} » : une seule est reprise.")
def identical_copy(replacement: Replacement) -> Rulings:
    """Le même fichier est présent deux fois.

    Constat : deux fichiers ont exactement le même contenu.
    Pourquoi : compter deux fois la même réponse fausserait les totaux.
    Exemple : « caf.xlsx » et « caf (1).xlsx ».
    Correction : rien à faire ; une copie peut être supprimée.
    """
    if replacement.identical:
        yield _found_on_former(identical_copy, replacement)


@rule(
    "FIC-041",
    Severity.INFO,
    "Ce fichier est remplacé par « {other_file} », plus récent. Cellules qui diffèrent : {count}. {differences}",
)
def superseded(replacement: Replacement) -> Rulings:
    """Un fichier plus récent du même partenaire le remplace.

    Constat : deux fichiers portent le même partenaire et la même campagne, sans se compléter (FIC-053) ; celui
        enregistré le dernier est repris. Les premières cellules qui se contredisent sont citées. Une réponse que seul
        le fichier remplacé contient est un avertissement (HIS-003).
    Pourquoi : un partenaire corrige souvent son envoi ; une seule version doit compter.
    Exemple : « caf.xlsx » du 3 mars et « caf corrigé.xlsx » du 10 mars.
    Correction : rien à faire si le dernier fichier est le bon ; sinon retirez-le du dossier.
    """
    if not replacement.identical and (replacement.dated or not replacement.differences):
        yield _found_on_former(superseded, replacement)


@rule(
    "FIC-042",
    Severity.WARNING,
    "Ce fichier et « {other_file} » viennent du même partenaire et rien ne dit lequel est le plus récent ; "
    "« {other_file} » est repris. Cellules qui diffèrent : {count}. {differences}",
    "Gardez dans le dossier le seul fichier qui fait foi.",
)
def uncertain_order(replacement: Replacement) -> Rulings:
    """Deux fichiers du même partenaire diffèrent sans qu’on sache lequel est le dernier.

    Constat : les dates d’enregistrement manquent ou sont égales, et les fichiers ne se complètent pas (FIC-053) : une
        même cellule dit deux choses, ou l’un contient toutes les réponses de l’autre. Un fichier rempli passe avant un
        fichier vide, puis celui qui contient tout l’autre, puis un fichier daté avant un fichier sans date, puis le
        dernier dans l’ordre naturel des noms. Les premières cellules qui se contredisent sont citées.
    Pourquoi : reprendre le mauvais fichier ferait revenir des erreurs déjà corrigées.
    Exemple : deux exports de Google Sheets, qui n’inscrit pas de date.
    Correction : demandez au partenaire lequel fait foi et retirez l’autre du dossier.
    """
    if not replacement.identical and not replacement.dated and replacement.differences:
        yield _found_on_former(uncertain_order, replacement)


def choose(
    framework: Framework, submissions: Iterable[Submission]
) -> tuple[tuple[Submission, ...], tuple[Replacement, ...]]:
    """The submissions that count, one per partner and campaign in the order given, and what each replaces.

    A file with answers is never replaced by an empty one: the template sent back by mistake erases nothing. Files that
    complete one another are joined. The order of `submissions` within a group does not matter.
    """
    groups: dict[tuple[str, str], list[Submission]] = {}
    for submission in submissions:
        identity = submission.identity
        assert identity is not None, "files without identity are left out before"
        groups.setdefault((identity.campaign, identity.partner), []).append(submission)
    current: list[Submission] = []
    replacements: list[Replacement] = []
    for group in groups.values():
        by_age = sorted(group, key=_age)
        originals = _originals(by_age)
        parts = _parts(list(originals.values())) if len(originals) > 1 else list(originals.values())
        kept = parts[0] if len(parts) == 1 else join(parts)
        current.append(kept)
        for other in by_age:
            original = originals[other.sha256]
            if other.file not in kept.files:
                counts = original.file in kept.files
                replacements.append(Replacement(framework, other, original if counts else kept))
    return tuple(current), tuple(replacements)


def _originals(by_age: Sequence[Submission]) -> dict[str, Submission]:
    """The files of which others are exact copies, by what they hold; each as late as its latest copy."""
    found: dict[str, Submission] = {}
    for one in by_age:
        found[one.sha256] = found.pop(one.sha256, one)
    return found


def _parts(by_age: Sequence[Submission]) -> list[Submission]:
    """The files that count together, the leading one first: the latest, then those that complete it."""
    held = {one.file: contents_of(one) for one in by_age}
    leading = _leading(by_age, held)
    parts, together = [leading], dict(answers_among(held[leading.file]))
    for other in reversed(by_age):
        answers = answers_among(held[other.file])
        if answers.keys() - together.keys() and all(completes(held[other.file], held[one.file]) for one in parts):
            parts.append(other)
            together |= answers
    return parts


def _leading(by_age: Sequence[Submission], held: Mapping[str, Contents]) -> Submission:
    """The latest; where nothing tells that it is, one that holds all its answers and more."""
    last = by_age[-1]
    wanted = answers_among(held[last.file]).keys()
    fuller = [
        one for one in by_age
        if not _tell_their_order(one, last)
        and agree(held[one.file], held[last.file])
        and wanted <= answers_among(held[one.file]).keys()
    ]  # fmt: skip
    return max(reversed(fuller), key=lambda one: len(answers_among(held[one.file])))


def natural_key(name: str) -> tuple[tuple[int, str], ...]:
    """A sort key in which « envoi 10 » comes after « envoi 9 »."""
    parts = re.split(r"([0-9]+)", name.casefold())
    return tuple((int(part), "") if part.isascii() and part.isdigit() else (0, part) for part in parts)


def _age(submission: Submission) -> tuple[bool, bool, datetime, tuple[tuple[int, str], ...], str]:
    """Oldest first: empty before filled, undated before dated, then by date, then by name (« caf (1).xlsx » is later
    than « caf.xlsx »)."""
    saved = submission.saved_at
    return (
        has_answers(submission),
        saved is not None,
        saved or datetime.min,
        natural_key(str(PurePosixPath(submission.file).with_suffix(""))),
        submission.file,
    )


def _tell_their_order(one: Submission, other: Submission) -> bool:
    """Whether the files themselves say which one is the later."""
    return one.saved_at is not None and other.saved_at is not None and one.saved_at != other.saved_at


def _value(held: Held | None) -> object:
    return held.value if held else None


def _named(replacement: Replacement) -> str:
    """The first cells of which the replaced file says something else, or something that nothing else tells."""
    lost = {key: pair for key, pair in replacement.cells.items() if _value(pair[0]) is not None}
    lost = {key: pair for key, pair in lost.items() if key not in replacement.blanked}
    named = [_told(replacement, key, *pair) for key, pair in list(lost.items())[:MOST_NAMED]]
    if len(lost) > MOST_NAMED:
        named.append(french_count(len(lost) - MOST_NAMED, "autre", "autres"))
    return typeset(f"{' ; '.join(named)}.") if named else ""


def _told(replacement: Replacement, key: AnswerPlace, former: Held | None, kept: Held | None) -> str:
    """``EMP-P1-I01.M1 (Foyers – Total), Valeur : « 12 » ici (Emploi!K5), « 15 » dans « caf (1).xlsx » (Emploi!K5)``"""
    framework, row = replacement.framework, next(held.row for held in (former, kept) if held)
    line = framework.line.get(row)
    label = f"{row} ({line.measure.title} – {line.label})" if line else f"action « {row} »"
    table = entry_table(framework, _campaign(replacement.kept)) if line else load_table(ACTIONS)
    other = PurePosixPath(kept.place.file if kept else replacement.kept.file).name
    return f"{label}, {table.column(key[1]).title} : {_typed(former, 'ici')}, {_typed(kept, f'dans « {other} »')}"


def _campaign(submission: Submission) -> str:
    return submission.identity.campaign if submission.identity else ""


def _typed(held: Held | None, file: str) -> str:
    """``« 12 » ici (Emploi!K5)``"""
    if held is None:
        return f"rien {file}"
    text = held.typed if len(held.typed) <= _LONGEST else f"{held.typed[:_LONGEST]}…"
    said = "vide" if held.value is None else f"« {text} »"
    return f"{said} {file} ({held.place.sheet}!{held.place.cell})" if held.place.cell else f"{said} {file}"


def _found_on_former(judge: AnyRule, replacement: Replacement) -> Ruling:
    facts: dict[str, Fact] = {"other_file": replacement.kept.file, "count": replacement.differences}
    if replacement.cells:
        facts["differences"] = _named(replacement)
    return found_in(judge, replacement.former, facts)
