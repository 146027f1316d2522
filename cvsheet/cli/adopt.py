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
        say(quiet, *adopting.nothing_adopted(result, assessment, contract.following(code, assessment)))
        return 0
    if preview:
        workbook = shown_path(contract.folder.workbook)
        say(quiet, f"Aperçu : rien n’a été écrit dans {workbook}. Pour inscrire : cvsheet adopt --campaign {code}")
        return 0
    if not (yes or quiet) and asked_on_terminal() and not agreed("Inscrire ces valeurs ?"):
        say(quiet, "Rien n’a été écrit.")
        return 0
    written = contract.adopt(code, assessment, replace_validated=replace)
    told = adopting.adopted(written, contract.folder.workbook, shown_path)
    say(quiet, told, *adopting.after_adoption(written, contract.following(code, assessment)))
    return 0
