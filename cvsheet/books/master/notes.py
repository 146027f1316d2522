"""What a person typed in a former master beside, below and over what cvsheet wrote there, as notes with their place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cvsheet.books.master.decisions import BAR, DECIDED, KEYED, DecisionKey, Note, Reason, row_key
from cvsheet.files.addresses import cell_name, column_letters
from cvsheet.files.grid.model import Cell, CellKind, DrawnKind, Grid
from cvsheet.files.headers import FoundTable, untitled_columns
from cvsheet.files.scalars import free_value, seen_text
from cvsheet.schema.tables import load_table

FOLLOWED, ORPHANS, REVIEW = "suivi", "notes_orphelines", "bilan"
TABLES = (*KEYED, ORPHANS)
COMPUTED = (
    "calcule",
    "retenu",
    "variation",
    "progression",
    "attendu",
    "situation",
    "retard",
    "couverture",
    "part_ecoulee",
)
YOUNG = ("mesure", "ventilation", "nom", "ordre")
"""Columns that tables did not have at first."""
WHOSE = "coordination"
SPREAD = ("Valeur", "Référence", "Cible")  # titles that stand once per campaign
_TABLE_NAMES = {load_table(name).title: name for name in TABLES}


def margin_notes(found: FoundTable, file: str) -> Iterator[Note]:
    """What stands in columns that cvsheet did not write, and in rows without a key; formulas as their last value."""
    columns, seen = added_columns(found), set[DecisionKey]()
    for row in range(found.header_row + 1, found.last_row + 1):
        key = key_at(found, row)
        reason = Reason.NO_ROW if not any(key) else (Reason.OTHER_VERSION if key in seen else "")
        seen.add(key)
        for title, column in (columns if any(key) else _outside(found, row)).items():
            cell = found.sheet.cell(row, column)
            value = free_value(cell)
            if cell is None or value is None:
                continue
            note = Note(found.table.name, key, title, value, origin_of(found, cell, file), reason)
            yield note
            if cell.formula and cell.kind is not CellKind.MISSING:  # without a value, its text is the note
                yield replace(note, value=f"={cell.formula}", reason=Reason.FORMULA)


def decided_formulas(found: FoundTable, file: str) -> Iterator[Note]:
    """The formulas typed as decisions of *Suivi*: their last value is the decision."""
    columns = {title: column for title, column in found.extras.items() if decided_column(title)[0]}
    for row, key in keyed_rows(found):
        for title, column in columns.items():
            cell = found.sheet.cell(row, column)
            if cell is not None and cell.formula and cell.kind is not CellKind.MISSING:
                origin = origin_of(found, cell, file)
                yield Note(found.table.name, key, title, f"={cell.formula}", origin, Reason.FORMULA)


def overwritten_notes(found: FoundTable, file: str) -> Iterator[Note]:
    """What stands in place of a formula of *Suivi*, in columns that hold formulas elsewhere."""
    computed = [found.columns[name] for name in COMPUTED if name in found.columns]
    computed += [column for title, column in found.extras.items() if _stands_per_campaign(found, title)]
    for column in computed:
        cells = [(key, found.sheet.cell(row, column)) for row, key in keyed_rows(found)]
        if not any(cell is not None and cell.formula is not None for _, cell in cells):
            continue  # a program that keeps values only went over the whole workbook
        for key, cell in cells:
            value = free_value(cell)
            if cell is not None and cell.formula is None and value is not None:
                origin = origin_of(found, cell, file)
                yield Note(found.table.name, key, _title(found, column), value, origin, Reason.OVERWRITTEN)


def review_notes(found: FoundTable, file: str) -> Iterator[Note]:
    """The comments of *Bilan* on pillars and indicators; formulas there repeat what the pillar sheet says."""
    column = found.columns.get("commentaire")
    for row, key in keyed_rows(found) if column else ():
        cell = at(found, row, "commentaire")
        value = free_value(cell)
        if cell is not None and cell.formula is None and value is not None:
            title = found.table.column("commentaire").title
            yield Note(found.table.name, key, title, value, origin_of(found, cell, file))


def comment_notes(grid: Grid) -> Iterator[Note]:
    """Comments of cells and texts above them: cvsheet writes none in a master."""
    for sheet in grid.sheets:
        for (row, column), text in sorted(sheet.notes.items()):
            cell = cell_name(row, column)
            origin = f"{grid.file}, feuille « {sheet.name} », cellule {cell}"
            yield Note(sheet.name, (cell,), cell, text, origin, Reason.COMMENT)
        for one in sheet.drawn:
            if one.kind is DrawnKind.TEXT and one.text.strip():  # charts and margins of a master are cvsheet's own
                cell = cell_name(one.first_row or 1, one.first_column or 1)
                origin = f"{grid.file}, feuille « {sheet.name} », texte posé sur {cell}"
                yield Note(sheet.name, (cell,), cell, one.text.strip(), origin, Reason.COMMENT)


def orphan_notes(found: FoundTable) -> Iterator[Note]:
    """The notes that had no row; those whose row may come back are asked again where they belong."""
    for row in range(found.header_row + 1, found.last_row + 1):
        shown, title = (text_at(found, row, name) for name in ("tableau", "colonne"))
        value = free_value(at(found, row, "contenu"))
        if not shown or value is None:
            continue
        key = tuple(text_at(found, row, "cle").split(BAR))
        reason = text_at(found, row, "raison")
        origin = text_at(found, row, "provenance")
        table = _TABLE_NAMES.get(shown, shown)
        yield Note(table, key, title, value, origin, "" if reason == Reason.ROW_GONE else reason)


def keyed_rows(found: FoundTable) -> Iterator[tuple[int, DecisionKey]]:
    """The rows that have a key, each key once."""
    seen = set[DecisionKey]()
    for row in range(found.header_row + 1, found.last_row + 1):
        key = key_at(found, row)
        if any(key) and key not in seen:
            seen.add(key)
            yield row, key


def key_at(found: FoundTable, row: int) -> DecisionKey:
    return row_key(found.table, {name: text_at(found, row, name) for name in found.table.key})


def at(found: FoundTable, row: int, name: str) -> Cell | None:
    """The cell of the column called `name`; None where the table has lost it."""
    column = found.columns.get(name)
    return None if column is None else found.sheet.cell(row, column)


def text_at(found: FoundTable, row: int, name: str) -> str:
    return text_of(at(found, row, name))


def text_of(cell: Cell | None) -> str:
    return "" if cell is None else seen_text(cell).strip()


def origin_of(found: FoundTable, cell: Cell, file: str) -> str:
    """Where a note was read, as shown."""
    return f"{file}, feuille « {found.sheet.name} », cellule {cell_name(cell.row, cell.column)}"


def added_columns(found: FoundTable) -> dict[str, int]:
    """The columns that a person added: those that no schema knows and no campaign explains, by title."""
    own = {title for title in found.extras if decided_column(title)[0] or _stands_per_campaign(found, title)}
    added = {title: column for title, column in found.extras.items() if title not in own}
    return {**added, **_taken_for_ours(found), **untitled_columns(found)}


def _taken_for_ours(found: FoundTable) -> dict[str, int]:
    """The columns that a person added under titles that tables have had since: in a master made before, they stand
    right of all that cvsheet wrote there, where cvsheet puts them never. They come back under a title that says whose
    they are."""
    ours, theirs = dict(found.columns), dict[str, int]()
    while ours:
        rightmost = max(ours, key=lambda name: ours[name])
        if rightmost not in YOUNG or rightmost == max(ours, key=found.table.position):
            break
        theirs[f"{found.table.column(rightmost).title} ({WHOSE})"] = ours.pop(rightmost)
    return theirs


def decided_column(title: str) -> tuple[str, str]:
    """The column and campaign that a title such as ``Valeur arbitrée 2021`` names; empty texts for any other."""
    for name in DECIDED:
        start = f"{load_table(FOLLOWED).column(name).title} "
        if title.startswith(start):
            return name, title.removeprefix(start)
    return "", ""


def _stands_per_campaign(found: FoundTable, title: str) -> bool:
    """Whether `title` is one of cvsheet's own that stand once per campaign: ``Valeur 2020``."""
    first, _, campaign = title.partition(" ")
    spreads = found.table.name in (FOLLOWED, "contributions")
    return spreads and first in SPREAD and bool(campaign) and " " not in campaign


def _outside(found: FoundTable, row: int) -> dict[str, int]:
    """The filled cells of a row without a key by title; cvsheet's own sentence for an empty table is none of them."""
    columns = set(found.sheet.rows.get(row, ()))
    if row == found.header_row + 1 and columns == {1}:
        return {}
    return {_title(found, column): column for column in columns}


def _title(found: FoundTable, column: int) -> str:
    return text_of(found.sheet.cell(found.header_row, column)) or column_letters(column)
