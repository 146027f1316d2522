"""`cvsheet audit`."""

from __future__ import annotations

from pathlib import Path

import click

import cvsheet
from cvsheet.cli.options import campaign_option, common_options, contract_at, report_options, say, shown_path
from cvsheet.cli.progress import read_returns, said_first
from cvsheet.text.french import typeset


@click.command(options_metavar="[OPTIONS]")
@click.argument("paths", metavar="[FICHIERS]...", nargs=-1, type=click.Path(path_type=Path))
@campaign_option("Campagne à auditer (par défaut : celle en cours).")
@report_options
@common_options
def audit(
    paths: tuple[Path, ...],
    campaign: str | None,
    json_file: Path | None,
    html_file: Path | None,
    folder: Path,
    quiet: bool,
) -> int:
    """Juger une campagne comme un tout : complétude, vraisemblance, totaux.

    À faire après validate : l’audit regarde ce que l’on ne voit pas fichier par fichier, et écrit des pages à ouvrir
    hors ligne dans sorties/audit/. Les retours des campagnes antérieures servent de comparaison. Il a besoin de
    great_expectations (pip install "cvsheet[audit]").

    Exemple : cvsheet audit --campaign 2021 --html constats.html
    """
    from cvsheet.cli.watching import Reports
    from cvsheet.reports.console import print_assessment
    from cvsheet.sentences import checking

    cvsheet.require_audit()
    contract = contract_at(folder)
    contract.refuse_targets(json_file=json_file, html_file=html_file)
    reports = Reports(contract, json_file, html_file)
    assessment = read_returns(contract, paths, quiet=quiet)
    result = contract.audit(said_first(contract, campaign, assessment, quiet=quiet), assessment)
    print_assessment(result.own, quiet=quiet, sentence=typeset(result.sentence))
    index, moved = contract.write_audit(result)
    say(quiet, *reports.write(result.assessment))
    say(
        quiet,
        *checking.beside_audit(assessment),
        *moved,
        f"Pages de l’audit : {shown_path(index)}",
        checking.after_audit(result),
    )
    return checking.exit_code(result.assessment)
