"""The sheet *Pilotage* as a form: what was chosen, and what came of it, written below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

import xlwings as xw

from cvsheet.addin.cell_values import values_of
from cvsheet.addin.safe_text import as_message, as_text
from cvsheet.books.contract import pilotage
from cvsheet.books.contract.pilotage import Field, Task
from cvsheet.errors import UsageError
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.model.findings import Finding, Severity
from cvsheet.schema.tables import fold
from cvsheet.text.french import french_date, typeset

ROWS_BELOW = 60  # of the report, all written anew by each run
FINDINGS_SHOWN = 12
SEARCHED = "A1:H80"
POINTS_PER_CHARACTER = 5.6  # of a column's width on the web, which counts in points
FormLine = tuple[str, str, str]  # label, value, explanation


@dataclass(frozen=True, slots=True)
class Order:
    """What was chosen; an empty field leaves the choice to the command. `before`: the new deadline as it was typed."""

    task: Task
    campaign: str | None = None
    partners: tuple[str, ...] = ()
    book: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class TaskReport:
    """What a task did: one sentence, counts as (what, how many), the files made, what was found."""

    summary: str
    counts: tuple[tuple[str, str], ...] = ()
    files: tuple[Path, ...] = ()
    findings: tuple[Finding, ...] = ()
    next_step: str = ""


def read_order(book: xw.Book) -> Order:
    """What the form says; UsageError, in French, where no known action is chosen."""
    sheet = book.sheets[pilotage.SHEET]
    chosen = {label: _text(_beside(sheet, label)) for label in Field if label is not Field.BEFORE}
    task = next((one for one in Task if fold(one) == fold(chosen[Field.TASK])), None)
    if task is None:
        known = ", ".join(f"« {one.value} »" for one in Task)
        raise UsageError(f"Feuille « {pilotage.SHEET} », « {Field.TASK.value} » : choisissez dans la liste ({known}).")
    partners = tuple(part.strip() for part in chosen[Field.PARTNERS].replace(",", ";").split(";") if part.strip())
    return Order(task, chosen[Field.CAMPAIGN] or None, partners, chosen[Field.BOOK], _new_deadline(sheet))


def _new_deadline(sheet: xw.Sheet) -> str:
    """What stands beside the youngest of the labels; nothing on a sheet made before there was one."""
    try:
        return _text(_beside(sheet, Field.BEFORE))
    except UsageError:
        return ""


def write_outcome(book: xw.Book, task: Task, outcome: TaskReport, at: datetime) -> None:
    """Write what `task` did, and when, below the form."""
    head: list[FormLine] = [
        ("Quand", f"{at:%d/%m/%Y %H:%M}", ""),
        ("Action", task.value, ""),
        ("Résultat", outcome.summary, ""),
    ]
    if outcome.next_step:
        head.append(("Ensuite", outcome.next_step, ""))
    counts: list[FormLine] = [(label, count, "") for label, count in outcome.counts]
    found = [_finding_line(one) for one in _first(outcome.findings)]
    files: list[FormLine] = [("Fichier", path.name, str(path.parent)) for path in outcome.files]
    titled = [("Premiers constats", "Où", "Quoi"), *found] if found else []
    _write(book, [*head, *counts, *files, *titled])
    start = _row_of(book.sheets[pilotage.SHEET], pilotage.LAST_RUN) + 1 + len(head) + len(counts)
    for number, path in enumerate(outcome.files):
        place = book.sheets[pilotage.SHEET].range((start + number, 2))
        place.add_hyperlink(str(path), path.name, typeset(f"Ouvrir « {path.name} »"))


def write_failure(book: xw.Book, message: str, at: datetime) -> None:
    """Write, in the place of what was done, why nothing was."""
    _write(book, [("Quand", f"{at:%d/%m/%Y %H:%M}", ""), ("Échec", message, "")])


def create_form(book: xw.Book) -> None:
    """Add the sheet to a workbook made before there was one; its choices are lists where they are fixed."""
    sheet = book.sheets.add(pilotage.SHEET, before=book.sheets[0])
    rows: list[FormLine] = [
        (pilotage.TITLE, "", ""),
        (pilotage.SUBTITLE, "", ""),
        ("", "", ""),
        (pilotage.SECTION, "", ""),
    ]
    first = len(rows) + 1
    rows += [(label.value, Task.CHECK.value if label is Field.TASK else "", pilotage.HELP[label]) for label in Field]
    rows += [(label, "", "") for label in (pilotage.LAUNCH, "", pilotage.LAST_RUN, pilotage.NEVER)]
    choices = sheet.range((first, 2), (first + len(Field) - 1, 2))
    choices.number_format = "@"  # codes are text, or Excel would make a date of 1-1
    sheet.range((1, 1), (len(rows), 3)).value = [[as_text(typeset(text)) for text in row] for row in rows]
    choices.color = "#FFF8DC"
    sheet.range((first, 2)).data_validation.set_list([task.value for task in Task])
    for row in (1, 4, first + len(Field) + 2):
        sheet.range((row, 1)).font.bold = True
    factor = POINTS_PER_CHARACTER if str(book.app.engine.type) == "remote" else 1.0
    for column, width in enumerate(pilotage.WIDTHS, start=1):
        sheet.range((1, column)).column_width = width * factor


def _write(book: xw.Book, lines: Sequence[FormLine]) -> None:
    """Replace what stands below *Dernière exécution* by `lines`."""
    sheet = book.sheets[pilotage.SHEET]
    first = _row_of(sheet, pilotage.LAST_RUN) + 1
    sheet.range((first, 1), (first + ROWS_BELOW - 1, len(pilotage.WIDTHS))).clear()
    shown = list(lines[:ROWS_BELOW])
    area = sheet.range((first, 1), (first + len(shown) - 1, len(pilotage.WIDTHS)))
    area.value = [[as_message(typeset(text)) for text in line] for line in shown]
    area.wrap_text = True
    sheet.range((first, 1), (first + len(shown) - 1, 1)).font.bold = True


def _first(findings: Sequence[Finding]) -> Sequence[Finding]:
    """The gravest findings; what is for the record only where there is nothing graver."""
    ranked = sorted(findings, key=lambda one: tuple(Severity).index(one.severity))
    grave = [one for one in ranked if one.severity is not Severity.INFO]
    return (grave or ranked)[:FINDINGS_SHOWN]


def _finding_line(finding: Finding) -> FormLine:
    place = " ".join(part for part in (finding.place.sheet, finding.place.cell) if part)
    where = " · ".join(part for part in (finding.partner, PurePosixPath(finding.place.file).name, place) if part)
    return finding.severity.value.upper(), where, find_rule(finding.code).message(finding)


def _beside(sheet: xw.Sheet, label: str) -> object:
    row, column = _cell_of(sheet, label)
    return values_of(sheet.range((row, column + 1)))[0][0]


def _row_of(sheet: xw.Sheet, label: str) -> int:
    return _cell_of(sheet, label)[0]


def _cell_of(sheet: xw.Sheet, label: str) -> tuple[int, int]:
    """Where `label` stands, whatever rows were inserted above it."""
    values = values_of(sheet.range(SEARCHED))
    for row, cells in enumerate(values, start=1):
        for column, value in enumerate(cells, start=1):
            if isinstance(value, str) and fold(value) == fold(label):
                return row, column
    raise UsageError(
        f"La feuille « {pilotage.SHEET} » n’a plus l’intitulé « {label} » : supprimez la feuille, elle sera recréée "
        "au prochain « Run main »."
    )


def _text(value: object) -> str:
    """A choice as text: Excel makes a number of the campaign 2021, and a date of a day."""
    if isinstance(value, datetime):
        return french_date(value.date())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()
