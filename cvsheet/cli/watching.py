"""The reports that `validate` writes, and `validate --watch`: what is said while files arrive."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cvsheet.cli.options import complain, say, shown_path
from cvsheet.errors import OutputError
from cvsheet.reports.visible import visible
from cvsheet.text.french import french_list

if TYPE_CHECKING:
    from threading import Event

    from cvsheet.judging.engine.assessment import Assessment
    from cvsheet.model.framework import Framework
    from cvsheet.workflows.watch import Round

WATCHING = "En veille : déposez des fichiers, ils seront contrôlés. Pour finir : Ctrl+C."


@dataclass(frozen=True, slots=True)
class Reports:
    """The files asked for; None are not."""

    framework: Framework
    json_file: Path | None
    html_file: Path | None

    def refuse_other_targets(self) -> None:
        """UsageError where one of them is not for a report: said before the returns are read."""
        from cvsheet.workflows.report_files import JSON, PAGE, refuse_other_target

        for path, kind in ((self.json_file, JSON), (self.html_file, PAGE)):
            if path is not None:
                refuse_other_target(path, kind)

    def write(self, assessment: Assessment) -> tuple[str, ...]:
        """Write them and return a line for each; OutputError where one cannot be, UsageError as above."""
        from cvsheet.workflows.report_files import JSON, PAGE, write_report

        written = []
        if self.json_file is not None:
            from cvsheet.reports.json_report import json_report

            write_report(self.json_file, json_report(assessment), JSON)
            written.append(f"Rapport JSON : {shown_path(self.json_file)}")
        if self.html_file is not None:
            from cvsheet.reports.html import html_report

            write_report(self.html_file, html_report(assessment, self.framework), PAGE)
            written.append(f"Rapport à ouvrir dans un navigateur : {shown_path(self.html_file)}")
        return tuple(written)


def keep_watching(
    reports: Reports, paths: list[Path], root: Path, *, quiet: bool = False, stop: Event | None = None
) -> int:
    """Judge the files as they arrive and keep the reports current, until Ctrl+C or `stop`; exit code 0."""
    from threading import Event

    from cvsheet.workflows.watch import watch_returns

    first = True
    with contextlib.suppress(KeyboardInterrupt):
        for one in watch_returns(reports.framework, paths, root, stop or Event()):
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
    from cvsheet.judging.files.joins import said_of
    from cvsheet.reports.console import print_assessment, print_findings
    from cvsheet.reports.grouping import counts_of

    if first:
        print_assessment(one.assessment, quiet=quiet)
    else:
        say(quiet, "", f"{time.strftime('%H:%M')} · {_news(one)}")
        news = {*one.changes.read}
        print_findings([*said_of(one.assessment.findings, news)], quiet=quiet)
        say(quiet, counts_of(one.assessment).sentence)
    if one.waiting:
        say(quiet, f"En cours de copie, à contrôler ensuite : {_names(one.waiting)}.")


def _news(one: Round) -> str:
    read, gone = one.changes.read, one.changes.gone
    parts = [f"contrôlé : {_names(read)}" if read else "", f"retiré : {_names(gone)}" if gone else ""]
    return " ; ".join(filter(None, parts)) or "un fichier arrive"


def _names(files: tuple[str, ...]) -> str:
    return french_list([visible(file) for file in files])
