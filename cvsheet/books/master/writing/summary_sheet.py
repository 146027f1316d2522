"""*Synthèse*: what the steering committee reads, on one screen and one page.

A sentence, a card for each group of situations (every indicator is in one of them), the pillars, the indicators in
trouble by name. All of it is live: the counts come from *Synthèse détaillée*, the names from *Bilan*.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put, put_formula, put_text
from cvsheet.books.kit.charts import GROUPS
from cvsheet.books.kit.heights import height_of
from cvsheet.books.kit.style import WHOLE
from cvsheet.books.kit.tables import LINK, put_link
from cvsheet.books.master.content import MasterContent
from cvsheet.books.master.review import REVIEW_SHEET
from cvsheet.books.master.writing.detail_sheet import COMPLETENESS, COUNTED, DETAIL_SHEET, counts_cell, totals
from cvsheet.books.master.writing.pillar_cells import campaign_before
from cvsheet.books.master.writing.review_cells import Review
from cvsheet.books.master.writing.summary_lists import NOTHING_WAITS, waiting_of
from cvsheet.books.master.writing.summary_trouble import LEAST_TROUBLE, Window, write_trouble
from cvsheet.figures.overview import (
    ADVANCE,
    DECLINE,
    LEVEL,
    TO_CONFIRM,
    Counted,
    Sentence,
    by_count,
    compared,
    either,
    headline,
    words,
)
from cvsheet.files.addresses import cell_name, quoted
from cvsheet.text.french import french_count, french_date, french_list, french_number, french_part, typeset

LABEL_WIDTH, COUNT_WIDTH, SHARE_WIDTH, COMMENT_WIDTH = 36, 9.4, 9.4, 33
COMMENT_COLUMN = len(GROUPS) + 2
SCREEN = 434.0  # points of height that LibreOffice shows of a sheet on a screen of 768 pixels
TITLE_ROW, FACTS_ROW, SENTENCE_ROW, CHANGE_ROW, MOVES_ROW, WAITING_ROW, HEADER_ROW, CARDS_ROW = 0, 1, 2, 3, 4, 5, 7, 8
HEIGHTS = {
    TITLE_ROW: 21.0, FACTS_ROW: 14.0, SENTENCE_ROW: 21.0, CHANGE_ROW: 15.0, MOVES_ROW: 15.0, WAITING_ROW: 15.0,
    WAITING_ROW + 1: 4.0, HEADER_ROW: 27.0, CARDS_ROW: 26.0,
}  # fmt: skip
FIRST_PILLAR = CARDS_ROW + 1
GAP = 5.0
FEW_PILLARS = 6  # whose rows may be as tall as their comment
PILLAR_HEIGHT, LEAST_HEIGHT = 15.0, 10.25
SIZES = ((14.0, 10), (12.0, 9), (0.0, 8))  # from this height of a row on, the size of its text
LONGEST_NAME = 60  # characters of a name in a sentence
WELL, WATCHED, TROUBLE = ("Atteinte", "En bonne voie"), ("À surveiller",), ("En retard", "En recul")
REST = tuple(group.title for group in GROUPS if group.title not in (*WELL, *WATCHED, *TROUBLE))


def write_summary_sheet(book: Book, sheet: Worksheet, review: Review, orphans: int) -> None:
    """Fill the first sheet; `orphans` notes of the coordination have lost their row."""
    content = review.content
    widths = (LABEL_WIDTH, *[COUNT_WIDTH] * len(GROUPS), SHARE_WIDTH, COMMENT_WIDTH)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for row, height in HEIGHTS.items():
        sheet.set_row(row, height)
    sheet.fit_to_pages(1, 1)
    sheet.set_margins(left=0.35, right=0.35, top=0.4, bottom=0.5)
    sheet.center_horizontally()
    cards = _cards(content)
    _heading(book, sheet, review, cards)
    _waiting(book, sheet, content, orphans)
    heights = _pillars(book, sheet, review)
    first = FIRST_PILLAR + len(heights) + 1
    sheet.set_row(first - 1, GAP)
    room = SCREEN - sum(HEIGHTS.values()) - sum(heights) - GAP
    last = write_trouble(book, sheet, review, Window(first, room, cards.trouble))
    sheet.print_area(0, 0, max(last, first + LEAST_TROUBLE), COMMENT_COLUMN)


@dataclass(frozen=True, slots=True)
class Cards:
    """The counts of the sentence, each over the cards that it adds up."""

    everything: Counted
    well: Counted
    watched: Counted
    trouble: Counted
    rest: Counted


def _cards(content: MasterContent) -> Cards:
    values = totals(content)

    def counted(titles: tuple[str, ...]) -> Counted:
        places = [cell_name(CARDS_ROW + 1, column) for column, group in _columns() if group in titles]
        return Counted(f"({'+'.join(places)})", int(sum(values[title] or 0 for title in titles)))

    return Cards(counted((*WELL, *WATCHED, *TROUBLE, *REST)), *map(counted, (WELL, WATCHED, TROUBLE, REST)))


def _columns() -> list[tuple[int, str]]:
    """The column of each card, counted from 1, and its title."""
    return [(column, group.title) for column, group in enumerate(GROUPS, start=2)]


def _heading(book: Book, sheet: Worksheet, review: Review, cards: Cards) -> None:
    content = review.content
    judged = content.campaign
    put_text(sheet, TITLE_ROW, 0, content.framework.contract.name, book.style("title", font_size=16))
    put_text(sheet, FACTS_ROW, 0, _facts(content), book.style("subtitle"))
    said = headline(french_date(judged.end), cards.everything, cards.well, cards.watched, cards.trouble, cards.rest)
    put_formula(sheet, SENTENCE_ROW, 0, said.formula, said.text, book.style(font_size=14, bold=True))
    former = campaign_before(content)
    if former is None:
        put_text(sheet, CHANGE_ROW, 0, typeset("Pas d’année précédente à laquelle comparer."), book.style(font_size=11))
        return
    change, strongest = _compared(review, former, cards.everything), _strongest(review)
    put_formula(sheet, CHANGE_ROW, 0, change.formula, change.text, book.style(font_size=11))
    put_formula(sheet, MOVES_ROW, 0, strongest.formula, strongest.text, book.style(font_size=11))


def _facts(content: MasterContent) -> str:
    judged = content.campaign
    receptions = [row for row in content.receptions if row.campaign == judged.code]
    received = sum(bool(row.file) for row in receptions)
    asked = french_count(len(receptions), "partenaire sollicité", "partenaires sollicités")
    return typeset(
        f"{judged.title} · situation au {french_date(judged.end)} · durée écoulée : "
        f"{french_part(content.schedule.elapsed)} (jusqu’au {french_date(content.schedule.end)}) · retours : "
        f"{french_number(received)} pour {asked}"
    )


def _compared(review: Review, former: str, everything: Counted) -> Sentence:
    """How many indicators moved which way since `former`."""
    found, area = review.values("evolution"), review.area("evolution")
    moves = {
        word: Counted(f'COUNTIF({area},"{word}")', found.count(word)) for word in (ADVANCE, LEVEL, DECLINE, TO_CONFIRM)
    }
    told = "+".join(one.cell for one in moves.values())
    alone = everything.number - sum(one.number for one in moves.values())
    return compared(former, moves, Counted(f"({everything.cell}-({told}))", alone))


def _strongest(review: Review) -> Sentence:
    """The strongest progress and the strongest decline by name; values in doubt have no strength."""
    return _of_most(review, "Plus fort progrès : ", "MAX") + _of_most(review, "Plus fort recul : ", "MIN")


def _of_most(review: Review, before: str, function: str) -> Sentence:
    area, ahead = review.area("force"), function == "MAX"
    strengths = [value for value in review.values("force") if isinstance(value, float)]
    most = (max if ahead else min)(strengths, default=0.0)
    holds = most > 0 if ahead else most < 0
    place = f"MATCH({function}({area}),{area},0)"
    row = next((row for row, _ in review.indicators if review.written[row.row]["force"][1] == most), None)
    name, moved = (row.title, str(review.written[row.row]["dite"][1])) if row and holds else ("", "")
    title = f"INDEX({review.area('intitule')},{place})"
    short = f'IF(LEN({title})>{LONGEST_NAME},LEFT({title},{LONGEST_NAME - 1})&"…",{title})'
    shown = f"{name[: LONGEST_NAME - 1]}…" if len(name) > LONGEST_NAME else name
    change = Sentence(f"INDEX({review.area('dite')},{place})", moved)
    then = words(before) + Sentence(short, shown) + words(" (") + change + words("). ")
    return either(f"{function}({area}){'>' if ahead else '<'}0", then, words(f"{before}aucun. "), holds=holds)


def _waiting(book: Book, sheet: Worksheet, content: MasterContent, orphans: int) -> None:
    """What waits for the coordination, with a link to the list."""
    found = waiting_of(content, orphans)
    text = f"À décider : {french_list([one.words for one in found])}." if found else NOTHING_WAITS
    put_link(sheet, WAITING_ROW, 0, typeset(text), (DETAIL_SHEET, 0), book.style(font_size=11, font_color=LINK))


def _pillars(book: Book, sheet: Worksheet, review: Review) -> list[float]:
    """The cards, and under each of them its indicators pillar by pillar; returns the heights of the pillars' rows."""
    content = review.content
    pillars = content.framework.pillars
    header: dict[str, Any] = {"valign": "vcenter", "align": "center"}
    put_text(sheet, HEADER_ROW, 0, "Indicateurs par situation", book.style("header", valign="vcenter"))
    for column, group in enumerate(GROUPS, start=1):
        looks = {"font_color": group.look[0], "bg_color": group.look[1]}
        put_text(sheet, HEADER_ROW, column, group.heading, book.style("header", **header, **looks))
    put_text(sheet, HEADER_ROW, COMMENT_COLUMN - 1, COMPLETENESS, book.style("header", **header))
    comment = typeset(f"Commentaire (feuille « {REVIEW_SHEET} »)")
    put_text(sheet, HEADER_ROW, COMMENT_COLUMN, comment, book.style("header", valign="vcenter"))
    _row_of_counts(book, sheet, content, CARDS_ROW, None)
    heights = []
    for number in range(len(pillars)):
        row = FIRST_PILLAR + number
        _row_of_counts(book, sheet, content, row, number)
        heights.append(_comment(book, sheet, review, row, number))
        sheet.set_row(row, heights[-1])
    return heights


