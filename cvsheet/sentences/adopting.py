"""What is said of baselines and targets: what an adoption writes, what it leaves, what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cvsheet.sentences import Show
from cvsheet.text.french import french_count

if TYPE_CHECKING:
    from cvsheet import AdoptResult, Assessment, Campaign

MOST_SHOWN = 5  # lines of each kind on the screen; the file has them all


def nothing_adopted(result: AdoptResult, assessment: Assessment, following: Campaign | None) -> Iterator[str]:
    """That there is nothing to write: all was adopted before, or no return of the campaign can be used."""
    code = result.campaign
    if any(one.identity and one.identity.campaign == code for one in assessment.current):
        yield "Rien de nouveau à inscrire."
        yield from after_adoption(result, following)
        return
    yield f"Aucun retour utilisable de la campagne « {code} » : rien à inscrire."
    yield (
        "À faire : déposez les fichiers des partenaires dans retours/, consolidez (cvsheet consolidate), arbitrez, "
        f"puis adoptez : cvsheet adopt --campaign {code}"
    )


def adoption(result: AdoptResult) -> Iterator[str]:
    """What is to be written, what is not and why, on one screen."""
    new = [change for change in result.changes if change not in result.replaced]
    validated = sum(change.was_validated for change in result.replaced)
    yield from _listed(french_count(len(new), "valeur nouvelle", "valeurs nouvelles"), [str(one) for one in new])
    if result.replaced:
        told = french_count(len(result.replaced), "valeur du contrat remplacée", "valeurs du contrat remplacées")
        told += f", dont {french_count(validated, 'validée')}" if validated else ""
        yield from _listed(told, [str(one) for one in result.replaced])
    if result.kept:
        kept = french_count(
            len(result.kept),
            "valeur validée reste, autre que la proposition",
            "valeurs validées restent, autres que les propositions",
        )
        kept += " (pour les remplacer : cvsheet adopt --replace)"
        yield from _listed(kept, [str(one) for one in result.kept])
    if result.held:
        held = french_count(
            len(result.held), "valeur en désaccord, mise de côté", "valeurs en désaccord, mises de côté"
        )
        yield from _listed(held, [f"{line}, {quantity}" for line, quantity in result.held])


def adopted(result: AdoptResult, workbook: Path, show: Show) -> str:
    """How many values were written in the contract's `workbook`, and where the former one is."""
    backup = f" ; copie de l’ancien : {show(result.backup)}" if result.backup else ""
    return f"{french_count(result.adopted, 'valeur inscrite', 'valeurs inscrites')} dans {show(workbook)}{backup}."


def _listed(heading: str, lines: Sequence[str]) -> Iterator[str]:
    """The heading, then the first of `lines`, each a sentence of its own; the others are counted."""
    yield f"{heading}{' :' if lines else '.'}"
    yield from (f"- {line}" for line in lines[:MOST_SHOWN])
    if (more := len(lines) - MOST_SHOWN) > 0:
        yield f"- … et {french_count(more, 'autre')}"


def after_adoption(result: AdoptResult, following: Campaign | None) -> Iterator[str]:
    """What to do: consolidate, arbitrate, adopt, in that order; once all is adopted, the campaign `following`."""
    if result.held:
        yield (
            "À faire ensuite : consolidez (cvsheet consolidate), arbitrez les références en désaccord dans le classeur "
            f"maître et convenez des cibles, puis adoptez : cvsheet adopt --campaign {result.campaign}"
        )
        return
    then = f", puis préparez la campagne suivante : cvsheet generate --campaign {following.code}" if following else "."
    yield f"À faire : relisez le classeur du contrat{then}"
