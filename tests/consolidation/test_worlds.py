"""Another world that looks the same: what makes a hidden figure safe, and what is hidden to get there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cvsheet.consolidation.suppression import suppress
from cvsheet.consolidation.worlds import Number, Relation, System

SMALL = (1, 4)  # what a reader knows of a count masked for its size


def total_of(*parts: Number) -> System:
    """The numbers `parts` and, last, their total."""
    terms = [*((at, 1) for at in range(len(parts))), (len(parts), -1)]
    return System([*parts, Number(sum(part.truth for part in parts))], [Relation(tuple(terms))])


def test_two_hidden_parts_of_a_known_total_may_trade_places() -> None:
    system = total_of(Number(3, *SMALL), Number(17), Number(30))
    assert system.other_world(0, 1, {0, 1}) == {0: 1, 1: -1}
    assert not system.is_safe(0, {0})


def test_eight_can_only_be_four_and_four() -> None:
    system = total_of(Number(4, *SMALL), Number(4, *SMALL))
    assert not system.is_safe(0, {0, 1})
    assert system.is_safe(0, {0, 1, 2})


def test_a_world_reaches_over_two_sums() -> None:
    """3 + 17 = 20 and 20 = 9 + 11: with the total hidden, a part of the other sum must be hidden too."""
    relations = [Relation(((0, 1), (1, 1), (2, -1))), Relation(((3, 1), (4, 1), (2, -1)))]
    system = System([Number(3, *SMALL), Number(17), Number(20), Number(9), Number(11)], relations)
    assert not system.is_safe(0, {0, 2})
    assert system.is_safe(0, {0, 2, 4})


def test_an_inequality_leaves_what_its_slack_allows() -> None:
    system = System([Number(4, *SMALL), Number(3)], [Relation(((1, 1), (0, -1)), slack=1)])
    assert system.other_world(0, -1, {0}) == {0: -1}
    assert system.other_world(0, -2, {0}) is None


@given(st.lists(st.integers(0, 12), min_size=2, max_size=5), st.data())
def test_a_world_breaks_nothing_and_moves_hidden_figures_only(parts: list[int], data: st.DataObject) -> None:
    system = total_of(*(Number(part, *SMALL) if 0 < part < 5 else Number(part) for part in parts))
    hidden = data.draw(st.sets(st.integers(0, len(parts)), min_size=1))
    number, shift = data.draw(st.sampled_from(sorted(hidden))), data.draw(st.sampled_from([-2, -1, 1, 2]))
    world = system.other_world(number, shift, hidden)
    if world is not None:
        assert world[number] == shift
        assert set(world) <= hidden
        assert all(relation.excess(world) == 0 for relation in system.relations)
        assert all(system.numbers[at].room[0] <= step <= system.numbers[at].room[1] for at, step in world.items())


@given(st.lists(st.integers(0, 12), min_size=2, max_size=6))
def test_after_suppression_every_small_part_is_safe(parts: list[int]) -> None:
    system = total_of(*(Number(part, *SMALL) if 0 < part < 5 else Number(part) for part in parts))
    small = [at for at, part in enumerate(parts) if 0 < part < 5]
    cost = {at: (0.0 if at < len(parts) else 1.0, number.truth) for at, number in enumerate(system.numbers)}
    hidden = suppress(system, small, frozenset(), cost)
    assert set(small) <= hidden
    assert all(system.is_safe(at, hidden) for at in small)


def test_the_cheapest_figure_is_hidden_and_nothing_needless() -> None:
    system = total_of(Number(3, *SMALL), Number(9), Number(7))
    cost = {0: (0.0, 3.0), 1: (0.0, 9.0), 2: (0.0, 7.0), 3: (1.0, 19.0)}
    assert suppress(system, [0], frozenset(), cost) == {0, 2}
