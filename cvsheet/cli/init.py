"""`cvsheet init`."""

from __future__ import annotations

from pathlib import Path

import click

import cvsheet
from cvsheet.cli.options import debug_option, quiet_option, say, shown_path, typed_path


@click.command(options_metavar="[OPTIONS]")
@click.argument("target", metavar="DOSSIER", type=click.Path(path_type=Path))
@quiet_option
@debug_option
def init(target: Path, quiet: bool) -> None:
    """Créer un dossier de contrat à partir du modèle.

    Exemple : cvsheet init mon-contrat
    """
    folder = cvsheet.new_contract(target).folder
    say(
        quiet,
        f"Dossier créé : {shown_path(folder.root)} (contrat.xlsx, envois/, retours/, sorties/).",
        "Pour tout faire sans terminal : double-clic sur « Bureau cvsheet », dans ce dossier.",
        f"À faire : ouvrez {shown_path(folder.workbook)}, adaptez-le à votre contrat, "
        f"puis : cvsheet check -C {typed_path(folder.root)}",
    )
