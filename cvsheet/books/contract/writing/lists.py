"""The lists behind the dropdowns: named ranges, most of them on the sheet *Listes*.

Names and not ranges: Excel keeps a dropdown on another sheet's range in an extension that other programs drop. The
names that follow a table of the workbook grow with it, and hold no blanks, which Excel would take for "anything goes".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.contract.writing.layout import LISTS, PREPARED_FIRST, Block, SheetPlan, pillars_of
from cvsheet.books.kit.book import Book, put_formula, put_text
from cvsheet.books.kit.page import write_titles
from cvsheet.books.kit.style import TABLE_TAB
from cvsheet.files.addresses import column_letters
from cvsheet.model.records import Canonical, Record
from cvsheet.schema.tables import CANONICAL_TABLES, Column, load_table

BREAKDOWNS = "ventilations.ventilation"
PILLARS_OF_ACTIONS, PILLARS_WITHOUT_PILOT = "piliers_des_actions", "piliers_sans_pilote"
_OF_ACTIONS = {PILLARS_OF_ACTIONS: "Pilier de chaque action", PILLARS_WITHOUT_PILOT: "Pilier, sans pilote"}
_HEADER_ROW = 3
_FIRST = _HEADER_ROW + 1
_NAMED = ("piliers.code", "priorites.code", "objectifs.code", "partenaires.code")


@dataclass(frozen=True, slots=True)
class ClosedList:
    """A list of fixed choices: the name under which dropdowns know it."""

    name: str
    title: str
    choices: tuple[str, ...]


def closed_lists() -> tuple[ClosedList, ...]:
    """Every list of fixed choices of the canonical tables, once each."""
    found: dict[tuple[str, ...], ClosedList] = {}
    for table in CANONICAL_TABLES:
        for column in load_table(table).columns:
            if column.enum and column.enum not in found:
                boolean = column.type == "boolean"
                taken = {known.name for known in found.values()}
                name = "liste_oui_non" if boolean else f"liste_{column.name}"
                name = f"{name}_{table}" if name in taken else name
                found[column.enum] = ClosedList(name, "Oui ou non" if boolean else column.title, column.enum)
    return tuple(found.values())


def list_name(column: Column) -> str:
    """The name of the list behind the dropdown of `column`, empty where it has none in another sheet."""
    if column.enum:
        return next(known.name for known in closed_lists() if known.choices == column.enum)
    if column.reference in (*_NAMED, BREAKDOWNS):
        return f"liste_{column.reference.partition('.')[0]}"
    return ""


def growing(header: str, area: str) -> str:
    """A formula for the filled part of `area`, which begins below the cell `header` and grows as rows are typed."""
    return f'=OFFSET({header},1,0,MAX(1,SUMPRODUCT(--({area}<>""))),1)'


def write_lists(book: Book, canonical: Canonical, sheets: Sequence[SheetPlan]) -> None:
    """The sheet *Listes* and the names of all lists."""
    sheet = book.sheet(LISTS, tab_color=TABLE_TAB)
    write_titles(book, sheet, LISTS, "Les choix des listes déroulantes. cvsheet les lit ici : ne rien modifier.", 28)
    lists = closed_lists()
    for column, closed in enumerate(lists):
        sheet.set_column(column, column, max(16, *(len(choice) + 3 for choice in closed.choices)))
        put_text(sheet, _HEADER_ROW, column, closed.title, book.style("header"))
        for row, choice in enumerate(closed.choices, start=_FIRST):
            put_text(sheet, row, column, choice, book.style("cell", num_format="@"))
        letters = column_letters(column + 1)
        area = f"${letters}${_FIRST + 1}:${letters}${_FIRST + len(closed.choices)}"
        book.define_name(closed.name, f"={LISTS}!{area}")
    blocks = {plan.block.table.name: plan.block for plan in sheets}
    for reference in _NAMED:
        table, _, code = reference.partition(".")
        block = blocks[table]
        formula = growing(block.reference(code, header=True), block.reference(code))
        book.define_name(f"liste_{table}", formula)
    _write_breakdowns(book, sheet, len(lists), blocks["ventilations"])
    _write_pillars_of_actions(book, sheet, len(lists) + 1, blocks, pillars_of(canonical))
    sheet.freeze_panes(_FIRST, 0)
    sheet.print_area(0, 0, _FIRST - 1 + max(len(one.choices) for one in lists), len(lists) - 1)


def _write_breakdowns(book: Book, sheet: Worksheet, column: int, block: Block) -> None:
    """The names of the breakdowns, once each, as formulas that follow the sheet *Ventilations* (grouped by name)."""
    names = _breakdowns(block)
    letters = column_letters(column + 1)
    area = block.reference("ventilation")
    rows = len(names) + PREPARED_FIRST
    sheet.set_column(column, column, 24)
    put_text(sheet, _HEADER_ROW, column, "Ventilations", book.style("header"))
    for number in range(rows):
        above = f"{letters}{_FIRST + number}"
        following = f'IFERROR(INDEX({area},MATCH({above},{area},0)+COUNTIF({area},{above}))&"","")'
        formula = f'=IF({above}="","",{following})' if number else f'=INDEX({area},1)&""'
        value = names[number] if number < len(names) else ""
        put_formula(sheet, _FIRST + number, column, formula, value, book.style("cell"))
    own = f"{LISTS}!${letters}${_FIRST + 1}:${letters}${_FIRST + rows}"
    book.define_name("liste_ventilations", growing(f"{LISTS}!${letters}${_FIRST}", own))


def _write_pillars_of_actions(
    book: Book, sheet: Worksheet, column: int, blocks: Mapping[str, Block], pillar_of: Callable[[Record], str]
) -> None:
    """The pillar of each action by way of objective and priority, then the same of those without a pilot: what
    *Accueil* counts. The n-th row looks at the n-th action, wherever rows are inserted or sorted."""
    actions, aims, priorities = (blocks[name] for name in ("actions", "objectifs", "priorites"))
    aim = f"MATCH(INDEX({actions.reference('objectif')},{{n}}),{aims.reference('code')},0)"
    priority = f"MATCH(INDEX({aims.reference('priorite')},{aim}),{priorities.reference('code')},0)"
    pillar = f"INDEX({priorities.reference('pilier')},{priority})"
    formulas = (
        f'=IFERROR(IF(INDEX({actions.reference("code")},{{n}})="","",{pillar}),"")',
        f'=IFERROR(IF(INDEX({actions.reference("pilote")},{{n}})="",{{before}},""),"")',
    )
    for offset, (name, title) in enumerate(_OF_ACTIONS.items()):
        letters = column_letters(column + offset + 1)
        sheet.set_column(column + offset, column + offset, 16)
        put_text(sheet, _HEADER_ROW, column + offset, title, book.style("header"))
        for number in range(1, actions.rows + 1):
            row = actions.records[number - 1] if number <= len(actions.records) else None
            known = pillar_of(row) if row and row.text("code") and not (offset and row.text("pilote")) else ""
            before = f"{column_letters(column + 1)}{_FIRST + number}"
            formula = formulas[offset].format(n=number, before=before)
            put_formula(sheet, _FIRST + number - 1, column + offset, formula, known, book.style("cell"))
        book.define_name(name, f"={LISTS}!${letters}${_FIRST + 1}:${letters}${_FIRST + actions.rows}")


def _breakdowns(block: Block) -> list[str]:
    """What the formulas give: the first name of each group, until one comes back or the rows end."""
    rows = [record.text("ventilation") for record in block.records]
    names: list[str] = []
    at = 0
    while at < len(rows) and rows[at]:
        names.append(rows[at])
        at = rows.index(rows[at]) + rows.count(rows[at])
    return names
