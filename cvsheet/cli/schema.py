"""`cvsheet schema`: the tables, and their descriptions for other programs."""

from __future__ import annotations

from pathlib import Path

import click

import cvsheet
from cvsheet.cli.names import BilingualGroup
from cvsheet.cli.options import debug_option, output_option, quiet_option, say, shown_path


@click.group(
    cls=BilingualGroup, invoke_without_command=True, options_metavar="[OPTIONS]", subcommand_metavar="[COMMANDE]"
)
@debug_option
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
@output_option("DOSSIER", "Dossier à remplir (par défaut : schemas-cvsheet).", "schemas-cvsheet")
@quiet_option
@debug_option
def export(output: Path, quiet: bool) -> None:
    """Écrire chaque tableau en Table Schema, en JSON Schema et en schéma pandera (YAML).

    Exemple : cvsheet schema export -o schemas-cvsheet
    """
    from cvsheet.schema.tables import table_names

    made = ", ".join(f"{language.name}/" for language in cvsheet.export_schemas(output))
    say(quiet, f"{len(table_names())} tableaux décrits dans {shown_path(output)} ({made}).")
