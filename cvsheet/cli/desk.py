"""`cvsheet bureau`."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

import cvsheet
from cvsheet.cli.options import contract_at, contract_option, debug_option, quiet_option, say, shown_path

PORT = 8470


@click.command("desk", options_metavar="[OPTIONS]")
@click.option(
    "--port",
    type=click.IntRange(1024, 65_535),
    default=PORT,
    show_default=True,
    metavar="PORT",
    help="Port où ouvrir le bureau ; s’il est pris, le suivant.",
)
@click.option("--no-browser", "--sans-navigateur", is_flag=True, help="Ne pas ouvrir le navigateur.")
@contract_option
@quiet_option
@debug_option
def desk(port: int, no_browser: bool, folder: Path, quiet: bool) -> None:
    """Ouvrir le bureau (cvsheet bureau) : le contrat dans le navigateur, sans terminal.

    Exemple : cvsheet desk --folder mon-contrat
    """
    from cvsheet.desk.server import Opening, run_desk

    contract = contract_at(folder)
    with contextlib.suppress(cvsheet.OutputError):  # a folder that may only be read has its desk all the same
        for path in contract.prepare_desk():
            say(quiet, f"Pour rouvrir le bureau d’un double-clic : {shown_path(path)}")
    run_desk(contract.folder.root, Opening(port, not no_browser, lambda line: say(quiet, line)))
