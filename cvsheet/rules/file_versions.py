"""FIC-040 to FIC-042: several files from the same partner for the same campaign, and which of them counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import TypeAlias

from cvsheet.findings import Place, Severity
from cvsheet.rules.catalogue import rule
from cvsheet.rules.file_identity import has_answers
from cvsheet.rules.ruling import Ruling, found
from cvsheet.submission import ActionReport, Entry, Observation, Submission

Content: TypeAlias = dict[tuple[str, str], object]


@dataclass(frozen=True, slots=True)
class Replacement:
    """Two files for the same partner and campaign: `kept` counts, `former` does not."""

    former: Submission
    kept: Submission

    @property
    def identical(self) -> bool:
        return self.former.sha256 == self.kept.sha256

    @property
    def differences(self) -> int:
        """How many answers or comments differ."""
        former, kept = _content(self.former), _content(self.kept)
        return sum(former.get(key) != kept.get(key) for key in {**former, **kept})

    @property
    def dated(self) -> bool:
        """Whether the files themselves say which one is the later."""
        former, kept = self.former.saved_at, self.kept.saved_at
        return former is not None and kept is not None and former != kept


@rule("FIC-040", Severity.INFO, "Ce fichier est la copie exacte de « {other_file} » : une seule est reprise.")
def identical_copy(replacement: Replacement) -> Iterator[Ruling]:
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
    "Ce fichier est remplacé par « {other_file} », plus récent. Réponses qui diffèrent : {count}.",
)
def superseded(replacement: Replacement) -> Iterator[Ruling]:
    """Un fichier plus récent du même partenaire le remplace.

    Constat : deux fichiers portent le même partenaire et la même campagne ; celui enregistré le dernier est repris.
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
    "« {other_file} » est repris. Réponses qui diffèrent : {count}.",
    "Gardez dans le dossier le seul fichier qui fait foi.",
)
def uncertain_order(replacement: Replacement) -> Iterator[Ruling]:
    """Deux fichiers du même partenaire diffèrent sans qu’on sache lequel est le dernier.

    Constat : les dates d’enregistrement manquent ou sont égales. Un fichier rempli passe avant un fichier vide, puis
        un fichier daté avant un fichier sans date, puis le dernier dans l’ordre naturel des noms.
    Pourquoi : reprendre le mauvais fichier ferait revenir des erreurs déjà corrigées.
    Exemple : deux exports de Google Sheets, qui n’inscrit pas de date.
    Correction : demandez au partenaire lequel fait foi et retirez l’autre du dossier.
    """
    if not replacement.identical and not replacement.dated and replacement.differences:
        yield _found_on_former(uncertain_order, replacement)


VERSION_RULES = (identical_copy, superseded, uncertain_order)


def choose(submissions: Iterable[Submission]) -> tuple[tuple[Submission, ...], tuple[Replacement, ...]]:
    """The submissions that count, one per partner and campaign in the order given, and what each replaces.

    A file with answers is never replaced by an empty one: the template sent back by mistake erases nothing.
    """
    groups: dict[tuple[str, str], list[Submission]] = {}
    for submission in submissions:
        identity = submission.identity
        assert identity is not None, "files without identity are left out before"
        groups.setdefault((identity.campaign, identity.partner), []).append(submission)
    kept: list[Submission] = []
    replacements: list[Replacement] = []
    for group in groups.values():
        by_age = sorted(group, key=_age)
        last = next(one for one in by_age if one.sha256 == by_age[-1].sha256)  # the original, not its copy
        kept.append(last)
        replacements += [Replacement(other, last) for other in by_age if other is not last]
    return tuple(kept), tuple(replacements)


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


def _content(submission: Submission) -> Content:
    answers: Content = {}
    for seen in submission.observations:
        answers |= _of_observation(seen)
    for report in submission.actions:
        answers |= _of_report(report)
    return answers


def _of_observation(seen: Observation) -> Content:
    year = _typed(seen.year) if seen.year else None
    return {(seen.line, seen.quantity.value): (_typed(seen.entry), year, seen.comment, seen.source)}


def _of_report(report: ActionReport) -> Content:
    return {(report.action, column): _typed(entry) for column, entry in report.entries.items()}


def _typed(entry: Entry) -> object:
    return entry.answer, entry.raw if entry.answer.kind.value == "illisible" else ""


def _found_on_former(judge: Callable[..., object], replacement: Replacement) -> Ruling:
    identity = replacement.former.identity
    assert identity is not None
    return found(
        judge,
        Place(replacement.former.file),
        partner=identity.partner,
        campaign=identity.campaign,
        facts={"other_file": replacement.kept.file, "count": replacement.differences},
    )
