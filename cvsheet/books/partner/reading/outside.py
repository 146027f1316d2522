"""What the partner typed that has no place in the tables: nothing of it is lost.

Every cell of the file is accounted for: read as an answer, written by cvsheet, named in a fact, or left over here.
What cvsheet wrote outside the tables is known by the fingerprints that the hidden sheet lists (`..identity`):
they stay true when the contract changes. Where that sheet is gone, only what the contract itself can tell is
recognised; instructions are then left over too, rather than a note of the partner lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from unicodedata import normalize

from cvsheet.books.partner.identity import (
    READING_SHEET,
    SETTLED,
    TEXTS_KEY,
    TextPlace,
    identity_from_print,
    identity_pairs,
    normal_text,
    text_mark,
)
from cvsheet.books.partner.reading.drawings import drawn_facts, drawn_leftovers
from cvsheet.books.partner.reading.earlier import correction_sheets
from cvsheet.books.partner.reading.expected import Expected
from cvsheet.books.partner.reading.identity import FoundIdentity
from cvsheet.books.partner.reading.layout import FINGERPRINT, INTERNAL, Layout
from cvsheet.books.partner.reading.locked import locked_text
from cvsheet.books.partner.reading.merges import Merged, covered
from cvsheet.books.partner.reading.placed import PlacedRow
from cvsheet.books.partner.reading.rows import Rows
from cvsheet.books.partner.rows import HELP
from cvsheet.files.addresses import cell_name
from cvsheet.files.grid.model import Cell, Grid, Sheet
from cvsheet.files.looks import as_seen
from cvsheet.files.values import is_blank, shown
from cvsheet.model.submission import Leftover, StructureFact, StructureKind
from cvsheet.schema.roles import named
from cvsheet.schema.tables import Role, fold
from cvsheet.text.french import french_count
from cvsheet.text.numerals import tidy

CONTROLS = ("À renseigner", "OK", "Hors bornes", "Somme ≠ total", "Saisie non reconnue")
"""The words of the live control cells, which some programs turn from formulas into texts."""

MOST_LEFTOVERS = 20_000  # cells of one sheet that are kept one by one; further ones are counted
PROGRESS = re.compile(r"(?:\d+ sur \d+|Rien d’obligatoire ici)(?: · \d+ à revoir)?")
PROGRESS_SIGN = '" à revoir"'
"""The live line above each table, and what its formula holds in any language."""
ENOUGH_TEXTS = 5  # of the first sheet, to know it by them
_LONGEST_QUOTE = 80  # characters

Position = tuple[int, int]  # row, column


@dataclass(frozen=True)
class Outside:
    """One file with what was read of it, to find the rest."""

    grid: Grid
    found: FoundIdentity
    expected: Expected
    layouts: Sequence[Layout]
    rows: Rows
    merged: Merged
    codeless: frozenset[str] = frozenset()  # sheets of ours that lost their codes: a fact of their own says so

    @cached_property
    def read(self) -> dict[tuple[str, int], set[int]]:
        """The columns of each row, by sheet and number, that were read in a table, or stand there as they were
        written."""
        read: dict[tuple[str, int], set[int]] = {}
        for layout in self.layouts:
            read.setdefault((layout.sheet.name, layout.header_row), set()).update(layout.columns.values())
        for placed in self.rows.placed:
            read.setdefault((placed.layout.sheet.name, placed.row), set()).update(self._read_in(placed))
        for _, further in self.rows.again:
            read.setdefault((further.layout.sheet.name, further.row), set()).update(self._written_in(further))
        return read

    @cached_property
    def answered(self) -> frozenset[str]:
        """The names of the sheets that hold rows of this workbook."""
        rows = [*self.rows.placed, *(further for _, further in self.rows.again)]
        return frozenset(row.layout.sheet.name for row in rows)

    @cached_property
    def guide(self) -> str:
        """The name of the first sheet, *Mode d’emploi*: where the identity is printed, else where its texts stand."""
        if self.found.printed_sheet:
            return "" if self.found.printed_sheet in self.answered else self.found.printed_sheet
        known = {sheet.name: self._known_texts(sheet) for sheet in self.grid.sheets if sheet.name not in self.answered}
        best = max(known, key=lambda name: known[name], default="")
        return best if best and known[best] >= ENOUGH_TEXTS else ""

    @cached_property
    def corrections(self) -> frozenset[str]:
        """The names of the sheets that an earlier correction added."""
        return frozenset(correction_sheets(self.grid, self.found)) - self.answered

    def _known_texts(self, sheet: Sheet) -> int:
        texts = (cell.value for cell in sheet.cells() if isinstance(cell.value, str))
        return sum(text_mark(TextPlace.GUIDE, tidy(text)) in self.found.texts for text in texts)

    @cached_property
    def words(self) -> frozenset[str]:
        """The folded titles and names that the contract and the schemas themselves explain."""
        framework, identity = self.expected.framework, self.expected.identity
        contract, campaign = framework.contract, framework.campaign[identity.campaign]
        texts = {contract.name, contract.territory, contract.coordinator, contract.email, contract.phone}
        texts |= {part for line in self.expected.band_lines for part in line.split(" · ")}
        texts |= {HELP, campaign.code, campaign.title, identity.partner, framework.partner[identity.partner].name}
        for pillar in framework.pillars:
            texts |= {pillar.code, pillar.title, pillar.sheet}
        for table in self.expected.tables.values():
            texts |= {table.title, table.description} | {column.title for column in table.columns}
        return frozenset(fold(text) for text in texts) - {""}

    @cached_property
    def hidden_words(self) -> frozenset[str]:
        """The folded words that only hidden sheets hold: the identity, and the lists behind the dropdowns."""
        pairs = {TEXTS_KEY, *(word for pair in identity_pairs(self.expected.identity) for word in pair)}
        columns = [column for table in self.expected.tables.values() for column in table.columns]
        return self.words | {fold(word) for word in pairs | {word for column in columns for word in column.enum}}

    def leftovers(self, sheet: Sheet) -> Iterator[tuple[Position, Leftover]]:
        """The cells and notes of `sheet` that have no place, in reading order, with their position."""
        place, labelled_row = self._place(sheet), 0
        for cell in self._unread(sheet):
            if self._is_label(cell, place):
                labelled_row = cell.row
            elif not self._is_figure(cell, place, labelled_row == cell.row):
                yield (
                    (cell.row, cell.column),
                    Leftover(sheet.name, cell_name(cell.row, cell.column), shown(as_seen(cell))),
                )
        for (row, column), note in sheet.notes.items():
            if note.strip() and not self._is_written_note(note):
                yield (row, column), Leftover(sheet.name, cell_name(row, column), f"Note : {note.strip()}")

    def count(self, sheet: Sheet) -> int:
        """About how many leftovers `sheet` has, without looking at each."""
        return sum(1 for _ in self._unread(sheet)) + len(sheet.notes)

    def _unread(self, sheet: Sheet) -> Iterator[Cell]:
        everything = self.read
        for row, cells in sheet.rows.items():
            read = everything.get((sheet.name, row), ())
            yield from (cell for column, cell in cells.items() if column not in read and not is_blank(cell))

    def _place(self, sheet: Sheet) -> TextPlace | None:
        """Which of cvsheet's sheets this is; None for one that was added."""
        if sheet.name in self.answered:
            return TextPlace.SHEET
        if sheet.name == self.found.hidden_sheet:
            return TextPlace.HIDDEN
        if sheet.name == READING_SHEET:
            return TextPlace.READING
        if sheet.name == self.guide:
            return TextPlace.GUIDE
        return TextPlace.CORRECTION if sheet.name in self.corrections else None

    def _is_label(self, cell: Cell, place: TextPlace | None) -> bool:
        """Whether cvsheet wrote this text outside the tables of a sheet of its own, `place`."""
        if place is None or not isinstance(cell.value, str) or cell.formula is not None or _is_struck(cell):
            return False
        text = tidy(cell.value)
        if place is TextPlace.HIDDEN and self.found.texts.issuperset(text.split()):
            return True  # first, for the other looks at a cell of 2,000 fingerprints take long
        if text_mark(place, text) in self.found.texts or identity_from_print(text) is not None:
            return True
        if place is TextPlace.HIDDEN:
            return fold(text) in self.hidden_words
        return all(fold(part) in self.words for part in text.split(" · "))

    def _is_figure(self, cell: Cell, place: TextPlace | None, labelled: bool) -> bool:
        """Whether cvsheet wrote this number, formula or live text: the counts of the first sheet beside their labels,
        that above a table, what a correction says of its lines."""
        if place is TextPlace.CORRECTION:
            return cell.formula is not None and all(f'"{word}"' in cell.formula for word in SETTLED)
        if place is TextPlace.SHEET:
            return PROGRESS.fullmatch(normalize("NFC", tidy(cell.raw))) is not None or PROGRESS_SIGN in normalize(
                "NFC", cell.formula or ""
            )
        if place not in (TextPlace.GUIDE, TextPlace.READING):
            return False
        if cell.formula is not None:
            return True
        if place is TextPlace.READING:
            return labelled and not self.counts_itself
        return labelled and text_mark(TextPlace.GUIDE, cell.value) in self.found.texts

    @cached_property
    def counts_itself(self) -> bool:
        """Whether formulas still read what is typed: a program may have left their results alone."""
        read = (sheet for sheet in self.grid.sheets if sheet.name == READING_SHEET)
        return any(cell.formula is not None for sheet in read for cell in sheet.cells())

    @cached_property
    def described(self) -> frozenset[str]:
        """The texts of the notes on the titles."""
        columns = [column for table in self.expected.tables.values() for column in table.columns]
        return frozenset(normal_text(column.description) for column in columns)

    def _is_written_note(self, note: str) -> bool:
        text = normal_text(note).removeprefix("cvsheet:").strip()
        return text in self.described or text_mark(TextPlace.NOTE, tidy(text)) in self.found.texts

    def _read_in(self, placed: PlacedRow) -> Iterator[int]:
        layout = placed.layout
        answered = placed.expected.row.line is None or not named(Role.ANSWER).isdisjoint(layout.columns)
        for name, place in layout.columns.items():
            column = layout.table.column(name)
            role = column.role
            if not answered and column.remark:
                continue  # a comment goes with an answer
            if role is Role.LABEL and _is_struck(placed.cell(name)):
                continue  # « not ours any more »: nothing else tells it
            if self.merged and covered(self.merged, layout.sheet.name, placed.row, place):
                continue
            if role not in INTERNAL or self._is_internal(placed, name):
                yield place

    def _written_in(self, placed: PlacedRow) -> Iterator[int]:
        """What a further row of the same code repeats of the first; what was typed in it is left over."""
        for name, column in placed.layout.columns.items():
            locked = name in placed.expected.row.locked and locked_text(placed, name)
            role = placed.layout.table.column(name).role
            if locked or role is Role.CODE or (role in INTERNAL and self._is_internal(placed, name)):
                yield column

    def _is_internal(self, placed: PlacedRow, name: str) -> bool:
        """Whether an internal cell holds what cvsheet put there: a partner may have typed a note over it."""
        cell = placed.cell(name)
        if cell is None or cell.formula is not None:
            return True
        if placed.layout.table.column(name).role is Role.MARK:
            return FINGERPRINT.fullmatch(tidy(cell.raw)) is not None
        return tidy(cell.raw) in CONTROLS or text_mark(TextPlace.CONTROL, tidy(cell.raw)) in self.found.texts


