"""What stands in each cell of a pillar sheet: the formula, and the value that it yields."""

from __future__ import annotations

from collections.abc import Mapping

from cvsheet.books.kit.spreads import Spread
from cvsheet.books.master.content import DECISIONS_SHEET, MasterContent
from cvsheet.books.master.decision_doubts import doubts_of
from cvsheet.books.master.decisions import DECIDED, as_text, state_formula
from cvsheet.books.master.writing import formulas
from cvsheet.books.master.writing.pillar_remarks import remarks_of
from cvsheet.books.master.writing.pillar_row import SPREADSHEET_START, PillarRow
from cvsheet.figures.changes import SHARE, Change, change_of, variation
from cvsheet.figures.contributions import COVERAGE, FOLLOWED, KEPT_SECRET, RETAINED
from cvsheet.figures.follow_up import SECRET_SITUATION
from cvsheet.figures.points import Point
from cvsheet.figures.progress import ELAPSED, EXPECTED, LAG, PROGRESS, situation_formula
from cvsheet.model.data_rows import DataRows
from cvsheet.model.framework import CampaignType, Line
from cvsheet.model.submission import Quantity

Written = tuple[str, float | str | None]  # formula (empty: none) and value


def cell_of(row: PillarRow, spread: Spread, texts: Mapping[str, str]) -> Written:
    """What stands in the column `spread` of `row`, whose `texts_of` are given: a formula with its value, or a value
    alone."""
    name = spread.column.name
    if name in texts:
        return "", texts[name]
    if name == "campagnes":
        return _value(row, spread.campaign)
    if name in ("reference", "cible", "statut_reference", "statut_cible"):
        return _point(row, name)
    if name in ("date_reference", "part_ecoulee"):
        return _clock(row, name)
    made = {"calcule": _computed, "retenu": _retained, "variation": _variation}
    if name in made:
        return made[name](row)
    return _decision(row, name) if name in (*DECIDED, "decision") else _judged(row, name)


def texts_of(row: PillarRow) -> dict[str, str]:
    """The columns that are plain text."""
    line, measure = row.line, row.line.measure
    headline = line.category is None and measure.code in row.content.framework.headlines
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
        "texte": remarks_of(row),
        "tendance": "",
        "origine": row.content.answers_of(row.content.campaign.code, line.code),
    }


def _point(row: PillarRow, name: str) -> Written:
    """Baseline or target and its status: adopted ones as they stand, proposed ones as formulas over *Données*."""
    content, line = row.content, row.line
    quantity = Quantity.BASELINE if name.endswith("reference") else Quantity.TARGET
    known = content.point(line.code, quantity)
    if name.startswith("statut"):
        return "", known.status
    if _is_adopted(row, known):
        return "", known.value
    awaited = known.value is None and content.campaign.type is CampaignType.BASELINE
    proposed_now = awaited or known.campaign == content.campaign.code
    if quantity is Quantity.BASELINE and proposed_now and not line.measure.is_text:
        return formulas.same(row.value_cell), known.value
    if known.value is None:
        return "", None
    return formulas.point_expression(content, line, quantity, known, content.campaign.end, row.sheet), known.value


def _clock(row: PillarRow, name: str) -> Written:
    """When the way from this line's baseline to its target starts, and how much of the time is gone."""
    when = row.content.schedule_of(row.line.code)
    if name == "date_reference":
        return "", float((when.start - SPREADSHEET_START).days)
    return ELAPSED.formula(row.judged_by), when.elapsed


def _is_adopted(row: PillarRow, known: Point) -> bool:
    """Whether the point stands in the contract: of what is worked out, only the contract's own row says so."""
    return not known.campaign and known.value is not None and row.line.code in row.content.framework.reference


def _value(row: PillarRow, campaign: str) -> Written:
    """The retained value of a yearly campaign."""
    content = row.content
    value = content.consolidation.retained(campaign, row.line.code)
    if row.line.measure.is_text:
        return "", None
    if campaign == content.campaign.code:
        return formulas.same(row.value_cell), value
    return _with_arbitration(row, campaign, _of_answers(row, campaign)), value


def _of_answers(row: PillarRow, campaign: str) -> str:
    """The formula of what the answers of a yearly campaign yield; empty where they yield no value."""
    content, line = row.content, row.line
    if line.measure.computed:
        return formulas.computed(content, line, row.sheet, content.framework.campaign[campaign])
    return formulas.aggregated(content, line, row.cell("code"), campaign, Quantity.VALUE)


def _with_arbitration(row: PillarRow, campaign: str, formula: str) -> str:
    """`formula`, unless *Décisions* has a row for this line in `campaign`: then what is typed there comes first."""
    cell = row.content.arbitration_cell(campaign, row.line.code, seen_from=row.sheet)
    return RETAINED.formula(cell, formula) if cell else formula


def _computed(row: PillarRow) -> Written:
    """What the answers of the judged campaign yield; of a `référence` campaign, the baseline that they propose."""
    content, line = row.content, row.line
    value = content.result(line.code).value
    if line.measure.is_text:
        return "", None
    if content.campaign.type is CampaignType.YEARLY:
        return _of_answers(row, content.campaign.code), value
    if line.measure.computed:
        return _computed_baseline(row, value), value
    return formulas.aggregated(content, line, row.cell("code"), content.campaign.code, content.quantity), value


