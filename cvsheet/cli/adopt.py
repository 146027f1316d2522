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
    yes_option,
)
from cvsheet.text.french import french_count

if TYPE_CHECKING:
    from cvsheet import AdoptResult, Contract

MOST_SHOWN = 5  # lines of each kind on the screen; the file has them all


@click.command(options_metavar="[OPTIONS]")
@campaign_option("Campagne de référence à adopter (par défaut : la dernière envoyée ou reçue).")
@click.option(
    "--replace",
    "--remplacer",
    is_flag=True,
    help="Remplacer aussi les valeurs déjà validées (par défaut, elles restent).",
)
@click.option("--preview", "--aperçu", is_flag=True, help="Montrer ce qui serait inscrit, sans rien écrire.")
@yes_option("Ne pas demander de confirmation.")
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
    hand = contract.to_adopt(campaign, assessment)
    say(quiet, hand.heading)
    code = hand.campaign.code
    result = contract.adopt(code, assessment, replace_validated=replace, preview=True)
    if result.changes or result.kept or result.held:
        say(quiet, *_shown(result), f"Détail : {shown_path(contract.write_adoption(result))}")
    if not result.changes:
        nothing = not any(one.identity and one.identity.campaign == code for one in assessment.current)
        say(quiet, *(_without_returns(code) if nothing else ("Rien de nouveau à inscrire.", *_next(contract, result))))
        return 0
    if preview:
        say(quiet, f"Aperçu : rien n’a été écrit dans {workbook}. Pour inscrire : cvsheet adopt --campaign {code}")
        return 0
    if not (yes or quiet) and asked_on_terminal() and not agreed("Inscrire ces valeurs ?"):
        say(quiet, "Rien n’a été écrit.")
        return 0
    written = contract.adopt(code, assessment, replace_validated=replace)
    backup = f" ; copie de l’ancien : {shown_path(written.backup)}" if written.backup else ""
    count = french_count(written.adopted, "valeur inscrite", "valeurs inscrites")
    say(quiet, f"{count} dans {workbook}{backup}.", *_next(contract, written))
    return 0


def _without_returns(code: str) -> tuple[str, str]:
    return (
        f"Aucun retour utilisable de la campagne « {code} » : rien à inscrire.",
        "À faire : déposez les fichiers des partenaires dans retours/, consolidez (cvsheet consolidate), arbitrez, "
        f"puis adoptez : cvsheet adopt --campaign {code}",
    )


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


def _next(contract: Contract, result: AdoptResult) -> Iterator[str]:
    """What to do: consolidate, arbitrate, adopt, in that order; once all is adopted, the next campaign."""
    if result.held:
        yield (
            "À faire ensuite : consolidez (cvsheet consolidate), arbitrez les références en désaccord dans le classeur "
            f"maître et convenez des cibles, puis adoptez : cvsheet adopt --campaign {result.campaign}"
        )
        return
    following = contract.following(result.campaign)
    then = f", puis préparez la campagne suivante : cvsheet generate --campaign {following.code}" if following else "."
    yield f"À faire : relisez le classeur du contrat{then}"
