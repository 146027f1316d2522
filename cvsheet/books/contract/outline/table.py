"""The table in the document: its sheet, its rows laid under their headings, and what stands around it."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cvsheet.books.contract.outline.alignment import is_shifted, owners, realigned
from cvsheet.books.contract.outline.headings import Header, find_headers
from cvsheet.books.contract.outline.model import BRANCH_LEVELS, WORDS, Level, OpenPoint, Passage, PointSubject
from cvsheet.errors import FrameworkError, UsageError
from cvsheet.files.addresses import cell_name, cell_ranges, column_letters
from cvsheet.files.grid.model import Cell, CellKind, Merge, Sheet
from cvsheet.files.looks import is_struck, without_mark
from cvsheet.files.scalars import seen_text
from cvsheet.files.values import is_blank
from cvsheet.schema.tables import fold
from cvsheet.text.french import french_list

MOST_ROWS = 20_000
SHOWN_TITLES = 12
LONGEST_SHOWN = 40  # characters of a title in a message
_TOTALS = ("total", "totaux", "sous total", "moyenne")
_FOOTERS = ("source", "note", "nb", "n b", "legende", "mise a jour", "remarque", "document")
_NEEDED = "pilier, priorité, objectif, action, indicateur"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its passages by the column under whose heading they belong; `typed` gives the column of each cell."""

    number: int
    passages: Mapping[int, Passage]
    typed: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class OutlineTable:
    """The table with its rows, and the points that finding it raised.

    `title` is the only text above it, else empty; `merges` gives the merged areas by their first cell.
    """

    sheet: Sheet
    header: Header
    rows: tuple[TableRow, ...]
    title: str
    points: tuple[OpenPoint, ...]
    merges: Mapping[tuple[int, int], Merge]


def find_table(sheets: Sequence[Sheet], file: str, wanted: str = "") -> OutlineTable:
    """The framework's table of the document, on the sheet `wanted` where that is given.

    FrameworkError where there is none, where two stand on one sheet or where it has no column of indicators; UsageError
    where several sheets have one.
    """
    sheet, headers = _chosen(sheets, file, wanted)
    header = headers[0]
    _refuse_second_table(sheet, headers)
    if Level.INDICATOR not in header.found:
        titles = french_list([f"« {title} »" for title in header.titles.values()][:SHOWN_TITLES])
        raise FrameworkError(
            f"La feuille « {sheet.name} » n’a pas de colonne d’indicateurs (titres lus ligne {header.row} : {titles}). "
            "Donnez le titre « Indicateurs » à la colonne qui les contient, ou ajoutez-en une, même vide."
        )
    rows, footers = _split_footers(_typed_rows(sheet, header, headers), header)
    laid_out, shifts = _laid_out(sheet, header, rows)
    above = _passages(sheet, (row for row in sorted(sheet.rows) if row < header.row))
    return OutlineTable(
        sheet=sheet,
        header=header,
        rows=laid_out,
        title=above[0].text if len(above) == 1 else "",
        points=(
            *(
                OpenPoint(PointSubject.OUTSIDE, passage, "Non repris : il est au-dessus du tableau.")
                for passage in above
            ),
            *_heading_points(sheet, header),
            *shifts,
            *_struck_point(sheet, header, rows),
            *footers,
            *_around(sheets, sheet),
        ),
        merges={(merge.first_row, merge.first_column): merge for merge in sheet.merges},
    )


def _chosen(sheets: Sequence[Sheet], file: str, wanted: str) -> tuple[Sheet, tuple[Header, ...]]:
    if wanted and wanted not in [sheet.name for sheet in sheets]:
        names = french_list([f"« {sheet.name} »" for sheet in sheets])
        raise UsageError(f"« {file} » n’a pas de feuille « {wanted} ». Ses feuilles : {names}.")
    read = [sheet for sheet in sheets if sheet.name == wanted or not wanted]
    found = [(sheet, headers) for sheet in read if (headers := find_headers(sheet))]
    visible = [pair for pair in found if not pair[0].hidden] or found
    if not visible:
        raise FrameworkError(
            f"Aucun tableau de contrat dans « {file} » : aucune ligne ne porte les titres d’au moins deux colonnes "
            f"parmi {_NEEDED}. {_titles_seen(read)}Donnez ces titres aux colonnes du tableau, sur une ligne au-dessus, "
            "puis relancez."
        )
    if len(visible) > 1:
        names = french_list([f"« {sheet.name} »" for sheet, _ in visible])
        raise UsageError(f"Plusieurs feuilles contiennent un tableau : {names}. Choisissez-en une avec --sheet.")
    return visible[0]


