"""The layout of *Synthèse détaillée*, in master and publication: titles, facts, tables of counts. One page of
paper, several where its letters would be too small."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put_text
from cvsheet.books.kit.charts import SituationGroup
from cvsheet.books.kit.heights import row_height
from cvsheet.model.framework import Campaign, Framework, Pillar, Priority
from cvsheet.text.french import french_date, typeset

LABEL_WIDTH, COUNT_WIDTH = 60, 11.5
FACTS_ROW, LABELS_ROW, TABLE_ROW = 3, 7, 8  # LABELS_ROW: what the ring says of each group
CHART_ROW_HEIGHT = 20.0
MOST_ON_A_PAGE = 18  # pillars and priorities: more of them on one page are smaller than what the width asks for
COUNTED = '0;-0;"–"'  # a dash is calmer than a zero


def set_up(
    book: Book, sheet: Worksheet, framework: Framework, campaign: Campaign, facts: Sequence[str], columns: int
) -> None:
    """Widths of the labels and of so many `columns`, paper; the contract, the campaign and the `facts` about them."""
    sheet.set_column(0, 0, LABEL_WIDTH)
    sheet.set_column(1, columns, COUNT_WIDTH)
    on_one_page = len(framework.pillars) + len(framework.priorities) <= MOST_ON_A_PAGE
    sheet.fit_to_pages(1, int(on_one_page))  # 0: as many as it takes
    sheet.center_horizontally()
    sheet.set_row(0, 34)
    subtitle = f"{campaign.title} · situation au {french_date(campaign.end)}"
    put_text(sheet, 0, 0, framework.contract.name, book.style("title", font_size=22))
    put_text(sheet, 1, 0, subtitle, book.style("subtitle", font_size=13))
    for row, text in enumerate(facts, start=FACTS_ROW):
        put_text(sheet, row, 0, typeset(text), book.style(font_size=11, text_wrap=True))
        sheet.set_row(row, max(24.0, row_height([(text, LABEL_WIDTH * 0.88)])))


def leave_room(sheet: Worksheet, first: int, rows: int) -> None:
    """So many `rows` from `first` on, which charts cover."""
    for row in range(first, first + rows):
        sheet.set_row(row, CHART_ROW_HEIGHT)


def priorities_of(framework: Framework) -> Iterator[tuple[str, Pillar, Priority]]:
    """Each priority under its pillar, with its label."""
    for pillar in framework.pillars:
        own = (one for one in framework.priorities if one.pillar == pillar.code)
        yield from ((f"{one.code} {one.title}", pillar, one) for one in own)


def write_count_titles(
    book: Book, sheet: Worksheet, row: int, titles: Sequence[str], groups: Sequence[SituationGroup], last: str = ""
) -> None:
    """The titles of a table of counts: of its labels and of all indicators, of the groups, of what stands `last`."""
    sheet.set_row(row, 32)
    headings = [*titles, *(group.heading for group in groups), *([last] if last else [])]
    looks = dict(enumerate((group.look for group in groups), start=len(titles)))
    for column, heading in enumerate(headings):
        colours = {"font_color": looks[column][0], "bg_color": looks[column][1]} if column in looks else {}
        align = "left" if column == 0 else "center"
        put_text(sheet, row, column, heading, book.style("header", align=align, valign="vcenter", **colours))


def write_label(book: Book, sheet: Worksheet, row: int, label: str, style: str = "cell") -> None:
    """What the counts of a row are of."""
    sheet.set_row(row, max(20.0, row_height([(label, LABEL_WIDTH)])))
    put_text(sheet, row, 0, label, book.style(style, text_wrap=True, valign="vcenter"))
