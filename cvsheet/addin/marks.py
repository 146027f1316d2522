"""Findings shown where they stand: faulty cells coloured, notes, and a sheet that lists all; and all of it taken back.

The colour is a conditional format: it lies over the cell's own fill and goes away without a trace of itself. Its
formula compares a defined name of this run with a number: no function, separator or reference that a language or a
moved row could change. Removing the rule is exact on a desktop; on the web, where rules cannot be listed, removing the
name puts it out. The sheet remembers which notes are ours, by formulas that follow inserted rows. A note that a cell
had before is left as it is: the message then stands in the sheet only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import xlwings as xw

from cvsheet.addin.cell_values import values_of
from cvsheet.addin.protection import unprotected
from cvsheet.addin.safe_text import as_message, as_text
from cvsheet.books.kit.style import FAIR, NAVY, POOR
from cvsheet.files.addresses import parse_cell_name
from cvsheet.files.own_marks import NOTE_PREFIX, SHEET, TITLE
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.groups import grouped
from cvsheet.reports.visible import visible

MarkedCell = tuple[str, int, int]  # sheet, row, column
NAME_PREFIX = "cvsheet_marques_"
PAPERS = {Severity.ERROR: POOR[1], Severity.WARNING: FAIR[1]}
ORDER = tuple(Severity)
TITLES = ("Gravité", "Feuille", "Cellule", "Aller", "Constat", "Ligne", "Règle", "Note")
WIDTHS = {1: 16, 2: 24, 3: 10, 4: 8, 5: 90, 6: 22, 7: 10, 8: 10}  # by column, in characters
HEADER_ROW = 4
NOTED = "ajoutée"
LONGEST_NOTE = 1_500  # characters
POINTS_PER_CHARACTER = 5.6  # of a column's width on the web, which counts in points


@dataclass(frozen=True, slots=True)
class Marked:
    """One cell in fault with all that is said of it, the gravest first."""

    sheet: str
    row: int
    column: int
    findings: tuple[Finding, ...]

    @property
    def place(self) -> MarkedCell:
        return self.sheet, self.row, self.column

    @property
    def severity(self) -> Severity:
        return self.findings[0].severity


def put_marks(book: xw.Book, findings: Sequence[Finding], summary: str) -> int:
    """Show `findings` in `book`, after taking earlier marks back; how many cells were coloured.

    `summary` stands above the list. INFO findings are listed and colour nothing.
    """
    active = book.sheets.active
    clear_marks(book)
    name = f"{NAME_PREFIX}{datetime.now():%Y%m%d%H%M%S%f}"
    cells = [one for one in cells_in_fault(findings) if one.sheet in [sheet.name for sheet in book.sheets]]
    noted = {cell.place for cell in cells if book.sheets[cell.sheet].range(cell.place[1:]).note is None}
    _write_list(book, sorted(findings, key=lambda one: ORDER.index(one.severity)), summary, noted)
    book.names.add(name, "=1")
    for sheet_name in dict.fromkeys(cell.sheet for cell in cells):
        sheet = book.sheets[sheet_name]
        with unprotected(sheet):
            for cell in (one for one in cells if one.sheet == sheet_name):
                _mark(sheet, cell, name, note=cell.place in noted)
    active.activate()
    return len(cells)


def clear_marks(book: xw.Book) -> bool:
    """Take back what `put_marks` left in `book`, of this run or of an earlier one; whether there was anything."""
    names = [name for name in book.names if name.name.startswith(NAME_PREFIX)]
    listed = next((sheet for sheet in book.sheets if _is_ours(sheet)), None)
    if listed is None and not names:
        return False
    noted = _noted(listed) if listed is not None else {}
    for sheet in book.sheets:
        rules, notes = _our_rules(sheet), _our_notes(sheet, noted.get(sheet.name, ()))
        if rules or notes:
            with unprotected(sheet):
                for rule in rules:
                    rule.delete()
                for note in notes:
                    note.delete()
    for name in names:
        name.delete()
    if listed is not None:
        listed.delete()
    return True


def cells_in_fault(findings: Sequence[Finding]) -> tuple[Marked, ...]:
    """The cells that an ERREUR or an AVERTISSEMENT speaks of, in the order of the findings."""
    by_cell: dict[tuple[str, int, int], list[Finding]] = {}
    for finding in sorted(findings, key=lambda one: ORDER.index(one.severity)):
        if finding.severity in PAPERS and finding.place.sheet:
            with suppress(ValueError):  # a whole row or sheet has no cell to colour
                place = (finding.place.sheet, *parse_cell_name(finding.place.cell))
                by_cell.setdefault(place, []).append(finding)
    return tuple(Marked(*place, tuple(found)) for place, found in by_cell.items())


def _mark(sheet: xw.Sheet, cell: Marked, name: str, *, note: bool) -> None:
    place = sheet.range((cell.row, cell.column))
    place.conditional_formats.add_custom(f"={name}=1", fill_color=PAPERS[cell.severity])
    if note:
        said = [visible(find_rule(one.code).message(one)) for one in cell.findings]
        with suppress(NotImplementedError):  # an Excel for the web that has no notes for programs yet
            place.add_note(f"{NOTE_PREFIX}{' · '.join(dict.fromkeys(said))}"[:LONGEST_NOTE])


def _our_rules(sheet: xw.Sheet) -> list[xw.main.ConditionalFormat]:
    """Our rules on a sheet, none where this Excel cannot list them: without their name they show nothing."""
    try:
        rules = list(sheet.used_range.conditional_formats)
    except NotImplementedError:
        return []
    return [rule for rule in rules if str(rule.formula or "").lstrip("=").startswith(NAME_PREFIX)]


def _our_notes(sheet: xw.Sheet, noted: Sequence[str]) -> list[xw.Note]:
    """Our notes on a sheet; `noted` are the cells whose note is known to be ours."""
    try:
        return [note for note in sheet.notes if _is_our_note(note, noted)]
    except NotImplementedError:  # an Excel for the web that has no notes for programs yet
        return []


def _is_our_note(note: xw.Note, noted: Sequence[str]) -> bool:
    """By its first words; on the web, where notes cannot be read, by the list."""
    try:
        return note.text.startswith(NOTE_PREFIX)
    except NotImplementedError:
        return str(note.impl.range.address).replace("$", "") in noted


def _is_ours(sheet: xw.Sheet) -> bool:
    return sheet.name == SHEET and values_of(sheet.range("A1")) == [[TITLE]]


def _noted(listed: xw.Sheet) -> Mapping[str, Sequence[str]]:
    """Sheet -> the cells, as they are called now, whose note the list says to be ours."""
    last = listed.used_range.last_cell.row
    rows = values_of(listed.range((HEADER_ROW + 1, 1), (max(last, HEADER_ROW + 1), len(TITLES))))
    noted = (row for row in rows if row[-1] == NOTED and row[1] and row[2])
    return grouped((str(row[1]), str(row[2]).replace("$", "")) for row in noted)


def _write_list(book: xw.Book, findings: Sequence[Finding], summary: str, noted: set[MarkedCell]) -> None:
    if SHEET in [sheet.name for sheet in book.sheets]:
        book.sheets[SHEET].name = f"{SHEET} (2)"  # somebody's own sheet of that name stays
    sheet = book.sheets.add(SHEET, after=book.sheets[len(book.sheets) - 1])
    sheet.range("A1").value = as_text(TITLE)
    sheet.range("A2").value = as_message(summary)
    sheet.range((HEADER_ROW, 1), (HEADER_ROW, len(TITLES))).value = [list(TITLES)]
    known = {one.name for one in book.sheets}
    rows = [_row(finding, noted, known, HEADER_ROW + 1 + number) for number, finding in enumerate(findings)]
    if rows:
        sheet.range((HEADER_ROW + 1, 1), (HEADER_ROW + len(rows), len(TITLES))).formula = rows
    _dress(book, sheet, len(rows))


def _row(finding: Finding, noted: set[MarkedCell], known: set[str], row: int) -> list[str]:
    """The cells of one finding; the name of its cell is a formula that follows the cell when rows are inserted."""
    place = finding.place
    address, link, note = as_text(place.cell), "", ""
    with suppress(ValueError):
        position = parse_cell_name(place.cell)
        if place.sheet in known:
            quoted = "'" + place.sheet.replace("'", "''") + "'"
            address = f"=ADDRESS(ROW({quoted}!{place.cell}),COLUMN({quoted}!{place.cell}),4)"
            target = quoted.replace('"', '""')
            link = f'=HYPERLINK("#{target}!"&C{row},"→")'
            note = as_text(NOTED) if (place.sheet, *position) in noted else ""
    message = find_rule(finding.code).message(finding)
    texts = (as_text(finding.severity.value.upper()), as_message(place.sheet), address, link, as_message(message))
    return [*texts, as_message(finding.line), as_text(finding.code), note]


def _dress(book: xw.Book, sheet: xw.Sheet, rows: int) -> None:
    """Widths, a bold title, wrapped messages."""
    factor = POINTS_PER_CHARACTER if str(book.app.engine.type) == "remote" else 1.0
    for column, width in WIDTHS.items():
        sheet.range((1, column)).column_width = width * factor
    sheet.range("A1").font.bold = True
    sheet.range("A1").font.size = 14
    sheet.range("A1").font.color = NAVY
    header = sheet.range((HEADER_ROW, 1), (HEADER_ROW, len(TITLES)))
    header.font.bold = True
    header.color = "#E3EAF4"
    if rows:
        sheet.range((HEADER_ROW + 1, 5), (HEADER_ROW + rows, 5)).wrap_text = True
