"""The report on a terminal: readable at 80 columns and without colour; nothing that a partner typed can act on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.groups import grouped
from cvsheet.reports.grouping import Cause, Section, Spot, counts_of, sections_of
from cvsheet.reports.visible import visible
from cvsheet.text.french import french_count, typeset

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
WORDS = {severity: severity.value.upper() for severity in Severity}
CELLS_SHOWN = 8  # per cause: the JSON report has them all
INDENT = 2


def print_assessment(
    assessment: Assessment, *, quiet: bool = False, console: Console | None = None, sentence: str = ""
) -> None:
    """Print what was found, what could not be judged, and a summary, `sentence` or the counts; `quiet`: ERRORs only."""
    out = console or Console(highlight=False)
    print_findings(assessment.findings, quiet=quiet, console=out)
    _print_incidents(out, assessment)
    if quiet:
        return
    _print_skipped(out, assessment)
    files = french_count(assessment.files_received, "fichier reçu", "fichiers reçus")
    kept = french_count(len(assessment.counted_files), "pris en compte", "pris en compte")
    summary = _wrapped(sentence or f"{files}, {kept}. {counts_of(assessment).sentence}", out.width, 0)
    summary.stylize("bold")
    out.print(summary, soft_wrap=True)


def print_findings(
    findings: Sequence[Finding], *, quiet: bool = False, console: Console | None = None, most: int = CELLS_SHOWN
) -> bool:
    """Print `findings` by file and cause, at `most` so many cells of each; `quiet`: the ERRORs only.

    Whether cells were left out.
    """
    out = console or Console(highlight=False)
    shown = [finding for finding in findings if finding.severity is Severity.ERROR] if quiet else findings
    sections = sections_of(shown)
    for section in sections:
        out.print(Text(_heading(section), style="bold"), soft_wrap=True)
        for cause in section.causes:
            _print_cause(out, cause, most)
        out.print()
    return any(len(cause.spots) > most for section in sections for cause in section.causes)


def _heading(section: Section) -> str:
    who = section.partner if section.file else "Ensemble des partenaires"
    return visible(" · ".join(part for part in (who, section.campaign, section.file) if part))


def _print_cause(out: Console, cause: Cause, most: int) -> None:
    word = WORDS[cause.severity]
    head = _wrapped(f"{word} {cause.code} : {visible(cause.fault)}", out.width, INDENT)
    head.stylize(STYLES[cause.severity], INDENT, INDENT + len(word))
    out.print(head, soft_wrap=True)
    if cause.said_once:
        _print_lines(out, _places(cause.spots, most))
    else:
        _print_lines(out, *_each_fault(cause, most))
    if cause.advice:
        _print_lines(out, f"→ {visible(cause.advice)}")


def _print_lines(out: Console, *lines: str) -> None:
    print_lines(out, 2 * INDENT, *lines)


def print_lines(out: Console, indent: int, *lines: str) -> None:
    """Print each of `lines` that is not empty, broken at the width of `out`, never at a no-break space."""
    for line in filter(None, lines):
        out.print(_wrapped(line, out.width, indent), soft_wrap=True)


def _wrapped(text: str, width: int, indent: int) -> Text:
    """`text` on lines of `width`, broken at ordinary spaces only: rich would break « 12 % » at its no-break space."""
    lines = [""]
    for word in typeset(text).split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and cell_len(longer) > width - indent:
            lines.append(word)
        else:
            lines[-1] = longer
    return Text("\n".join(f"{' ' * indent}{line}" for line in lines))


def _places(spots: Sequence[Spot], most: int) -> str:
    """``3 cellules : Emploi!J12 (EMP-P1-I02.M1), …``"""
    names = [_name(spot) for spot in spots if _name(spot)]
    if not names:
        return ""
    more = f" et {french_count(len(names) - most, 'autre')}" if len(names) > most else ""
    listed = f"{', '.join(names[:most])}{more}"
    return listed if len(names) == 1 else f"{french_count(len(names), 'endroit')} : {listed}"


def _name(spot: Spot) -> str:
    """``Emploi!J12 (EMP-P1-I02.M1)``, as much of it as is known."""
    where, line = visible(spot.where), visible(spot.line)
    return f"{where} ({line})" if where and line else where or line


def _place(spot: Spot) -> str:
    name = _name(spot)
    return f"{name} : " if name else ""


def _each_fault(cause: Cause, most: int) -> Iterator[str]:
    """A line for each thing that is said, at `most` so many, with all places where it is said."""
    alike = grouped((spot.fault, spot) for spot in cause.spots)
    for fault, spots in list(alike.items())[:most]:
        yield f"- {visible(fault)} {_places(spots, most)}" if spots[1:] else f"- {_place(spots[0])}{visible(fault)}"
    hidden = sum(map(len, list(alike.values())[most:]))
    if hidden:
        yield f"… et {french_count(hidden, 'autre')}"


def _print_skipped(out: Console, assessment: Assessment) -> None:
    if not assessment.skipped:
        return
    out.print(Text("Contrôles non faits", style="bold"))
    _print_lines(out, *(visible(f"{one.code} · {one.file} : {one.reason}") for one in assessment.skipped))
    out.print()


def _print_incidents(out: Console, assessment: Assessment) -> None:
    if not assessment.incidents:
        return
    out.print(Text("Incidents de cvsheet (à transmettre à qui le maintient)", style="bold"))
    _print_lines(out, *map(visible, assessment.incidents))
    out.print()