def _row_of_counts(book: Book, sheet: Worksheet, content: MasterContent, row: int, number: int | None) -> None:
    """The counts of all indicators, in large type (`number` None), or of one pillar."""
    pillars = content.framework.pillars
    values = totals(content, None if number is None else pillars[number])
    cell = {"valign": "vcenter", **({} if number is None else {"font_size": _size(len(pillars))})}
    if number is None:
        known = Counted(counts_cell(None, "Indicateurs", len(pillars)), int(values["Indicateurs"] or 0))
        label = by_count(known, "Aucun indicateur", "Ensemble : 1 indicateur", "Ensemble : {} indicateurs")
        put_formula(sheet, row, 0, label.formula, label.text, book.style("group", **cell, font_size=12))
    else:
        put_text(sheet, row, 0, pillars[number].title, book.style("cell", **cell))
    for column, group in enumerate(GROUPS, start=1):
        looks: dict[str, Any] = {"num_format": COUNTED, "align": "center", **cell}
        if number is None:
            looks |= {"font_size": 17, "bold": True, "font_color": group.look[0], "bg_color": group.look[1]}
        formula = f"={counts_cell(number, group.title, len(pillars))}"
        put_formula(sheet, row, column, formula, values[group.title], book.style("cell", **looks))
    share = {"num_format": WHOLE, "align": "center", **cell, **({"bold": True} if number is None else {})}
    formula = f"={counts_cell(number, COMPLETENESS, len(pillars))}"
    put_formula(sheet, row, COMMENT_COLUMN - 1, formula, values[COMPLETENESS], book.style("cell", **share))
    put(sheet, row, COMMENT_COLUMN, None, book.style("group" if number is None else "cell"))


