"""A reader who owns the program and keeps two editions, before and after a late return: the contracts at random, and
what the editions leave of each count."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, product

from cvsheet.figures.consolidation import consolidated
from cvsheet.figures.disclosure.confidentiality import secrecy
from cvsheet.figures.disclosure.editions import Edition
from cvsheet.figures.disclosure.figures import contexts
from cvsheet.model.framework import CoherenceRule, Framework
from cvsheet.workflows.editions import edition_of
from tests.consolidation.frameworks import framework, measure, records_of
from tests.publication.contracts import CATEGORIES
from tests.publication.every_world import World, bound, small_numbers, tables

SMALL = {1, 2}


@dataclass(frozen=True)
class LateReturn:
    """A contract, the lines that A gives in the second edition only, and whether B, of the second too, returns."""

    contract: Framework
    missing: frozenset[str]
    late: bool

    def worlds(self, most: int) -> Iterator[World]:
        """Every way to answer up to totals of `most`, in which the rules hold of each partner's and of all answers."""
        partners = "AB" if self.late else "A"
        ways = [
            list(tables(one, most, partner))
            for one in self.contract.measures
            for partner in partners
            if partner in one.producers
        ]
        for parts in product(*ways):
            world = dict(chain.from_iterable(part.items() for part in parts))
            if all(
                _rules_hold(self.contract, one) for one in (*(_of(world, partner) for partner in "AB"), sums(world))
            ):
                yield world

    def editions(self, world: World) -> tuple[Edition, Edition]:
        """What is published of `world` first, and then."""
        first = {
            answer: "nd" if answer.split()[2] in self.missing else number
            for answer, number in world.items()
            if answer.split()[1] == "A"
        }
        before = edition_of_world(self.contract, first)
        return before, edition_of_world(self.contract, world, before)


def random_late_return(seed: int) -> LateReturn:
    """One or two measures of persons, tied by rules; A returns first, and B late, or A completes its return."""
    chance = random.Random(seed)
    ways = ((), ("quartier",)), ((), ("sexe",))
    measures = [
        measure(
            f"{name}.M1",
            diffusion="personnes" if name == "I" else chance.choice(("personnes", "publique")),
            breakdowns=chance.choice(way),
            producers=tuple(chance.choice(("A", "AB", "B"))),
        )
        for name, way in zip("IJ"[: chance.choice((1, 2, 2, 2))], ways, strict=False)
    ]
    made = replace(framework(*measures), categories=CATEGORIES)
    lines = [line.code for line in made.input_lines]
    pairs = [(one, other) for one in lines for other in lines if one[0] != other[0]]
    rules = tuple(
        CoherenceRule("R", one, chance.choice(("<=", "<=", "=")), other, "erreur", "")
        for one, other in chance.sample(pairs, min(len(pairs), chance.choice((1, 1, 2))))
    )
    made = replace(
        made,
        contract=replace(made.contract, secrecy_people=3),
        campaigns=tuple(campaign for campaign in made.campaigns if campaign.code == "2020"),
        rules=rules,
    )
    of_first = [line.code for line in made.input_lines if "A" in line.measure.producers]
    missing = frozenset(chance.sample(of_first, min(len(of_first), chance.choice((0, 0, 1)))))
    return LateReturn(made, missing, late=not missing or chance.random() < 0.5)


def told_counts(one: LateReturn, most: int) -> list[tuple[str, set[int]]]:
    """The small counts that are read in two editions: of what was given first, all that are not any small number; of
    what came late, and of the sums, those that are one number only. Worlds near `most` are other worlds only."""
    alike: dict[str, list[World]] = {}
    for world in one.worlds(most):
        alike.setdefault(said(one.editions(world)), []).append({**world, **sums(world)})
    possible = small_numbers(chain.from_iterable(alike.values()), SMALL)
    found = []
    for worlds in alike.values():
        near = [world for world in worlds if all(n <= most - 2 for a, n in world.items() if " S " not in a)]
        for answer in worlds[0] if near else ():
            left = {world[answer] for world in worlds}
            small = left & SMALL
            first = " A " in answer and answer.split()[2] not in one.missing
            narrow = small != possible[answer] if first else len(left) == 1
            if narrow and not small.isdisjoint(world[answer] for world in near) and is_secret(one.contract, answer):
                found.append((answer, left))
    return found


def is_secret(contract: Framework, answer: str) -> bool:
    return contract.line[answer.split()[2]].measure.diffusion != "publique"


def edition_of_world(made: Framework, world: Mapping[str, object], *former: Edition) -> Edition:
    """What is published of `world` after `former` editions."""
    consolidation = consolidated(made, records_of([f"{answer} {number}" for answer, number in world.items()]))
    return edition_of(consolidation, secrecy(consolidation, former), contexts(made), {})


def said(editions: tuple[Edition, ...]) -> str:
    """Everything that is read in `editions`, in one order."""
    return repr([(sorted(one.figures.items()), sorted(one.masked)) for one in editions])


def sums(world: World) -> World:
    """The counts of all partners together, as those of a partner ``S``."""
    found: dict[str, int] = {}
    for answer, number in world.items():
        campaign, _, line = answer.split()
        found[f"{campaign} S {line}"] = found.get(f"{campaign} S {line}", 0) + number
    return found


def _of(world: World, partner: str) -> World:
    return {answer: number for answer, number in world.items() if answer.split()[1] == partner}


def _rules_hold(contract: Framework, world: World) -> bool:
    """Whether the rules hold of the answers of one partner, where it gives both sides."""
    by_line = {answer.split()[2]: number for answer, number in world.items()}
    pairs = ((rule.operator, pair) for rule in contract.rules for pair in bound(rule.left, rule.right, by_line))
    return all(
        by_line[one] == by_line[other] if operator == "=" else by_line[one] <= by_line[other]
        for operator, (one, other) in pairs
        if one in by_line and other in by_line
    )
