"""ENS-007: a yearly change that the contract asks and that has no meaning. Judged on consolidated values."""

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
