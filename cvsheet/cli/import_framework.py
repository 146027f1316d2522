"""`cvsheet import-framework`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

import cvsheet
from cvsheet.cli.options import ExistingPath, debug_option, output_option, quiet_option, say, shown_path, typed_path


@click.command("import-framework", options_metavar="[OPTIONS]")
@click.argument("document", metavar="FICHIER", type=ExistingPath(path_type=Path, exists=True, dir_okay=False))
@output_option("CLASSEUR", "Classeur à créer (par défaut : contrat.xlsx).", "contrat.xlsx")
@click.option(
    "--sheet", "--feuille", metavar="FEUILLE", default="", help="Feuille à lire, si plusieurs contiennent un tableau."
)
@click.option("--force", "--forcer", is_flag=True, help="Remplacer le classeur s’il existe déjà.")
@quiet_option
@debug_option
def import_framework(document: Path, output: Path, sheet: str, force: bool, quiet: bool) -> None:
    """Créer le classeur du contrat à partir d’un tableau existant.

    Le tableau (xlsx, ods, csv, tsv ou txt) a une ligne de titres et des colonnes pilier, priorité, objectif, action,
    indicateur, dans n’importe quel ordre ; cellules fusionnées et listes à puces sont admises. Les codes sont
    proposés. Ce qui est incertain est listé sur la feuille « Points à décider ».

    Exemple : cvsheet import-framework tableau.xlsx -o contrat.xlsx
    """
    from cvsheet.text.french import french_count, french_list

    result = cvsheet.import_framework(document, output, sheet=sheet, force=force)
    found = [
        french_count(result.count(table), one, several)
        for table, one, several in (
            ("piliers", "pilier", "piliers"),
            ("priorites", "priorité", "priorités"),
            ("objectifs", "objectif", "objectifs"),
            ("actions", "action", "actions"),
            ("indicateurs", "indicateur", "indicateurs"),
        )
    ]
    say(quiet, f"{shown_path(output)} : {french_list(found)}.")
    asked = Counter(point.subject for point in result.draft.points if point.question)
    for subject, count in asked.items():
        say(quiet, f"  À décider – {subject} : {count}")
    say(
        quiet,
        f"À faire : ouvrez {shown_path(output)}, feuille « Points à décider », complétez les partenaires, les dates et "
        f"les producteurs, puis : cvsheet check {typed_path(output)}",
    )
