"""`cvsheet init`."""

from __future__ import annotations

from pathlib import Path

import click

import cvsheet
from cvsheet.cli.options import say, shown_path


@click.command(options_metavar="[OPTIONS]")
@click.argument("target", metavar="DOSSIER", type=click.Path(path_type=Path))
@click.option("--quiet", "-q", is_flag=True, help="N’afficher que les erreurs.")
@click.option("--debug", is_flag=True, expose_value=False, help="Afficher le détail technique d’une erreur.")
def init(target: Path, quiet: bool) -> None:
    """Créer un dossier de contrat à partir du modèle.

    Exemple : cvsheet init mon-contrat
    """
    folder = cvsheet.new_contract(target).folder
    say(
        quiet,
        f"Dossier créé : {shown_path(folder.root)} (contrat.xlsx, envois/, retours/, sorties/).",
        f"À faire : ouvrez {shown_path(folder.workbook)}, adaptez-le à votre contrat, "
        f"puis : cvsheet check -C {shown_path(folder.root)}",
    )
