"""`cvsheet observatory`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

import cvsheet
from cvsheet.cli.options import complain, debug_option, output_option, quiet_option, say, shown_path
from cvsheet.cli.progress import progress_bar
from cvsheet.text.french import french_count

if TYPE_CHECKING:
    from cvsheet import ObservatoryResult

FOLDER, PUBLIC_FOLDER = Path("observatoire"), Path("observatoire-diffusion")


@click.command(options_metavar="[OPTIONS]")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path), metavar="DOSSIER...")
@output_option(
    "DOSSIER", "Dossier du jeu de données (par défaut : observatoire, et observatoire-diffusion avec --diffusion)."
)
@click.option("--diffusion", is_flag=True, help="Masquer les petits effectifs : les données peuvent être publiées.")
@click.option(
    "--remove",
    "--retirer",
    multiple=True,
    metavar="CODE",
    help="Retirer un contrat de l’observatoire (plusieurs fois pour plusieurs).",
)
@click.option(
    "--scheduler",
    "--ordonnanceur",
    metavar="ADRESSE",
    help="Lire les contrats sur une grappe Dask, par exemple tcp://127.0.0.1:8786 (voir docs/observatoire.md).",
)
@quiet_option
@debug_option
def observatory(
    folders: tuple[Path, ...],
    output: Path | None,
    diffusion: bool,
    remove: tuple[str, ...],
    scheduler: str | None,
    quiet: bool,
) -> int:
    """Réunir plusieurs contrats en un jeu de données Parquet et un classeur de totaux.

    Chaque DOSSIER est celui d’un contrat, ou en contient. Ce qui n’a pas changé n’est pas refait.

    Exemple : cvsheet observatory contrats -o observatoire
    """
    target = output or (PUBLIC_FOLDER if diffusion else FOLDER)
    with progress_bar("Lecture des contrats", quiet=quiet) as tick:
        result = cvsheet.observatory(
            folders, target, public=diffusion, remove=remove, jobs=0, scheduler=scheduler, progress=tick
        )
    complain(*result.unread)
    if result.unread and not result.read and not remove:
        complain(*result.told)
        return 3
    say(quiet, *_summary(result))
    return 1 if result.unread else 0


def _summary(result: ObservatoryResult) -> Iterator[str]:
    yield (
        f"{french_count(result.read, 'contrat lu', 'contrats lus')} : "
        f"{french_count(len(result.added), 'nouveau', 'nouveaux')}, "
        f"{french_count(len(result.replaced), 'modifié', 'modifiés')}, "
        f"{french_count(len(result.unchanged), 'inchangé', 'inchangés')}."
    )
    if result.unread:
        yield "Ce qui n’a pas pu être lu est nommé ci-dessus ; l’observatoire garde ce qu’il en avait."
    yield from result.told
    yield f"Données : {shown_path(result.folder)}, décrites par datapackage.json."
    yield f"Totaux : {shown_path(result.workbook)}"
