"""`cvsheet demo`."""

from __future__ import annotations

from pathlib import Path

import click

from cvsheet.cli.options import own_command, say, shown_path


@click.command(options_metavar="[OPTIONS]")
@click.argument("target", metavar="DOSSIER", type=click.Path(path_type=Path))
@click.option("--quiet", "-q", is_flag=True, help="N’afficher que les erreurs.")
@click.option("--debug", is_flag=True, expose_value=False, help="Afficher le détail technique d’une erreur.")
def demo(target: Path, quiet: bool) -> None:
    """Dérouler une campagne complète sur des chiffres fictifs.

    Exemple : cvsheet demo essai
    """
    from cvsheet.demo.demonstration import demo as play
    from cvsheet.reports.grouping import counts_of

    result = play(target, lambda line: say(quiet, line))
    here = shown_path(result.folder.root)
    say(
        quiet,
        f"Contrôle : {counts_of(result.assessment).sentence}",
        *result.consolidated.summary,
        "",
        "Tous les chiffres sont fictifs. À regarder :",
        f"  {shown_path(result.consolidated.path)} : le classeur maître, en commençant par « Synthèse » ;",
        f"  {here}/envois/ : un classeur par partenaire, tel qu’il le reçoit ;",
        f"  {here}/contrat.xlsx : le classeur du contrat, que vous adapterez.",
        f"À faire ensuite : {own_command()} validate -C {here}",
    )
