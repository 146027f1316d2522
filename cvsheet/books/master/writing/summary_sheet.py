"""*Synthèse*: what the steering committee reads, on one screen and one page.

A sentence, a card for each group of situations (every indicator is in one of them), the pillars, the indicators in
trouble by name. All of it is live: the counts come from *Synthèse détaillée*, the names from *Bilan*.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put, put_formula, put_text
from cvsheet.books.kit.charts import DETAIL_SHEET, GROUPS
from cvsheet.books.kit.detail_page import COUNTED
from cvsheet.books.kit.first_page import (
    CARDS_ROW,
    CHANGE_ROW,
    FACTS_ROW,
    FIRST_CARD,
    FIRST_PILLAR,
    LAST_COUNT,
    MOVES_ROW,
    SENTENCE_ROW,
    TITLE_ROW,
    TROUBLE,
    WAITING_ROW,
    WATCHED,
    WELL,
    WORDS,
    least_height,
    named_pillars,
    others_in,
    pillar_height,
    pillar_looks,
    pillar_title,
    set_up,
    window_below,
    write_card_titles,
)
from cvsheet.books.kit.further_pages import FURTHER_LOOKS, further_height, write_further_pages
from cvsheet.books.kit.style import WHOLE
from cvsheet.books.kit.tables import LINK, put_link
from cvsheet.books.master.content import MasterContent
from cvsheet.books.master.review import REVIEW_SHEET
from cvsheet.books.master.writing.detail_sheet import COMPLETENESS, completeness_formula, counts_cell, totals
from cvsheet.books.master.writing.pillar_cells import campaign_before
from cvsheet.books.master.writing.review_cells import Review
from cvsheet.books.master.writing.summary_lists import NOTHING_WAITS, waiting_of
from cvsheet.books.master.writing.summary_trouble import write_trouble
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
from cvsheet.files.addresses import cell_name
from cvsheet.model.framework import Pillar
from cvsheet.text.french import french_count, french_date, french_list, french_number, french_part, typeset

LONGEST_NAME = 60  # characters of a name in a sentence
CARD_TITLES = (COMPLETENESS, typeset(f"Commentaire (feuille « {REVIEW_SHEET} »)"))
REST = tuple(group.title for group in GROUPS if group.title not in (*WELL, *WATCHED, *TROUBLE))


def write_summary_sheet(book: Book, sheet: Worksheet, review: Review, orphans: int) -> None:
    """Fill the first sheet; `orphans` notes of the coordination have lost their row."""
    content = review.content
    set_up(sheet)
    cards = _cards(content)
    _heading(book, sheet, review, cards)
    _waiting(book, sheet, content, orphans)
    window = window_below(sheet, _pillars(book, sheet, review), cards.trouble.number)
    last = write_trouble(book, sheet, review, window, cards.trouble)
    sheet.print_area(0, 0, _further_pillars(book, sheet, review, last), WORDS)


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
    pillars, named = content.framework.pillars, named_pillars(len(content.framework.pillars))
    looks = pillar_looks(len(pillars))
    write_card_titles(book, sheet, *CARD_TITLES)
    _row_of_counts(book, sheet, content, CARDS_ROW, None, {})
    heights = []
    for number in range(named):
        row = FIRST_PILLAR + number
        title = pillars[number].title
        _row_of_counts(book, sheet, content, row, number, looks)
        put_text(sheet, row, 0, pillar_title(len(pillars), title), book.style("cell", **looks))
        heights.append(pillar_height(len(pillars), title, _comment(book, sheet, review, row, number, looks)))
        sheet.set_row(row, heights[-1])
    if named < len(pillars):
        heights.append(least_height(len(pillars)))
        sheet.set_row(FIRST_PILLAR + named, heights[-1])
    return heights


def _further_pillars(book: Book, sheet: Worksheet, review: Review, last: int) -> int:
    """The pillars for which the screen has no row, below its row `last`, with the way to them; returns the last row."""
    content = review.content
    pillars, named = content.framework.pillars, named_pillars(len(content.framework.pillars))
    if named == len(pillars):
        return last

    def put_pillar(row: int, position: int) -> None:
        _row_of_counts(book, sheet, content, row, named + position, FURTHER_LOOKS)
        put_text(sheet, row, 0, pillars[named + position].title, book.style("cell", **FURTHER_LOOKS))
        _comment(book, sheet, review, row, named + position, FURTHER_LOOKS)

    _other_pillars(book, sheet, content, FIRST_PILLAR + named, last + 2)
    heights = [further_height(one.title, _commented(review, one)) for one in pillars[named:]]
    return write_further_pages(book, sheet, last + 2, CARD_TITLES, heights, put_pillar)


def _other_pillars(book: Book, sheet: Worksheet, content: MasterContent, row: int, below: int) -> None:
    """All pillars for which the screen has no row, added up in `row`; the way to them, from the row `below` on."""
    pillars = content.framework.pillars
    count, first = len(pillars), named_pillars(len(pillars))
    values = totals(content, pillars[first:])
    cell = pillar_looks(count)
    put_link(sheet, row, 0, others_in(count), (sheet.get_name(), below), book.style("cell", **cell, font_color=LINK))
    for column, group in enumerate(GROUPS, start=FIRST_CARD):
        start, end = (counts_cell(number, group.title, count) for number in (first, count - 1))
        formula = f"=SUM({start}:{end.rpartition('!')[2]})"
        style = book.style("cell", num_format=COUNTED, align="center", **cell)
        put_formula(sheet, row, column, formula, values[group.title], style)
    share = book.style("cell", num_format=WHOLE, align="center", **cell)
    put_formula(sheet, row, LAST_COUNT, completeness_formula(first, count - 1), values[COMPLETENESS], share)
    put(sheet, row, WORDS, None, book.style("cell"))


def _row_of_counts(
    book: Book, sheet: Worksheet, content: MasterContent, row: int, number: int | None, looks: Mapping[str, Any]
) -> None:
    """The counts of all indicators, in large type (`number` None), or those of one pillar with these `looks`."""
    pillars = content.framework.pillars
    values = totals(content, None if number is None else pillars[number : number + 1])
    cell = {"valign": "vcenter", **looks}
    if number is None:
        known = Counted(counts_cell(None, "Indicateurs", len(pillars)), int(values["Indicateurs"] or 0))
        label = by_count(known, "Aucun indicateur", "Ensemble : 1 indicateur", "Ensemble : {} indicateurs")
        put_formula(sheet, row, 0, label.formula, label.text, book.style("group", **cell, font_size=12))
    for column, group in enumerate(GROUPS, start=FIRST_CARD):
        counted: dict[str, Any] = {"num_format": COUNTED, "align": "center", **cell}
        if number is None:
            counted |= {"font_size": 17, "bold": True, "font_color": group.look[0], "bg_color": group.look[1]}
        formula = f"={counts_cell(number, group.title, len(pillars))}"
        put_formula(sheet, row, column, formula, values[group.title], book.style("cell", **counted))
    share = {"num_format": WHOLE, "align": "center", **cell, **({"bold": True} if number is None else {})}
    formula = f"={counts_cell(number, COMPLETENESS, len(pillars))}"
    put_formula(sheet, row, LAST_COUNT, formula, values[COMPLETENESS], book.style("cell", **share))
    put(sheet, row, WORDS, None, book.style("group" if number is None else "cell"))


def _comment(book: Book, sheet: Worksheet, review: Review, row: int, number: int, looks: Mapping[str, Any]) -> str:
    """Write the comment on a pillar, from *Bilan*, beside counts with these `looks`; returns it."""
    pillar = review.content.framework.pillars[number]
    said = _commented(review, pillar)
    cell = f'INDEX({review.area("commentaire")},MATCH("{pillar.code}",{review.area("code")},0))'
    style = book.style("cell", text_wrap=True, valign="vcenter", font_size=min(9, looks.get("font_size", 9)))
    put_formula(sheet, row, WORDS, f'=IFERROR(IF({cell}="","",{cell}),"")', said, style)
    return said


def _commented(review: Review, pillar: Pillar) -> str:
    """What the coordination says of a pillar."""
    return str(review.comment(next(one for one in review.rows if one.line is None and one.pillar == pillar))[1] or "")
