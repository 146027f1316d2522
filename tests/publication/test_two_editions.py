"""What one edition tells beside those before it: what was masked, who came in between."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cvsheet.figures.consolidation import aggregate
from cvsheet.figures.disclosure.confidentiality import secrecy
from cvsheet.figures.disclosure.editions import Edition, former_of
from cvsheet.figures.disclosure.figures import contexts
from cvsheet.figures.disclosure.published_sums import counts_of
from cvsheet.figures.disclosure.relations import AtMost
from cvsheet.model.framework import Action, CoherenceRule, Framework, Objective
from cvsheet.workflows.editions import edition_of
from tests.consolidation.frameworks import answers, framework, measure


def people() -> Framework:
    made = framework(measure("I.M1", diffusion="personnes", breakdowns=("quartier",)))
    return replace(
        made, objectives=(Objective("1-1", "P1", "Objectif"),), actions=(Action("A1", "1-1", "Action", pilot="A"),)
    )


def of_editions(made: Framework, *editions: tuple[str, ...]) -> list[set[str]]:
    """The masked lines of each edition of `made`, which knows those before."""
    former: list[Edition] = []
    hidden: list[set[str]] = []
    for rows in editions:
        consolidation = aggregate(made, answers(*rows))
        rules = secrecy(consolidation, former)
        hidden.append({line for _, line, _ in rules.hidden})
        former.append(edition_of(consolidation, rules, contexts(made), {}))
    return hidden


def masked_after(*editions: tuple[str, ...]) -> set[str]:
    """The masked lines of the last edition, each made knowing those before."""
    return of_editions(people(), *editions)[-1]


@pytest.mark.parametrize(
    ("rows", "same"), [((), False), (("2020 A I.M1 3",), True), (("2020 A I.M1 3", "2020 B I.M1 9"), False)]
)
def test_what_is_masked_was_no_more_then_and_the_same_of_one_partner_alone(rows: tuple[str, ...], same: bool) -> None:
    now, then = ("2020", "I.M1", "valeur"), ("2020 (1)", "I.M1", "valeur")
    counts = counts_of(aggregate(people(), answers(*rows)), {})
    relations = former_of(Edition({}, frozenset((now,))), counts, 1).relations
    assert AtMost((then,), (now,)) in relations
    assert (AtMost((now,), (then,)) in relations) == same


def test_what_stood_alone_and_was_masked_was_small() -> None:
    """A category may be masked for its neighbour, a rate for what weighs it."""
    rate = measure("T.M1", "moyenne pondérée", type="pourcentage", weight="C.M1", diffusion="personnes")
    made = framework(*people().measures, rate, measure("C.M1", diffusion="personnes"), measure("J.M1"))
    masked = frozenset(("2020", line, "valeur") for line in ("I.M1", "I.M1/N", "I.M1/S", "T.M1", "C.M1", "J.M1"))
    small = former_of(Edition({}, masked), counts_of(aggregate(made, answers()), {}), 1).small
    assert small == {("2020 (1)", "I.M1", "valeur"): 5, ("2020 (1)", "C.M1", "valeur"): 5}


def test_a_masked_figure_that_nobody_gives_any_more_ties_nothing() -> None:
    """Sixty are so far above the masked three that they tell nothing of it; nor do the twelve of a later edition, in
    which no such figure stands."""
    made = replace(
        framework(measure("I.M1", diffusion="personnes"), measure("J.M1")),
        rules=(CoherenceRule("R", "I.M1", "<=", "J.M1", "erreur", ""),),
    )
    first = ("2020 A I.M1 3", "2020 A J.M1 60")
    assert of_editions(made, first, ("2020 A J.M1 12",)) == [{"I.M1"}, set()]
    assert of_editions(made, first, ("2020 A I.M1 9", "2020 A J.M1 12")) == [{"I.M1"}, {"I.M1", "J.M1"}]


@pytest.mark.parametrize(("late", "hidden"), [((50, 60), False), ((5, 60), True), ((8, 62), True), ((9, 56), False)])
def test_two_rates_tell_the_persons_that_came_in_between(late: tuple[int, int], hidden: bool) -> None:
    """20 of 40 persons, then 30, 3, 4.96 and 5.04 more, as a rate of them all."""
    rate = measure("T.M1", "moyenne pondérée", type="pourcentage", weight="C.M1", diffusion="personnes")
    made = framework(rate, measure("C.M1", diffusion="personnes"))
    first, (percent, of) = ("2020 A T.M1 50", "2020 A C.M1 40"), late
    late_rows = (f"2020 B T.M1 {percent}", f"2020 B C.M1 {of}")
    assert of_editions(made, first, (*first, *late_rows)) == [set(), {"T.M1"} if hidden else set()]


@pytest.mark.parametrize(("method", "hidden"), [("moyenne", True), ("somme", False), ("source unique", False)])
def test_two_means_tell_what_came_in_between_however_far_apart_they_are(method: str, hidden: bool) -> None:
    """A 20, then A and B 11.5: B has 3."""
    made = framework(measure("I.M1", method, diffusion="personnes"))
    first = aggregate(made, answers("2020 A I.M1 20"))
    former = edition_of(first, secrecy(first), contexts(made), {})
    late = aggregate(made, answers("2020 A I.M1 20", "2020 B I.M1 30" if method == "somme" else "2020 B I.M1 3"))
    assert secrecy(late, [former]).hides("2020", "I.M1") is hidden
    assert not secrecy(first, [former]).hides("2020", "I.M1")


def test_a_single_source_that_another_replaced_is_no_sum() -> None:
    """B's 40, then A's 20: who reads both has read two counts that are no small ones."""
    made = framework(measure("I.M1", "source unique", diffusion="personnes"))
    assert of_editions(made, ("2020 B I.M1 40",), ("2020 A I.M1 20", "2020 B I.M1 40")) == [set(), set()]
