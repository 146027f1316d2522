"""What goes where in a correction: answers back in their cells, what has no cell set apart, what is still asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cvsheet.books.kit.book import TEXT_LIMIT
from cvsheet.books.partner.correction.answers import AnswerKey, Typed, typed_cells
from cvsheet.books.partner.identity import row_fingerprint
from cvsheet.books.partner.questions import Question
from cvsheet.books.partner.reading.earlier import mark_of
from cvsheet.books.partner.rows import PartnerSheet, entry_table
from cvsheet.books.partner.writing.action_controls import input_columns
from cvsheet.books.partner.writing.layout import SheetLayout
from cvsheet.books.partner.writing.typed import CellValue as Value
from cvsheet.files.addresses import parse_cell_name
from cvsheet.model.framework import Framework
from cvsheet.model.submission import Leftover, StructureFact, StructureKind, Submission
from cvsheet.schema.tables import fold
from cvsheet.text.numerals import tidy

UNCERTAIN = (StructureKind.ROWS_SHUFFLED, StructureKind.INPUT_MERGED, StructureKind.ROW_OF_ANOTHER)
"""Facts after which nobody knows which line or whom an answer is for: the cell is left empty, the answer set apart."""

_OVERWRITTEN = {StructureKind.LOCKED_CHANGED: "new", StructureKind.COLUMN_RENAMED: "found"}


@dataclass(frozen=True, slots=True)
class Content:
    """`prefill` is written in the tables, `kept` on *Contenu non repris*, `questions` on the hidden sheet."""

    prefill: Mapping[AnswerKey, Value]
    kept: tuple[Leftover, ...]
    questions: tuple[Question, ...]


def content_of(
    framework: Framework, submission: Submission, sheets: Sequence[PartnerSheet], layouts: Sequence[SheetLayout]
) -> Content:
    """Everything in `submission` at its place in a workbook with `layouts`: nothing is dropped."""
    unclear = {(fact.file, fact.line) for fact in submission.structure if fact.kind in UNCERTAIN}
    room = writable(layouts)
    typed = typed_cells(submission)
    fitting = [
        one
        for one in typed
        if one.key in room and (_told_file(submission, one), one.key[0]) not in unclear and len(one.text) <= TEXT_LIMIT
    ]
    prefill = {one.key: one.value for one in fitting}
    rest = [_set_apart(framework, submission, one) for one in typed if one.key not in prefill]
    pieces = (piece for one in (*submission.kept, *rest, *_overwritten(submission), *submission.leftovers)
              for piece in _pieces(one))  # fmt: skip
    kept = tuple(dict.fromkeys(pieces))
    questions = tuple(_questions(submission, kept, sheets, layouts, prefill))
    return Content(prefill, kept, questions)


def writable(layouts: Sequence[SheetLayout]) -> frozenset[AnswerKey]:
    """The keys of all input cells."""
    return frozenset(
        (row.code, column.name)
        for layout in layouts
        for area in layout.areas
        for row in area.rows
        for column in input_columns(area, row)
    )


def _told_file(submission: Submission, typed: Typed) -> str:
    """The file of an answer, where there are several."""
    return typed.place.file if submission.joined else ""


def _set_apart(framework: Framework, submission: Submission, typed: Typed) -> Leftover:
    """An answer that is not written in its cell; where its cell is unknown, its line and column say where it stood."""
    code, name = typed.key
    identity = submission.identity
    table = entry_table(framework, identity.campaign) if identity else None
    titles = {column.name: column.title for column in table.columns} if table else {}
    place = typed.place
    cell = place.cell or f"{titles.get(name, name)}, {code}"
    return Leftover(place.sheet, cell, typed.text, _told_file(submission, typed))


def _overwritten(submission: Submission) -> Iterator[Leftover]:
    """What a partner typed over a locked cell or a title, which show their own text again."""
    known = {(one.file, one.sheet, one.cell) for one in submission.kept}
    for fact in submission.structure:
        name = _OVERWRITTEN.get(fact.kind)
        text = str(fact.facts.get(name) or "") if name else ""
        if text.strip() and (fact.file, fact.sheet, fact.cell) not in known:
            yield Leftover(fact.sheet, fact.cell, text, fact.file)


def _pieces(leftover: Leftover) -> Iterator[Leftover]:
    """`leftover` in as many parts as Excel's cells need."""
    text = leftover.text.strip()
    for start in range(0, len(text), TEXT_LIMIT):
        yield replace(leftover, text=text[start : start + TEXT_LIMIT])


