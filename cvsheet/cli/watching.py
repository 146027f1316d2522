"""The reports that `validate` writes, and `validate --watch`: what is said while files arrive."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cvsheet.cli.options import complain, say, shown_path
from cvsheet.cli.progress import said_first
from cvsheet.errors import OutputError
from cvsheet.reports.visible import visible
from cvsheet.text.french import french_list

if TYPE_CHECKING:
    from threading import Event

    from cvsheet import Assessment, Contract, Round

WATCHING = "En veille : déposez des fichiers, ils seront contrôlés. Pour finir : Ctrl+C."


@dataclass(frozen=True, slots=True)
class Reports:
    """The files asked for of a contract's returns; None are not."""

    contract: Contract
    json_file: Path | None
    html_file: Path | None

    def write(self, assessment: Assessment) -> tuple[str, ...]:
        """Write them and return a line for each; OutputError or UsageError where one cannot stand there."""
        self.contract.write_reports(assessment, json_file=self.json_file, html_file=self.html_file)
        named = (("Rapport JSON", self.json_file), ("Rapport à ouvrir dans un navigateur", self.html_file))
        return tuple(f"{name} : {shown_path(path)}" for name, path in named if path is not None)


def keep_watching(
    reports: Reports,
    paths: Sequence[Path],
    campaign: str | None = None,
    *,
    quiet: bool = False,
    stop: Event | None = None,
) -> int:
    """Judge the files as they arrive and keep the reports current, until Ctrl+C or `stop`; exit code 0. The campaign at
    hand is said first, or `campaign`."""
    from threading import Event

    first = True
    with contextlib.suppress(KeyboardInterrupt):
        for one in reports.contract.watch(paths, stop or Event()):
            if first:
                said_first(reports.contract, campaign, one.assessment, quiet=quiet)
            _print_round(one, quiet=quiet, first=first)
            lines = _written(reports, one.assessment)
            if first:
                say(quiet, *lines, WATCHING)
            first = False
    say(quiet, "Veille terminée.")
    return 0


def _written(reports: Reports, assessment: Assessment) -> tuple[str, ...]:
    """What was written; a report that is open in another program is written again at the next change."""
    try:
        return reports.write(assessment)
    except OutputError as error:
        complain(f"Erreur : {error}")
        return ()


def _print_round(one: Round, *, quiet: bool, first: bool) -> None:
    """Everything the first time, then only what is said of the files that changed."""
    from cvsheet.reports.console import print_assessment, print_findings
    from cvsheet.reports.grouping import counts_of

    if first:
        print_assessment(one.assessment, quiet=quiet)
    else:
        say(quiet, "", f"{time.strftime('%H:%M')} · {_news(one)}")
        print_findings(one.news, quiet=quiet)
        say(quiet, counts_of(one.assessment).sentence)
    if one.waiting:
        say(quiet, f"En cours de copie, à contrôler ensuite : {_names(one.waiting)}.")


def _news(one: Round) -> str:
    read, gone = one.changes.read, one.changes.gone
    parts = [f"contrôlé : {_names(read)}" if read else "", f"retiré : {_names(gone)}" if gone else ""]
    return " ; ".join(filter(None, parts)) or "un fichier arrive"


def _names(files: tuple[str, ...]) -> str:
    return french_list([visible(file) for file in files])
