"""A reader who owns the program: runs it over every world, and keeps those that are published as the one he reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, product
from math import inf

from cvsheet.figures.consolidation import NOTHING, Consolidation, Key, consolidated
from cvsheet.figures.disclosure.confidentiality import secrecy
from cvsheet.figures.disclosure.figures import figures
from cvsheet.model.framework import Framework, Measure
from tests.consolidation.frameworks import records_of
from tests.publication.contracts import CATEGORIES

Printed = tuple[Key, float, tuple[int, int]]
"""A figure that is read, with how many partners it is of, and how many were asked."""
World = Mapping[str, int]
"""Answer -> the true number, also of answers that partners did not give: ``2020 A I.M1/N``."""
Publication = tuple[tuple[Printed, ...], frozenset[Key]]
"""The figures that are printed, and where a mask stands."""


@dataclass(frozen=True)
class Leak:
    """A count of which the publication leaves fewer small values than it must."""

    count: str
    left: tuple[int, ...]
    printed: tuple[Printed, ...]


def leaks(
    contract: Framework, worlds: Iterable[World], silent: Mapping[str, str] | None = None, most: float = inf
) -> Iterator[Leak]:
    """Every small count that could not be any small number. In all worlds, the answers `silent` are not given but the
    reason (nd, ns) or the rule that sets them aside; a reader who works one out learns a number that is secret.

    Where the worlds end at `most`, those that lie near it count as other worlds only: theirs are not all there. Numbers
    that no world has (a sum of two equal figures is even) nobody needs a publication for.
    """
    every = set(range(1, contract.contract.secrecy_people))
    groups = alike(contract, worlds, silent or {})
    possible = small_numbers((world for same in groups.values() for world in same), every)
    for (printed, _), same in groups.items():
        far = [world for world in same if max(world.values()) <= most - max(every)]
        for count in same[0] if far else ():
            left = {world[count] for world in same} & every
            if left != possible[count] and not left.isdisjoint(world[count] for world in far):
                yield Leak(count, tuple(sorted(left)), printed)


def small_numbers(worlds: Iterable[World], every: Collection[int]) -> Mapping[str, set[int]]:
    """Of `every` number, those that each count has in some world."""
    found: dict[str, set[int]] = defaultdict(set)
    for world in worlds:
        for count, number in world.items():
            if number in every:
                found[count].add(number)
    return found


def alike(contract: Framework, worlds: Iterable[World], silent: Mapping[str, str]) -> Mapping[Publication, list[World]]:
    """The worlds by how they are published."""
    told: dict[tuple[str, ...], Publication] = {}  # by the answers given: worlds may differ in others only
    found: dict[Publication, list[World]] = {}
    for world in worlds:
        given = tuple(_row(one, value, silent) for one, value in world.items())
        if given not in told:
            told[given] = _published(contract, given)
        found.setdefault(told[given], []).append(world)
    return found


def secret_leaks(contract: Framework, most: int, silent: Mapping[str, str] | None = None) -> list[Leak]:
    """The same of every world of one partner in 2020, with totals up to `most`, in which the rules hold; of what is
    public, nothing leaks."""
    filled = product(*(list(tables(measure, most)) for measure in contract.measures))
    worlds = (dict(chain.from_iterable(part.items() for part in parts)) for parts in filled)
    return secret_of(contract, leaks(contract, (one for one in worlds if rules_hold(contract, one)), silent, most))


def secret_of(contract: Framework, found: Iterable[Leak]) -> list[Leak]:
    """Those of what is not public."""
    return [leak for leak in found if contract.line[leak.count.split()[2]].measure.diffusion != "publique"]


def tables(one: Measure, most: int, partner: str = "A", campaign: str = "2020", last: str = "") -> Iterator[World]:
    """Every way to fill in one measure up to a total of `most`."""
    for total in range(most + 1):
        for split in product(*(_splits(name, total) for name in one.breakdowns)):
            found = {one.code: total} | {f"{one.code}/{code}": value for part in split for code, value in part.items()}
            yield {f"{campaign} {partner} {line}{last}": value for line, value in found.items()}


def _splits(name: str, total: int) -> list[dict[str, int]]:
    codes = [category.code for category in CATEGORIES if category.breakdown == name]
    exclusive = next(category.exclusive for category in CATEGORIES if category.breakdown == name)
    ways = product(range(total + 1), repeat=len(codes))
    return [dict(zip(codes, way, strict=True)) for way in ways if not exclusive or sum(way) == total]


def rules_hold(contract: Framework, world: World) -> bool:
    """Whether one partner's answers of 2020 keep the rules of the contract, line by line where they bind measures."""
    return all(
        world[one] == world[other] if rule.operator == "=" else world[one] <= world[other]
        for rule in contract.rules
        for one, other in bound(f"2020 A {rule.left}", f"2020 A {rule.right}", world)
    )


def bound(left: str, right: str, world: World) -> Iterator[tuple[str, str]]:
    """The answers that a rule between two lines binds: these two, and the categories that they share."""
    yield left, right
    if "/" not in left and "/" not in right:
        shared = ((one, one.replace(left, right)) for one in world if one.startswith(f"{left}/"))
        yield from (pair for pair in shared if pair[1] in world)


def _published(contract: Framework, given: tuple[str, ...]) -> Publication:
    consolidation = consolidated(contract, records_of(given))
    hidden = secrecy(consolidation).hidden
    shown = {key: value for key, value in figures(consolidation).items() if key not in hidden}
    return tuple((key, value, _coverage(consolidation, key)) for key, value in shown.items()), hidden


def _coverage(consolidation: Consolidation, key: Key) -> tuple[int, int]:
    result = consolidation.typed.get(key, NOTHING)
    return result.answered, result.expected


def _row(answer: str, value: int, silent: Mapping[str, str]) -> str:
    said = silent.get(answer, "")
    quantity = " - ".join(("", answer.split()[3])) if len(answer.split()) > 3 else ""
    place = " ".join(answer.split()[:3])
    if said.startswith("COH"):
        return f"{place} {value} {said}{quantity.replace(' -', '', 1)}"
    return f"{place} {said or value}{quantity}"
