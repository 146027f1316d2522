"""`cvsheet excel install` and `cvsheet excel doctor`."""

from __future__ import annotations

from pathlib import Path

import click

from cvsheet.cli.names import BilingualGroup
from cvsheet.cli.options import common_options, complain, contract_at, say, shown_path
from cvsheet.cli.progress import said_before_reading

LICENCE = (
    "Licence d’xlwings : le complément de bureau (ruban, « Run main », fonctions sous Windows) est libre (BSD 3). La "
    "partie « PRO » (moteur distant, xlwings Server, donc Excel pour le web) est sous PolyForm Noncommercial 1.0.0, "
    "gratuite pour un usage non commercial, dont celui d’une institution publique, ou sous licence payante sinon."
)


@click.group(cls=BilingualGroup, subcommand_metavar="COMMANDE [ARGUMENTS]", options_metavar="[OPTIONS]")
def excel() -> None:
    """Lancer cvsheet depuis Excel, avec le complément xlwings.

    Exemple : cvsheet excel install
    """


@excel.command(options_metavar="[OPTIONS]")
@common_options
def install(folder: Path, quiet: bool) -> None:
    """Préparer le dossier du contrat pour Excel, et dire ce qui reste à faire à la main.

    Exemple : cvsheet excel install
    """
    contract = contract_at(folder)
    said_before_reading(contract, quiet=quiet)
    result = contract.prepare_excel()
    for path in result.written:
        say(quiet, f"Écrit : {shown_path(path)}")
    for path in result.left:
        left = f"Laissé tel quel, car il n’est pas de cvsheet : {shown_path(path)}. Renommez-le, puis relancez."
        complain(left)
    steps = (f"{number}. {step}" for number, step in enumerate(result.steps, start=1))
    say(quiet, "", "À faire :", *steps, "", LICENCE)


@excel.command(options_metavar="[OPTIONS]")
@common_options
def doctor(folder: Path, quiet: bool) -> int:
    """Vérifier Excel, le complément xlwings, l’interpréteur et les paquets Python, et dire quoi réparer.

    Exemple : cvsheet excel doctor
    """
    contract = contract_at(folder)
    said_before_reading(contract, quiet=quiet)
    checks = contract.examine_excel()
    for check in checks:
        say(quiet and check.good, f"{'OK' if check.good else 'À RÉPARER'} · {check.what} : {check.seen}")
        if not check.good:
            say(False, f"    → {check.remedy}")
    broken = sum(not check.good for check in checks)
    if not broken:
        say(quiet, "Tout est prêt : ouvrez contrat.xlsx, feuille « Pilotage ».")
    say(quiet, "", LICENCE)
    return 1 if broken else 0