def _comment(book: Book, sheet: Worksheet, review: Review, row: int, number: int) -> float:
    """The comment on a pillar, from *Bilan*; returns the height of its row."""
    pillar = review.content.framework.pillars[number]
    source = next(one for one in review.rows if one.line is None and one.pillar == pillar)
    said = str(review.comment(source)[1] or "")
    cell = f"{quoted(REVIEW_SHEET)}!{review.cell(source.row, 'commentaire')}"
    pillars = len(review.content.framework.pillars)
    style = book.style("cell", text_wrap=True, valign="vcenter", font_size=min(9, _size(pillars)))
    put_formula(sheet, row, COMMENT_COLUMN, f'=IF({cell}="","",{cell})', said, style)
    texts = ((pillar.title, LABEL_WIDTH), (said, COMMENT_WIDTH))
    tall = min(2 * PILLAR_HEIGHT, height_of(texts)) if pillars <= FEW_PILLARS else 0.0
    return max(_least(pillars), tall)


def _least(pillars: int) -> float:
    """The height of a pillar's row that leaves some of the screen to the indicators in trouble."""
    room = SCREEN - sum(HEIGHTS.values()) - GAP - Window.least()
    return max(LEAST_HEIGHT, min(PILLAR_HEIGHT, floor(4 * room / pillars) / 4))


def _size(pillars: int) -> int:
    return next(size for least, size in SIZES if _least(pillars) >= least)
