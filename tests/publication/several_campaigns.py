"""A reader of all that is published of several campaigns: contracts at random, and the open data of every world."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, product

from cvsheet.books.opendata.content import ExportContent
from cvsheet.books.opendata.rows import rows_of
from cvsheet.figures.consolidation import consolidated
from cvsheet.figures.disclosure.confidentiality import secrecy
from cvsheet.model.framework import CoherenceRule, Direction, Framework, Measure, Reference
from tests.consolidation.frameworks import evolution, framework, measure, records_of, share
from tests.publication.contracts import CATEGORIES
from tests.publication.every_world import World, small_numbers, tables

SMALL = {1, 2}
TOLD = ("referentiel", "valeurs", "progression")
ADOPTED = {"REF": 2019, "2020": 2020, "2021": 2021}
"""From which campaign the contract may hold the baseline, and its year."""


@dataclass(frozen=True)
class SeveralCampaigns:
    """A measure of persons, I, with rates that are worked out of it; all else is the same in every world.

    The contract adopts as baseline what the campaign `adopted` brought (none: the baseline is proposed); its `target`
    stands there or, where it is `typed`, is proposed. `whole` is the public figure of every campaign.
    """

    contract: Framework
    adopted: str
    target: int | None
    typed: bool
    whole: int

    @property
    def counted(self) -> Measure:
        return self.contract.measures[0]

    def worlds(self, most: int) -> Iterator[World]:
        """Every way to answer I in each campaign, within the whole where a rule says so."""
        ways = (list(tables(self.counted, most, "A", campaign.code)) for campaign in self.contract.campaigns)
        for parts in product(*ways):
            world = dict(chain.from_iterable(part.items() for part in parts))
            if not self.contract.rules or max(world.values()) <= self.whole:
                yield world

    def published(self, world: World) -> str:
        """All figures of the open data, progress and situations of every campaign among them."""
        framework = self._contract_of(world)
        consolidation = consolidated(framework, records_of(list(self._rows(world))))
        content = ExportContent(framework, consolidation, secrecy(consolidation), actions={})
        return repr([rows_of(content, table) for table in TOLD])

    def _rows(self, world: World) -> Iterator[str]:
        for answer, number in world.items():
            of_base = answer.startswith("REF")
            yield f"{answer} {number}{' - référence' if of_base else ''}"
            if of_base and self.typed and self.target is not None:
                yield f"{answer} {self.target} - cible"
        for campaign in self.contract.campaigns:
            last = " - référence" if campaign.code == "REF" else ""
            yield f"{campaign.code} A T.M1 {self.whole}{last}"
            if "W.M1" in self.contract.line:
                yield f"{campaign.code} A W.M1 50{last}"

    def _contract_of(self, world: World) -> Framework:
        target = None if self.typed else self.target
        references = {}
        for code in (code for code in self.contract.line if code.startswith("I")):
            adopted = world.get(f"{self.adopted} A {code}")
            year = None if adopted is None else ADOPTED[self.adopted]
            references[code] = Reference(adopted, year, "validée", target, 2023, "validée")
        return replace(self.contract, references=tuple(references.items()))


def random_campaigns(seed: int) -> SeveralCampaigns:
    """A contract of two or three campaigns; the count may be any method that counts persons."""
    chance = random.Random(seed)
    codes = chance.choice((("REF", "2020"), ("2020", "2021"), ("REF", "2020", "2021")))
    ways = ((), ("quartier",)) if len(codes) == 2 else ((),)
    counted = measure(
        "I.M1",
        chance.choice(("somme", "somme", "source unique", "maximum", "moyenne")),
        diffusion="personnes",
        breakdowns=chance.choice(ways),
    )
    weighed = measure("W.M1", "moyenne pondérée", type=chance.choice(("nombre", "pourcentage")), weight="I.M1")
    measures = [
        counted,
        measure("T.M1", diffusion=chance.choice(("publique", "personnes"))),
        *chance.sample((share("P.M1", "I.M1", "T.M1"), evolution("E.M1", "I.M1"), weighed), 2),
    ]
    directed = [
        replace(one, direction=chance.choice(list(Direction)), producers=() if one.computed else ("A",))
        for one in measures
    ]
    made = framework(*(replace(one, diffusion="personnes") if one.code == "W.M1" else one for one in directed))
    made = replace(
        made,
        categories=CATEGORIES,
        contract=replace(made.contract, secrecy_people=3),
        campaigns=tuple(campaign for campaign in made.campaigns if campaign.code in codes),
        rules=(CoherenceRule("R", "I.M1", "<=", "T.M1", "erreur", ""),) if chance.random() < 0.25 else (),
    )
    return SeveralCampaigns(
        made,
        adopted=chance.choice(("", "REF", "2020", "2021")),
        target=chance.choice((None, 0, 3, 8, 20)),
        typed=chance.random() < 0.5,
        whole=chance.choice((5, 10, 40)),
    )


def told_counts(one: SeveralCampaigns, most: int) -> list[tuple[str, set[int]]]:
    """The small counts that are less than any small number to who reads all; worlds near `most` are other worlds."""
    alike: dict[str, list[World]] = {}
    for world in one.worlds(most):
        alike.setdefault(one.published(world), []).append(world)
    possible = small_numbers(chain.from_iterable(alike.values()), SMALL)
    found = []
    for worlds in alike.values():
        near = [world for world in worlds if max(world.values()) <= most - max(SMALL)]
        for answer in worlds[0] if near else ():
            left = {world[answer] for world in worlds} & SMALL
            if left != possible[answer] and not left.isdisjoint(world[answer] for world in near):
                found.append((answer, left))
    return found
