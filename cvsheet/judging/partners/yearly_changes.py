"""ENS-007 to ENS-009: a yearly change, a share or a progress that the contract asks and that has no meaning. Judged on
consolidated values."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from cvsheet.figures.changes import TINY
from cvsheet.figures.consolidation import Consolidation
from cvsheet.figures.points import newcomers, paired
from cvsheet.judging.engine.evidence import Evidence
from cvsheet.judging.engine.rule import rule
from cvsheet.judging.engine.ruling import Rulings, found
from cvsheet.model.findings import Fact, Place, Severity
from cvsheet.model.framework import Calculation, Campaign, Line
from cvsheet.model.submission import Quantity
from cvsheet.text.french import french_list


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
    for campaign, line in _calculated(evidence, Calculation.CHANGE):
        facts = _without_base(evidence.worked_out, line, campaign)
        if facts:
            yield found(change_without_base, Place(), line=line.code, campaign=campaign.code, facts=facts)


@rule(
    "ENS-008",
    Severity.INFO,
    "La part {line} reste vide : {right} vaut {right_value} ({left} : {left_value}).",
    "Vérifiez {right} ; si le chiffre est juste, il n’y a pas de part à calculer.",
)
def share_of_nothing(evidence: Evidence) -> Rulings:
    """Une part n’a pas de dénominateur.

    Constat : une mesure calculée « part » a pour dénominateur une valeur nulle ou négative, et son numérateur a une
        valeur. Elle reste vide.
    Pourquoi : la part de rien n’est ni 0 % ni 100 %, et 30 sur −60 n’est pas −30 sur 60 ; vide, elle ne doit pas passer
        pour une réponse oubliée.
    Exemple : 0 relogement sur 0 demande ; une aide de 30 sur un résultat de −60.
    Correction : vérifiez le dénominateur ; s’il est juste, rien.
    """
    for campaign, line in _calculated(evidence, Calculation.SHARE):
        terms = (line.measure.numerator, line.measure.denominator)
        left, right = (paired(evidence.framework, one, line) for one in terms)
        top, bottom = (evidence.worked_out.retained(campaign.code, one) for one in (left, right))
        if top is not None and bottom is not None and bottom <= TINY:
            facts: dict[str, Fact] = {
                "line": line.code, "left": left, "right": right, "left_value": top, "right_value": bottom,
            }  # fmt: skip
            yield found(share_of_nothing, Place(), line=line.code, campaign=campaign.code, facts=facts)


@rule(
    "ENS-009",
    Severity.INFO,
    "La référence de {line} ne compte pas {partners}, et la valeur oui : l’avancement compare deux périmètres.",
    "Obtenez la référence qui manque, ou convenez d’une référence commune (adopter).",
)
def baseline_of_others(evidence: Evidence) -> Rulings:
    """La référence ne vient pas des mêmes partenaires que la valeur.

    Constat : la valeur d’une somme compte un partenaire qui n’a donné aucun nombre à la campagne de référence dont elle
        part. Une référence validée ou arbitrée n’est pas jugée, ni une modalité dont le total est déjà signalé.
    Pourquoi : de 100 logements pour un bailleur à 150 pour deux, le progrès n’est peut-être que l’arrivée du second.
    Exemple : la référence révisée en 2024 par un seul des deux bailleurs.
    Correction : obtenez la référence du partenaire, ou convenez d’une référence.
    """
    framework = evidence.framework
    given = {seen.line for seen in evidence.observations if seen.quantity is Quantity.BASELINE and seen.entry.filled}
    shared = (line for line in framework.input_lines if line.measure.is_shared and line.measure.method.adds_partners)
    lines = [line for line in shared if line.code in given]
    if not lines:
        return
    consolidation = evidence.figures_of({line.code for line in lines})
    for campaign in consolidation.yearly:
        told: set[str] = set()
        for line in lines:
            partners = newcomers(consolidation, campaign, line.code)
            if partners and line.measure.code not in told:
                told.add(line.measure.code)
                facts: dict[str, Fact] = {"line": line.code, "partners": french_list(list(partners))}
                yield found(baseline_of_others, Place(), line=line.code, campaign=campaign.code, facts=facts)


def _calculated(evidence: Evidence, calculation: Calculation) -> Iterator[tuple[Campaign, Line]]:
    """Each yearly campaign with each line of that `calculation`; where there is none, nothing is consolidated."""
    lines = [line for line in evidence.framework.line.values() if line.measure.calculation is calculation]
    if lines:
        yield from product(evidence.worked_out.yearly, lines)


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