def _titles_seen(sheets: Sequence[Sheet]) -> str:
    """The first row that looks like titles, so that it can be found and corrected; empty where there is none."""
    for sheet in sheets:
        for row in sorted(sheet.rows):
            titles = [passage.text for passage in _filled(sheet, row).values()]
            if len(titles) > 1:
                short = [textwrap.shorten(title, LONGEST_SHOWN, placeholder="…") for title in titles[:SHOWN_TITLES]]
                shown = french_list([f"« {title} »" for title in short])
                return f"Titres lus, feuille « {sheet.name} », ligne {row} : {shown}. "
    return ""


def _refuse_second_table(sheet: Sheet, headers: Sequence[Header]) -> None:
    """A header that puts levels in other columns, or the same titles twice in a row, is that of a second table."""
    first = headers[0]
    beside = [title for title, count in Counter(map(fold, first.titles.values())).items() if count > 1 and title]
    named = [title for title in beside if title in {fold(first.titles.get(column, "")) for column in first.levels}]
    if len(named) > 1:
        raise FrameworkError(
            f"La feuille « {sheet.name} » contient deux tableaux côte à côte (ligne {first.row}). "
            "Mettez chaque tableau sur sa feuille, puis relancez avec --sheet."
        )
    for other in headers[1:]:
        if any(first.levels.get(column) is not level for column, level in other.levels.items()):
            raise FrameworkError(
                f"La feuille « {sheet.name} » contient deux tableaux (titres lignes {first.row} et {other.row}). "
                "Mettez chaque tableau sur sa feuille, puis relancez avec --sheet."
            )


def _typed_rows(sheet: Sheet, header: Header, headers: Sequence[Header]) -> dict[int, dict[int, Passage]]:
    """The filled cells of each row below the header: row -> column -> passage. A header that comes back is no row."""
    same = [other for other in headers if _folded(other.titles) == _folded(header.titles)]
    repeated = {row for other in same for row in range(other.row, other.last + 1)}
    numbers = [row for row in sorted(sheet.rows) if row > header.last and row not in repeated]
    if len(numbers) > MOST_ROWS:
        raise FrameworkError(
            f"Le tableau de la feuille « {sheet.name} » a plus de {MOST_ROWS} lignes : "
            "ce n’est pas le cadre d’un contrat. Gardez-y un seul tableau, celui du contrat."
        )
    branches = {column for column, level in header.columns.items() if level in BRANCH_LEVELS}
    rows = {row: _filled(sheet, row, branches) for row in numbers}
    return {row: passages for row, passages in rows.items() if passages}


def _folded(titles: Mapping[int, str]) -> dict[int, str]:
    return {column: fold(title) for column, title in titles.items()}


def _filled(sheet: Sheet, row: int, branches: Iterable[int] = ()) -> dict[int, Passage]:
    return {
        column: Passage(_text(cell, numbered=column in branches), sheet.name, cell_name(row, column), row)
        for column, cell in sorted(sheet.rows[row].items())
        if not is_blank(cell)
    }


def _text(cell: Cell, *, numbered: bool) -> str:
    """The text of a cell; Excel turns the number ``1-2`` of an objective into a date."""
    if numbered and cell.kind is CellKind.DATE and isinstance(cell.value, datetime):
        return f"{cell.value.day}-{cell.value.month}"
    return without_mark(seen_text(cell))


def _split_footers(
    rows: Mapping[int, dict[int, Passage]], header: Header
) -> tuple[dict[int, dict[int, Passage]], tuple[OpenPoint, ...]]:
    """The rows of the table, and points for totals in it and texts below it."""
    kept: dict[int, dict[int, Passage]] = {}
    points: list[OpenPoint] = []
    last = max((row for row, cells in rows.items() if len(cells) > 1), default=header.last)
    above, below = header.last, False
    for row, cells in rows.items():
        first = fold(next(iter(cells.values())).text)
        below = below or (row > last and len(cells) == 1 and (row > above + 1 or first.startswith(_FOOTERS)))
        above = row
        if below or first.startswith(_TOTALS):
            done = "Non repris : il est sous le tableau." if below else "Ligne de total non reprise."
            points += [OpenPoint(PointSubject.OUTSIDE, passage, done) for passage in cells.values()]
        else:
            kept[row] = cells
    return kept, tuple(points)


