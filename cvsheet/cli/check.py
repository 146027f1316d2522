"""`cvsheet check`."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

import cvsheet
from cvsheet.cli.options import ExistingPath, common_options, contract_at, say, shown_path
from cvsheet.cli.progress import said_before_reading
from cvsheet.errors import CvsheetError


@click.command(options_metavar="[OPTIONS]")
@click.argument(
    "workbook", metavar="[CLASSEUR]", required=False, type=ExistingPath(path_type=Path, exists=True, dir_okay=False)
)
@click.option("--all", "--tout", "every", is_flag=True, help="Citer toutes les cellules de chaque constat.")
@common_options
def check(workbook: Path | None, every: bool, folder: Path, quiet: bool) -> int:
    """Vérifier le classeur du contrat : codes, listes, règles, producteurs, pilotes, cibles.

    Exemple : cvsheet check contrat.xlsx
    """
    from cvsheet.reports.console import CELLS_SHOWN, print_findings

    path = workbook or contract_at(folder).folder.workbook
    wanted = cvsheet.ContractFolder(path.parent).workbook.name
    if path.name == wanted:
        with suppress(CvsheetError):  # what keeps the folder from being a contract's is no fault of the workbook
            said_before_reading(cvsheet.open_contract(path.parent, jobs=0, keep=True), quiet=quiet)
    result = cvsheet.check_workbook(path)
    most = max(len(result.findings), 1) if every else CELLS_SHOWN
    if print_findings(result.findings, quiet=quiet, most=most):
        say(quiet, "Pour voir toutes les cellules : cvsheet check --tout")
    errors = sum(finding.severity is cvsheet.Severity.ERROR for finding in result.findings)
    if errors:
        say(quiet, f"À faire : corrigez {shown_path(path)}, puis relancez : cvsheet check")
        return 1
    if path.name != wanted:
        say(
            quiet,
            f"Le contenu de {shown_path(path)} est bon. À faire : enregistrez-le sous « {wanted} » (type « Classeur "
            "Excel »), le seul que lisent les autres commandes.",
        )
        return 0
    say(quiet, f"{shown_path(path)} peut servir. À faire : cvsheet generate")
    return 0
