"""What several commands share: their options, the contract folder at hand, lines for a person."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

import cvsheet
from cvsheet.errors import UsageError
from cvsheet.reports.visible import visible
from cvsheet.text.french import typeset
from cvsheet.text.nearby import missing
from cvsheet.text.shell import pasted, program

if TYPE_CHECKING:
    from cvsheet import Contract

Command = TypeVar("Command", bound=Callable[..., Any])
DEBUG = ("--debug", "--détails")


AUTOMATIC = ":"
"""The value of an option for a folder that was given without one."""
_FOLDER: ContextVar[Path] = ContextVar("folder", default=Path())
_ARGUMENTS: ContextVar[tuple[str, ...]] = ContextVar("arguments", default=())
_IN_A_CONTRACT = re.compile(
    r"cvsheet (check|generate|validate|consolidate|status|adopt|audit|export|desk|bureau)\b"
    r"(?!.* (?:-C|--folder|--dossier) )"
)
_QUOTED = re.compile(r'("[^"\n]*")')


class ExistingPath(click.Path):
    """A path at which something lies; where nothing does, what lies beside it is named."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not Path(value).exists():
            raise UsageError(missing(Path(value)))
        if not self.file_okay and Path(value).is_file():
            raise UsageError(f"« {value} » est un fichier : donnez le dossier où il est, « {Path(value).parent} ».")
        return super().convert(value, param, ctx)


def started(arguments: Sequence[str]) -> None:
    """Remember how this run was typed."""
    _ARGUMENTS.set(tuple(arguments))
    _FOLDER.set(Path())


def command_typed() -> str:
    """This run as it can be pasted again, with more behind it."""
    return " ".join(("cvsheet", *map(pasted, _ARGUMENTS.get())))


READ_ANEW = "cvsheet.read_anew"  # whether --no-cache is given, in what click keeps of a command


def common_options(command: Command) -> Command:
    """``--folder``, ``--quiet``, ``--no-cache`` and ``--debug``, which every command in a contract folder takes."""
    command = debug_option(quiet_option(command))
    command = click.option(
        "--no-cache",
        "--tout-relire",
        is_flag=True,
        expose_value=False,
        callback=_read_anew,
        help="Relire tous les fichiers reçus, même ceux qu’une commande précédente a déjà lus.",
    )(command)
    return contract_option(command)


def contract_option(command: Command) -> Command:
    """``--folder``."""
    return click.option(
        "--folder",
        "--dossier",
        "-C",
        type=ExistingPath(path_type=Path, exists=True, file_okay=False),
        default=Path(),
        metavar="DOSSIER",
        help="Dossier du contrat (par défaut : le dossier courant ou un dossier au-dessus).",
    )(command)


def quiet_option(command: Command) -> Command:
    """``--quiet``."""
    return click.option("--quiet", "--silencieux", "-q", is_flag=True, help="N’afficher que les erreurs.")(command)


def debug_option(command: Command) -> Command:
    """``--debug``, which `main.execute` looks for."""
    return click.option(*DEBUG, is_flag=True, expose_value=False, help="Afficher le détail technique d’une erreur.")(
        command
    )


def campaign_option(help_text: str) -> Callable[[Command], Command]:
    """``--campaign CODE``."""
    return click.option("--campaign", "--campagne", "-c", metavar="CODE", help=help_text)


def yes_option(help_text: str) -> Callable[[Command], Command]:
    """``--oui``."""
    return click.option("--yes", "--oui", is_flag=True, help=help_text)


def output_option(metavar: str, help_text: str, default: str | None = None) -> Callable[[Command], Command]:
    """``--output``, where to write what is made, a file or a folder as `workflows/output_names.py` says."""
    kind = click.Path(path_type=Path)
    return click.option("--output", "--sortie", "-o", metavar=metavar, default=default, type=kind, help=help_text)


def report_options(command: Command) -> Command:
    """``--json`` and ``--html``: files for what was found."""
    named = (("--html", "Écrire le rapport en une page web."), ("--json", "Écrire le rapport JSON."))
    for name, help_text in named:
        kind = click.Path(path_type=Path)
        command = click.option(name, f"{name[2:]}_file", metavar="FICHIER", type=kind, help=help_text)(command)
    return command


def folder_option(*names: str, help_text: str) -> Callable[[Command], Command]:
    """An option for a folder of what is made, which may be left out: then it is one in `sorties/`."""
    return click.option(
        *names,
        metavar="[DOSSIER]",
        is_flag=False,
        flag_value=AUTOMATIC,
        type=click.Path(path_type=Path),
        help=help_text,
    )


def folder_chosen(given: Path | None, contract: Contract, name: str) -> Path | None:
    """What such an option says: None where it was not given, `name` in `sorties/` where it was without a folder."""
    return contract.folder.results / name if given == Path(AUTOMATIC) else given


def contract_at(folder: Path) -> Contract:
    """The contract that `folder` stands in; returned files are read by processes of their own, once."""
    _FOLDER.set(folder)
    anew = click.get_current_context().meta.get(READ_ANEW, False)
    return cvsheet.open_contract(folder, jobs=0, keep=not anew)


def _read_anew(context: click.Context, option: click.Parameter, value: bool) -> None:
    context.meta[READ_ANEW] = value


def say(quiet: bool, *lines: str) -> None:
    """Print `lines` on standard output unless `quiet`; what could act on a terminal is shown as signs."""
    if not quiet:
        for line in lines:
            click.echo(fitted(_shown(line), sys.stdout))


def complain(*lines: str) -> None:
    """The same on standard error, whatever is asked for."""
    for line in lines:
        click.echo(fitted(_shown(line), sys.stderr), err=True)


def _shown(line: str) -> str:
    """`line` as French typography wants it; what stands in straight quotes, to be pasted, stays as it is. Commands to
    type in a contract folder name the one that this run was given."""
    folder = _FOLDER.get()
    if folder.resolve() != Path.cwd():
        line = _IN_A_CONTRACT.sub(lambda found: f"{found[0]} -C {typed_path(folder)}", line)
    return visible("".join(part if part[:1] == '"' else typeset(part) for part in _QUOTED.split(line)))


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
    """How this command is typed from here; ``python -m cvsheet``, which a managed PC allows, stays that."""
    own = Path(sys.argv[0])
    return f"{_typed_program(Path(sys.executable))} -m cvsheet" if own.stem == "__main__" else _typed_program(own)


def _typed_program(path: Path) -> str:
    """By its name where the shell finds it, else by its path: as it is, for the python of an environment is a link."""
    here, cwd = path.absolute(), Path.cwd()
    found = shutil.which(path.name)
    if found and Path(found).absolute() == here:
        return path.name.removesuffix(".exe")
    return program(here.relative_to(cwd).as_posix() if here.is_relative_to(cwd) else str(here))


def typed_path(path: Path) -> str:
    """`path` as it can be pasted into a command."""
    return pasted(shown_path(path))


def shown_path(path: Path) -> str:
    """`path` as short as it can be typed from here."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix() or "."
    except ValueError:
        return str(path)
