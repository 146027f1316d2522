"""`cvsheet adopt`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cvsheet.cli.options import campaign_option, common_options, contract_folder, say, shown_path


@click.command(options_metavar="[OPTIONS]")
@campaign_option("Campagne de référence à adopter (par défaut : la dernière).")
@click.option("--replace", is_flag=True, help="Remplacer aussi les valeurs déjà validées (par défaut, elles restent).")
@common_options
def adopt(campaign: str | None, replace: bool, folder: Path, quiet: bool) -> None:
    """Inscrire les références et cibles convenues dans le classeur du contrat (une copie datée est gardée).

    Exemple : cvsheet adopt --campaign 2019-REF
    """
    from cvsheet.text.french import french_count
    from cvsheet.workflows.adopt_campaign import adopt_campaign
    from cvsheet.workflows.folder import load_framework
    from cvsheet.workflows.validate import validate
    from cvsheet.workflows.workers import Workers

    place = contract_folder(folder)
    framework = load_framework(place.workbook)
    assessment = validate(framework, [place.inbox], place.root, workers=Workers())
    result = adopt_campaign(place, framework, assessment, campaign, date.today(), replace_validated=replace)
    say(quiet, *map(str, result.changes))
    if result.kept:
        kept = french_count(
            len(result.kept),
            "valeur validée reste, autre que la proposition",
            "valeurs validées restent, autres que les propositions",
        )
        say(
            quiet,
            f"{kept} (pour les remplacer : cvsheet adopt --replace) :",
            *(f"- {change}" for change in result.kept),
        )
    say(
        quiet,
        f"{french_count(result.adopted, 'valeur inscrite', 'valeurs inscrites')} dans {shown_path(place.workbook)} ; "
        f"copie de l’ancien : {shown_path(result.backup)}."
        if result.backup
        else "Rien de nouveau à inscrire.",
        "À faire : relisez le classeur du contrat, puis préparez la campagne suivante : cvsheet generate",
    )
