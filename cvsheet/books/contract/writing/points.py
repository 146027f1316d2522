"""*Points à décider*: what a framework read from a document leaves open, each with its cell in that document.

The coordinator deletes the sheet when all is settled: no command reads it.
"""

from __future__ import annotations

from collections.abc import Sequence

from cvsheet.books.contract.outline.model import OpenPoint
from cvsheet.books.contract.writing.layout import POINTS
from cvsheet.books.kit.book import FORMULA_SIGNS, Book, put, put_text
from cvsheet.books.kit.heights import row_height
from cvsheet.books.kit.page import set_widths, write_header
from cvsheet.books.kit.style import TO_DO_TAB
from cvsheet.text.french import typeset

_COLUMNS = (
    ("N°", 5.0),
    ("Sujet", 20.0),
    ("Feuille du document", 14.0),
    ("Cellule du document", 11.0),
    ("Texte du document", 34.0),
    ("Ce qui a été fait", 30.0),
    ("À décider", 26.0),
    ("Décision", 13.0),
)
_HEADER = 4  # row
_EXPLANATIONS = (
    "Ce que la reprise du document n’a pas pu trancher, ou n’a pas repris. Sans question : pour information.",
    "Corrigez les autres feuilles, notez votre décision ici si c’est utile, puis supprimez cette feuille : "
    "aucune commande ne la lit.",
)


def write_points(book: Book, points: Sequence[OpenPoint]) -> None:
    """Add the sheet: one row per point, those of a kind together."""
    sheet = book.sheet(POINTS, tab_color=TO_DO_TAB, growing=True)
    set_widths(sheet, (width for _, width in _COLUMNS))
    put_text(sheet, 0, 0, POINTS, book.style("title"))
    sheet.set_row(0, 28)
    for row, text in enumerate(_EXPLANATIONS, start=1):
        put_text(sheet, row, 0, typeset(text), book.style("subtitle"))
    write_header(book, sheet, _HEADER, (title for title, _ in _COLUMNS), 30)
    cell, decision = book.style("cell", text_wrap=True, num_format="@"), book.style("input", text_wrap=True)
    quoted = book.style("cell", text_wrap=True, num_format="@", quote_prefix=True)
    for rank, point in enumerate(points, start=1):
        row, passage = _HEADER + rank, point.passage
        said = (typeset(point.done), typeset(point.question))
        texts = (point.subject, passage.sheet, passage.cell, passage.text, *said, "")
        put(sheet, row, 0, rank, book.style("cell"))
        for column, text in enumerate(texts[:-1], start=1):
            put_text(sheet, row, column, text, quoted if text.startswith(FORMULA_SIGNS) else cell)
        put(sheet, row, len(texts), None, decision)
        sheet.set_row(row, row_height(zip(texts, [width for _, width in _COLUMNS[1:]], strict=True)))
    sheet.autofilter(_HEADER, 0, _HEADER + len(points), len(_COLUMNS) - 1)
    sheet.freeze_panes(_HEADER + 1, 0)
    sheet.repeat_rows(_HEADER)
