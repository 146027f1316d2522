"""*Par ventilation*: the retained values of the judged campaign by quartier, by sexe and by all that is asked, live."""

from __future__ import annotations

from cvsheet.books.kit.book import Book, put_formula
from cvsheet.books.kit.breakdowns import BREAKDOWN_SHEET, write_breakdowns
from cvsheet.books.kit.style import HOME_TAB
from cvsheet.books.kit.tables import FITTED, number_format
from cvsheet.books.master.content import MasterContent
from cvsheet.books.master.writing import formulas
from cvsheet.model.framework import Line

SUBTITLE = "Valeurs retenues. Une case vide : pas de valeur pour cette modalité (nd, ns, so, ou rien reçu)."


def write_breakdown_sheet(book: Book, content: MasterContent) -> None:
    """Fill the sheet: a formula for each figure, over its line of the pillar sheet."""
    sheet = book.sheet(BREAKDOWN_SHEET, tab_color=HOME_TAB)

    def put_figure(place: tuple[int, int], line: Line) -> None:
        looks = {"num_format": number_format(line.measure), "align": "center", "bold": line.category is None, **FITTED}
        style = book.style("cell", valign="vcenter", **looks)
        put_formula(
            sheet, *place, formulas.same(content.cell_of(line.code, "retenu")), content.retained(line.code), style
        )

    title = f"Indicateurs par ventilation – {content.campaign.title}"
    write_breakdowns(book, sheet, content.framework, (title, SUBTITLE), put_figure)
