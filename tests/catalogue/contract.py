"""The contract of the catalogue: two sheets, one line of each type, two actions; and the good return of partner CAF."""

from __future__ import annotations

from datetime import date
from functools import cache

from cvsheet.books.partner.writing import partner_workbook
from cvsheet.model.framework import (
    Action,
    Aggregation,
    Campaign,
    CampaignType,
    Category,
    ContractSettings,
    Direction,
    Framework,
    Measure,
    Objective,
    Partner,
    Pillar,
    Priority,
)
from tests.rules.small import measure

PARTNER, OTHER, CAMPAIGN = "CAF", "ML", "2021"

COUNT = "EMP-P1-I01.M1"  # persons, 0 to 100 000
TOTAL, NORTH, SOUTH = "EMP-P1-I02.M1", "EMP-P1-I02.M1/VER", "EMP-P1-I02.M1/PMP"  # persons by district
RATE = "HAB-P2-I01.M1"  # a percentage
MONEY = "HAB-P2-I02.M1"  # euros, without bounds
WORDS = "HAB-P2-I03.M1"  # a text
TRAINING, WORKS = "EMP-1-1-A01", "HAB-2-1-A01"  # actions

Typed = dict[tuple[str, str], "str | float | date | None"]

ANSWERS: Typed = {
    (COUNT, "valeur"): 420.0,
    (COUNT, "commentaire"): "Au 31 décembre",
    (TOTAL, "valeur"): 30.0,
    (NORTH, "valeur"): 18.0,
    (SOUTH, "valeur"): 12.0,
    (RATE, "valeur"): 45.5,
    (MONEY, "valeur"): 1234.5,
    (WORDS, "valeur"): "Un bilan partagé",
    (TRAINING, "statut"): "En cours",
    (TRAINING, "avancement"): 50.0,
    (TRAINING, "debut"): date(2021, 1, 15),
    (TRAINING, "budget_prevu"): 8000.0,
    (TRAINING, "beneficiaires"): 20.0,
    (TRAINING, "femmes"): 12.0,
    (TRAINING, "commentaire"): "Deux groupes",
    (WORKS, "statut"): "Réalisée",
    (WORKS, "avancement"): 100.0,
}
"""What the partner typed, by code and column: a return without a fault."""


def _measure(code: str, title: str, kind: str, unit: str, **differing: object) -> Measure:
    return measure(
        code,
        pillar=code[:3],
        priority=code[4:6],
        objective={"EMP": "1-1", "HAB": "2-1"}[code[:3]],
        indicator_title=f"Suivi : {title.lower()}",
        title=title,
        type=kind,
        unit=unit,
        **{"producers": (PARTNER,), "required": True, **differing},
    )


FRAMEWORK = Framework(
    contract=ContractSettings("essai", "Contrat d’essai", date(2019, 1, 1), date(2024, 12, 31)),
    partners=(Partner(PARTNER, "Caisse d’allocations familiales"), Partner(OTHER, "Mission locale")),
    campaigns=(
        Campaign("2020", "Bilan 2020", CampaignType.YEARLY, 2020, date(2020, 1, 1), date(2020, 12, 31)),
        Campaign("2021", "Bilan 2021", CampaignType.YEARLY, 2021, date(2021, 1, 1), date(2021, 12, 31)),
    ),
    pillars=(Pillar("EMP", "Emploi", "Emploi"), Pillar("HAB", "Habitat", "Habitat")),
    priorities=(Priority("P1", "EMP", "Lever les freins"), Priority("P2", "HAB", "Mieux habiter")),
    objectives=(Objective("1-1", "P1", "Former"), Objective("2-1", "P2", "Rénover")),
    actions=(
        Action(TRAINING, "1-1", "Ateliers de formation", pilot=PARTNER),
        Action(WORKS, "2-1", "Travaux d’isolation", pilot=PARTNER),
    ),
    measures=(
        _measure(COUNT, "Personnes suivies", "nombre", "personnes", minimum=0, maximum=100_000),
        _measure(TOTAL, "Personnes formées", "nombre", "personnes", breakdowns=("quartier",), minimum=0),
        _measure("EMP-P1-I03.M1", "Personnes orientées", "nombre", "personnes", producers=(OTHER,), minimum=0),
        _measure(RATE, "Taux de satisfaction", "pourcentage", "%", aggregation=Aggregation.MEAN),
        _measure(MONEY, "Solde du fonds", "montant", "€"),
        _measure(WORDS, "Bilan", "texte", "texte", aggregation=Aggregation.TEXT, direction=Direction.WATCH),
    ),
    categories=(Category("quartier", "VER", "La Verrerie", True), Category("quartier", "PMP", "Plaisance", True)),
)


@cache
def good_return() -> bytes:
    """The workbook of CAF, filled without a fault."""
    return partner_workbook(FRAMEWORK, CAMPAIGN, PARTNER, prefill=ANSWERS)


@cache
def sent(partner: str = PARTNER, campaign: str = CAMPAIGN) -> bytes:
    """A workbook as it was sent."""
    return partner_workbook(FRAMEWORK, campaign, partner)
