"""*Contenu non repris*: what the partner typed and cvsheet could not place, each cell with where it stood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cvsheet.books.kit.book import FORMULA_SIGNS, Book, put_text
from cvsheet.books.kit.heights import row_height
from cvsheet.books.kit.page import set_widths
from cvsheet.books.kit.style import NEUTRAL
from cvsheet.books.partner.identity import KEPT_TITLE
from cvsheet.books.partner.reading.earlier import KEPT_COLUMNS
from cvsheet.books.partner.writing.pillar import protect
from cvsheet.files.addresses import cell_name
from cvsheet.model.findings import Place
from cvsheet.model.submission import Leftover
from cvsheet.text.french import typeset

TITLES = ("Feuille", "Cellule", "Contenu")
_WIDTHS = (26.0, 30.0, 90.0)
_HEADER = 5  # row
_FIRST = KEPT_COLUMNS[0] - 1  # column
_EXPLANATIONS = (
    "Ces cellules de votre envoi n’ont pas de place dans les tableaux : elles sont gardées ici, rien n’est perdu.",
    "Si l’une d’elles est une réponse, recopiez-la dans la ligne prévue, puis effacez-la ici. Le reste ne gêne pas.",
)


def kept_texts(kept: Sequence[Leftover]) -> Iterator[str]:
    """Everything that stands on the sheet."""
    yield from (KEPT_TITLE, *map(typeset, _EXPLANATIONS), *TITLES)
    for leftover in kept:
        yield from (leftover.where, leftover.cell, leftover.text)


def kept_places(name: str, kept: Sequence[Leftover]) -> Mapping[Leftover, Place]:
    """Where on the sheet called `name` the content of each cell stands."""
    column = KEPT_COLUMNS[-1]
    return {leftover: Place("", name, cell_name(row + 1, column)) for row, leftover in enumerate(kept, _HEADER + 1)}


def write_kept(book: Book, name: str, kept: Sequence[Leftover]) -> None:
    """Add the sheet. The contents may be erased, nothing else."""
    sheet = book.sheet(name, tab_color=NEUTRAL[0], growing=True)
    sheet.set_column(0, 0, 2)
    set_widths(sheet, _WIDTHS, _FIRST)
    put_text(sheet, 0, _FIRST, KEPT_TITLE, book.style("title"))
    sheet.set_row(0, 28)
    for row, text in enumerate(_EXPLANATIONS, start=2):
        put_text(sheet, row, _FIRST, typeset(text), book.style("plain", font_size=11))
    for column, title in enumerate(TITLES, start=_FIRST):
        put_text(sheet, _HEADER, column, title, book.style("header"))
    place = book.style("locked", text_wrap=True)
    content = book.style("input", text_wrap=True, num_format="@")
    quoted = book.style("input", text_wrap=True, num_format="@", quote_prefix=True)
    for row, leftover in enumerate(kept, start=_HEADER + 1):
        texts = (leftover.where, leftover.cell, leftover.text)
        styles = (place, place, quoted if leftover.text.startswith(FORMULA_SIGNS) else content)
        for column, (text, style) in enumerate(zip(texts, styles, strict=True), start=_FIRST):
            put_text(sheet, row, column, text, style)
        sheet.set_row(row, row_height(zip(texts, _WIDTHS, strict=True)))
    sheet.ignore_errors({"number_stored_as_text": f"B{_HEADER + 1}:D{_HEADER + len(kept) + 1}"})
    sheet.freeze_panes(_HEADER + 1, 0)
    sheet.repeat_rows(_HEADER)
    sheet.print_area(0, _FIRST, _HEADER + len(kept), KEPT_COLUMNS[-1] - 1)
    protect(sheet)
