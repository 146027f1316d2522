"""FIC-043 and FIC-044: a file that may hold the figures of another campaign than the one that it says.

A partner that opens last year's workbook for this year's figures would silently replace last year's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from cvsheet.judging.engine.faults import found_in
from cvsheet.judging.engine.rule import rule
from cvsheet.judging.engine.ruling import Rulings
from cvsheet.judging.files.versions import Replacement
from cvsheet.model.findings import Fact, Severity
from cvsheet.model.framework import Campaign, Framework
from cvsheet.model.submission import Submission
from cvsheet.text.french import french_date


@dataclass(frozen=True, slots=True)
class Filing:
    """The submissions that count, and what each replaces."""

    framework: Framework
    current: tuple[Submission, ...]
    replacements: tuple[Replacement, ...]


@rule(
    "FIC-043",
    Severity.WARNING,
    "Ce classeur de la campagne « {campaign} » est rangé dans un dossier de la campagne « {expected} » : ses réponses "
    "comptent pour « {campaign} ».",
    "S’il contient les chiffres de « {expected} », faites-les recopier dans le classeur de cette campagne. Sinon, "
    "changez-le de dossier.",
)
def filed_under_another_campaign(filing: Filing) -> Rulings:
    """Un classeur est rangé dans le dossier d’une autre campagne.

    Constat : un dossier du chemin porte le code d’une campagne, et le classeur a été produit pour une autre. Un dossier
        dont aucun des fichiers (au moins deux) n’est de la campagne qu’il nomme n’est pas pris pour celui d’une
        campagne.
    Pourquoi : le partenaire a peut-être repris le classeur de l’an dernier pour les chiffres de cette année ; ils
        remplaceraient ceux de l’an dernier.
    Exemple : « retours/2021/caf.xlsx », produit pour la campagne 2020.
    Correction : vérifiez de quelle année sont les chiffres.
    """
    folders: dict[str, list[tuple[Submission, str, str]]] = {}
    for submission in filing.current:
        named, own = _named_campaign(filing.framework, submission), _campaign(submission)
        if named:
            folders.setdefault(str(PurePosixPath(submission.file).parent), []).append((submission, named, own))
    for files in folders.values():
        if len(files) > 1 and all(named != own for _, named, own in files):
            continue
        for submission, named, own in files:
            if named != own:
                yield found_in(filed_under_another_campaign, submission, {"campaign": own, "expected": named})


@rule(
    "FIC-044",
    Severity.WARNING,
    "Ce fichier, enregistré le {saved} alors que la période « {expected} » était finie, remplace « {other_file} » pour "
    "« {campaign} ». Réponses qui diffèrent : {count}.",
    "S’il contient les chiffres de « {expected} », retirez-le du dossier et faites-les recopier dans le classeur de "
    "cette campagne. Si c’est une correction tardive, rien à faire.",
)
def replaced_a_campaign_later(filing: Filing) -> Rulings:
    """Un fichier remplace celui d’une campagne passée, bien plus tard.

    Constat : pour la même campagne, un fichier plus ancien et différent est présent ; le dernier a été enregistré après
        la fin d’une campagne suivante du même type.
    Pourquoi : le partenaire a peut-être repris le classeur de l’an dernier pour les chiffres de cette année.
    Exemple : le classeur « 2020 » renvoyé le 15 janvier 2022 avec d’autres chiffres.
    Correction : demandez au partenaire de quelle année sont les chiffres.
    """
    for one in filing.replacements:
        saved = one.kept.saved_at
        later = _ended_campaign(filing.framework, _campaign(one.kept), saved) if saved and one.dated else None
        if saved is not None and later is not None and not one.identical and one.differences:
            facts: dict[str, Fact] = {
                "campaign": _campaign(one.kept),
                "expected": later.code,
                "saved": french_date(saved),
                "other_file": one.former.file,
                "count": one.differences,
            }
            yield found_in(replaced_a_campaign_later, one.kept, facts)


def _campaign(submission: Submission) -> str:
    return submission.identity.campaign if submission.identity else ""


def _named_campaign(framework: Framework, submission: Submission) -> str:
    """The campaign whose code is the name of a folder on the way to the file, the nearest one."""
    codes = {code.casefold(): code for code in framework.campaign}
    folders = reversed(PurePosixPath(submission.file).parent.parts)
    return next((codes[folder.casefold()] for folder in folders if folder.casefold() in codes), "")


def _ended_campaign(framework: Framework, code: str, saved: datetime) -> Campaign | None:
    """The latest campaign after `code`, of its type, that had ended when the file was `saved`."""
    own = framework.campaign[code]
    later = [one for one in framework.campaigns if one.type is own.type and own.end < one.end < saved.date()]
    return max(later, key=lambda one: one.end, default=None)
