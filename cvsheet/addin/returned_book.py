"""*Valider ce classeur*: a returned workbook judged as it stands in Excel, among the returns that lie in the folder."""

from __future__ import annotations

from collections.abc import Callable

import xlwings as xw

from cvsheet.addin.marks import put_marks
from cvsheet.addin.open_books import content_of, file_of
from cvsheet.addin.pilot_form import Outcome
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.judging.files.joins import said_of
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.framework import Framework
from cvsheet.text.french import french_count
from cvsheet.workflows.folder import ContractFolder
from cvsheet.workflows.receive import arrivals
from cvsheet.workflows.validate import validate


def judge_book(
    book: xw.Book, folder: ContractFolder, framework: Framework, tick: Callable[[int, int], None]
) -> tuple[Assessment, tuple[Finding, ...]]:
    """What `cvsheet validate` would report if `book` were saved now: the assessment, and its part about this file.

    A workbook of `retours/` is judged with the others there; one that lies elsewhere, alone.
    """
    path = file_of(book, folder)
    inside = path.resolve().is_relative_to(folder.inbox.resolve())
    paths = [folder.inbox, path] if inside else [path]
    assessment = validate(framework, paths, folder.root, tick, opened={path: content_of(book, path)})
    name = arrivals([path], folder.root)[0].name
    return assessment, tuple(said_of(assessment.findings, {name}))


def validate_book(
    book: xw.Book, folder: ContractFolder, framework: Framework, tick: Callable[[int, int], None]
) -> Outcome:
    """Judge `book` and mark its cells in fault."""
    assessment, findings = judge_book(book, folder, framework, tick)
    errors, warnings, infos = (sum(one.severity is grave for one in findings) for grave in Severity)
    summary = (
        f"« {book.name} » : {french_count(errors, 'correction bloquante', 'corrections bloquantes')}, "
        f"{french_count(warnings, 'à confirmer', 'à confirmer')}, "
        f"{french_count(infos, 'pour mémoire', 'pour mémoire')}."
    )
    cells = put_marks(book, findings, summary)
    incidents = tuple(("Incident de cvsheet", one) for one in assessment.incidents)
    return Outcome(
        summary,
        (("Cellules colorées", str(cells)), *incidents),
        findings=findings,
        next_step="Corrigez, puis relancez. « Effacer les marques » enlève tout." if cells else "",
    )
