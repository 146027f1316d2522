"""`cvsheet check`: read the canonical workbook, judge it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cvsheet.errors import FrameworkError, UnreadableFile, UsageError
from cvsheet.model.findings import Finding
from cvsheet.model.records import Canonical
from cvsheet.text.french import typeset


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The records of a canonical workbook, what is wrong with them, and the rules that crashed."""

    canonical: Canonical
    findings: tuple[Finding, ...]
    incidents: tuple[str, ...] = ()


def check(path: Path) -> CheckResult:
    """Judge the canonical workbook, or the CSV folder, at `path`; FrameworkError where it cannot be opened."""
    return check_records(read_contract(path))


def check_records(canonical: Canonical) -> CheckResult:
    """Judge a canonical workbook that is read already."""
    from cvsheet.judging.contract.judge import judge_canonical

    outcome = judge_canonical(canonical)
    return CheckResult(canonical, outcome.findings, outcome.incidents)


def read_contract(path: Path) -> Canonical:
    """The records of the canonical workbook or CSV folder at `path`; FrameworkError, in French, where it is neither."""
    from cvsheet.books.contract.reading.csv_folder import read_csv_folder
    from cvsheet.books.contract.reading.workbook import read_canonical

    if path.is_dir():
        return read_csv_folder(path)
    try:
        canonical = read_canonical(path)
    except UnreadableFile as error:
        raise unreadable(path, error) from error
    if "indicateurs" not in canonical.headers:
        refuse_other_workbook(path, "pas le classeur du contrat")
    return canonical


def refuse_other_workbook(path: Path, wanted: str) -> None:
    """UsageError where `path` is a workbook that cvsheet made, and no contract; `wanted` says what it is not."""
    from cvsheet.books.partner.reading.lookalike import other_workbook

    if what := other_workbook(path):
        raise UsageError(typeset(f"« {path} » est {what}, {wanted}. Rien n’a été modifié."))


def unreadable(path: Path, error: UnreadableFile) -> FrameworkError:
    """Why the document of a coordinator is not read, in the words of the FIC rules."""
    from cvsheet.judging.engine.assessment import Received
    from cvsheet.judging.engine.catalogue import find_rule
    from cvsheet.judging.files.refusals import unread_files

    rulings = unread_files((Received(path.name, refusal=error),))
    faults = [find_rule(ruling.finding.code).fault(ruling.finding) for ruling in rulings]
    return FrameworkError(f"« {path} » n’est pas lisible. {' '.join(faults)}".strip())
