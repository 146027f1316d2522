"""The indicators in trouble on the first page, by name: which they are follows from *Bilan* as it stands."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, format_where, put, put_formula
from cvsheet.books.kit.colours import SITUATION_COLOURS, colour_words
from cvsheet.books.kit.first_page import (
    DISTANCE,
    DOUBT,
    FORMER,
    LIST_HEIGHT,
    LIST_TITLE_HEIGHT,
    LONGEST_LISTED,
    SITUATION,
    TARGET,
    WORDS,
    Window,
    list_looks,
    write_list_titles,
)
from cvsheet.books.master.review import REVIEW_SHEET
from cvsheet.books.master.writing.pillar_cells import campaign_before
from cvsheet.books.master.writing.review_cells import Review
from cvsheet.books.master.writing.review_sheet import DOUBT_COLOURS, gap_format
from cvsheet.figures.overview import Counted, Sentence, by_count, either, words
from cvsheet.files.addresses import cell_name

PLACE, FORMAT = 12, 13  # hidden columns: the row of *Bilan* that is shown, and how to show its numbers
SHOWN = ("intitule", "situation", "precedente", "valeur", "cible", "ecart", "fiabilite", "pilote")


def write_trouble(book: Book, sheet: Worksheet, review: Review, window: Window, trouble: Counted) -> int:
    """The list under its title; returns its last row."""
    title, first = _title(window, trouble), window.first + 2
    sheet.set_row(window.first, LIST_TITLE_HEIGHT)
    put_formula(sheet, window.first, 0, title.formula, title.text, book.style(font_size=13, bold=True))
    _header(book, sheet, review, window.first + 1)
    ranked = _ranked(review)
    for rank in range(window.rows):
        shown = ranked[rank] if rank < len(ranked) else None
        _write_row(book, sheet, review, (first + rank, rank + 1), shown)
    last = first + window.rows - 1
    for column in (PLACE, FORMAT):
        sheet.set_column(column, column, None, None, {"hidden": True})
    _dress(book, sheet, review, (first, last))
    return last


def _title(window: Window, number: Counted) -> Sentence:
    rows = window.rows
    title = by_count(number, "Aucun indicateur n’est en retard ni en recul", "1 indicateur en difficulté",
                     "{} indicateurs en difficulté")  # fmt: skip
    more = words(f" : les {rows} plus loin de leur cible (tous : feuille « {REVIEW_SHEET} », filtrez « Situation »)")
    return title + either(f"{number.cell}>{rows}", more, words(""), holds=number.number > rows)


def _header(book: Book, sheet: Worksheet, review: Review, row: int) -> None:
    former = campaign_before(review.content)
    titles = ("Indicateur", "Situation", former or "Avant", review.content.campaign.code, "Cible", "Écart",
              "Fiabilité", "Qui pilote", None, None, "Commentaire de la coordination")  # fmt: skip
    write_list_titles(book, sheet, row, titles)


def _ranked(review: Review) -> list[int]:
    """The positions in *Bilan* of the indicators in trouble, from 1, the furthest from their target first."""
    first = review.rows[0].row if review.rows else 0
    ranks = [(review.written[row.row]["urgence"][1], row.row - first + 1) for row, _ in review.indicators]
    return [place for _, place in sorted((rank, place) for rank, place in ranks if isinstance(rank, float))]


def _write_row(book: Book, sheet: Worksheet, review: Review, where: tuple[int, int], place: int | None) -> None:
    """The indicator of a rank; `place` is its position in *Bilan*, None where there are fewer."""
    row, rank = where
    sheet.set_row(row, LIST_HEIGHT)
    ranks, cell = review.area("urgence"), f"${cell_name(row + 1, PLACE + 1)}"
    found = f'=IF(COUNT({ranks})<{rank},"",MATCH(SMALL({ranks},{rank}),{ranks},0))'
    put_formula(sheet, row, PLACE, found, place, book.style())
    source = review.rows[place - 1] if place else None
    values: dict[str, Any] = {name: value for name, (_, value) in review.written[source.row].items()} if source else {}
    if source and source.line:
        values |= {**review.plain(source), "commentaire": review.comment(source)[1]}
    shown = dict(enumerate(SHOWN)) | {WORDS: "commentaire", FORMAT: "format"}
    for column in range(WORDS + 1):
        style = book.style("cell", **list_looks(column))
        if column in shown:
            _put_found(sheet, review, (row, column), cell, (shown[column], values.get(shown[column])), style)
        else:
            put(sheet, row, column, None, style)
    _put_found(sheet, review, (row, FORMAT), cell, ("format", values.get("format")), book.style())


def _put_found(
    sheet: Worksheet, review: Review, at: tuple[int, int], place: str, found: tuple[str, Any], style: Any
) -> None:
    """A column of the row of *Bilan* whose position stands in the cell `place`."""
    name, value = found
    source = f"INDEX({review.area(name)},{place})"
    whole = source
    if name == "intitule":  # of a longer one, the row would show the lines in its middle
        whole = f'IF(LEN({source})>{LONGEST_LISTED},LEFT({source},{LONGEST_LISTED - 1})&"…",{source})'
        value = f"{value[: LONGEST_LISTED - 1]}…" if value and len(value) > LONGEST_LISTED else value
    formula = f'=IF({place}="","",IF({source}="","",{whole}))'
    put_formula(sheet, *at, formula, value, style)


def _dress(book: Book, sheet: Worksheet, review: Review, rows: tuple[int, int]) -> None:
    """Colours beside the words; numbers as their measures are shown."""
    first, last = rows
    colour_words(book, sheet, (first, SITUATION, last, SITUATION), SITUATION_COLOURS)
    colour_words(book, sheet, (first, DOUBT, last, DOUBT), DOUBT_COLOURS)
    kinds = {review.plain(row)["format"]: line.measure for row, line in reversed(review.indicators)}
    for kind, measure in sorted(kinds.items(), key=lambda pair: str(pair[0])):
        test = f"=${cell_name(first + 1, FORMAT + 1)}={kind}"
        plain = book.workbook.add_format({"num_format": review.formats[int(str(kind))]})
        gap = book.workbook.add_format({"num_format": gap_format(measure)})
        format_where(sheet, (first, FORMER, last, TARGET), {"type": "formula", "criteria": test, "format": plain})
        format_where(sheet, (first, DISTANCE, last, DISTANCE), {"type": "formula", "criteria": test, "format": gap})
