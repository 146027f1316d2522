"""Contracts and answers at random: every aggregation, direction, kind of answer, missing baselines and targets,
several campaigns a year, several `référence` campaigns, figures below zero."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pandas as pd

from cvsheet.books.master.decisions import Arbitration, Basis, Coordination, as_text
from cvsheet.files.scalars import answer_of
from cvsheet.model.framework import Campaign, CampaignType, Direction, Framework, Measure, Reference
from tests.consolidation.frameworks import answers, evolution, framework, measure, share

AGGREGATIONS = ("somme", "somme", "moyenne", "moyenne pondérée", "source unique", "maximum", "aucune", "recalcul")
CAMPAIGNS = (
    Campaign("REF", "Référence", CampaignType.BASELINE, 2019, date(2019, 1, 1), date(2019, 12, 31)),
    Campaign("S1", "Semestre", CampaignType.YEARLY, 2020, date(2020, 1, 1), date(2020, 6, 30)),
    Campaign("2020", "Bilan 2020", CampaignType.YEARLY, 2020, date(2020, 7, 1), date(2020, 12, 31)),
    Campaign("REF2", "Révision", CampaignType.BASELINE, 2021, date(2021, 1, 1), date(2021, 3, 31)),
    Campaign("S3", "Semestre", CampaignType.YEARLY, 2021, date(2021, 1, 1), date(2021, 6, 30)),
    Campaign("2021", "Bilan 2021", CampaignType.YEARLY, 2021, date(2021, 7, 1), date(2021, 12, 31)),
)
NUMBERS = ("0", "0.1", "0.7", "0.8", "1", "3", "12.5", "41", "1000000", "-0.1", "-3", "-12.5", "-41")
FIGURES = (None, 0, 0.1, 0.8, 1, 2.2, 12.5, 41, 99, -3, -12.5)
YEARS = (None, 2018, 2019, 2020, 2021)
TYPED, COMPUTED = 24, 10  # measures per contract: many cases for one run of LibreOffice


def random_contract(seed: int) -> Framework:
    """Typed measures of every kind, then computed ones over any of the others."""
    chance = random.Random(seed)
    typed = [_typed(chance, f"M{number}.M1") for number in range(TYPED)]
    typed += [measure("TEXT.M1", "texte", type="texte", headline=False)]
    codes = [one.code for one in typed]
    computed = [_computed(chance, f"C{number}.M1", codes) for number in range(COMPUTED)]
    references = {one.code: _reference(chance, one.direction) for one in (*typed, *computed) if chance.random() < 0.6}
    return replace(framework(*typed, *computed, references=references), campaigns=CAMPAIGNS)


def random_answers(contract: Framework, seed: int) -> pd.DataFrame:
    """Answers of every kind to every line, some set aside, over two `référence` campaigns and two campaigns a year.

    The second `référence` campaign revises one line in two.
    """
    chance = random.Random(seed)
    rows = []
    for campaign, quantity in _asked(contract):
        for line in contract.input_lines:
            if campaign == "REF2" and chance.random() < 0.5:
                continue
            for partner in line.measure.producers:
                answer = chance.choice([*NUMBERS, *NUMBERS, "nd", "ns", "so", ""])
                if line.measure.is_text:
                    answer = chance.choice(["bien", "nd", ""])
                if answer:
                    rows.append(f"{campaign} {partner} {line.code} {answer} {chance.choice('-----R')} {quantity}")
    table = answers(*rows)
    return table.assign(annee=[chance.choice((float("nan"), 2018.0, 2019.0)) for _ in rows])


def _asked(contract: Framework) -> list[tuple[str, str]]:
    return [
        (one.code, quantity)
        for one in contract.campaigns
        for quantity in (("valeur",) if one.type is CampaignType.YEARLY else ("référence", "cible"))
    ]


def random_decisions(contract: Framework, seed: int) -> Coordination:
    """Decisions of every kind on one line in eight, in every campaign."""
    chance = random.Random(seed)
    found = {}
    for campaign in contract.campaign:
        for code, line in contract.line.items():
            if chance.random() < 0.125 and not line.measure.is_text:
                typed = chance.choice((*FIGURES[1:], "nd", "so", "env. 3"))
                basis = chance.choice((None, Basis(as_text(typed), chance.choice(("A 1", "A 1 · B nd")))))
                motive = chance.choice(("", "vu en comité"))
                found[campaign, code] = Arbitration(campaign, code, typed, answer_of(typed), motive, "", basis)
    return Coordination(found)


def _typed(chance: random.Random, code: str) -> Measure:
    return measure(
        code,
        chance.choice(AGGREGATIONS),
        type=chance.choice(("nombre", "pourcentage", "note")),
        weight=f"M{chance.randrange(TYPED)}.M1",
        direction=chance.choice(list(Direction)),
        breakdowns=chance.choice(((), ("quartier",))),
        producers=tuple(chance.sample("ABC", chance.randint(1, 3))),
        headline=chance.random() < 0.8,
    )


def _computed(chance: random.Random, code: str, codes: list[str]) -> Measure:
    top, bottom = chance.choice(codes), chance.choice([*codes, "INCONNUE.M1"])
    return share(code, top, bottom) if chance.random() < 0.7 else evolution(code, top)


def _reference(chance: random.Random, direction: Direction) -> Reference:
    """A baseline and a target, one of them missing at times, the target mostly on the right side."""
    baseline, target = chance.choice(FIGURES), chance.choice(FIGURES)
    if baseline is not None and target is not None and chance.random() < 0.8:
        low, high = sorted((baseline, target))
        baseline, target = (high, low) if direction is Direction.FALL else (low, high)
    return Reference(baseline, chance.choice(YEARS), "validée", target, 2023, "proposée")
