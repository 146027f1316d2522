"""*Actions par pilier* on the first page: how many, where they stand, what they cost and whom they reach."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put_formula, put_text
from cvsheet.books.kit.tables import FIRST_ROW
from cvsheet.books.master.content import MasterContent
from cvsheet.figures.action_results import SUMMED, ActionResult
from cvsheet.files.addresses import cell_name, column_letters
from cvsheet.schema.tables import load_table

TITLES = (
    "Actions par pilier", "Actions", "Avec rapport", "Réalisées", "En cours", "Autres", "Budget prévu",
    "Budget réalisé", "Bénéficiaires", "Dont femmes",
)  # fmt: skip
DONE, UNDER_WAY = "Réalisée", "En cours"
COUNTED, SUM, MONEY = '0;-0;"–"', '#,##0;-#,##0;"–"', '#,##0 €;-#,##0 €;"–"'
FORMATS = (*[COUNTED] * 5, MONEY, MONEY, SUM, SUM)


def write_actions_by_pillar(book: Book, sheet: Worksheet, content: MasterContent, row: int, last: int) -> int:
    """The table from `row` on, over the *Actions* sheet down to its 0-based row `last`; returns the row after it."""
    sheet.set_row(row, 32)
    for column, title in enumerate(TITLES):
        align = "left" if column == 0 else "center"
        put_text(sheet, row, column, title, book.style("header", align=align, valign="vcenter"))
    pillars = content.framework.pillars
    for number, pillar in enumerate(pillars, start=row + 1):
        sheet.set_row(number, 20)
        put_text(sheet, number, 0, pillar.title, book.style("cell", valign="vcenter", text_wrap=True))
        own = [one for one in content.actions if content.framework.pillar_of_action(one.action) == pillar.code]
        formulas = _formulas(pillar.sheet, last)
        for column, (formula, value) in enumerate(zip(formulas, _values(own), strict=True), start=1):
            put_formula(sheet, number, column, formula, value, _style(book, "cell", column))
    _total(book, sheet, content, row + 1, row + len(pillars))
    return row + len(pillars) + 2


def _total(book: Book, sheet: Worksheet, content: MasterContent, first: int, last: int) -> None:
    put_text(sheet, last + 1, 0, "Ensemble", book.style("group", valign="vcenter"))
    for column, value in enumerate(_values(content.actions), start=1):
        area = f"{cell_name(first + 1, column + 1)}:{cell_name(last + 1, column + 1)}"
        put_formula(sheet, last + 1, column, f"=SUM({area})", value, _style(book, "group", column))


def _style(book: Book, name: str, column: int) -> object:
    return book.style(name, align="center", valign="vcenter", num_format=FORMATS[column - 1])


def _formulas(sheet_name: str, last: int) -> list[str]:
    """Over the rows of actions, which alone name a pilot: reports and proposals have none."""
    table = load_table("suivi_actions")

    def area(name: str) -> str:
        letters = column_letters(table.position(name) + 1)
        return f"Actions!${letters}${FIRST_ROW + 1}:${letters}${max(last, FIRST_ROW) + 1}"

    name = sheet_name.replace('"', '""')
    chosen = f'{area("pilier")},"{name}",{area("pilote")},"<>"'
    status = area("statut")
    done, under_way, told = (f"COUNTIFS({chosen},{status},{test})" for test in (f'"{DONE}"', f'"{UNDER_WAY}"', '"?*"'))
    sums = [f"=SUMIFS({area(column)},{chosen})" for column in SUMMED]
    return [f"=COUNTIFS({chosen})", f"={told}", f"={done}", f"={under_way}", f"={told}-{done}-{under_way}", *sums]


def _values(actions: Sequence[ActionResult]) -> list[float]:
    told = sum(bool(one.status) for one in actions)
    done, under_way = (sum(one.status == status for one in actions) for status in (DONE, UNDER_WAY))
    sums = [fsum(number for one in actions if isinstance(number := one.sums[name], float)) for name in SUMMED]
    return [len(actions), told, done, under_way, told - done - under_way, *sums]
