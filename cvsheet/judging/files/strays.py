"""FIC-052: many files that are no returns, told at once. Called by `refusals`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from posixpath import commonpath

from cvsheet.judging.engine.assessment import MOST_BESIDE
from cvsheet.judging.engine.rule import rule
from cvsheet.judging.engine.ruling import Ruling, found
from cvsheet.model.findings import Place, Severity
from cvsheet.text.french import typeset

_EXAMPLES = 3  # files named where many are counted


@rule(
    "FIC-052",
    Severity.INFO,
    "{count} fichiers qui ne sont pas des classeurs se trouvent parmi les retours : ils n’ont pas été lus. "
    "Par exemple : {found}.",
    "Si l’un d’eux est la réponse d’un partenaire, demandez-lui le classeur envoyé ; sinon, rangez-les ailleurs.",
)
def many_strays(rulings: Sequence[Ruling]) -> bool:
    """Beaucoup de fichiers du dossier ne sont pas des retours.

    Constat : plus de vingt documents, images ou fichiers du système se trouvent parmi les retours.
    Pourquoi : un constat par fichier cacherait ceux qui comptent.
    Exemple : un dossier de photos copié dans « retours/ ».
    Correction : rangez-les ailleurs ; seuls les classeurs ont leur place ici.
    """
    return len(rulings) > MOST_BESIDE


def all_strays(beside: Sequence[Ruling]) -> Ruling:
    """One finding for many files that are noted only, at the folder that holds them all."""
    files = [ruling.finding.place.file for ruling in beside]
    examples = ", ".join(f"« {PurePosixPath(file).name} »" for file in files[:_EXAMPLES])
    folder = _common_folder(files)
    return found(many_strays, Place(folder), facts={"count": len(files), "found": typeset(examples)})


def _common_folder(files: Sequence[str]) -> str:
    shared = commonpath([str(PurePosixPath(file).parent) for file in (min(files), max(files))])
    return "" if shared == "." else shared