def outside(file: Outside) -> tuple[tuple[Leftover, ...], tuple[StructureFact, ...]]:
    """Everything left over, and one fact per sheet that holds some of it.

    Rows with an unknown code and further rows of a code have their own facts, and so has a sheet that was added.
    """
    leftovers: list[Leftover] = []
    facts: list[StructureFact] = []
    told = _told_rows(file)
    for sheet in file.grid.sheets:
        found = list(islice(file.leftovers(sheet), MOST_LEFTOVERS))
        drawn = list(drawn_leftovers(sheet))
        leftovers += [*(leftover for _, leftover in found), *drawn]
        more = file.count(sheet) - len(found) if len(found) == MOST_LEFTOVERS else 0
        if more:
            leftovers.append(Leftover(sheet.name, "", french_count(more, "autre cellule", "autres cellules")))
        ours = sheet.name in {*file.answered, *file.corrections, file.guide, file.found.hidden_sheet, READING_SHEET}
        new = [leftover for (row, _), leftover in found if (sheet.name, row) not in told]
        if sheet.name in file.codeless:
            continue
        if not ours and (found or drawn):
            count = len(found) + more + len(drawn)
            facts.append(_fact(StructureKind.SHEET_EXTRA, sheet.name, "", {"found": sheet.name, "count": count}))
            continue
        facts += drawn_facts(sheet, [row for row in file.rows.placed if row.layout.sheet.name == sheet.name])
        if new and (file.found.texts or sheet.name in file.answered):
            quoted: dict[str, str | int] = {"found": _quoted(new[0].text), "count": len(new) + more}
            facts.append(_fact(StructureKind.OUTSIDE_CONTENT, sheet.name, new[0].cell, quoted))
    return tuple(leftovers), tuple(facts)


def _is_struck(cell: Cell | None) -> bool:
    return cell is not None and cell.look.struck


def _told_rows(file: Outside) -> set[tuple[str, int]]:
    """The rows whose content a fact of their own speaks of."""
    told = {(further.layout.sheet.name, further.row) for _, further in file.rows.again}
    return told | {(layout.sheet.name, row) for layout, row in (*file.rows.unknown, *file.rows.uncoded)}


def _quoted(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST_QUOTE else f"{words[: _LONGEST_QUOTE - 1]}…"


def _fact(kind: StructureKind, sheet: str, cell: str, facts: dict[str, str | int]) -> StructureFact:
    return StructureFact(kind, sheet, cell, facts=dict(facts))
