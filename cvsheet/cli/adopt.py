"""`cvsheet adopt`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cvsheet.cli.options import campaign_option, common_options, contract_folder, say, shown_path


@click.command(options_metavar="[OPTIONS]")
@campaign_option("Campagne de référence à adopter (par défaut : la dernière).")
@common_options
def adopt(campaign: str | None, folder: Path, quiet: bool) -> None:
    """Inscrire les références et cibles convenues dans le classeur du contrat (une copie datée est gardée).

    Exemple : cvsheet adopt --campaign 2019-REF
    """
    from cvsheet.french import french_count
    from cvsheet.workflows.adopt_campaign import adopt_campaign
    from cvsheet.workflows.folder import load_framework
    from cvsheet.workflows.validate import validate

    place = contract_folder(folder)
    framework = load_framework(place.workbook)
    assessment = validate(framework, [place.inbox], place.root)
    result = adopt_campaign(place, framework, assessment, campaign, date.today())
    for change in result.changes:
        say(quiet, str(change))
    say(
        quiet,
        f"{french_count(result.adopted, 'valeur inscrite', 'valeurs inscrites')} dans {shown_path(place.workbook)} ; "
        f"copie de l’ancien : {shown_path(result.backup)}."
        if result.backup
        else "Rien de nouveau à inscrire.",
        "À faire : relisez le classeur du contrat, puis préparez la campagne suivante : cvsheet generate",
    )
