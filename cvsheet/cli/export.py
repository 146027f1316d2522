"""`cvsheet export`."""

from __future__ import annotations

from pathlib import Path

import click

from cvsheet.cli.options import common_options, contract_at, output_option, say, shown_path
from cvsheet.cli.progress import read_returns, said_first

FORMATS = ("csv", "parquet", "xlsx")


@click.command(options_metavar="[OPTIONS]")
@click.option(
    "--format", "chosen", type=click.Choice(FORMATS), default="csv", help="Format des tables (csv par défaut)."
)
@click.option("--diffusion", is_flag=True, help="Masquer les petits effectifs : les données peuvent être publiées.")
@output_option(
    "DOSSIER",
    "Dossier où écrire (par défaut : sorties/export, et sorties/export-diffusion avec --diffusion).",
)
@common_options
def export(chosen: str, diffusion: bool, output: Path | None, folder: Path, quiet: bool) -> None:
    """Écrire les données ouvertes du contrat : valeurs, référentiel, progression, codes.

    Exemple : cvsheet export --diffusion
    """
    from cvsheet.sentences.exporting import exported

    contract = contract_at(folder)
    contract.refuse_targets(folder=output)
    assessment = read_returns(contract, quiet=quiet)
    said_first(contract, None, assessment, quiet=quiet)
    result = contract.export(chosen, assessment, public=diffusion, output=output)
    say(quiet, *result.summary, *exported(result.folder, chosen, shown_path, public=diffusion))
