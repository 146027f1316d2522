"""*Notes orphelines*: what the coordination typed and that has no row any more, kept until a person deletes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cvsheet.books.kit.book import Book
from cvsheet.books.kit.style import TO_DO_TAB
from cvsheet.books.master.content import MasterContent
from cvsheet.books.master.decisions import BAR, KEYED, DecisionKey, Note
from cvsheet.books.master.writing.listing import write_listing
from cvsheet.schema.tables import load_table
from cvsheet.text.french import french_date

NAME, TABLE = "Notes orphelines", "notes_orphelines"
TITLES = {name: load_table(name).title for name in KEYED}
SUBTITLE = "Rien n’est effacé : reprenez ce qui sert encore, supprimez ici ce qui ne sert plus."
NOTHING = "Toutes les notes de la coordination sont à leur place."


def write_orphans_sheet(book: Book, content: MasterContent, placed: Mapping[str, frozenset[DecisionKey]]) -> int:
    """The notes that found no row among those `placed`, by table. Returns how many."""
    rows = [_row(note) for note in content.coordination.orphans(placed)]
    listing = write_listing(book, NAME, TABLE, rows, len(rows), SUBTITLE)
    listing.finish(len(rows), NOTHING)
    if rows:
        listing.sheet.set_tab_color(TO_DO_TAB)
    return len(rows)


def _row(note: Note) -> dict[str, object]:
    value = note.value
    return {
        "tableau": TITLES.get(note.table, note.table),
        "cle": BAR.join(note.key),
        "colonne": note.title,
        "contenu": french_date(value) if isinstance(value, date) else value,
        "raison": note.reason,
        "provenance": note.origin,
    }
