"""`cvsheet validate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cvsheet.cli.options import common_options, contract_folder, say, shown_path

if TYPE_CHECKING:
    from cvsheet.rules.assessment import Assessment


@click.command(options_metavar="[OPTIONS]")
@click.argument("paths", metavar="[FICHIERS]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "json_file", metavar="FICHIER", type=click.Path(path_type=Path), help="Écrire le rapport JSON.")
@common_options
def validate(paths: tuple[Path, ...], json_file: Path | None, folder: Path, quiet: bool) -> int:
    """Contrôler les fichiers reçus (par défaut : tout le dossier retours/).

    Exemple : cvsheet validate retours/2021 --json constats.json
    """
    from cvsheet.outputs import write_atomically
    from cvsheet.reports.console import print_assessment
    from cvsheet.reports.json_report import json_report
    from cvsheet.workflows.folder import load_framework
    from cvsheet.workflows.validate import validate as judge

    place = contract_folder(folder)
    framework = load_framework(place.workbook)
    assessment = judge(framework, list(paths) or [place.inbox], place.root)
    print_assessment(assessment, quiet=quiet)
    if json_file is not None:
        write_atomically(json_file, json_report(assessment))
        say(quiet, f"Rapport JSON : {shown_path(json_file)}")
    say(quiet, _next_step(assessment))
    return exit_code(assessment)


def exit_code(assessment: Assessment) -> int:
    """0 without ERREUR, 1 with, 3 where a part of cvsheet itself failed."""
    from cvsheet.findings import Severity

    if assessment.incidents:
        return 3
    return 1 if assessment.count(Severity.ERROR) else 0


def _next_step(assessment: Assessment) -> str:
    if not assessment.received:
        return "Aucun fichier reçu. À faire : déposez les fichiers des partenaires dans retours/."
    if exit_code(assessment):
        return (
            "À faire : demandez les corrections aux partenaires, ou consolidez sans ces valeurs : cvsheet consolidate"
        )
    return "À faire : cvsheet consolidate"
