"""The `cvsheet` command: its sub-commands, and what becomes of an error.

Exit codes: 0 no ERREUR, 1 findings of severity ERREUR, 2 usage, 3 the tool could not do its work.
"""

from __future__ import annotations

import gettext
import io
import os
import re
import sys
from pathlib import Path

# click translates its own messages through gettext's default domain; ours is French whatever the machine's language.
os.environ["LANGUAGE"] = "fr"
gettext.bindtextdomain("messages", str(Path(__file__).parent / "locale"))

import click  # noqa: E402

from cvsheet import __version__  # noqa: E402
from cvsheet.cli import (  # noqa: E402
    adopt,
    audit,
    check,
    consolidate,
    demo,
    desk,
    excel,
    explain,
    export,
    generate,
    import_framework,
    init,
    observatory,
    schema,
    site,
    status,
    validate,
)
from cvsheet.cli.names import BilingualGroup, plain  # noqa: E402
from cvsheet.cli.options import DEBUG, complain, started  # noqa: E402
from cvsheet.errors import CvsheetError, what_stopped  # noqa: E402
from cvsheet.memoising import seldom_collect  # noqa: E402

HELP = ("--aide", "-h")  # beside --help: click keeps several names in no order
COMMANDS = (
    demo.demo,
    init.init,
    desk.desk,
    import_framework.import_framework,
    check.check,
    generate.generate,
    validate.validate,
    consolidate.consolidate,
    status.status,
    adopt.adopt,
    audit.audit,
    export.export,
    site.site,
    observatory.observatory,
    excel.excel,
    explain.explain,
    explain.rules,
    schema.schema,
)


_STRAIGHT = re.compile(r"(?<!\w)'([^'\n]+)'(?!\w)")  # what click quotes on its own, out of reach of translations


@click.group(
    cls=BilingualGroup,
    options_metavar="[OPTIONS]",
    subcommand_metavar="COMMANDE [ARGUMENTS]",
    context_settings={"token_normalize_func": plain},
)
@click.version_option(__version__, message="cvsheet %(version)s")
def cvsheet() -> None:
    """Suivre un contrat de ville avec Excel : envoyer, contrôler, consolider.

    Dans un dossier de contrat, chaque commande marche sans argument. Pour essayer : cvsheet demo essai
    """


for command in COMMANDS:
    cvsheet.add_command(command)


def run() -> None:
    """The console script: run, say in one French line what stops the tool, exit with the documented code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # sent to a file, Windows writes cp1252, without U+202F or arrows
            stream.reconfigure(errors="replace")
    seldom_collect()
    sys.exit(execute(sys.argv[1:]))


def execute(arguments: list[str]) -> int:
    """Run the command line `arguments` and return its exit code."""
    started(arguments)
    words = ["--help" if plain(one) in HELP else one for one in arguments]
    try:
        result = cvsheet.main(words, prog_name="cvsheet", standalone_mode=False)
    except click.ClickException as error:
        told = io.StringIO()
        error.show(told)
        click.echo(_STRAIGHT.sub("«\N{NO-BREAK SPACE}\\1\N{NO-BREAK SPACE}»", told.getvalue()), err=True, nl=False)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrompu : les fichiers déjà présents sont restés entiers.", err=True)
        return 3
    except Exception as error:
        return _explain(error, debug=bool({*map(plain, DEBUG)} & {*map(plain, arguments)}))
    return result if isinstance(result, int) else 0


def _explain(error: Exception, *, debug: bool) -> int:
    """One clear line on stderr; the traceback too where `--debug` asks for it."""
    if debug:
        import traceback

        traceback.print_exception(error)
    if isinstance(error, CvsheetError):
        complain(what_stopped(error))
        return error.exit_code
    complain(f"{what_stopped(error)} Relancez avec --debug et transmettez ce qui s’affiche.")
    return 3
