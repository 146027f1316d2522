"""`cvsheet schema`: the tables, and their descriptions for other programs."""

from __future__ import annotations

from pathlib import Path

import click

import cvsheet
from cvsheet.cli.options import say, shown_path


@click.group(invoke_without_command=True, options_metavar="[OPTIONS]", subcommand_metavar="[COMMANDE]")
@click.option("--debug", is_flag=True, expose_value=False, help="Afficher le détail technique d’une erreur.")
@click.pass_context
def schema(context: click.Context) -> None:
    """Lister les tableaux de cvsheet, ou exporter leur description.

    Exemple : cvsheet schema
    """
    if context.invoked_subcommand is not None:
        return
    from cvsheet.schema.tables import load_table, table_names

    width = max(map(len, table_names()))
    for name in table_names():
        table = load_table(name)
        say(False, f"{name:<{width}}  {len(table.columns):>2} colonnes  {table.title} : {table.description}")
    say(False, "À faire : cvsheet schema export, pour les décrire à d’autres programmes.")


@schema.command(options_metavar="[OPTIONS]")
@click.option(
    "--output",
    "-o",
    metavar="DOSSIER",
    default="schemas-cvsheet",
    type=click.Path(path_type=Path, file_okay=False),
    help="Dossier à remplir (par défaut : schemas-cvsheet).",
)
@click.option("--quiet", "-q", is_flag=True, help="N’afficher que les erreurs.")
@click.option("--debug", is_flag=True, expose_value=False, help="Afficher le détail technique d’une erreur.")
def export(output: Path, quiet: bool) -> None:
    """Écrire chaque tableau en Table Schema, en JSON Schema et en schéma pandera (YAML).

    Exemple : cvsheet schema export -o schemas-cvsheet
    """
    from cvsheet.schema.tables import table_names

    made = ", ".join(f"{language.name}/" for language in cvsheet.export_schemas(output))
    say(quiet, f"{len(table_names())} tableaux décrits dans {shown_path(output)} ({made}).")
