"""Whether a reader of published figures can work out a hidden one: a search for another world that looks the same.

A hidden figure is safe when some other set of whole numbers fits everything that is published. A world is described by
its shifts from the truth, so that a sum that is one or two off (an answer missing, a rounding) protects no less than
an exact one. The search may overlook a world, never invent one: what it calls safe is safe.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor, inf, isinf

TINY = 1e-9
STEPS = 3_000  # worlds looked at before a figure is called exposed; chains in one contract are far shorter
FARTHEST = 12  # shifts tried of a figure that may be of any size

Shifts = Mapping[int, int]  # number -> how far it lies from the truth in another world; all others stay


@dataclass(frozen=True, slots=True)
class Number:
    """A figure of the system: its true value, and what a reader knows of it beforehand where it is hidden."""

    truth: float
    low: float = 0.0
    high: float = inf

    @property
    def room(self) -> tuple[float, float]:
        """The lowest and the highest shift."""
        up = inf if isinf(self.high) else max(0, floor(self.high - self.truth + TINY))
        return min(0, ceil(self.low - self.truth - TINY)), up


@dataclass(frozen=True, slots=True)
class Relation:
    """What a reader knows of several numbers: the weighted sum of their shifts is 0, or at most `slack`."""

    terms: tuple[tuple[int, int], ...]  # number, weight
    slack: float | None = None

    def excess(self, shifts: Shifts) -> int:
        """How far `shifts` break it: 0 where they do not."""
        total = sum(weight * shifts.get(number, 0) for number, weight in self.terms)
        if self.slack is None:
            return total
        return max(0, ceil(total - self.slack - TINY))


@dataclass(frozen=True)
class System:
    """Numbers, by their position, and the relations between them."""

    numbers: Sequence[Number]
    relations: Sequence[Relation]

    @cached_property
    def touching(self) -> Mapping[int, tuple[Relation, ...]]:
        """Number -> the relations that it stands in."""
        found: dict[int, tuple[Relation, ...]] = {}
        for relation in self.relations:
            for number, _ in relation.terms:
                found[number] = (*found.get(number, ()), relation)
        return found

    def neighbours(self, start: int, through: Collection[int] | None = None) -> tuple[int, ...]:
        """The numbers tied to `start` by a chain of relations, nearest first; only over `through` where it is given."""
        found, queue = {start: None}, [start]
        while queue:
            number = queue.pop(0)
            if through is not None and number not in through and number != start:
                continue
            for relation in self.touching.get(number, ()):
                fresh = [other for other, _ in relation.terms if other not in found]
                found |= dict.fromkeys(fresh)
                queue += fresh
        return tuple(found)

    def is_safe(self, number: int, hidden: Collection[int]) -> bool:
        """Whether `number` may have another whole value while all but `hidden` stay as they are."""
        return any(self.other_world(number, shift, hidden) is not None for shift in self._shifts(number))

    def width(self, number: int, hidden: Collection[int]) -> int:
        """How many other values of `number` fit."""
        return sum(self.other_world(number, shift, hidden) is not None for shift in self._shifts(number))

    def other_world(self, number: int, shift: int, hidden: Collection[int]) -> Shifts | None:
        """A world in which `number` is off by `shift` and only `hidden` numbers differ; None where none was found."""
        low, high = self.numbers[number].room
        if not low <= shift <= high:
            return None
        waiting: list[Shifts] = [{number: shift}]
        for _ in range(STEPS):
            if not waiting:
                return None
            shifts = waiting.pop()
            broken = next(self._broken(shifts), None)
            if broken is None:
                return shifts
            waiting += reversed(list(self._repairs(shifts, broken, hidden)))
        return None

    def _shifts(self, number: int) -> Iterator[int]:
        """The shifts to try, the smallest first."""
        low, high = self.numbers[number].room
        for distance in range(1, int(min(max(-low, high), FARTHEST)) + 1):
            yield from (shift for shift in (distance, -distance) if low <= shift <= high)

    def _broken(self, shifts: Shifts) -> Iterator[Relation]:
        for number in shifts:
            for relation in self.touching.get(number, ()):
                if relation.excess(shifts):
                    yield relation

    def _repairs(self, shifts: Shifts, broken: Relation, hidden: Collection[int]) -> Iterator[Shifts]:
        """`shifts` with one more hidden number moved towards repairing `broken`, as far as its room allows."""
        excess = broken.excess(shifts)
        for number, weight in broken.terms:
            if number in shifts or number not in hidden or excess % weight:
                continue
            low, high = self.numbers[number].room
            shift = int(min(max(-excess // weight, low), high))
            if shift and shift * weight * excess < 0:
                yield {**shifts, number: shift}
