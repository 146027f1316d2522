"""`cvsheet adopt`."""

from __future__ import annotations

from pathlib import Path

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
    from cvsheet.sentences import adopting

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
        say(quiet, *adopting.adoption(result), f"Détail : {shown_path(contract.write_adoption(result))}")
    if not result.changes:
        after = adopting.after_adoption(result, contract.following(code))
        nothing = not any(one.identity and one.identity.campaign == code for one in assessment.current)
        say(quiet, *(adopting.nothing_to_adopt(code) if nothing else (adopting.NOTHING_NEW, *after)))
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
    say(quiet, f"{count} dans {workbook}{backup}.", *adopting.after_adoption(written, contract.following(code)))
    return 0
