"""A reader who owns the program: runs it over every world, and keeps those that are published as the one he reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cvsheet.figures.consolidation import NOTHING, Consolidation, Key, aggregate
from cvsheet.figures.disclosure.confidentiality import secrecy
from cvsheet.figures.disclosure.figures import figures
from cvsheet.model.framework import Framework
from tests.consolidation.frameworks import answers

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


def leaks(contract: Framework, worlds: Iterable[World], silent: Mapping[str, str] | None = None) -> Iterator[Leak]:
    """Every small count that could not be any small number. In all worlds, the answers `silent` are not given but the
    reason (nd, ns) or the rule that sets them aside; a reader who works one out learns a number that is secret."""
    silent = silent or {}
    told: dict[tuple[str, ...], Publication] = {}  # by the answers given: worlds may differ in others only
    alike: dict[Publication, list[World]] = {}
    for world in worlds:
        given = tuple(_row(one, value, silent) for one, value in world.items())
        if given not in told:
            told[given] = _published(contract, given)
        alike.setdefault(told[given], []).append(world)
    every = set(range(1, contract.contract.secrecy_people))
    for (printed, _), same in alike.items():
        for count in same[0]:
            left = {world[count] for world in same} & every
            if left and left != every:
                yield Leak(count, tuple(sorted(left)), printed)


def _published(contract: Framework, given: tuple[str, ...]) -> Publication:
    consolidation = aggregate(contract, answers(*given))
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
