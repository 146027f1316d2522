"""`cvsheet consolidate`."""

from __future__ import annotations

from pathlib import Path

import click

import cvsheet
from cvsheet.cli.options import campaign_option, common_options, contract_at, output_option, say, shown_path
from cvsheet.cli.progress import read_returns, said_first


@click.command(options_metavar="[OPTIONS]")
@click.argument("paths", metavar="[FICHIERS]...", nargs=-1, type=click.Path(path_type=Path))
@campaign_option("Campagne à juger (par défaut : celle en cours).")
@output_option("FICHIER", "Classeur maître à écrire.")
@click.option("--strict", is_flag=True, help="Ne rien écrire s’il reste des constats de sévérité ERREUR.")
@click.option(
    "--diffusion", is_flag=True, help="Écrire aussi, à côté, le classeur à publier : petits effectifs masqués."
)
@common_options
def consolidate(
    paths: tuple[Path, ...],
    campaign: str | None,
    output: Path | None,
    strict: bool,
    diffusion: bool,
    folder: Path,
    quiet: bool,
) -> int:
    """Réunir les fichiers reçus dans le classeur maître, dans sorties/.

    Exemple : cvsheet consolidate --campaign 2021 --diffusion
    """
    from cvsheet.sentences.checking import exit_code, left_to_settle
    from cvsheet.text.french import french_count

    contract = contract_at(folder)
    contract.refuse_targets(master=output)
    assessment = read_returns(contract, paths, quiet=quiet)
    code_at_hand = said_first(contract, campaign, assessment, quiet=quiet)
    errors = assessment.count(cvsheet.Severity.ERROR)
    if strict and errors:
        click.echo(
            f"Rien n’a été écrit (--strict) : {french_count(errors, 'constat')} de sévérité ERREUR. "
            "Pour les voir : cvsheet validate",
            err=True,
        )
        return 1
    result = contract.consolidate(code_at_hand, assessment, output=output)
    say(quiet, *result.summary, f"Classeur maître : {shown_path(result.path)}", result.next_step)
    if diffusion:
        public = contract.publish(result, assessment)
        say(quiet, "", *public.summary, f"Classeur à publier : {shown_path(public.path)}", public.next_step)
    code = exit_code(assessment)
    if code:
        say(quiet, *left_to_settle(assessment))
    return code
