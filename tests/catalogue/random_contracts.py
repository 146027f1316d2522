"""Small contracts at random: other pillars, partners, breakdowns, measures and rules, the same for one seed."""

from __future__ import annotations

import random
from datetime import date
from itertools import pairwise

from cvsheet.model.framework import (
    Action,
    Aggregation,
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

KINDS = {  # type: unit, aggregations, highest plausible value
    "nombre": ("personnes", (Aggregation.SUM, Aggregation.SINGLE_SOURCE), (10, 50, 400, 9_000)),
    "pourcentage": ("%", (Aggregation.MEAN, Aggregation.SINGLE_SOURCE), (100,)),
    "montant": ("€", (Aggregation.SUM, Aggregation.SINGLE_SOURCE), (5_000, 2_000_000)),
    "volume": ("m³", (Aggregation.SUM,), (300,)),
    "note": ("note /10", (Aggregation.MEAN,), (10,)),
    "texte": ("texte", (Aggregation.TEXT,), (0,)),
}
COUNTS = "nombre"


def random_contract(seed: int) -> Framework:
    """A contract of one to three pillars, one to four partners and three to ten measures."""
    chance = random.Random(f"contract {seed}")
    partners = [f"P{rank}" for rank in range(1, chance.randint(1, 4) + 1)]
    pillars = [f"A{letter}" for letter in "BCD"[: chance.randint(1, 3)]]
    breakdowns = [f"v{rank}" for rank in range(chance.randint(0, 3))]
    measures = tuple(_measure(chance, rank, pillars, partners, breakdowns) for rank in range(chance.randint(3, 10)))
    return Framework(
        contract=ContractSettings(f"essai-{seed}", f"Contrat {seed}", date(2019, 1, 1), date(2023, 12, 31)),
        partners=tuple(Partner(code, f"Partenaire {code}") for code in partners),
        campaigns=_campaigns(),
        pillars=tuple(Pillar(code, f"Pilier {code}", f"Feuille {code}") for code in pillars),
        priorities=tuple(Priority(f"{code}1", code, f"Priorité {code}") for code in pillars),
        objectives=tuple(Objective(f"{code}1-1", f"{code}1", f"Objectif {code}") for code in pillars),
        actions=tuple(
            Action(f"{code}-A0{rank}", f"{code}1-1", f"Action {rank}", pilot=chance.choice(partners))
            for code in pillars
            for rank in range(chance.randint(0, 2))
        ),
        measures=measures,
        categories=tuple(category for name in breakdowns for category in _categories(chance, name)),
        rules=_rules(chance, measures),
    )


def _campaigns() -> tuple[Campaign, ...]:
    first = Campaign("REF", "Référence", CampaignType.BASELINE, 2019, date(2019, 1, 1), date(2019, 12, 31))
    years = range(2020, 2022)
    return (
        first,
        *(Campaign(str(y), f"Bilan {y}", CampaignType.YEARLY, y, date(y, 1, 1), date(y, 12, 31)) for y in years),
    )


def _measure(
    chance: random.Random, rank: int, pillars: list[str], partners: list[str], breakdowns: list[str]
) -> Measure:
    kind = chance.choice((COUNTS, COUNTS, COUNTS, *KINDS))
    unit, aggregations, highest = KINDS[kind]
    pillar = pillars[rank % len(pillars)]
    high = chance.choice(highest)
    return Measure(
        code=f"{pillar}-I{rank:02}.M1",
        indicator=f"{pillar}-I{rank:02}",
        pillar=pillar,
        priority=f"{pillar}1",
        objective=f"{pillar}1-1",
        indicator_title=f"Indicateur {rank}",
        title=f"Mesure {rank}",
        type=kind,
        unit=unit,
        nature="flux",
        direction=Direction.WATCH if kind == "texte" else chance.choice(list(Direction)),
        computed=False,
        calculation=None,
        numerator="",
        denominator="",
        aggregation=chance.choice(aggregations),
        weight="",
        breakdowns=() if kind == "texte" else tuple(name for name in breakdowns if chance.random() < 0.5),
        producers=tuple(chance.sample(partners, chance.randint(1, len(partners)))),
        minimum=None if kind == "texte" else 0,
        maximum={"pourcentage": 100, "note": 10}.get(kind),
        plausible_minimum=chance.choice((None, 0)) if kind != "texte" else None,
        plausible_maximum=high if kind != "texte" and chance.random() < 0.8 else None,
        required=kind != "texte" and chance.random() < 0.8,
    )


def _categories(chance: random.Random, name: str) -> list[Category]:
    exclusive = chance.random() < 0.7
    return [
        Category(name, f"{name.upper()}{rank}", f"Modalité {rank}", exclusive) for rank in range(chance.randint(2, 4))
    ]


def _alike(one: Measure, other: Measure) -> bool:
    """Whether a rule between the two can hold for each partner and for all of them together."""
    return (one.producers, one.aggregation, one.direction) == (other.producers, other.aggregation, other.direction)


def _rules(chance: random.Random, measures: tuple[Measure, ...]) -> tuple[CoherenceRule, ...]:
    """A few rules between counts of the same producers."""
    counts = [one for one in measures if one.type == COUNTS and not one.breakdowns]
    pairs = [(a, b) for a, b in pairwise(counts) if _alike(a, b)]
    return tuple(
        CoherenceRule(f"R{rank}", a.code, _operator(chance, a, b), b.code, "erreur", "Règle.")
        for rank, (a, b) in enumerate(pairs)
    )


def _operator(chance: random.Random, one: Measure, other: Measure) -> str:
    same = (one.plausible_minimum, one.plausible_maximum) == (other.plausible_minimum, other.plausible_maximum)
    return "=" if same else chance.choice(("<=", "suppose"))
