"""*Synthèse*: one page for the steering committee, with counts that are formulas over the pillar sheets."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from cvsheet.cells import cell_name
from cvsheet.consolidation.progress import Situation
from cvsheet.findings import Severity
from cvsheet.framework import Line, Pillar
from cvsheet.french import french_count, french_date, french_percent
from cvsheet.writing.book import Book, put, put_formula, put_text
from cvsheet.writing.heights import row_height
from cvsheet.writing.master.content import FIRST_ROW, MasterContent, quoted
from cvsheet.writing.style import FAIR, GOOD, INK, NEUTRAL, POOR

NAME = "Synthèse"
LABEL_WIDTH, COUNT_WIDTH = 62, 11.5
GROUPS: tuple[tuple[str, tuple[Situation, ...], tuple[str, str], str], ...] = (
    ("Atteinte", (Situation.REACHED, Situation.HELD), GOOD, "#2E7D32"),
    ("En bonne voie", (Situation.ON_TRACK,), GOOD, "#81B784"),
    ("Trop tôt", (Situation.TOO_EARLY,), NEUTRAL, "#B8C0CC"),
    ("À surveiller", (Situation.TO_WATCH,), FAIR, "#E0A030"),
    ("En retard", (Situation.LATE,), POOR, "#D1605A"),
    ("En recul", (Situation.BACKWARDS, Situation.NOT_HELD), POOR, "#8E1B1B"),
    ("Suivi", (Situation.WATCHED,), NEUTRAL, "#6F86A6"),
    (
        "Non mesurable",
        (Situation.NOT_FILLED, Situation.NO_BASELINE, Situation.NO_TARGET, Situation.WRONG_TARGET),
        NEUTRAL,
        "#DDE1E8",
    ),
)
"""Heading, situations counted, colours of the heading, colour in the chart."""

TITLES = ("", "Indicateurs", *(group[0] for group in GROUPS), "Complétude")
TABLE_ROW = 7


def write_summary_sheet(book: Book, sheet: Worksheet, content: MasterContent) -> None:
    """Fill the first sheet; the pillar sheets must be planned already, not written."""
    sheet.set_column(0, 0, LABEL_WIDTH)
    sheet.set_column(1, len(TITLES) - 1, COUNT_WIDTH)
    sheet.fit_to_pages(1, 1)
    _heading(book, sheet, content)
    pillars = content.framework.pillars
    row = _table(book, sheet, content, TABLE_ROW, "Par pilier", [(p.title, p, "") for p in pillars])
    _chart(book, sheet, row + 1, len(pillars))
    row += 18
    priorities = [
        (f"{priority.code} {priority.title}", pillar, priority.code)
        for pillar in pillars
        for priority in content.framework.priorities
        if priority.pillar == pillar.code
    ]
    _table(book, sheet, content, row, "Par priorité", priorities)


def _heading(book: Book, sheet: Worksheet, content: MasterContent) -> None:
    contract, judged = content.framework.contract, content.campaign
    sheet.set_row(0, 32)
    put_text(sheet, 0, 0, contract.name, book.style("title", font_size=22))
    put_text(
        sheet, 1, 0, f"{judged.title} · situation au {french_date(judged.end)}", book.style("subtitle", font_size=13)
    )
    received = sum(bool(row.file) for row in content.receptions)
    errors = content.assessment.count(Severity.ERROR)
    facts = (
        f"Durée du contrat écoulée : {french_percent(100 * content.schedule.elapsed, 0)} "
        f"(du {french_date(content.schedule.start)} au {french_date(content.schedule.end)}).",
        f"Retours : {received} partenaires sur {len(content.receptions)} pour {judged.code}.",
        f"À décider : {french_count(errors, 'erreur')} à corriger, voir « Anomalies » et « Conflits ».",
    )
    for row, text in enumerate(facts, start=3):
        put_text(sheet, row, 0, text, book.style(font_size=11))


def _table(
    book: Book,
    sheet: Worksheet,
    content: MasterContent,
    row: int,
    title: str,
    lines: Sequence[tuple[str, Pillar, str]],
) -> int:
    """A table of counts, one line per pillar or priority and a total; returns the row after it."""
    sheet.set_row(row, 32)
    colours = [None, None, *(group[2] for group in GROUPS), None]
    for column, (heading, colour) in enumerate(zip((title, *TITLES[1:]), colours, strict=True)):
        looks = {"bg_color": colour[1], "font_color": colour[0]} if colour else {}
        align = "left" if column == 0 else "center"
        put_text(sheet, row, column, heading, book.style("header", align=align, valign="vcenter", **looks))
    first = row + 1
    for number, (label, pillar, priority) in enumerate(lines, start=first):
        sheet.set_row(number, row_height([(label, LABEL_WIDTH)]))
        put_text(sheet, number, 0, label, book.style("cell", text_wrap=True, valign="vcenter"))
        _count_row(book, sheet, content, number, pillar, priority)
    _total_row(book, sheet, content, first, first + len(lines) - 1)
    return first + len(lines) + 1


def _count_row(book: Book, sheet: Worksheet, content: MasterContent, row: int, pillar: Pillar, priority: str) -> None:
    style = book.style("cell", align="center", valign="vcenter")
    lines = [line for line in content.lines_of(pillar) if priority in ("", line.measure.priority)]
    headlines = [line for line in lines if line.category is None and line.measure.code in content.headlines]
    area = {name: _area(content, pillar, name) for name in ("priorite", "principale", "situation")}
    chosen = f'{area["principale"]},"oui"' + (f',{area["priorite"]},"{priority}"' if priority else "")
    put_formula(sheet, row, 1, f"=COUNTIFS({chosen})", len(headlines), style)
    for column, (_, situations, _, _) in enumerate(GROUPS, start=2):
        formula = "+".join(f'COUNTIFS({chosen},{area["situation"]},"{word.value}")' for word in situations)
        put_formula(sheet, row, column, f"={formula}", _count(content, headlines, situations), style)
    within = f',{area["priorite"]},"{priority}"' if priority else ""
    everything = f'COUNTIFS({area["situation"]},"<>"{within})'
    missing = f'COUNTIFS({area["situation"]},"{Situation.NOT_FILLED.value}"{within})'
    share = book.style("cell", align="center", valign="vcenter", num_format="0%")
    column = 2 + len(GROUPS)
    put_formula(
        sheet, row, column, f'=IF({everything}=0,"",1-{missing}/{everything})', _completeness(content, lines), share
    )


def _total_row(book: Book, sheet: Worksheet, content: MasterContent, first: int, last: int) -> None:
    row = last + 1
    put_text(sheet, row, 0, "Ensemble", book.style("group", valign="vcenter"))
    headlines = [
        line
        for line in content.framework.line.values()
        if line.category is None and line.measure.code in content.headlines
    ]
    values = [len(headlines), *(_count(content, headlines, group[1]) for group in GROUPS)]
    for column, value in enumerate(values, start=1):
        area = f"{cell_name(first + 1, column + 1)}:{cell_name(last + 1, column + 1)}"
        put_formula(sheet, row, column, f"=SUM({area})", value, book.style("group", align="center", valign="vcenter"))
    put(sheet, row, len(values) + 1, None, book.style("group"))


def _chart(book: Book, sheet: Worksheet, row: int, count: int) -> None:
    """Stacked bars, one per pillar, in the order of the table."""
    chart = book.workbook.add_chart({"type": "bar", "subtype": "stacked"})
    first, last = TABLE_ROW + 1, TABLE_ROW + count
    for column, (heading, _, _, colour) in enumerate(GROUPS, start=2):
        chart.add_series(
            {
                "name": heading,
                "categories": [NAME, first, 0, last, 0],
                "values": [NAME, first, column, last, column],
                "fill": {"color": colour},
                "gap": 60,
            }
        )
    chart.set_title({"name": "Situation des indicateurs par pilier", "name_font": {"size": 13, "color": INK}})
    chart.set_legend({"position": "bottom"})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 10}})
    chart.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": "#DDE1E8"}}, "num_format": "0"})
    chart.set_size({"width": 1080, "height": 320})
    description = (
        "Barres empilées : nombre d’indicateurs par situation, pour chaque pilier (chiffres du tableau ci-dessus)."
    )
    sheet.insert_chart(row, 0, chart, {"description": description, "object_position": 1})


def _area(content: MasterContent, pillar: Pillar, name: str) -> str:
    count = max(1, len(content.lines_of(pillar)))
    letters = content.cell(0, name).rstrip("1")
    return f"{quoted(content.sheet_of(pillar))}!${letters}${FIRST_ROW + 1}:${letters}${FIRST_ROW + count}"


def _count(content: MasterContent, lines: Sequence[Line], situations: Sequence[Situation]) -> int:
    return sum(shown_situation(content, line) in situations for line in lines)


def shown_situation(content: MasterContent, line: Line) -> Situation:
    """The situation in the pillar sheet: lines without a consolidated value are followed where somebody answered."""
    if line.measure.is_text or line.measure.aggregation.value in ("texte", "aucune"):
        answered = content.consolidation.result(content.campaign.code, line.code, content.quantity).answered
        return Situation.WATCHED if answered else Situation.NOT_FILLED
    return content.judgements[line.code].situation


def _completeness(content: MasterContent, lines: Sequence[Line]) -> float | None:
    if not lines:
        return None
    missing = sum(shown_situation(content, line) is Situation.NOT_FILLED for line in lines)
    return 1 - missing / len(lines)
