"""`cvsheet demo`."""

from __future__ import annotations

from pathlib import Path

import click

from cvsheet.cli.options import debug_option, own_command, quiet_option, say, shown_path, typed_path


@click.command(options_metavar="[OPTIONS]")
@click.argument("target", metavar="DOSSIER", type=click.Path(path_type=Path))
@quiet_option
@debug_option
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
        f"  {shown_path(result.site.path)} : la page à publier, que votre navigateur ouvre ;",
        f"  {here}/envois/ : un classeur par partenaire, tel qu’il le reçoit ;",
        f"  {here}/sorties/messages/ : les messages prêts à envoyer ;",
        f"  {here}/suivi.csv : qui a été invité, relancé, qui a répondu ;",
        f"  {here}/contrat.xlsx : le classeur du contrat, que vous adapterez.",
        f"Le bureau, dans votre navigateur : {own_command()} bureau -C {typed_path(result.folder.root)}",
        "(ou d’un double-clic sur « Bureau cvsheet », dans ce dossier).",
    )
