"""One pillar of the master: every line with baseline, target, values, progress and situation, as live formulas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cvsheet.consolidation.aggregation import Consolidated
from cvsheet.framework import Aggregation, Line, Pillar
from cvsheet.french import french_date
from cvsheet.submission import Quantity
from cvsheet.writing.book import Book, put, put_formula
from cvsheet.writing.master import formulas
from cvsheet.writing.master.content import FIRST_ROW, HEADER_ROW, MasterContent, Spread
from cvsheet.writing.master.tables import SITUATION_COLOURS, colour_words, height, number_format, start_table
from cvsheet.writing.style import MUTED

A3 = 8  # Excel's number for the paper: a pillar is wide, and is read as a poster
TOTAL_PAPER = "#EEF2F8"
CATEGORY_HEIGHT = 16.0
REPEATED = ("priorite", "objectif", "indicateur", "mesure", "unite", "principale", "sens", "agregation")
WITHOUT_VALUE = (Aggregation.TEXT, Aggregation.NONE)

Written = tuple[str, float | str | None]  # formula (empty: none) and value


@dataclass(frozen=True, slots=True)
class Row:
    """One line in its sheet, with the A1 names that its formulas need."""

    content: MasterContent
    line: Line
    sheet: str
    row: int

    def cell(self, name: str, campaign: str = "") -> str:
        return self.content.cell(self.row, name, campaign)

    @property
    def value_cell(self) -> str:
        """The value judged."""
        return self.cell("campagnes", self.content.campaign.code)

    @property
    def result(self) -> Consolidated:
        return self.content.consolidation.result(self.content.campaign.code, self.line.code)


def write_pillar_sheet(book: Book, content: MasterContent, pillar: Pillar) -> Worksheet:
    """The sheet of `pillar`: totals in bold, their categories grouped below them."""
    judged = content.campaign
    subtitle = f"{content.framework.contract.name} · {judged.title}, au {french_date(judged.end)}"
    sheet = start_table(book, content.sheet_of(pillar), content.spread, pillar.title, subtitle)
    sheet.set_paper(A3)
    lines = content.lines_of(pillar)
    for number, line in enumerate(lines, start=FIRST_ROW):
        row = Row(content, line, content.sheet_of(pillar), number)
        _set_height(sheet, row)
        for position, spread in enumerate(content.spread):
            formula, value = _cell(row, spread)
            style = _style(book, row, spread)
            if formula:
                put_formula(sheet, number, position, formula, value, style)
            else:
                put(sheet, number, position, value, style)
    if lines:
        last = FIRST_ROW + len(lines) - 1
        sheet.autofilter(HEADER_ROW, 0, last, len(content.spread) - 1)
        position = [spread.column.name for spread in content.spread].index("situation")
        colour_words(book, sheet, (FIRST_ROW, position, last, position), SITUATION_COLOURS)
    return sheet


def _set_height(sheet: Worksheet, row: Row) -> None:
    if row.line.category is not None:
        sheet.set_row(row.row, CATEGORY_HEIGHT, None, {"level": 1})
        return
    columns = [spread.column for spread in row.content.spread]
    texts = {**_texts(row), "texte": _remarks(row)}
    sheet.set_row(row.row, height(columns, texts))


def _cell(row: Row, spread: Spread) -> Written:
    name = spread.column.name
    texts = _texts(row)
    if name in texts:
        return "", texts[name]
    if name == "texte":
        return "", _remarks(row)
    if name in ("reference", "cible", "statut_reference", "statut_cible"):
        return _point(row, name)
    if name == "campagnes":
        return _value(row, spread.campaign)
    if name == "variation":
        return _variation(row)
    return _judged(row, name)


def _texts(row: Row) -> dict[str, str]:
    line, measure = row.line, row.line.measure
    headline = line.category is None and measure.code in row.content.headlines
    return {
        "code": line.code,
        "priorite": measure.priority,
        "objectif": measure.objective,
        "indicateur": measure.indicator_title,
        "mesure": measure.title,
        "ventilation": line.label,
        "unite": measure.unit,
        "principale": "oui" if headline else "",
        "sens": measure.direction.value,
        "agregation": measure.calculation.value if measure.calculation else measure.aggregation.value,
    }


def _point(row: Row, name: str) -> Written:
    """Baseline or target and its status: adopted ones as they stand, proposed ones as formulas over *Données*."""
    content, line = row.content, row.line
    baseline = name.endswith("reference")
    value, status = (content.consolidation.baseline if baseline else content.consolidation.target)(line.code)
    if name.startswith("statut"):
        return "", status
    if value is None or status in ("validée",) or _is_adopted(row, baseline=baseline):
        return "", value
    if line.measure.computed:
        return formulas.computed(content, line, row.sheet, name, None), value
    base = content.consolidation.baseline_campaign
    assert base is not None
    quantity = Quantity.BASELINE if baseline else Quantity.TARGET
    return formulas.aggregated(content, line, row.cell("code"), base.code, quantity), value


def _is_adopted(row: Row, *, baseline: bool) -> bool:
    known = row.content.framework.reference.get(row.line.code)
    return known is not None and (known.baseline if baseline else known.target) is not None


def _value(row: Row, campaign: str) -> Written:
    content, line = row.content, row.line
    value = content.consolidation.result(campaign, line.code).value
    if line.measure.computed:
        return formulas.computed(content, line, row.sheet, "campagnes", content.framework.campaign[campaign]), value
    if line.measure.aggregation in WITHOUT_VALUE or line.measure.is_text:
        return "", None
    return formulas.aggregated(content, line, row.cell("code"), campaign, Quantity.VALUE), value


def _variation(row: Row) -> Written:
    former = _campaign_before(row.content)
    if former is None or row.line.measure.is_text or row.value_cell == '""':
        return "", None
    points = row.line.measure.type == "pourcentage"
    formula = formulas.change(row.value_cell, row.cell("campagnes", former), points=points)
    now, then = row.result.value, row.content.consolidation.result(former, row.line.code).value
    if now is None or then is None or (not points and then == 0):
        return formula, None
    return formula, now - then if points else (now - then) / then


def _campaign_before(content: MasterContent) -> str | None:
    earlier = [campaign.code for campaign in content.campaigns if campaign.end < content.campaign.end]
    return earlier[-1] if earlier else None


def _judged(row: Row, name: str) -> Written:
    """Progress, expected value, situation, lag and coverage of the judged campaign."""
    if name == "couverture":
        return _coverage(row)
    line = row.line
    if line.measure.is_text or line.measure.aggregation in WITHOUT_VALUE:
        return _followed(row) if name == "situation" else ("", None)
    judgement = row.content.judgements[line.code]
    baseline, target, share = row.cell("reference"), row.cell("cible"), row.cell("progression")
    where = (row.value_cell, baseline, target, row.cell("sens"))
    return {
        "progression": (formulas.progress(*where), judgement.progress),
        "attendu": (formulas.expected(*where), judgement.expected),
        "retard": (formulas.lag(share, baseline, target), judgement.lag),
        "situation": (formulas.situation(*where, share), judgement.situation.value),
    }[name]


def _coverage(row: Row) -> Written:
    if row.line.measure.computed:
        return "", None
    formula = formulas.coverage(row.content, row.line, row.cell("code"), row.content.campaign.code)
    return formula, f"{row.result.answered}/{_expected(row)}"


def _followed(row: Row) -> Written:
    """The situation of a line without a consolidated value."""
    text, campaign = row.line.measure.is_text, row.content.campaign.code
    formula = formulas.situation_of_texts(row.content, row.cell("code"), campaign, text=text)
    return formula, "Suivi" if row.result.answered else "Non renseigné"


def _expected(row: Row) -> int:
    """Partners expected: those of the result, or all producers where nothing came in."""
    return row.result.expected or (0 if row.result.contributions else len(set(row.line.measure.producers)))


def _remarks(row: Row) -> str:
    """Texts of the partners, and what a reader of the value must know."""
    result, measure = row.result, row.line.measure
    remarks = [result.text] if result.text else []
    counted = [one for one in result.contributions if one.counts]
    if result.fallback:
        remarks.append(f"Source de repli : {counted[0].partner} (le premier producteur n’a pas répondu).")
    if result.conflict:
        weighted = measure.aggregation is Aggregation.WEIGHTED_MEAN
        remarks.append("Poids manquant : voir « Conflits »." if weighted else "Désaccord : voir « Conflits ».")
    if measure.aggregation is Aggregation.NONE and counted:
        remarks.append("Les réponses ne se consolident pas : voir « Contributions ».")
    return " ".join(remarks)


def _style(book: Book, row: Row, spread: Spread) -> Format:
    name, line = spread.column.name, row.line
    total = line.category is None
    looks: dict[str, Any] = {"text_wrap": spread.column.wrap and total}
    if name in ("reference", "cible", "campagnes", "attendu"):
        looks |= {"num_format": number_format(line.measure), "align": "right"}
    elif name == "variation":
        rate = line.measure.type == "pourcentage"
        looks |= {"num_format": '+0.0" pt";-0.0" pt";0" pt"' if rate else "+0%;-0%;0%", "align": "right"}
    elif name == "progression":
        looks |= {"num_format": "0%", "align": "right"}
    elif name == "retard":
        looks |= {"num_format": "0.0", "align": "right"}
    elif name == "couverture":
        looks["align"] = "center"
    if not total and name in REPEATED:
        looks["font_color"] = MUTED
    if name == "ventilation" and not total:
        looks["indent"] = 1
    if total:
        looks["bg_color"] = TOTAL_PAPER
    if total and (name in ("mesure", "situation") or spread.campaign == row.content.campaign.code):
        looks["bold"] = True
    return book.style("cell", **looks)
