"""`cvsheet audit`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import cvsheet
from cvsheet.cli.options import campaign_option, common_options, contract_at, say, shown_path
from cvsheet.cli.progress import read_returns, said_first
from cvsheet.text.french import french_count, typeset

if TYPE_CHECKING:
    from cvsheet import Assessment, AuditResult


@click.command(options_metavar="[OPTIONS]")
@click.argument("paths", metavar="[FICHIERS]...", nargs=-1, type=click.Path(path_type=Path))
@campaign_option("Campagne à auditer (par défaut : celle en cours).")
@click.option("--json", "json_file", metavar="FICHIER", type=click.Path(path_type=Path), help="Écrire le rapport JSON.")
@click.option(
    "--html", "html_file", metavar="FICHIER", type=click.Path(path_type=Path), help="Écrire le rapport en une page web."
)
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
    from cvsheet.cli.validate import exit_code
    from cvsheet.cli.watching import Reports
    from cvsheet.reports.console import print_assessment

    cvsheet.require_audit()
    contract = contract_at(folder)
    contract.refuse_targets(json_file=json_file, html_file=html_file)
    reports = Reports(contract, json_file, html_file)
    assessment = read_returns(contract, paths, quiet=quiet)
    result = contract.audit(said_first(contract, campaign, assessment, quiet=quiet), assessment)
    print_assessment(result.own, quiet=quiet, sentence=typeset(result.sentence))
    index, moved = contract.write_audit(result)
    say(quiet, *reports.write(result.assessment))
    say(quiet, *_others(assessment), *moved, f"Pages de l’audit : {shown_path(index)}", _next_step(result))
    return exit_code(result.assessment)


def _others(assessment: Assessment) -> list[str]:
    """What `validate` says of the same files, in one line: it is not printed again."""
    from cvsheet.model.findings import Severity

    errors, warnings = assessment.count(Severity.ERROR), assessment.count(Severity.WARNING)
    if not errors + warnings:
        return []
    said = f"{french_count(errors, 'erreur')} et {french_count(warnings, 'avertissement')}"
    return [f"Par ailleurs, fichier par fichier : {said}. Pour les voir : cvsheet validate"]


def _next_step(result: AuditResult) -> str:
    if not result.own.findings:
        return "L’audit n’ajoute aucun constat. À faire : cvsheet consolidate"
    return "À faire : revoyez ces points avec les partenaires avant de présenter les chiffres."
