"""ENS-007 and ENS-008: a yearly change and a share that the contract asks and that have no meaning. Judged on
consolidated values."""

from __future__ import annotations

from cvsheet.figures.changes import TINY
from cvsheet.figures.consolidation import Consolidation, consolidated
from cvsheet.figures.points import paired
from cvsheet.judging.engine.evidence import Evidence
from cvsheet.judging.engine.rule import rule
from cvsheet.judging.engine.ruling import Rulings, found
from cvsheet.model.findings import Fact, Place, Severity
from cvsheet.model.framework import Calculation, Campaign, Line


@rule(
    "ENS-007",
    Severity.INFO,
    "L’évolution {line} reste vide : {right} valait {previous} ({source}), et un pourcentage n’a de sens que sur une "
    "valeur positive. La différence est de {difference}.",
    "Commentez la différence, ou suivez {right} elle-même.",
)
def change_without_base(evidence: Evidence) -> Rulings:
    """Une évolution n’a pas de base positive.

    Constat : une mesure calculée « évolution » part d’une valeur nulle ou négative, celle de la campagne qui finit le
        plus près d’un an avant (ou la référence). Elle reste vide ; ailleurs, la variation est montrée en unités.
    Pourquoi : de −100 à −65, ni −35 % ni +35 % ne dit ce qui s’est passé.
    Exemple : un solde migratoire de −40 en 2020 et de 25 en 2021.
    Correction : commentez la différence, ou suivez la valeur elle-même.
    """
    framework = evidence.framework
    changes = [line for line in framework.line.values() if line.measure.calculation is Calculation.CHANGE]
    if not changes:
        return
    consolidation = consolidated(framework, evidence.judged_table.records())
    for campaign in consolidation.yearly:
        for line in changes:
            facts = _without_base(consolidation, line, campaign)
            if facts:
                yield found(change_without_base, Place(), line=line.code, campaign=campaign.code, facts=facts)


@rule(
    "ENS-008",
    Severity.INFO,
    "La part {line} reste vide : {right} vaut 0 ({left} : {left_value}).",
    "Vérifiez ce zéro ; s’il est juste, il n’y a pas de part à calculer.",
)
def share_of_nothing(evidence: Evidence) -> Rulings:
    """Une part n’a pas de dénominateur.

    Constat : une mesure calculée « part » a pour dénominateur une valeur nulle, et son numérateur a une valeur. Elle
        reste vide.
    Pourquoi : la part de rien n’est ni 0 % ni 100 % ; vide, elle ne doit pas passer pour une réponse oubliée.
    Exemple : 0 relogement sur 0 demande.
    Correction : vérifiez le zéro ; s’il est juste, rien.
    """
    framework = evidence.framework
    shares = [line for line in framework.line.values() if line.measure.calculation is Calculation.SHARE]
    if not shares:
        return
    consolidation = consolidated(framework, evidence.judged_table.records())
    for campaign in consolidation.yearly:
        for line in shares:
            left, right = (paired(framework, one, line) for one in (line.measure.numerator, line.measure.denominator))
            top, bottom = (consolidation.retained(campaign.code, one) for one in (left, right))
            if top is not None and bottom == 0:
                facts: dict[str, Fact] = {"line": line.code, "left": left, "right": right, "left_value": top}
                yield found(share_of_nothing, Place(), line=line.code, campaign=campaign.code, facts=facts)


def _without_base(consolidation: Consolidation, line: Line, campaign: Campaign) -> dict[str, Fact]:
    """What there is to say of `line`; nothing where it has a value, or where one of the two figures is missing."""
    code = paired(consolidation.framework, line.measure.numerator, line)
    now, former = consolidation.retained(campaign.code, code), consolidation.former(code, campaign)
    if now is None or former is None or former.value is None or former.value > TINY:
        return {}
    return {
        "line": line.code,
        "right": code,
        "previous": former.value,
        "source": f"campagne {former.campaign.code}" if former.campaign else "référence",
        "difference": now - former.value,
    }