def _laid_out(
    sheet: Sheet, header: Header, rows: Mapping[int, dict[int, Passage]]
) -> tuple[tuple[TableRow, ...], tuple[OpenPoint, ...]]:
    """The rows with shifted cells under their heading, and a point for each cell moved or without a heading."""
    texts = {row: {column: passage.text for column, passage in cells.items()} for row, cells in rows.items()}
    owned = owners(tuple(texts.values()), header)
    laid_out: list[TableRow] = []
    points: list[OpenPoint] = []
    for row, cells in rows.items():
        placed = {column: column for column in cells}
        if is_shifted(texts[row], owned):
            moved = realigned(texts[row], owned, header)
            placed = moved or placed
            points += _shift_points(cells, moved, owned, header)
        inside = {column: at for column, at in placed.items() if at in header.slots}
        points += [
            OpenPoint(PointSubject.OUTSIDE, cells[column], "Non repris : sa colonne est en dehors du tableau.")
            for column in placed
            if column not in inside
        ]
        passages = {at: cells[column] for column, at in inside.items()}
        laid_out.append(TableRow(row, passages, {at: column for column, at in inside.items()}))
    return tuple(laid_out), tuple(points)


def _shift_points(
    cells: Mapping[int, Passage], moved: Mapping[int, int] | None, owned: Mapping[str, int], header: Header
) -> Iterator[OpenPoint]:
    if moved is None:
        passage = cells[min(cells)]
        done = f"Ligne {passage.row} laissée telle quelle."
        yield OpenPoint(
            PointSubject.SHIFTED, passage, done, "Cette ligne semble décalée : vérifiez où va chaque cellule."
        )
        return
    for column, at in moved.items():
        if at != column:
            level = header.columns.get(at)
            name = WORDS[level][0] if level is not None else header.titles.get(at, column_letters(at))
            yield OpenPoint(
                PointSubject.SHIFTED,
                cells[column],
                f"Lue comme « {name} » : la ligne est décalée par rapport aux titres.",
                "Est-ce la bonne colonne ?",
            )


def _heading_points(sheet: Sheet, header: Header) -> Iterator[OpenPoint]:
    """What each heading was taken for."""
    for row in range(header.row, header.last + 1):
        for column, passage in _filled(sheet, row).items():
            level = header.columns.get(column)
            if level is None:
                done = "Colonne reprise telle quelle à droite des tableaux, à côté de la ligne la plus proche."
                yield OpenPoint(
                    PointSubject.HEADING, passage, done, "Cette colonne a-t-elle sa place dans le classeur ?"
                )
            else:
                yield OpenPoint(PointSubject.HEADING, passage, f"Colonne lue comme « {WORDS[level][1]} ».")


def _struck_point(sheet: Sheet, header: Header, rows: Mapping[int, Mapping[int, Passage]]) -> Iterator[OpenPoint]:
    """One point for all that is struck through in the table, titles included."""
    table = {row: _filled(sheet, row) for row in range(header.row, header.last + 1)} | dict(rows)
    struck = [
        passage
        for column in sorted({column for passages in table.values() for column in passages})
        for row, passages in table.items()
        if (passage := passages.get(column)) is not None and is_struck(sheet.cell(row, column))
    ]
    if struck:
        cells = french_list(cell_ranges(passage.cell for passage in struck))
        done = f"Repris comme le reste : ce qui est barré en {cells}."
        yield OpenPoint(
            PointSubject.STRUCK, struck[0], done, "Est-ce abandonné ? Si oui, supprimez ces lignes du classeur."
        )


def _around(sheets: Sequence[Sheet], chosen: Sheet) -> Iterator[OpenPoint]:
    for (row, column), note in sorted(chosen.notes.items()):
        passage = Passage(note, chosen.name, cell_name(row, column), row)
        yield OpenPoint(PointSubject.NOTE, passage, "Commentaire de la cellule, non repris ailleurs.")
    for one in chosen.drawn:
        if one.text:
            cell = cell_name(one.first_row or 1, one.first_column or 1)
            passage = Passage(one.text, chosen.name, cell, one.first_row or 1)
            yield OpenPoint(PointSubject.NOTE, passage, "Texte posé au-dessus des cellules, non repris ailleurs.")
    for sheet in sheets:
        if sheet is not chosen and sheet.rows:
            first = _passages(sheet, sorted(sheet.rows)[:1])
            passage = Passage(sheet.name, sheet.name, first[0].cell if first else "A1", min(sheet.rows))
            yield OpenPoint(PointSubject.SHEET, passage, "Feuille non reprise : une seule contient le tableau.")


def _passages(sheet: Sheet, rows: Iterable[int]) -> list[Passage]:
    return [passage for row in rows for passage in _filled(sheet, row).values()]
