"""What stands beside a value in the master: where it is from, and what a reader of it must know."""

from __future__ import annotations

from cvsheet.books.kit.book import TEXT_LIMIT, shorten
from cvsheet.books.master.writing import formulas
from cvsheet.books.master.writing.pillar_row import PillarRow
from cvsheet.figures.changes import A_QUARTER, TINY, distance, years_before
from cvsheet.figures.points import newcomers
from cvsheet.model.framework import Calculation, CampaignType
from cvsheet.model.submission import Quantity
from cvsheet.text.french import french_date, french_list, french_number, typeset

LONGEST_TEXTS = TEXT_LIMIT - 1_000  # of several partners side by side: the remarks below need room


def _arbitrated(row: PillarRow) -> list[str]:
    """That the value was decided, in place of which one and why: what a reader of the printed sheet must know."""
    arbitration = row.content.arbitration(row.content.campaign.code, row.line.code)
    if not arbitration.decides:
        return []
    value = row.result.value
    instead = "" if value is None else f" (calculée : {french_number(value)})"
    return [f"Valeur arbitrée{instead}{f' : {arbitration.motive}' if arbitration.motive else '.'}"]


def _on_change(row: PillarRow) -> list[str]:
    """Why a yearly change is empty, or that it is not one of a year."""
    judged, (numerator, _) = row.content.campaign, formulas.terms(row.content, row.line)
    former = row.content.consolidation.former(numerator, judged) if judged.type is CampaignType.YEARLY else None
    if former is None or former.value is None:
        return []
    since = f"campagne {former.campaign.code}" if former.campaign else "référence"
    if former.value <= TINY:
        return [f"Pas d’évolution en % : la base ({since}) vaut {french_number(former.value)}."]
    baseline = row.content.consolidation.point(numerator, Quantity.BASELINE, judged.end)
    day = former.campaign.end if former.campaign else baseline.since
    if distance(day, years_before(judged.end)) > A_QUARTER:
        return [f"Évolution sur plus ou moins d’un an : depuis la {since}, au {french_date(day)}."]
    return []


def _on_share(row: PillarRow) -> list[str]:
    """Why a share of known numbers is empty."""
    quantity, campaign = row.content.quantity, row.content.campaign.code
    terms = formulas.terms(row.content, row.line)
    top, bottom = (row.content.consolidation.retained(campaign, code, quantity) for code in terms)
    if top is None or bottom is None or bottom > TINY:
        return []
    return [f"Pas de part : le dénominateur vaut {french_number(bottom)}."]


def _on_baseline(row: PillarRow) -> list[str]:
    """Whose numbers the baseline lacks."""
    campaign = row.content.campaign
    if campaign.type is not CampaignType.YEARLY:
        return []
    partners = newcomers(row.content.consolidation, campaign, row.line.code)
    return [f"Référence sans {french_list(list(partners))}, que la valeur compte."] if partners else []


def remarks_of(row: PillarRow) -> str:
    """Texts of the partners, and what a reader of the value must know."""
    result, measure = row.result, row.line.measure
    remarks = [shorten(result.text, LONGEST_TEXTS)] if result.text else []  # whole in « Données »
    remarks += _arbitrated(row)
    if result.fallback:
        remarks.append(f"Source de repli : {result.counted[0].partner} (le premier producteur n’a pas répondu).")
    if measure.method.weighed and result.conflict:
        remarks.append("Poids manquant : voir « Conflits ».")
    if (row.content.campaign.code, row.line.code) in row.content.disputed:
        remarks.append("Désaccord : voir « Conflits ».")
    remarks += _on_change(row) if measure.calculation is Calculation.CHANGE else []
    remarks += _on_share(row) if measure.calculation is Calculation.SHARE else []
    remarks += _on_baseline(row)
    if not measure.has_value and not measure.is_text and result.counted:
        remarks.append("Les réponses ne se consolident pas : voir « Contributions ».")
    return typeset(" ".join(remarks))
