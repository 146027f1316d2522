"""What stands in each cell of a pillar sheet: the formula, and the value that it yields."""

from __future__ import annotations

from dataclasses import dataclass

from cvsheet.consolidation.aggregation import Consolidated
from cvsheet.framework import Aggregation, CampaignType, Line
from cvsheet.french import typeset
from cvsheet.submission import Quantity
from cvsheet.writing.book import TEXT_LIMIT, shorten
from cvsheet.writing.master import formulas
from cvsheet.writing.master.content import MasterContent, Spread

LONGEST_TEXTS = TEXT_LIMIT - 1_000  # of several partners side by side: the remarks below need room
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
        return self.cell("retenu")

    @property
    def result(self) -> Consolidated:
        content = self.content
        return content.consolidation.result(content.campaign.code, self.line.code, content.quantity)

    @property
    def opens_indicator(self) -> bool:
        """Whether it is the first line of its indicator, where the indicator's text stands in full."""
        return self.content.opens_indicator(self.line)


def cell_of(row: Row, spread: Spread) -> Written:
    """What stands in the column `spread` of `row`: a formula with its value, or a value alone."""
    name = spread.column.name
    texts = texts_of(row)
    if name in texts:
        return "", texts[name]
    if name == "campagnes":
        return _value(row, spread.campaign)
    if name in ("reference", "cible", "statut_reference", "statut_cible"):
        return _point(row, name)
    if name in ("retenu", "variation"):
        return _retained(row) if name == "retenu" else _variation(row)
    return _judged(row, name)


def texts_of(row: Row) -> dict[str, str]:
    """The columns that are plain text."""
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
        "texte": _remarks(row),
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


def _retained(row: Row) -> Written:
    """The value judged: that of the campaign; of a `référence` campaign, the baseline that it brought."""
    content, line, value = row.content, row.line, row.result.value
    if line.measure.is_text or line.measure.aggregation in WITHOUT_VALUE:
        return "", None
    if content.campaign.type is CampaignType.YEARLY:
        return formulas.same(row.cell("campagnes", content.campaign.code)), value
    if line.measure.computed:
        return formulas.computed(content, line, row.sheet, "reference", None), value
    return formulas.aggregated(content, line, row.cell("code"), content.campaign.code, content.quantity), value


def _variation(row: Row) -> Written:
    former = _campaign_before(row.content)
    if former is None or row.line.measure.is_text or row.line.measure.aggregation in WITHOUT_VALUE:
        return "", None
    points = row.line.measure.type == "pourcentage"
    formula = formulas.change(row.value_cell, row.cell("campagnes", former), points=points)
    now, then = row.result.value, row.content.consolidation.result(former, row.line.code).value
    if now is None or then is None or (not points and then == 0):
        return formula, None
    return formula, now - then if points else (now - then) / then


def _campaign_before(content: MasterContent) -> str | None:
    """The yearly campaign before the one judged; None where that one brings baselines."""
    earlier = [campaign.code for campaign in content.campaigns if campaign.end < content.campaign.end]
    return earlier[-1] if earlier and content.campaign.type is CampaignType.YEARLY else None


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
    formula = formulas.coverage(row.content, row.line, row.cell("code"))
    return formula, f"{row.result.answered}/{_expected(row)}"


def _followed(row: Row) -> Written:
    """The situation of a line without a consolidated value."""
    formula = formulas.situation_of_texts(formulas.answered(row.content, row.line, row.cell("code")))
    return formula, "Suivi" if row.result.answered else "Non renseigné"


def _expected(row: Row) -> int:
    """Partners expected: those of the result, or all producers where nothing came in."""
    return row.result.expected or (0 if row.result.contributions else len(set(row.line.measure.producers)))


def _remarks(row: Row) -> str:
    """Texts of the partners, and what a reader of the value must know."""
    result, measure = row.result, row.line.measure
    remarks = [shorten(result.text, LONGEST_TEXTS)] if result.text else []  # whole in « Données »
    counted = [one for one in result.contributions if one.counts]
    if result.fallback:
        remarks.append(f"Source de repli : {counted[0].partner} (le premier producteur n’a pas répondu).")
    if measure.aggregation is Aggregation.WEIGHTED_MEAN and result.conflict:
        remarks.append("Poids manquant : voir « Conflits ».")
    if (row.content.campaign.code, row.line.code) in row.content.disputed:
        remarks.append("Désaccord : voir « Conflits ».")
    if measure.aggregation is Aggregation.NONE and counted:
        remarks.append("Les réponses ne se consolident pas : voir « Contributions ».")
    return typeset(" ".join(remarks))
