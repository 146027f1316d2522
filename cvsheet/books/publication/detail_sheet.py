"""*Synthèse détaillée* as published: how many indicators stand where, by pillar and by priority, on one page."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put, put_text
from cvsheet.books.kit.charts import FIRST_COUNT, GROUPS, PUBLIC_GROUPS, add_bars, add_ring
from cvsheet.books.kit.detail_page import (
    COUNTED,
    LABELS_ROW,
    TABLE_ROW,
    leave_room,
    priorities_of,
    set_up,
    write_count_titles,
    write_label,
)
from cvsheet.books.publication.content import PublicationContent
from cvsheet.figures.progress import schedule
from cvsheet.model.framework import Line
from cvsheet.text.french import french_date, french_part, typeset

CHART_ROWS = 16  # rows that the charts cover
BARS, RING = (890, 420), (430, 420)  # width and height in pixels
TITLES = ("", "Indicateurs", *(group.title for group in PUBLIC_GROUPS))


def write_detail_sheet(book: Book, sheet: Worksheet, content: PublicationContent) -> None:
    """Fill the sheet: titles, a table and charts by pillar, a table by priority, the source."""
    pillars = content.framework.pillars
    own = {one.code: [line for line in content.headlines if line.measure.pillar == one.code] for one in pillars}
    by_pillar = [(one.title, own[one.code]) for one in pillars]
    set_up(book, sheet, content.framework, content.campaign, _facts(content), len(TITLES) - 1)
    row = _table(book, sheet, content, TABLE_ROW, "Par pilier", by_pillar)
    leave_room(sheet, row, CHART_ROWS)
    if pillars:
        _ring_labels(book, sheet, content)
        counted = (TABLE_ROW + 1, TABLE_ROW + len(pillars))
        add_bars(book, sheet, row, counted, BARS)
        add_ring(book, sheet, (row, 0), counted, RING, left=BARS[0] + 12, labels=LABELS_ROW)
    by_priority = [
        (label, [one for one in own[pillar.code] if one.measure.priority == priority.code])
        for label, pillar, priority in priorities_of(content.framework)
    ]
    row = _table(book, sheet, content, row + CHART_ROWS, "Par priorité", by_priority)
    put_text(sheet, row + 1, 0, typeset(source_of(content)), book.style("subtitle", font_size=10))


def source_of(content: PublicationContent) -> str:
    """Source and licence, as the contract names them."""
    contract = content.framework.contract
    parts = [
        f"Source : {contract.source}." if contract.source else "",
        f"{contract.licence}." if contract.licence else "",
    ]
    return " ".join(part for part in parts if part)


def facts_of(content: PublicationContent) -> str:
    """The campaign, and how much of the contract is gone."""
    judged, when = content.campaign, schedule(content.framework, content.campaign.code)
    territory = f"{content.framework.contract.territory} · " if content.framework.contract.territory else ""
    return (
        f"{territory}{judged.title} · situation au {french_date(judged.end)} · durée écoulée : "
        f"{french_part(when.elapsed)} (jusqu’au {french_date(when.end)})"
    )


def _facts(content: PublicationContent) -> tuple[str, ...]:
    contract, when = content.framework.contract, schedule(content.framework, content.campaign.code)
    return (
        f"Territoire : {contract.territory}." if contract.territory else "",
        f"Durée du contrat écoulée : {french_part(when.elapsed)} (du {french_date(when.start)} au "
        f"{french_date(when.end)}).",
        "Les petits effectifs sont masqués (ns) : voir la feuille « Lecture ».",
    )


def _ring_labels(book: Book, sheet: Worksheet, content: PublicationContent) -> None:
    """The sign and count of each group, for the ring; nothing of an empty one."""
    counts = [*counts_of(content, content.headlines).values()][1:-1]
    for column, (group, count) in enumerate(zip(GROUPS, counts, strict=True), start=FIRST_COUNT):
        put(sheet, LABELS_ROW, column, f"{group.sign} {count}" if count else None, book.style("small", align="center"))


def _table(
    book: Book,
    sheet: Worksheet,
    content: PublicationContent,
    row: int,
    title: str,
    rows: Sequence[tuple[str, Sequence[Line]]],
) -> int:
    """A table of counts, one line per pillar or priority and a total; returns the row after it."""
    write_count_titles(book, sheet, row, (title, TITLES[1]), PUBLIC_GROUPS)
    everything = [line for _, lines in rows for line in lines]
    for number, (label, lines) in enumerate((*rows, ("Ensemble", everything)), start=row + 1):
        style = "group" if number == row + 1 + len(rows) else "cell"
        write_label(book, sheet, number, label, style)
        counted = book.style(style, align="center", valign="vcenter", num_format=COUNTED)
        for column, count in enumerate(counts_of(content, lines).values(), start=1):
            put(sheet, number, column, count, counted)
    return row + len(rows) + 2


def counts_of(content: PublicationContent, lines: Sequence[Line]) -> dict[str, int]:
    """Indicators, those of each group of situations, those whose situation is secret: by title."""
    found = [content.followed[line.code].situation for line in lines]
    groups = (sum(word in group.situations for word in found) for group in PUBLIC_GROUPS)
    return dict(zip(TITLES[1:], (len(lines), *groups), strict=True))
