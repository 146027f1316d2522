"""`cvsheet site`."""

from __future__ import annotations

from pathlib import Path

import click

from cvsheet.cli.options import campaign_option, common_options, contract_at, output_option, say, shown_path
from cvsheet.cli.progress import read_returns


@click.command(options_metavar="[OPTIONS]")
@campaign_option("Campagne dont montrer le bilan (par défaut : la dernière qui a des valeurs).")
@output_option("FICHIER", "Page à écrire (par défaut : sorties/<contrat>_site.html).")
@common_options
def site(campaign: str | None, output: Path | None, folder: Path, quiet: bool) -> None:
    """Écrire la page web à publier : graphiques, tableaux, données ouvertes.

    Ce sont les chiffres de « cvsheet export --diffusion », dans un seul fichier, qui s’ouvre hors ligne.

    Exemple : cvsheet site
    """
    from cvsheet.sentences.exporting import published

    contract = contract_at(folder)
    contract.refuse_targets(site_file=output)
    result = contract.site(campaign, read_returns(contract, quiet=quiet), output=output)
    say(quiet, *published(result, shown_path))
