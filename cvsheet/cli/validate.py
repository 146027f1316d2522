"""`cvsheet validate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import cvsheet
from cvsheet.cli.options import common_options, contract_at, say, shown_path
from cvsheet.cli.progress import read_returns
from cvsheet.text.french import french_count

if TYPE_CHECKING:
    from cvsheet import AnnotateResult, Assessment


@click.command(options_metavar="[OPTIONS]")
@click.argument("paths", metavar="[FICHIERS]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "json_file", metavar="FICHIER", type=click.Path(path_type=Path), help="Écrire le rapport JSON.")
@click.option(
    "--html", "html_file", metavar="FICHIER", type=click.Path(path_type=Path), help="Écrire le rapport en une page web."
)
@click.option(
    "--annotate",
    "corrections",
    metavar="DOSSIER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Écrire dans ce dossier un classeur de correction et un message prêt à envoyer par partenaire.",
)
@click.option(
    "--watch", is_flag=True, help="Rester en veille et contrôler les fichiers à leur arrivée (Ctrl+C : finir)."
)
@common_options
def validate(
    paths: tuple[Path, ...],
    json_file: Path | None,
    html_file: Path | None,
    corrections: Path | None,
    watch: bool,
    folder: Path,
    quiet: bool,
) -> int:
    """Contrôler les fichiers reçus (par défaut : tout le dossier retours/).

    Exemple : cvsheet validate retours/2021 --html constats.html
    """
    from cvsheet.cli.watching import Reports, keep_watching
    from cvsheet.reports.console import print_assessment

    contract = contract_at(folder)
    contract.refuse_targets(json_file=json_file, html_file=html_file, folder=corrections)
    reports = Reports(contract, json_file, html_file)
    if watch:
        return keep_watching(reports, paths, quiet=quiet)
    assessment = read_returns(contract, paths, quiet=quiet, beside=contract.folder.inbox)
    print_assessment(assessment, quiet=quiet)
    say(quiet, *reports.write(assessment))
    if corrections is not None:
        say(quiet, *_annotated(contract.annotate(corrections, assessment), corrections))
    say(quiet, _next_step(assessment))
    return exit_code(assessment)


def _annotated(result: AnnotateResult, folder: Path) -> list[str]:
    """Which corrections were written; a file without a known partner has none."""
    from cvsheet.reports.kept import kept_sentence
    from cvsheet.reports.visible import visible

    lines = [f"{one.partner} : {visible(one.workbook.name)}, {visible(one.message.name)}" for one in result.files]
    lines += [kept_sentence(one.workbook, one.kept) for one in result.files if one.kept is not None]
    count = french_count(len(result.files), "classeur de correction", "classeurs de correction")
    if result.files:
        lines.append(f"{count} dans {shown_path(folder)}, chacun avec un message prêt à envoyer.")
    else:
        lines.append("Aucun classeur de correction à envoyer.")
    if result.without_correction:
        lines.append(f"Sans correction possible : {visible(', '.join(result.without_correction))}.")
    return lines


def exit_code(assessment: Assessment) -> int:
    """0 without ERREUR, 1 with, 3 where a part of cvsheet itself failed."""
    if assessment.incidents:
        return 3
    return 1 if assessment.count(cvsheet.Severity.ERROR) else 0


def _next_step(assessment: Assessment) -> str:
    if not assessment.arrived:
        return "Aucun fichier reçu. À faire : déposez les fichiers des partenaires dans retours/."
    if exit_code(assessment):
        return (
            "À faire : demandez les corrections aux partenaires, ou consolidez sans ces valeurs : cvsheet consolidate"
        )
    return "À faire : cvsheet consolidate"
