"""Reports put where a person asks for them: over an earlier report or nothing, never over anything else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cvsheet.errors import OutputError, UsageError
from cvsheet.files.atomic import write_atomically
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import Framework
from cvsheet.reports.ours import is_our_json, is_our_page, is_our_site
from cvsheet.workflows.output_names import refuse_folder_name


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A kind of report: how a file of it may be called, the endings that it may have, and how one of ours is known."""

    name: str
    named: str
    endings: tuple[str, ...]
    is_ours: Callable[[bytes], bool]


PAGE = ReportKind("une page web", "constats.html", (".html", ".htm"), is_our_page)
SITE = ReportKind("une page web à publier", "site.html", (".html", ".htm"), is_our_site)
JSON = ReportKind("un rapport JSON", "constats.json", (".json",), is_our_json)


def refuse_other_target(path: Path, kind: ReportKind) -> None:
    """UsageError where the file at `path` is another thing than a report of `kind`, or its name says so."""
    refuse_folder_name(path, kind.named)
    if path.suffix.lower() not in kind.endings:
        raise UsageError(
            f"Ce qui s’écrit est {kind.name} : donnez à « {path} » un nom qui finit par {kind.endings[0]}. "
            "Rien n’a été écrit."
        )
    if path.is_file() and not kind.is_ours(_content(path)):
        raise UsageError(
            f"« {path} » existe déjà et n’est pas {kind.name} de cvsheet : rien n’a été écrit. Donnez un autre nom."
        )


def write_report(path: Path, content: bytes, kind: ReportKind) -> None:
    """Put a report of `kind` at `path`; UsageError as above, OutputError where it cannot be written."""
    refuse_other_target(path, kind)
    write_atomically(path, content)


def refuse_other_targets(json_file: Path | None, html_file: Path | None, site_file: Path | None = None) -> None:
    """The same of the reports that are asked for: said before the returns are read."""
    for path, kind in ((json_file, JSON), (html_file, PAGE), (site_file, SITE)):
        if path is not None:
            refuse_other_target(path, kind)


def write_reports(framework: Framework, assessment: Assessment, json_file: Path | None, html_file: Path | None) -> None:
    """Write the reports of `assessment` that are asked for."""
    if json_file is not None:
        from cvsheet.reports.json_report import json_report

        write_report(json_file, json_report(assessment), JSON)
    if html_file is not None:
        from cvsheet.reports.html import html_report

        write_report(html_file, html_report(assessment, framework), PAGE)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OutputError(f"« {path} » existe déjà et ne peut pas être lu : rien n’a été écrit.") from error
