"""*Synthèse détaillée*: counts by pillar and priority as formulas over the pillar sheets, charts, what waits."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put_formula, put_text
from cvsheet.books.kit.charts import DETAIL_SHEET, FIRST_COUNT, GROUPS, add_bars, add_ring
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
from cvsheet.books.kit.style import WHOLE
from cvsheet.books.kit.tables import FIRST_ROW
from cvsheet.books.master.content import MasterContent
from cvsheet.books.master.writing.summary_actions import write_actions_by_pillar
from cvsheet.books.master.writing.summary_lists import COLUMN, set_up_lists, write_moves, write_waiting
from cvsheet.figures.follow_up import SECRET_SITUATION
from cvsheet.figures.progress import Situation
from cvsheet.files.addresses import cell_name, quoted
from cvsheet.model.framework import Line, Pillar
from cvsheet.model.submission import Quantity
from cvsheet.text.french import french_count, french_date, french_number, french_part

CHART_ROWS = 13  # rows that the charts cover
LISTS_BELOW = 1  # rows between the first table and the list beside the bars
WITHOUT_FIGURE = (Situation.NOT_FILLED.value, SECRET_SITUATION)
COMPLETENESS = "Complétude"
ASKED, MISSING = COLUMN + 5, COLUMN + 6  # hidden columns: lines that are asked for, those that are not filled
TITLES = ("", "Indicateurs", *(group.title for group in GROUPS), COMPLETENESS)


def write_detail_sheet(book: Book, sheet: Worksheet, content: MasterContent, last_action: int, orphans: int) -> None:
    """Fill the sheet: tables and bars on the left, the ring and lists on the right, on one landscape page.

    `last_action` is the last row of *Actions*, counted from 0; `orphans` notes of the coordination have lost their row.
    """
    set_up(book, sheet, content.framework, content.campaign, _facts(content), len(TITLES) - 1)
    set_up_lists(sheet)
    sheet.set_column(ASKED, MISSING, None, None, {"hidden": True})
    pillars = content.framework.pillars
    after = _table(book, sheet, content, TABLE_ROW, "Par pilier", [(p.title, p, "") for p in pillars])
    leave_room(sheet, after, CHART_ROWS)
    counted = (TABLE_ROW + 1, TABLE_ROW + len(pillars))
    add_bars(book, sheet, after, counted)
    _ring_labels(book, sheet, content, after - 1)
    add_ring(book, sheet, (1, COLUMN), counted, labels=LABELS_ROW)
    write_waiting(book, sheet, content, orphans, after + LISTS_BELOW)
    priorities = [(label, pillar, priority.code) for label, pillar, priority in priorities_of(content.framework)]
    below = _table(book, sheet, content, after + CHART_ROWS, "Par priorité", priorities)
    write_moves(book, sheet, content, after + CHART_ROWS)
    if content.framework.actions:
        write_actions_by_pillar(book, sheet, content, below + 1, last_action)


def counts_cell(pillar: int | None, title: str, pillars: int) -> str:
    """Where the count under `title` of the pillar numbered `pillar` stands, of several `pillars`; None is their sum."""
    row = TABLE_ROW + 1 + (pillars if pillar is None else pillar)
    return f"{quoted(DETAIL_SHEET)}!{cell_name(row + 1, TITLES.index(title) + 1)}"


def totals(content: MasterContent, pillars: Sequence[Pillar] | None = None) -> dict[str, float | None]:
    """What stands under each title, of some `pillars` or of all."""
    codes = {pillar.code for pillar in (content.framework.pillars if pillars is None else pillars)}
    lines = [line for line in content.framework.line.values() if pillars is None or line.measure.pillar in codes]
    headlines = _headlines(content, lines)
    counts = (_count(content, headlines, group.situations) for group in GROUPS)
    return dict(zip(TITLES[1:], (len(headlines), *counts, _completeness(content, lines)), strict=True))


def _facts(content: MasterContent) -> tuple[str, ...]:
    judged = content.campaign
    receptions = [row for row in content.receptions if row.campaign == judged.code]
    received = sum(bool(row.file) for row in receptions)
    asked = french_count(len(receptions), "partenaire sollicité", "partenaires sollicités")
    return (
        f"Durée du contrat écoulée : {french_part(content.schedule.elapsed)} "
        f"(du {french_date(content.schedule.start)} au {french_date(content.schedule.end)}).",
        f"Retours de la campagne {judged.code} : {french_number(received)} pour {asked}.",
        f"Indicateurs jugeables (référence et cible connues) : {french_number(_judged(content))} sur "
        f"{french_number(len(content.headline_lines))}.",
    )


def _judged(content: MasterContent) -> int:
    """How many indicators have a baseline and a target."""
    both = (Quantity.BASELINE, Quantity.TARGET)
    return sum(
        all(content.point(line.code, quantity).value is not None for quantity in both)
        for line in content.headline_lines
    )


def _ring_labels(book: Book, sheet: Worksheet, content: MasterContent, total_row: int) -> None:
    """The sign and count of each group, for the ring; nothing of an empty one."""
    values = totals(content)
    sheet.set_row(LABELS_ROW, None, None, {"hidden": True})
    for column, group in enumerate(GROUPS, start=FIRST_COUNT):
        cell, count = cell_name(total_row + 1, column + 1), values[group.title]
        text = f"{group.sign} {count}" if count else ""
        put_formula(sheet, LABELS_ROW, column, f'=IF({cell}=0,"","{group.sign} "&{cell})', text, book.style("small"))


def _table(
    book: Book,
    sheet: Worksheet,
    content: MasterContent,
    row: int,
    title: str,
    lines: Sequence[tuple[str, Pillar, str]],
) -> int:
    """A table of counts, one line per pillar or priority and a total; returns the row after it."""
    write_count_titles(book, sheet, row, (title, TITLES[1]), GROUPS, COMPLETENESS)
    first = row + 1
    for number, (label, pillar, priority) in enumerate(lines, start=first):
        write_label(book, sheet, number, label)
        _count_row(book, sheet, content, number, pillar, priority)
    _total_row(book, sheet, content, first, first + len(lines) - 1)
    return first + len(lines) + 1


def _count_row(book: Book, sheet: Worksheet, content: MasterContent, row: int, pillar: Pillar, priority: str) -> None:
    style = book.style("cell", align="center", valign="vcenter", num_format=COUNTED)
    lines = [line for line in content.framework.lines_of(pillar) if priority in ("", line.measure.priority)]
    headlines = _headlines(content, lines)
    area = {name: _area(content, pillar, name) for name in ("priorite", "principale", "situation")}
    chosen = f'{area["principale"]},"oui"' + (f',{area["priorite"]},"{priority}"' if priority else "")
    put_formula(sheet, row, 1, f"=COUNTIFS({chosen})", len(headlines), style)
    for column, group in enumerate(GROUPS, start=2):
        formula = "+".join(f'COUNTIFS({chosen},{area["situation"]},"{word}")' for word in group.situations)
        put_formula(sheet, row, column, f"={formula}", _count(content, headlines, group.situations), style)
    within = f',{area["priorite"]},"{priority}"' if priority else ""
    missing = "+".join(f'COUNTIFS({area["situation"]},"{word}"{within})' for word in WITHOUT_FIGURE)
    put_formula(sheet, row, ASKED, f'=COUNTIFS({area["situation"]},"<>"{within})', len(lines), style)
    put_formula(sheet, row, MISSING, f"={missing}", _count(content, lines, WITHOUT_FIGURE), style)
    share = book.style("cell", align="center", valign="vcenter", num_format=WHOLE)
    formula = _share(cell_name(row + 1, ASKED + 1), cell_name(row + 1, MISSING + 1))
    put_formula(sheet, row, len(TITLES) - 1, formula, _completeness(content, lines), share)


def _total_row(book: Book, sheet: Worksheet, content: MasterContent, first: int, last: int) -> None:
    row = last + 1
    style = book.style("group", align="center", valign="vcenter", num_format=COUNTED)
    put_text(sheet, row, 0, "Ensemble", book.style("group", valign="vcenter"))
    *values, completeness = totals(content).values()
    for column, value in enumerate(values, start=1):
        area = f"{cell_name(first + 1, column + 1)}:{cell_name(last + 1, column + 1)}"
        put_formula(sheet, row, column, f"=SUM({area})", value, style)
    share = book.style("group", align="center", valign="vcenter", num_format=WHOLE)
    put_formula(sheet, row, len(values) + 1, _share(*_sums(first, last)), completeness, share)


def completeness_formula(first: int, last: int) -> str:
    """The share of the lines that are filled, of the pillars numbered `first` to `last`."""
    return _share(*_sums(TABLE_ROW + 1 + first, TABLE_ROW + 1 + last, f"{quoted(DETAIL_SHEET)}!"))


def _sums(first: int, last: int, sheet: str = "") -> tuple[str, str]:
    """How many lines the rows `first` to `last` ask for, and how many of them are not filled."""
    areas = [f"{cell_name(first + 1, column + 1)}:{cell_name(last + 1, column + 1)}" for column in (ASKED, MISSING)]
    return f"SUM({sheet}{areas[0]})", f"SUM({sheet}{areas[1]})"


def _share(asked: str, missing: str) -> str:
    return f'=IF({asked}=0,"",1-{missing}/{asked})'


def _headlines(content: MasterContent, lines: Sequence[Line]) -> list[Line]:
    """The lines that stand for their indicator."""
    return [line for line in lines if line.category is None and line.measure.code in content.framework.headlines]


def _area(content: MasterContent, pillar: Pillar, name: str) -> str:
    count = max(1, len(content.framework.lines_of(pillar)))
    letters = content.cell(0, name).rstrip("1")
    return f"{quoted(content.sheet_of(pillar))}!${letters}${FIRST_ROW + 1}:${letters}${FIRST_ROW + count}"


def _count(content: MasterContent, lines: Sequence[Line], situations: Sequence[str]) -> int:
    return sum(content.shown_situation(line) in situations for line in lines)


def _completeness(content: MasterContent, lines: Sequence[Line]) -> float | None:
    if not lines:
        return None
    missing = sum(content.shown_situation(line) in WITHOUT_FIGURE for line in lines)
    return 1 - missing / len(lines)
