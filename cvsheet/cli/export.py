"""`cvsheet export`."""

from __future__ import annotations

from pathlib import Path

import click

from cvsheet.cli.options import common_options, contract_folder, say, shown_path
from cvsheet.cli.progress import progress_bar

FORMATS = ("csv", "parquet", "xlsx")


@click.command(options_metavar="[OPTIONS]")
@click.option(
    "--format", "chosen", type=click.Choice(FORMATS), default="csv", help="Format des tables (csv par défaut)."
)
@click.option("--diffusion", is_flag=True, help="Masquer les petits effectifs : les données peuvent être publiées.")
@click.option(
    "--output",
    "-o",
    metavar="DOSSIER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Dossier où écrire (par défaut : sorties/export).",
)
@common_options
def export(chosen: str, diffusion: bool, output: Path | None, folder: Path, quiet: bool) -> None:
    """Écrire les données ouvertes du contrat : valeurs, référentiel, progression, codes.

    Exemple : cvsheet export --diffusion
    """
    from cvsheet.books.opendata import Format
    from cvsheet.workflows.export import export as make
    from cvsheet.workflows.folder import load_framework
    from cvsheet.workflows.validate import validate
    from cvsheet.workflows.workers import Workers

    place = contract_folder(folder)
    framework = load_framework(place.workbook)
    with progress_bar("Lecture des retours", quiet=quiet) as tick:
        assessment = validate(framework, [place.inbox], place.root, tick, Workers())
    target = output or place.results / "export"
    result = make(framework, assessment, Format(chosen), target, place.results, public=diffusion, root=place.root)
    say(quiet, *result.summary, f"Données : {shown_path(result.folder / 'datapackage.json')}")
