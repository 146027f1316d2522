"""`cvsheet status`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cvsheet.cli.options import campaign_option, common_options, contract_folder, say


@click.command(options_metavar="[OPTIONS]")
@campaign_option("Campagne à suivre (par défaut : la dernière commencée).")
@common_options
def status(campaign: str | None, folder: Path, quiet: bool) -> None:
    """Dire qui a répondu, quand, et ce qui manque.

    Exemple : cvsheet status --campaign 2021
    """
    from cvsheet.reports.status_table import print_status
    from cvsheet.rules.reception import missing_partners, reception
    from cvsheet.workflows.folder import choose_campaign, load_framework
    from cvsheet.workflows.validate import validate
    from cvsheet.workflows.workers import Workers

    place = contract_folder(folder)
    framework = load_framework(place.workbook)
    today = date.today()
    chosen = choose_campaign(framework, campaign, today)
    rows = reception(framework, validate(framework, [place.inbox], place.root, workers=Workers()), chosen.code, today)
    print_status(chosen, rows, quiet=quiet)
    everybody = "Tout le monde a répondu. À faire : cvsheet consolidate"
    say(quiet, "À faire : relancez les partenaires en attente." if missing_partners(rows) else everybody)
