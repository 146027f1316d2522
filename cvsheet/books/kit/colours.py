"""Words that are coloured wherever a workbook shows them."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, format_where
from cvsheet.books.kit.style import FAIR, GOOD, NEUTRAL, POOR
from cvsheet.figures.follow_up import SECRET_SITUATION

SEVERITY_COLOURS = {"ERREUR": POOR, "AVERTISSEMENT": FAIR, "INFO": NEUTRAL}
SITUATION_COLOURS = {
    "Cible atteinte": GOOD,
    "Maintenue": GOOD,
    "En bonne voie": GOOD,
    "À surveiller": FAIR,
    "Trop tôt": NEUTRAL,
    "En retard": POOR,
    "En recul": POOR,
    "Non maintenue": POOR,
    "Cible incohérente": POOR,
    SECRET_SITUATION: NEUTRAL,
}
STATUS_COLOURS = {
    "Réalisée": GOOD,
    "En cours": GOOD,
    "En préparation": NEUTRAL,
    "Non démarrée": FAIR,
    "Reportée": FAIR,
    "Abandonnée": POOR,
}


def colour_words(
    book: Book, sheet: Worksheet, area: tuple[int, int, int, int], colours: Mapping[str, tuple[str, str]]
) -> None:
    """Colour the cells of `area` that hold one of the words: beside the word, never instead of it."""
    for word, (ink, paper) in colours.items():
        style = book.workbook.add_format({"font_color": ink, "bg_color": paper})
        format_where(sheet, area, {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": style})
