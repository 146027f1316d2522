"""*Synthèse* as published, on one screen and one page: a sentence, every indicator counted once, those in trouble by
name.

Only what the pillar sheets publish stands here: masked figures stay masked, an indicator whose situation is secret is
counted as such and not named, and the order of the names is that of the contract, which tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put, put_text, shorten
from cvsheet.books.kit.charts import PUBLIC_GROUPS, SECRET
from cvsheet.books.kit.detail_page import COUNTED
from cvsheet.books.kit.first_page import (
    CARDS_ROW,
    CHANGE_ROW,
    DISTANCE,
    DOUBT,
    FACTS_ROW,
    FIRST_CARD,
    FIRST_PILLAR,
    FORMER,
    LIST_HEIGHT,
    LIST_TITLE_HEIGHT,
    LONGEST_LISTED,
    MOVES_ROW,
    NAME,
    PILOT,
    SENTENCE_ROW,
    SITUATION,
    TARGET,
    TITLE_ROW,
    TROUBLE,
    VALUE,
    WAITING_ROW,
    WATCHED,
    WELL,
    WORDS,
    Window,
    list_looks,
    named_pillars,
    others_in,
    pillar_height,
    pillar_looks,
    pillar_title,
    set_up,
    window_below,
    write_card_titles,
    write_list_titles,
)
from cvsheet.books.kit.further_pages import FURTHER_LOOKS, further_height, write_further_pages
from cvsheet.books.kit.style import PROGRESS
from cvsheet.books.kit.tables import LINK, change_format, never_rounded_up, number_format, put_link
from cvsheet.books.publication.cells import COLOURS, LEGEND, put_figure
from cvsheet.books.publication.content import PublicationContent
from cvsheet.books.publication.detail_sheet import counts_of, facts_of, source_of
from cvsheet.figures.changes import ChangeKind, is_rate
from cvsheet.figures.follow_up import FollowUp, Shown
from cvsheet.figures.overview import ADVANCE, DECLINE, LEVEL, TO_CONFIRM, Counted, compared, headline, move
from cvsheet.figures.pilots import pilots_of
from cvsheet.figures.progress import Situation
from cvsheet.model.framework import Campaign, CampaignType, Pillar
from cvsheet.text.french import french_count, french_date, typeset

LONGEST_PRIORITY = 80  # characters
CARD_TITLES = (SECRET.heading, "")
ORDER = (Situation.BACKWARDS, Situation.NOT_HELD, Situation.LATE)


def write_summary_sheet(book: Book, sheet: Worksheet, content: PublicationContent) -> None:
    """Fill the first sheet."""
    set_up(sheet)
    counts = counts_of(content, content.headlines)
    _heading(book, sheet, content, counts)
    pillars = content.framework.pillars
    write_card_titles(book, sheet, *CARD_TITLES)
    _row_of_counts(book, sheet, CARDS_ROW, "", counts, {})
    rows = list(_rows_of_pillars(pillars))
    heights = [pillar_height(len(pillars), label) for label, _ in rows]
    looks = pillar_looks(len(pillars))
    for number, (label, codes) in enumerate(rows):
        shown = pillar_title(len(pillars), label)
        _row_of_counts(book, sheet, FIRST_PILLAR + number, shown, _counts(content, codes), looks)
        sheet.set_row(FIRST_PILLAR + number, heights[number])
    trouble = in_trouble(content)
    window = window_below(sheet, heights, len(trouble))
    _list(book, sheet, content, window, trouble)
    sheet.print_area(0, 0, _further_pillars(book, sheet, content, window.first + 1 + window.rows), WORDS)


def _rows_of_pillars(pillars: Sequence[Pillar]) -> Iterator[tuple[str, set[str]]]:
    """The label of each row, and the codes of the pillars that it counts."""
    named = named_pillars(len(pillars))
    yield from ((pillar.title, {pillar.code}) for pillar in pillars[:named])
    if named < len(pillars):
        yield others_in(len(pillars)), {pillar.code for pillar in pillars[named:]}


def _further_pillars(book: Book, sheet: Worksheet, content: PublicationContent, last: int) -> int:
    """The pillars for which the screen has no row, below its row `last`, with the way to them; returns the last row."""
    pillars = content.framework.pillars
    named, others = named_pillars(len(pillars)), pillars[named_pillars(len(pillars)) :]
    if not others:
        return last

    def put_pillar(row: int, position: int) -> None:
        one = others[position]
        _row_of_counts(book, sheet, row, one.title, _counts(content, {one.code}), FURTHER_LOOKS)

    style = book.style("cell", **pillar_looks(len(pillars)), font_color=LINK)
    put_link(sheet, FIRST_PILLAR + named, 0, others_in(len(pillars)), (sheet.get_name(), last + 2), style)
    heights = [further_height(one.title) for one in others]
    return write_further_pages(book, sheet, last + 2, CARD_TITLES, heights, put_pillar)


def _counts(content: PublicationContent, pillars: Set[str]) -> dict[str, int]:
    """The counts of the indicators of these pillars, given by code."""
    return counts_of(content, [line for line in content.headlines if line.measure.pillar in pillars])


def in_trouble(content: PublicationContent) -> list[FollowUp]:
    """The indicators that are published as late or going backwards, in the order of the contract within each word."""
    found = [content.followed[line.code] for line in content.headlines]
    return [one for word in ORDER for one in found if one.situation == word]


def _heading(book: Book, sheet: Worksheet, content: PublicationContent, counts: Mapping[str, int]) -> None:
    judged = content.campaign
    put_text(sheet, TITLE_ROW, 0, content.framework.contract.name, book.style("title", font_size=16))
    put_text(sheet, FACTS_ROW, 0, typeset(facts_of(content)), book.style("subtitle"))
    well, watched, trouble = (_counted(counts, titles) for titles in (WELL, WATCHED, TROUBLE))
    everything = Counted("", counts["Indicateurs"])
    rest = Counted("", everything.number - well.number - watched.number - trouble.number)
    said = headline(french_date(judged.end), everything, well, watched, trouble, rest)
    put_text(sheet, SENTENCE_ROW, 0, said.text, book.style(font_size=14, bold=True))
    put_text(sheet, CHANGE_ROW, 0, _change(content), book.style(font_size=11))
    put_text(sheet, MOVES_ROW, 0, typeset(LEGEND), book.style(font_size=11))
    put_text(sheet, WAITING_ROW, 0, typeset(source_of(content)), book.style("subtitle", font_size=10))


def _counted(counts: Mapping[str, int], titles: tuple[str, ...]) -> Counted:
    return Counted("", sum(counts[title] for title in titles))


def _former(content: PublicationContent) -> Campaign | None:
    """The yearly campaign to compare with, where its values are published too."""
    judged = content.campaign
    before = content.consolidation.before(judged) if judged.type is CampaignType.YEARLY else None
    return before if before in content.campaigns else None


def _change(content: PublicationContent) -> str:
    former = _former(content)
    if former is None:
        return typeset("Pas d’année précédente à laquelle comparer.")
    words = []
    for line in content.headlines:
        then, now = content.value(former, line), content.followed[line.code].value
        numbers = (_number(now), _number(then))
        words.append(move(*numbers, line.measure.direction, doubt=False))
    moves = {word: Counted("", words.count(word)) for word in (ADVANCE, LEVEL, DECLINE, TO_CONFIRM)}
    return compared(former.code, moves, Counted("", words.count(""))).text


def _number(figure: Shown) -> float | None:
    """The figure where it is published as a number."""
    return figure if isinstance(figure, float | int) else None


def _row_of_counts(
    book: Book, sheet: Worksheet, row: int, label: str, counts: Mapping[str, int], looks: Mapping[str, Any]
) -> None:
    """The counts of a pillar with these `looks`; without a label, of all indicators in large type."""
    cell: dict[str, Any] = {"valign": "vcenter", **looks}
    large: dict[str, Any] = {} if label else {"font_size": 17, "bold": True}
    together = typeset(f"Ensemble : {french_count(counts['Indicateurs'], 'indicateur')}")
    name = book.style("cell", **cell) if label else book.style("group", **cell, font_size=12)
    put_text(sheet, row, 0, label or together, name)
    for column, group in enumerate(PUBLIC_GROUPS, start=FIRST_CARD):
        colours = {} if label else {"font_color": group.look[0], "bg_color": group.look[1]}
        style = book.style("cell", num_format=COUNTED, align="center", **cell, **large, **colours)
        put(sheet, row, column, counts[group.title], style)


def _list(book: Book, sheet: Worksheet, content: PublicationContent, window: Window, trouble: list[FollowUp]) -> None:
    found, former = len(trouble), _former(content)
    title = french_count(found, "indicateur en difficulté", "indicateurs en difficulté")
    more = f", dont {window.rows} ici (les autres : feuilles des piliers)" if found > window.rows else ""
    words = f"{title}{more}" if found else "Aucun indicateur n’est en retard ni en recul"
    sheet.set_row(window.first, LIST_TITLE_HEIGHT)
    put_text(sheet, window.first, 0, typeset(words), book.style(font_size=13, bold=True))
    titles = ("Indicateur", "Situation", former.code if former else "Avant", content.campaign.code, "Cible", "Écart",
              "Progression", "Qui pilote", None, None, "Priorité")  # fmt: skip
    write_list_titles(book, sheet, window.first + 1, titles)
    first, last = window.first + 2, window.first + 1 + window.rows
    never_rounded_up(book, sheet, (first, DOUBT, last, DOUBT))
    for number in range(window.rows):
        row = window.first + 2 + number
        sheet.set_row(row, LIST_HEIGHT)
        _row(book, sheet, content, row, trouble[number] if number < found else None)


def _row(book: Book, sheet: Worksheet, content: PublicationContent, row: int, one: FollowUp | None) -> None:
    for column in range(WORDS + 1):
        put(sheet, row, column, None, book.style("cell", **list_looks(column)))
    if one is None:
        return
    measure, former = one.line.measure, _former(content)
    priorities = {one.code: shorten(one.title, LONGEST_PRIORITY) for one in content.framework.priorities}
    texts = {
        NAME: shorten(measure.title, LONGEST_LISTED),
        PILOT: pilots_of(content.framework, measure),
        WORDS: priorities.get(measure.priority),
    }
    for column, text in texts.items():
        put(sheet, row, column, text, book.style("cell", **list_looks(column)))
    ink, paper = COLOURS[one.situation]
    put(
        sheet,
        row,
        SITUATION,
        one.situation,
        book.style("cell", **list_looks(SITUATION), font_color=ink, bg_color=paper),
    )
    plain = {**list_looks(VALUE), "num_format": number_format(measure)}
    before = content.value(former, one.line) if former else None
    for column, figure in ((FORMER, before), (VALUE, one.value), (TARGET, one.target)):
        put_figure(book, sheet, (row, column), figure, {**plain, "bold": column == VALUE})
    put_figure(book, sheet, (row, DOUBT), one.progress, {**list_looks(DOUBT), "num_format": PROGRESS})
    value, target = _number(one.value), _number(one.target)
    kind = ChangeKind.POINTS if is_rate(measure) else ChangeKind.DIFFERENCE
    gap = None if value is None or target is None else value - target
    put_figure(book, sheet, (row, DISTANCE), gap, {**list_looks(DISTANCE), "num_format": change_format(measure, kind)})
