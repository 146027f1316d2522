"""`docs/commandes.md`: the command reference, made from the commands themselves.

Run ``python -m cvsheet.cli.reference docs/commandes.md`` after changing a command.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cvsheet.cli.main import cvsheet
from cvsheet.files.atomic import write_atomically

WIDTH = 100
INTRODUCTION = """# Les commandes de cvsheet

Page produite par `python -m cvsheet.cli.reference docs/commandes.md` : ne pas la modifier à la main.

Codes de sortie : 0, aucune erreur ; 1, des constats de sévérité ERREUR ; 2, commande mal écrite ; 3, cvsheet n’a pas
pu faire son travail (une phrase dit pourquoi ; `--debug` donne le détail technique).
"""


def reference() -> str:
    """The page, in Markdown."""
    context = click.Context(cvsheet, info_name="cvsheet", max_content_width=WIDTH, terminal_width=WIDTH)
    sections = [INTRODUCTION, _section("cvsheet", cvsheet, context)]
    for name in cvsheet.list_commands(context):
        command = cvsheet.commands[name]
        own = click.Context(command, info_name=name, parent=context, max_content_width=WIDTH, terminal_width=WIDTH)
        sections.append(_section(f"cvsheet {name}", command, own))
        sections += _subsections(f"cvsheet {name}", command, own)
    return "\n".join(sections)


def _subsections(title: str, command: click.Command, context: click.Context) -> list[str]:
    """The commands of a group, such as `cvsheet excel`."""
    found = command.commands if isinstance(command, click.Group) else {}
    contexts = {
        name: click.Context(one, info_name=name, parent=context, max_content_width=WIDTH, terminal_width=WIDTH)
        for name, one in found.items()
    }
    return [_section(f"{title} {name}", found[name], own) for name, own in contexts.items()]


def _section(title: str, command: click.Command, context: click.Context) -> str:
    return f"## {title}\n\n```text\n{command.get_help(context)}\n```\n"


if __name__ == "__main__":
    write_atomically(Path(sys.argv[1]), reference().encode())
