"""Agreed baselines and targets into the canonical workbook, in place: only the cells named here change.

What adopting means: the value, its year and its source are written, and its status becomes « validée ». A blank
proposal clears nothing. A value that was already « validée » stays where the proposal differs, and is reported, unless
its replacement was asked for. The coordinator's words in the source column stay, the new source is added to them.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.books.contract.adoption.workbook import free_rows, grow, opened
from cvsheet.errors import FrameworkError
from cvsheet.files.addresses import cell_name, parse_cell_name
from cvsheet.model.records import Canonical, Record, Scalar
from cvsheet.schema.tables import load_table
from cvsheet.text.french import french_number, typeset

ADOPTED = "validée"
CATEGORIES = "references_modalites"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was agreed for one line; None and "" leave what stands in the workbook."""

    baseline: float | None = None
    baseline_year: int | None = None
    target: float | None = None
    target_year: int | None = None
    source: str = ""

    @property
    def says_something(self) -> bool:
        return self.baseline is not None or self.target is not None


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One value written: `quantity` is référence or cible; `old` and `new` hold value, year and status."""

    line: str
    quantity: str
    old: tuple[Scalar, ...]
    new: tuple[Scalar, ...]
    sheet: str
    cell: str

    @property
    def was_validated(self) -> bool:
        """Whether the contract held an agreed value there."""
        value, _, status = self.old
        return value is not None and status == ADOPTED

    def __str__(self) -> str:
        """In French, as it is listed after the command."""
        return typeset(
            f"{self.line}, {self.quantity} : {_shown(self.old)} → {_shown(self.new)} "
            f"(feuille « {self.sheet} », cellule {self.cell})"
        )


@dataclass(frozen=True, slots=True)
class Edited:
    """The edited workbook as openpyxl saves it, what was changed, what would have been but for its status « validée »,
    every cell written, and lines that have no row."""

    content: bytes
    changes: tuple[ValueChange, ...]
    kept: tuple[ValueChange, ...]
    cells: tuple[tuple[str, int, int], ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Write:
    """One cell to write."""

    sheet: str
    cell: str
    value: Scalar


_QUANTITIES = (
    ("référence", "reference", "annee_reference", "statut_reference"),
    ("cible", "cible", "annee_cible", "statut_cible"),
)


def edit(
    data: bytes,
    canonical: Canonical,
    proposals: Mapping[str, Proposal],
    lines: Sequence[str],
    *,
    replace_validated: bool = False,
) -> Edited:
    """`data` with `proposals` (line code -> proposal) written; `lines` are the line codes that the contract has.

    FrameworkError where a column or a free row is missing, or where openpyxl cannot edit the workbook.
    """
    workbook = opened(data)
    records = {row.text("code"): row for row in canonical.rows("indicateurs")}
    records |= {row.text("ligne"): row for row in canonical.rows(CATEGORIES)}
    known = {line: proposal for line, proposal in proposals.items() if line in lines}
    missing = [line for line, proposal in known.items() if line not in records and proposal.says_something]
    added = _new_rows(workbook, canonical, missing)
    changes: list[ValueChange] = []
    kept: list[ValueChange] = []
    writes: list[_Write] = []
    for line, proposal in known.items():
        record = records.get(line) or added.get(line)
        if record is None:
            continue
        wanted = tuple(_changes(record, line, proposal))
        of_line = tuple(change for change in wanted if replace_validated or not change.was_validated)
        kept += (change for change in wanted if change not in of_line)
        changes += of_line
        writes += _line_writes(record, line, proposal, of_line)
    for write in writes:
        _write(workbook, write)
    _widen_comments(workbook)
    out = io.BytesIO()
    workbook.save(out)
    cells = tuple((write.sheet, *parse_cell_name(write.cell)) for write in writes)
    unknown = tuple(line for line in proposals if line not in known)
    return Edited(out.getvalue(), tuple(changes), tuple(kept), cells, unknown)


def _changes(record: Record, line: str, proposal: Proposal) -> Iterator[ValueChange]:
    wanted = ((proposal.baseline, proposal.baseline_year), (proposal.target, proposal.target_year))
    for (quantity, *columns), (value, year) in zip(_QUANTITIES, wanted, strict=True):
        if value is None:
            continue
        old = tuple(record.values.get(column) for column in columns)
        new = (value, old[1] if year is None else year, ADOPTED)
        if not all(map(_same, old, new)):
            yield ValueChange(line, quantity, old, new, record.sheet, _cell(record, columns[0]))


def _same(old: Scalar, new: Scalar) -> bool:
    """Whether two contents of a cell are one, at the 15 digits that other programs keep of a number."""
    if isinstance(old, int | float) and isinstance(new, int | float):
        return math.isclose(old, new, rel_tol=1e-14)
    return old == new


def _line_writes(record: Record, line: str, proposal: Proposal, changes: Sequence[ValueChange]) -> Iterator[_Write]:
    if not changes:
        return
    if record.table == CATEGORIES and not record.text("ligne"):
        yield _Write(record.sheet, _cell(record, "ligne"), line)
    for quantity, *columns in _QUANTITIES:
        for change in changes:
            if change.quantity == quantity:
                for column, old, new in zip(columns, change.old, change.new, strict=True):
                    if not _same(old, new):
                        yield _Write(record.sheet, _cell(record, column), new)
    source = record.text("source_reference")
    if proposal.source and proposal.source not in source and "source_reference" in record.cells:
        text = f"{source} ; {proposal.source}" if source else proposal.source
        yield _Write(record.sheet, _cell(record, "source_reference"), typeset(text))


def _new_rows(workbook: Workbook, canonical: Canonical, lines: Sequence[str]) -> dict[str, Record]:
    """An empty record for each category line that has no row yet, in the free rows below the table."""
    if not lines:
        return {}
    places = [place for place in canonical.places if place.table == CATEGORIES]
    if not places:
        title = load_table(CATEGORIES).title
        raise FrameworkError(
            typeset(
                f"La table « {title} » n’a pas été trouvée : les valeurs par modalité n’ont pas de place. "
                "Lancez « cvsheet check »."
            )
        )
    place = places[-1]
    sheet: Worksheet = workbook[place.sheet]
    used = [row.row for row in canonical.rows(CATEGORIES) if row.sheet == place.sheet and row.row > place.row]
    rows = free_rows(sheet, max([place.row, *used]), len(lines))
    grow(sheet, place.row, max(rows))
    return {
        line: Record(CATEGORIES, {}, place.sheet, row, {name: cell_name(row, at) for name, at in place.columns.items()})
        for line, row in zip(lines, rows, strict=True)
    }


def _cell(record: Record, column: str) -> str:
    if column not in record.cells:
        title = load_table(record.table).column(column).title
        raise FrameworkError(
            typeset(f"La colonne « {title} » manque, feuille « {record.sheet} ». Rétablissez-la, puis relancez.")
        )
    return record.cells[column]


def _write(workbook: Workbook, write: _Write) -> None:
    cell = workbook[write.sheet][write.cell]
    if isinstance(cell, MergedCell):
        raise FrameworkError(
            typeset(f"Feuille « {write.sheet} », cellule {write.cell} : défusionnez les cellules, puis relancez.")
        )
    cell.value = write.value


def _widen_comments(workbook: Workbook) -> None:
    """Boxes that hold their text: openpyxl gives all of them one small size."""
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None:
                    lines = 1 + len(cell.comment.text) // 45 + cell.comment.text.count("\n")
                    cell.comment.width, cell.comment.height = 280, 30 + 16 * lines


def _shown(state: tuple[Scalar, ...]) -> str:
    value, year, status = state
    if value is None:
        return "(vide)"
    number = french_number(value, 6) if isinstance(value, int | float) else str(value)
    return ", ".join(filter(None, (f"{number} ({year})" if year else number, str(status or ""))))