def _computed_baseline(row: PillarRow, value: float | None) -> str:
    """The share of the baselines known at the judged `référence` campaign."""
    if value is None:
        return ""
    content, at = row.content, row.content.campaign.end
    terms = formulas.terms(content, row.line)
    return SHARE.formula(*(formulas.point_at(content, term, Quantity.BASELINE, at, row.sheet) for term in terms))


def _decision(row: PillarRow, name: str) -> Written:
    """What belongs to the coordination: the arbitrated value, its motive, a comment, and what is to be said of it."""
    content, code = row.content, row.line.code
    arbitration = content.arbitration(content.campaign.code, code)
    if name != "decision":
        written = arbitration.written
        typed = written if isinstance(written, float | int | str) else as_text(written)
        return "", {"arbitre": typed, "motif": arbitration.motive, "note": arbitration.comment}[name]
    formula = state_formula(
        row.cell("arbitre"),
        row.cell("motif"),
        decision_cells(content, content.campaign.code, code),
        doubts_of(row.line),
        text_only=row.line.measure.is_text,
    )
    return formula, content.decision_state(content.campaign.code, code)


def decision_cells(content: MasterContent, campaign: str, line: str) -> dict[str, str] | None:
    """The cells of *Décisions* that say on which answers a decision was taken; None where it has no row there."""
    row = content.decided.get((campaign, line))
    if row is None:
        return None
    names = ("alors", "etabli", "origine")
    return {name: f"{DECISIONS_SHEET}!{content.decision_cell(row, name)}" for name in names}


def _retained(row: PillarRow) -> Written:
    """The value judged: arbitrated, else computed."""
    if row.line.measure.is_text:
        return "", None
    return RETAINED.formula(row.cell("arbitre"), row.cell("calcule")), row.content.retained(row.line.code)


def _variation(row: PillarRow) -> Written:
    """Against N-1: in points for rates, relative to a positive figure, else the difference."""
    former = campaign_before(row.content)
    if former is None or row.line.measure.is_text:
        return "", None
    formula = variation(row.line.measure).formula(row.value_cell, row.cell("campagnes", former))
    change = variation_of(row.content, row.line)
    return formula, None if change is None else change.amount


def variation_of(content: MasterContent, line: Line) -> Change | None:
    """The change of the retained value of `line` against N-1; None where one of the two is missing."""
    former = campaign_before(content)
    if former is None:
        return None
    now, then = content.retained(line.code), content.consolidation.retained(former, line.code)
    return None if now is None or then is None else change_of(line.measure, then, now)


def campaign_before(content: MasterContent) -> str | None:
    """The yearly campaign with answers that ends nearest to a year before the one judged; None where that one brings
    baselines."""
    before = content.consolidation.before(content.campaign) if content.campaign.type is CampaignType.YEARLY else None
    return before.code if before else None


def _judged(row: PillarRow, name: str) -> Written:
    """Progress, expected value, situation, lag and coverage of the judged campaign."""
    if name == "couverture":
        return _coverage(row)
    line = row.line
    if line.measure.is_text:
        return _followed(row) if name == "situation" else ("", None)
    judgement = row.content.judgements[line.code]
    cells = row.judged_by
    if name == "situation":
        formula = situation_formula(cells, _is_secret(row), SECRET_SITUATION)
        return (formula, row.content.shown_situation(line)) if _is_judged(row) else _followed(row, unless=formula)
    return {
        "progression": (PROGRESS.formula(cells), judgement.progress),
        "attendu": (EXPECTED.formula(cells), judgement.expected),
        "retard": (LAG.formula(cells), judgement.lag),
    }[name]


def _is_secret(row: PillarRow) -> str:
    """Whether a missing value is one that partners keep secret; what is worked out is nobody's answer."""
    return "FALSE" if row.line.measure.computed else KEPT_SECRET.formula(row.cell("arbitre"), _answers(row))


def _is_judged(row: PillarRow) -> bool:
    """Whether the answers yield a value; else only an arbitration does."""
    return row.line.measure.has_value


def _coverage(row: PillarRow) -> Written:
    measure = row.line.measure
    if measure.computed:
        return "", None
    return f"={COVERAGE.formula(_answers(row), measure)}", COVERAGE.value(row.result.contributions, measure)


def _answers(row: PillarRow) -> DataRows:
    """The answers of the judged campaign to the line of `row`."""
    content = row.content
    return formulas.rows_of(content, row.line, row.cell("code"), content.campaign.code, content.quantity)


def _followed(row: PillarRow, unless: str = "") -> Written:
    """The situation of a line whose answers yield no value; `unless` is its formula once one was arbitrated."""
    followed = FOLLOWED.formula(_answers(row), row.line.measure)
    formula = f"=IF(ISNUMBER({row.value_cell}),{unless[1:]},{followed})" if unless else f"={followed}"
    return formula, row.content.shown_situation(row.line)
