"""Random contracts whose figures hold together, as tables of single answers: what a publication must protect."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date

from cvsheet.figures.consolidation import Consolidation, aggregate
from cvsheet.model.framework import (
    Campaign,
    CampaignType,
    Category,
    CoherenceRule,
    Direction,
    Framework,
    Measure,
    Reference,
)
from tests.consolidation.frameworks import answers, evolution, framework, measure, share

CATEGORIES = (
    Category("quartier", "N", "Nord", True),
    Category("quartier", "S", "Sud", True),
    Category("sexe", "F", "Femmes", True),
    Category("sexe", "H", "Hommes", True),
    Category("age", "1", "Moins de 26 ans", True),
    Category("age", "2", "De 26 à 60 ans", True),
    Category("age", "3", "Plus de 60 ans", True),
    Category("outil", "A", "Outil A", False),
    Category("outil", "B", "Outil B", False),
)
CAMPAIGNS = ("2019", "2020", "2021", "2022", "2023")
BREAKDOWNS = ((), ("quartier",), ("quartier", "sexe"), ("sexe", "age"), ("age", "outil"), ("quartier", "sexe", "age"))
SIZES = (2, 6, 12, 30)  # small figures are where secrecy is hard


@dataclass(frozen=True, slots=True)
class Table:
    """The totals and categories of one measure in one campaign, by line code."""

    total: int
    parts: dict[str, int]


def random_consolidation(seed: int, threshold: int = 5) -> Consolidation:
    """A contract of a few measures of persons and what its partners answered; every rule of it holds."""
    chance = random.Random(seed)
    counts = [_count(chance, f"M{number}.M1") for number in range(3)]
    whole = [replace(counts[0], code="T0.M1", indicator="T0", diffusion=chance.choice(["personnes", "publique"]))]
    rates = [share("P0.M1", "M0.M1", "T0.M1"), share("P1.M1", "M1.M1", "M2.M1"), evolution("E0.M1", "M1.M1")]
    rates.append(share("P2.M1", f"M2.M1/{_first_category(counts[2])}", "M2.M1"))
    copy = measure("D1.M1", diffusion="personnes", producers=("A",), breakdowns=())
    contract = _contract(counts + whole + [copy] + rates, chance)
    contract = replace(contract, contract=replace(contract.contract, secrecy_people=threshold))
    tables = {c: _year(chance, counts, copy) for c in ("REF", *CAMPAIGNS[1 : chance.choice((3, 4))])}
    rows = [
        f"{campaign} A {line} {value} - {quantity}"
        for campaign, table in tables.items()
        for line, value in table.items()
        for quantity in (("référence",) if campaign == "REF" else ("valeur",))
        if chance.random() > 0.04 or line == "D1.M1"
    ]
    rows += [f"REF A {one.code} {tables['REF'][one.code] + chance.choice((0, 0, 1, 5))} - cible" for one in counts]
    return aggregate(contract, answers(*rows))


def _count(chance: random.Random, code: str) -> Measure:
    return measure(
        code,
        diffusion="personnes",
        producers=("A",),
        breakdowns=chance.choice(BREAKDOWNS),
        direction=Direction.RISE,
        headline=chance.random() < 0.5,
    )


def _contract(measures: list[Measure], chance: random.Random) -> Framework:
    years = [
        Campaign(year, year, CampaignType.YEARLY, int(year), date(int(year), 1, 1), date(int(year), 12, 31))
        for year in CAMPAIGNS
    ]
    base = Campaign("REF", "REF", CampaignType.BASELINE, 2019, date(2019, 1, 1), date(2019, 12, 31))
    rules = (
        CoherenceRule("R1", "M0.M1", "<=", "T0.M1", "erreur", ""),
        CoherenceRule("R2", "D1.M1", "=", f"M1.M1/{_first_category(measures[1])}", "erreur", ""),
    )
    references = {"T0.M1": Reference(None, None, "", 40, 2023, "validée")} if chance.random() < 0.5 else {}
    made = framework(*measures, references=references)
    return replace(made, campaigns=(base, *years), categories=CATEGORIES, rules=rules)


def _first_category(one: Measure) -> str:
    names = [category.code for name in one.breakdowns for category in CATEGORIES if category.breakdown == name]
    return names[0] if names else "-"


def _year(chance: random.Random, counts: list[Measure], copy: Measure) -> dict[str, int]:
    """One campaign's figures: M0 within T0 line by line, D1 the first category of M1."""
    found: dict[str, int] = {}
    for one in counts:
        found |= _table(chance, one, chance.randrange(chance.choice(SIZES) + 1))
    for code in [code for code in found if code.startswith("M0.")]:
        found[code.replace("M0.", "T0.")] = 0
    found |= _larger(chance, counts[0], found)
    found["D1.M1"] = found.get(f"M1.M1/{_first_category(counts[1])}", found["M1.M1"])
    return found


def _table(chance: random.Random, one: Measure, total: int) -> dict[str, int]:
    found = {one.code: total}
    for name in one.breakdowns:
        categories = [category for category in CATEGORIES if category.breakdown == name]
        left = total
        for number, category in enumerate(categories):
            last = number == len(categories) - 1
            value = chance.randint(0, total) if not category.exclusive else (left if last else chance.randint(0, left))
            left -= value if category.exclusive else 0
            found[f"{one.code}/{category.code}"] = value
    return found


def _larger(chance: random.Random, part: Measure, found: dict[str, int]) -> dict[str, int]:
    """A table that contains the one of `part`: each category of a split gets its share of the same surplus."""
    surplus = chance.choice((0, 0, 1, 3, 20))
    more = _table(chance, part, surplus)
    return {code.replace("M0.", "T0."): found[code] + more[code] for code in more}


SMALL_BREAKDOWNS = ((), (), ("quartier",), ("quartier",), ("sexe",), ("quartier", "sexe"), ("age",), ("outil",))


def small_contract(seed: int) -> tuple[Framework, dict[str, str]]:
    """A contract of two or three measures and rules between any of their lines, small enough for all its worlds; the
    answers that its partner does not give."""
    chance = random.Random(seed)
    measures = [
        measure(
            f"{name}.M1",
            diffusion="personnes" if name == "I" or chance.random() < 0.6 else "publique",
            breakdowns=chance.choice(SMALL_BREAKDOWNS if name != "K" else SMALL_BREAKDOWNS[:3]),
        )
        for name in "IJK"[: chance.choice((2, 2, 3))]
    ]
    made = replace(framework(*measures), categories=CATEGORIES)
    lines = [line.code for line in made.input_lines]
    pairs = [(one, other) for one in lines for other in lines if one[0] != other[0]]
    rules = tuple(
        CoherenceRule("R", one, chance.choice(("<=", "<=", "=")), other, "erreur", "")
        for one, other in chance.sample(pairs, min(len(pairs), chance.choice((1, 1, 2, 2, 3))))
    )
    missing = chance.sample(lines, chance.choice((0, 0, 1, 2)))
    made = replace(
        made,
        contract=replace(made.contract, secrecy_people=3),
        campaigns=tuple(campaign for campaign in made.campaigns if campaign.code == "2020"),
        rules=rules,
    )
    return made, {f"2020 A {line}": chance.choice(("nd", "nd", "ns", "COH-001")) for line in missing}