def _questions(
    submission: Submission,
    kept: Sequence[Leftover],
    sheets: Sequence[PartnerSheet],
    layouts: Sequence[SheetLayout],
    prefill: Mapping[AnswerKey, Value],
) -> Iterator[Question]:
    for fact in submission.structure:
        concerned = _concerned(fact, submission, kept, sheets)
        if concerned is not None:
            lines, rows = concerned
            typed = row_fingerprint(_typed(lines, layouts, prefill))
            yield Question(fact, lines, typed, frozenset(map(mark_of, rows)))


def _concerned(
    fact: StructureFact, submission: Submission, kept: Sequence[Leftover], sheets: Sequence[PartnerSheet]
) -> tuple[tuple[str, ...], tuple[Leftover, ...]] | None:
    """The lines and set apart content that `fact` speaks of; None where a correction leaves nothing to ask."""
    kind = fact.kind
    if kind in (*UNCERTAIN, StructureKind.LINE_MISSING, StructureKind.ROW_OF_ANOTHER_CAMPAIGN):
        return (fact.line,), ()
    if kind in (StructureKind.SHEET_MISSING, StructureKind.COLUMN_MISSING):
        name = str(fact.facts.get("expected") or _first_name(submission, fact.sheet))
        lines = _codes(sheets, name)
        return (lines, ()) if lines else None
    rows: tuple[Leftover, ...] = ()
    beside = [one for one in kept if (one.file, one.sheet) == (fact.file, fact.sheet)]
    unplaced = (StructureKind.LINE_UNKNOWN, StructureKind.ROW_WITHOUT_CODE)
    if kind in unplaced or (kind is StructureKind.LINE_TWICE and _differs(fact)):
        rows = tuple(one for one in beside if _row(one.cell) == _row(fact.cell))
    elif kind is StructureKind.COLUMN_ADDED:
        rows = tuple(one for one in beside if _column(one.cell) == _column(fact.cell))
    elif kind is StructureKind.LOCKED_CHANGED or (kind is StructureKind.COLUMN_RENAMED and "expected" in fact.facts):
        rows = tuple(one for one in beside if one.cell == fact.cell)
    elif kind is StructureKind.COLUMN_TWICE:
        answered = {_row(seen.entry.cell) for seen in submission.observations if seen.sheet == fact.sheet}
        rows = tuple(one for one in beside if _row(one.cell) in answered)
    return ((fact.line,) if fact.line else (), rows) if rows else None


def _differs(fact: StructureFact) -> bool:
    return not fact.facts.get("identical") and bool(fact.facts.get("second"))


def _first_name(submission: Submission, sheet: str) -> str:
    """The name under which the sheet was sent."""
    for fact in submission.structure:
        if fact.kind is StructureKind.SHEET_RENAMED and fact.sheet == sheet:
            return str(fact.facts.get("expected"))
    return sheet


def _codes(sheets: Sequence[PartnerSheet], name: str) -> tuple[str, ...]:
    rows = (row for sheet in sheets if fold(sheet.name) == fold(name) for row in sheet.rows)
    return tuple(row.code for row in rows if not row.complementary)


def _row(cell: str) -> int:
    try:
        return parse_cell_name(cell)[0]
    except ValueError:
        return 0


def _column(cell: str) -> int:
    try:
        return parse_cell_name(cell)[1]
    except ValueError:
        return 0


def _typed(
    lines: Sequence[str], layouts: Sequence[SheetLayout], prefill: Mapping[AnswerKey, Value]
) -> Iterator[object]:
    """What stands in the input cells of `lines`, as `cvsheet.books.partner.reading.earlier` finds it again."""
    columns = {row.code: area.table.columns for layout in layouts for area in layout.areas for row in area.rows}
    for code in lines:
        for column in columns.get(code, ()):
            if column.input:
                value = prefill.get((code, column.name))
                yield tidy(value) if isinstance(value, str) else value
