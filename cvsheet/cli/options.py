"""What several commands share: their options, the contract folder at hand, lines for a person."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

import cvsheet
from cvsheet.reports.visible import visible
from cvsheet.text.french import typeset

if TYPE_CHECKING:
    from cvsheet import Contract

Command = TypeVar("Command", bound=Callable[..., Any])

READ_ANEW = "cvsheet.read_anew"  # whether --no-cache is given, in what click keeps of a command


def common_options(command: Command) -> Command:
    """``--folder``, ``--quiet``, ``--no-cache`` and ``--debug``, which every command in a contract folder takes."""
    command = click.option(
        "--debug", is_flag=True, expose_value=False, help="Afficher le détail technique d’une erreur."
    )(command)
    command = click.option(
        "--no-cache",
        is_flag=True,
        expose_value=False,
        callback=_read_anew,
        help="Relire tous les fichiers reçus, même ceux qu’une commande précédente a déjà lus.",
    )(command)
    command = click.option("--quiet", "-q", is_flag=True, help="N’afficher que les erreurs.")(command)
    return click.option(
        "--folder",
        "-C",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        default=Path(),
        metavar="DOSSIER",
        help="Dossier du contrat (par défaut : le dossier courant ou un dossier au-dessus).",
    )(command)


def campaign_option(help_text: str) -> Callable[[Command], Command]:
    """``--campaign CODE``."""
    return click.option("--campaign", "-c", metavar="CODE", help=help_text)


def contract_at(folder: Path) -> Contract:
    """The contract that `folder` stands in; returned files are read by processes of their own, once."""
    anew = click.get_current_context().meta.get(READ_ANEW, False)
    return cvsheet.open_contract(folder, jobs=0, keep=not anew)


def _read_anew(context: click.Context, option: click.Parameter, value: bool) -> None:
    context.meta[READ_ANEW] = value


def say(quiet: bool, *lines: str) -> None:
    """Print `lines` on standard output unless `quiet`; what could act on a terminal is shown as signs."""
    if not quiet:
        for line in lines:
            click.echo(fitted(visible(typeset(line)), sys.stdout))


def complain(*lines: str) -> None:
    """The same on standard error, whatever is asked for."""
    for line in lines:
        click.echo(fitted(visible(typeset(line)), sys.stderr), err=True)


def fitted(text: str, stream: TextIO) -> str:
    """`text` broken for the terminal that `stream` is, at ordinary spaces only: a terminal breaks « 12 % » anywhere.

    A command to type stays in one piece, on a line of its own where it must; what goes to a file stays as it is.
    """
    if not stream.isatty():
        return text
    width = shutil.get_terminal_size().columns
    before, mark, command = text.partition(" cvsheet ")
    lines = [""]
    for piece in [*before.split(" "), *([f"cvsheet {command}"] if mark else [])]:
        longer = f"{lines[-1]} {piece}" if lines[-1] else piece
        if lines[-1] and len(longer) > width:
            lines.append(piece)
        else:
            lines[-1] = longer
    return "\n".join(lines)


def asked_on_terminal() -> bool:
    """Whether a person sits there who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def agreed(question: str) -> bool:
    """Whether the person at the terminal answers yes; anything else is no."""
    answer: str = click.prompt(visible(typeset(f"{question} (oui/non)")), default="non", show_default=False)
    return answer.strip().casefold() in ("o", "oui", "y", "yes")


def own_command() -> str:
    """How this command is typed from here: by its name where the shell finds it, else by its path."""
    program = Path(sys.argv[0])
    found = shutil.which(program.name)
    return program.stem if found and Path(found).resolve() == program.resolve() else shown_path(program)


def shown_path(path: Path) -> str:
    """`path` as short as it can be typed from here."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix() or "."
    except ValueError:
        return str(path)
