"""`docs/commandes.md`: the command reference, made from the commands themselves.

Run ``python -m cvsheet.cli.reference docs/commandes.md`` after changing a command.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
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
    return "\n".join((INTRODUCTION, *_sections("cvsheet", cvsheet, None)))


def _sections(title: str, command: click.Command, parent: click.Context | None) -> Iterator[str]:
    """What a command says of itself, and those of a group below it."""
    name = title.rpartition(" ")[2]
    context = click.Context(command, info_name=name, parent=parent, max_content_width=WIDTH, terminal_width=WIDTH)
    yield f"## {title}\n\n```text\n{command.get_help(context)}\n```\n"
    for below, one in command.commands.items() if isinstance(command, click.Group) else ():
        yield from _sections(f"{title} {below}", one, context)


if __name__ == "__main__":
    write_atomically(Path(sys.argv[1]), reference().encode())
