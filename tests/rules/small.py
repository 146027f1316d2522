"""A small contract in which every rule can be broken: two partners, a dozen measures.

T1.M1 is a sum over A and B, split by quartier (its two categories exclude one another) and outil (they do not).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cvsheet.model.framework import (
    Action,
    Aggregation,
    Calculation,
    Campaign,
    CampaignType,
    Category,
    CoherenceRule,
    ContractSettings,
    Direction,
    Framework,
    Measure,
    Objective,
    Partner,
    Pillar,
    Priority,
)

BLANK_MEASURE = Measure(
    code="",
    indicator="",
    pillar="EMP",
    priority="P1",
    objective="1-1",
    indicator_title="Indicateur",
    title="Mesure",
    type="nombre",
    unit="personnes",
    nature="flux",
    direction=Direction.RISE,
    computed=False,
    calculation=None,
    numerator="",
    denominator="",
    aggregation=Aggregation.SUM,
    weight="",
    breakdowns=(),
    producers=("A",),
)


def measure(code: str, **differing: object) -> Measure:
    """A count that A reports, a sum, where a rise is progress, unless said otherwise."""
    return replace(BLANK_MEASURE, code=code, indicator=code.partition(".")[0], **differing)  # type: ignore[arg-type]


MEASURES = (
    measure(
        "T1.M1",
        producers=("A", "B"),
        breakdowns=("quartier", "outil"),
        required=True,
        plausible_minimum=5,
        plausible_maximum=500,
    ),
    measure("T1.M2", producers=("A", "B")),
    measure("T2.M1", type="pourcentage", aggregation=Aggregation.MEAN, required=True, plausible_minimum=42),
    measure("T3.M1", aggregation=Aggregation.SINGLE_SOURCE, producers=("A", "B"), required=True),
    measure("T4.M1", type="montant", breakdowns=("tranche",), direction=Direction.WATCH, minimum=0),
    measure("T5.M1", type="texte", aggregation=Aggregation.TEXT, direction=Direction.WATCH),
    measure("T6.M1", direction=Direction.WATCH),
    measure("T6.M2", direction=Direction.WATCH),
    measure("T6.M3", direction=Direction.WATCH),
    measure("T7.M1", producers=("B",), direction=Direction.WATCH),
    measure(
        "T8.M1",
        type="pourcentage",
        aggregation=Aggregation.RECOMPUTED,
        computed=True,
        calculation=Calculation.SHARE,
        numerator="T1.M2",
        denominator="T1.M1",
        producers=(),
    ),
)
RULES = (
    CoherenceRule("R1", "T6.M1", "<=", "T1.M1", "erreur", "Une partie ne dépasse pas le tout."),
    CoherenceRule("R2", "T6.M3", "=", "T6.M1", "avertissement", "Le même chiffre aux deux endroits."),
    CoherenceRule("R3", "T6.M1", "suppose", "T3.M1", "erreur", "L’un suppose l’autre."),
    CoherenceRule("R4", "T1.M2", "entre max et somme", "T1.M1", "erreur", "Personnes uniques."),
    CoherenceRule("R5", "T6.M2", "= N-3", "T6.M1", "avertissement", "Reprendre N-3."),
    CoherenceRule("R6", "T7.M1", "<=", "T6.M1", "erreur", "B ne dépasse pas A."),
)


def category(breakdown: str, code: str, title: str, exclusive: bool) -> Category:
    return Category(breakdown, code, title, exclusive)


FRAMEWORK = Framework(
    contract=ContractSettings("essai", "Contrat d’essai", date(2019, 1, 1), date(2022, 12, 31)),
    partners=(Partner("A", "Association A"), Partner("B", "Bailleur B"), Partner("Z", "Partenaire sans ligne")),
    campaigns=(
        Campaign("REF", "Référence", CampaignType.BASELINE, 2019, date(2019, 1, 1), date(2019, 12, 31)),
        Campaign("2021", "Bilan 2021", CampaignType.YEARLY, 2021, date(2021, 1, 1), date(2021, 12, 31)),
    ),
    pillars=(Pillar("EMP", "Emploi", "Emploi"),),
    priorities=(Priority("P1", "EMP", "Priorité"),),
    objectives=(Objective("1-1", "P1", "Objectif"),),
    actions=(Action("ACT-1", "1-1", "Une action", pilot="A"),),
    measures=MEASURES,
    categories=(
        category("quartier", "N", "Nord", True),
        category("quartier", "S", "Sud", True),
        category("tranche", "J", "Jeunes", True),
        category("tranche", "A", "Adultes", True),
        category("tranche", "V", "Vieux", True),
        category("outil", "JD", "Job dating", False),
        category("outil", "CJ", "Coffee job", False),
    ),
    rules=RULES,
)
