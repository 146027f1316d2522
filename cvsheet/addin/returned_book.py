"""*Valider ce classeur*: a returned workbook judged as it stands in Excel, among the returns that lie in the folder."""

from __future__ import annotations

import xlwings as xw

from cvsheet import Assessment, Contract, Finding
from cvsheet.addin.marks import put_marks
from cvsheet.addin.open_books import content_of, file_of
from cvsheet.addin.pilot_form import TaskReport
from cvsheet.judging.files.joins import said_of
from cvsheet.model.findings import counts_by_severity
from cvsheet.text.french import french_count


def judge_book(book: xw.Book, contract: Contract) -> tuple[Assessment, tuple[Finding, ...]]:
    """What `cvsheet validate` would report if `book` were saved now: the assessment, and its part about this file.

    A workbook of `retours/` is judged with the others there; one that lies elsewhere, alone.
    """
    folder = contract.folder
    path = file_of(book, folder)
    inside = path.resolve().is_relative_to(folder.inbox.resolve())
    paths = [folder.inbox, path] if inside else [path]
    assessment = contract.validate(paths, opened={path: content_of(book, path)})
    name = contract.arrivals([path])[0].name
    return assessment, tuple(said_of(assessment.findings, {name}))


def validate_book(book: xw.Book, contract: Contract) -> TaskReport:
    """Judge `book` and mark its cells in fault."""
    assessment, findings = judge_book(book, contract)
    errors, warnings, infos = counts_by_severity(findings)
    summary = (
        f"« {book.name} » : {french_count(errors, 'erreur à corriger', 'erreurs à corriger')}, "
        f"{french_count(warnings, 'avertissement à confirmer', 'avertissements à confirmer')}, "
        f"{french_count(infos, 'pour mémoire', 'pour mémoire')}."
    )
    cells = put_marks(book, findings, summary)
    incidents = tuple(("Incident de cvsheet", one) for one in assessment.incidents)
    return TaskReport(
        summary,
        (("Cellules colorées", str(cells)), *incidents),
        findings=findings,
        next_step="Corrigez, puis relancez. « Effacer les marques » enlève tout." if cells else "",
    )
