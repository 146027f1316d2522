"""`cvsheet adopt`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cvsheet.cli.options import (
    agreed,
    asked_on_terminal,
    campaign_option,
    common_options,
    contract_at,
    say,
    shown_path,
)
from cvsheet.text.french import french_count

if TYPE_CHECKING:
    from cvsheet import AdoptResult

MOST_SHOWN = 5  # lines of each kind on the screen; the file has them all


@click.command(options_metavar="[OPTIONS]")
@campaign_option("Campagne de référence à adopter (par défaut : la dernière).")
@click.option("--replace", is_flag=True, help="Remplacer aussi les valeurs déjà validées (par défaut, elles restent).")
@click.option("--preview", "--aperçu", is_flag=True, help="Montrer ce qui serait inscrit, sans rien écrire.")
@click.option("--yes", "--oui", is_flag=True, help="Ne pas demander de confirmation.")
@common_options
def adopt(campaign: str | None, replace: bool, preview: bool, yes: bool, folder: Path, quiet: bool) -> int:
    """Inscrire les références et cibles convenues dans le classeur du contrat (une copie datée est gardée).

    Exemple : cvsheet adopt --campaign 2019-REF --preview
    """
    contract = contract_at(folder)
    workbook = shown_path(contract.folder.workbook)
    if not preview:
        contract.refuse_held()
    assessment = contract.validate()
    result = contract.adopt(campaign, assessment, replace_validated=replace, preview=True)
    if result.changes or result.kept or result.held:
        say(quiet, *_shown(result), f"Détail : {shown_path(contract.write_adoption(result))}")
    if not result.changes:
        say(quiet, "Rien de nouveau à inscrire.", *_next(result))
        return 0
    if preview:
        say(quiet, f"Aperçu : rien n’a été écrit dans {workbook}. Pour inscrire : cvsheet adopt")
        return 0
    if not (yes or quiet) and asked_on_terminal() and not agreed("Inscrire ces valeurs ?"):
        say(quiet, "Rien n’a été écrit.")
        return 0
    written = contract.adopt(campaign, assessment, replace_validated=replace)
    backup = f" ; copie de l’ancien : {shown_path(written.backup)}" if written.backup else ""
    count = french_count(written.adopted, "valeur inscrite", "valeurs inscrites")
    say(quiet, f"{count} dans {workbook}{backup}.", *_next(written))
    return 0


def _shown(result: AdoptResult) -> Iterator[str]:
    """What is to be written, what is not and why, on one screen."""
    new = [change for change in result.changes if change not in result.replaced]
    validated = sum(change.was_validated for change in result.replaced)
    yield french_count(len(new), "valeur nouvelle", "valeurs nouvelles") + _some([str(one) for one in new])
    if result.replaced:
        told = french_count(len(result.replaced), "valeur du contrat remplacée", "valeurs du contrat remplacées")
        told += f", dont {french_count(validated, 'validée')}" if validated else ""
        yield told + _some([str(one) for one in result.replaced])
    if result.kept:
        kept = french_count(
            len(result.kept),
            "valeur validée reste, autre que la proposition",
            "valeurs validées restent, autres que les propositions",
        )
        yield f"{kept} (pour les remplacer : cvsheet adopt --replace)" + _some([str(one) for one in result.kept])
    if result.held:
        held = french_count(
            len(result.held), "valeur en désaccord, mise de côté", "valeurs en désaccord, mises de côté"
        )
        yield held + _some([f"{line}, {quantity}" for line, quantity in result.held])


def _some(lines: Sequence[str]) -> str:
    """The first of `lines`, each on its own; the others are counted."""
    shown = "".join(f"\n- {line}" for line in lines[:MOST_SHOWN])
    more = len(lines) - MOST_SHOWN
    return f"{' :' if lines else '.'}{shown}" + (f"\n- … et {french_count(more, 'autre')}" if more > 0 else "")


def _next(result: AdoptResult) -> Iterator[str]:
    if result.held:
        yield (
            "À faire ensuite : arbitrez les références en désaccord dans le classeur maître (cvsheet consolidate), "
            "convenez des cibles, puis relancez : cvsheet adopt"
        )
    else:
        yield "À faire : relisez le classeur du contrat, puis préparez la campagne suivante : cvsheet generate"
